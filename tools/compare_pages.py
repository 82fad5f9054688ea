"""Run every page with nbval, strictly, and make sure that no cell was left out.

Run as ``python -m tools.compare_pages [page …]``; by default all pages.
nbval passes a cell without an execution count silently, so the cells that it
ran are counted and compared with the code cells of the notebooks.
"""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nbformat

from tools.pages import page_paths

REPORT = Path("_build/nbval.xml")


def code_cells(page: Path) -> int:
    """Return how many cells of a page nbval has to run."""
    cells = nbformat.read(page, as_version=4).cells
    return sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in cells)


def cells_run(report: Path) -> int:
    """Return how many cells a JUnit report counts as run, skipped ones not."""
    cases = ElementTree.parse(report).getroot().iter("testcase")
    return sum(case.find("skipped") is None for case in cases)


def main(arguments: list[str]) -> int:
    """Compare the given pages; return the exit code."""
    pages = [Path(argument) for argument in arguments] or page_paths()
    REPORT.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pytest", "--nbval", "-n2", "--dist=loadfile", "-q"]
    run = subprocess.run([*command, f"--junitxml={REPORT}", *map(str, pages)], check=False)
    if run.returncode:
        return run.returncode
    wanted, found = sum(map(code_cells, pages)), cells_run(REPORT)
    if wanted != found:
        print(f"{wanted} code cells on the pages, but {found} were run", file=sys.stderr)
        return 1
    print(f"{found} cells on {len(pages)} pages print what is stored")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
