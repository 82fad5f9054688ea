"""Run every page and its solutions with nbval, strictly, and make sure that none was left out.

Run as ``python -m tools.compare_pages [page …]``; by default all pages. Each cell runs twice, and
demos are moved in between (:mod:`tools.second_runs`); both times it prints what is stored.
nbval passes a cell without an execution count silently, so the cells that it
ran are counted and compared with the code cells of the notebooks. A page of the book that
passed need not run again for the website: its run is kept where ``make book`` looks for it.
"""

import os
import re
import sys
from pathlib import Path

import nbformat
import pytest

from tools.files import only_build, read_notebook, run_command
from tools.kernels import warm_kernels
from tools.page_cache import PageCache
from tools.pages import Page, book_pages, executed_copy, page_paths
from tools.solutions import take_outputs, write_copies

# Its short summary would only say that cells failed.
OPTIONS = ["--nbval", "--nbval-cell-timeout=600", "-n2", "--dist=loadfile", "-q", "-rN"]
OPTIONS += ["-p", "tools.seconds_by_file", "-p", "tools.executed_copies"]
REPORT = Path("_build/nbval.xml")
# What a kernel says of itself, and nbval does not note: how the website colours code.
LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}
COPIES = Path("_build/compared")  # of the pages, followed by the code of their solutions


class Counter:
    """A plugin of pytest that counts the cells that were run, and notes what is wrong."""

    def __init__(self) -> None:
        self.cells, self.problems = 0, []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a cell, unless it was skipped."""
        self.cells += report.when == "call" and not report.skipped
        self.problems += re.findall(r"Cell \d+: (.+)", str(report.longrepr or ""))[:1]


def code_cells(page: Path) -> int:
    """Return how many cells of a page nbval has to run."""
    cells = nbformat.read(page, as_version=4).cells
    return sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in cells)


def keep(cache: PageCache, page: Page, executed: Path) -> None:
    """Keep a page's run for the website, without its solutions."""
    run = read_notebook(executed)
    seconds = sum(
        cell.metadata.seconds
        for cell in run.cells
        if cell.cell_type == "code" and "solution" not in cell.metadata
    )
    notebook = nbformat.from_dict(page.notebook)
    notebook.metadata.language_info = LANGUAGE
    take_outputs(notebook, run)
    cache.keep(page, notebook, seconds)


def compare(pages: list[Path]) -> int:
    """Run copies of pages with nbval; return the exit code."""
    counter = Counter()
    with warm_kernels():
        options = [*OPTIONS, f"--junitxml={REPORT}", *map(str, pages)]
        status = pytest.main(options, plugins=[counter])
    if status:
        print(*counter.problems, sep="\n")
        return int(status)
    wanted, found = sum(map(code_cells, pages)), counter.cells
    if wanted != found:
        print(f"{wanted} code cells on the pages, but {found} were run", file=sys.stderr)
        return 1
    print(f"{found} cells on {len(pages)} pages print what is stored, and once more")
    return 0


def main() -> int:
    """Compare the pages named on the command line; return the exit code."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # two kernels share the machine
    root = Path.cwd()
    with only_build(root):
        paths = page_paths(sys.argv[1:])
        copies = write_copies(paths, COPIES)
        for copy in copies:
            executed_copy(copy).unlink(missing_ok=True)
        toc = (root / "_toc.yml").is_file()
        cache = PageCache(root, book_pages(root) if toc else [])
        status = compare(copies)
        pages = {page.path: page for page in cache.pages}
        for path, copy in zip(paths, copies, strict=True):
            if path.resolve() in pages and executed_copy(copy).is_file():
                keep(cache, pages[path.resolve()], executed_copy(copy))
        cache.close()
    return status


if __name__ == "__main__":
    run_command(main)
