"""Run a changed copy of a page in its own folder, and name the cell that failed."""

from pathlib import Path

import nbformat

from tools.page_runs import CellFailure
from tools.page_runs import run as run_notebook

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "chapters").rglob("*.ipynb"))


def code_cell(source: str, number: int, tags: tuple[str, ...] = ()) -> nbformat.NotebookNode:
    """Return a cell that belongs to cell ``number`` of the page, counted from 1."""
    return nbformat.v4.new_code_cell(source, metadata={"tags": list(tags), "number": number})


def numbered_code(path: Path) -> list[tuple[int, nbformat.NotebookNode]]:
    """Return the code cells of a page with their places, counted from 1."""
    page = nbformat.read(path, as_version=4)
    return [(n, cell) for n, cell in enumerate(page.cells, 1) if cell.cell_type == "code"]


def run(cells: list[nbformat.NotebookNode], path: Path) -> None:
    """Run the cells as a notebook in the folder of a page.

    Raises:
        AssertionError: if a cell fails, with the page's name and the cell's number and error.
    """
    try:
        run_notebook(nbformat.v4.new_notebook(cells=cells), path.parent)
    except CellFailure as failure:
        number = cells[failure.index].metadata.number
        raise AssertionError(f"{path.stem}, cell {number}: {failure}") from None
