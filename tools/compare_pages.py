"""Run every page and its solutions with nbval, strictly, and make sure that none was left out.

Run as ``python -m tools.compare_pages [page …]``; by default all pages.
nbval passes a cell without an execution count silently, so the cells that it
ran are counted and compared with the code cells of the notebooks.
"""

import os
import sys
from pathlib import Path

import nbformat
import pytest

from tools.files import run_command
from tools.kernels import warm_kernels
from tools.pages import page_paths
from tools.solutions import write_copies

OPTIONS = ["--nbval", "--nbval-cell-timeout=600", "-n2", "--dist=loadfile", "-q"]
OPTIONS += ["-p", "tools.seconds_by_file"]
REPORT = Path("_build/nbval.xml")
COPIES = Path("_build/compared")  # of the pages, followed by the code of their solutions


class Counter:
    """A plugin of pytest that counts the cells that were run."""

    def __init__(self) -> None:
        self.cells = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a cell, unless it was skipped."""
        self.cells += report.when == "call" and not report.skipped


def code_cells(page: Path) -> int:
    """Return how many cells of a page nbval has to run."""
    cells = nbformat.read(page, as_version=4).cells
    return sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in cells)


def main() -> int:
    """Compare the pages named on the command line; return the exit code."""
    pages = write_copies(page_paths(sys.argv[1:]), COPIES)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # two kernels share the machine
    counter = Counter()
    with warm_kernels():
        options = [*OPTIONS, f"--junitxml={REPORT}", *map(str, pages)]
        status = pytest.main(options, plugins=[counter])
    if status:
        return int(status)
    wanted, found = sum(map(code_cells, pages)), counter.cells
    if wanted != found:
        print(f"{wanted} code cells on the pages, but {found} were run", file=sys.stderr)
        return 1
    print(f"{found} cells on {len(pages)} pages print what is stored")
    return 0


if __name__ == "__main__":
    run_command(main)
