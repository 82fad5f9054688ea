"""Each cell of a page can be run a second time, as readers do."""

from pathlib import Path

import nbformat
import pytest
from page_runs import PAGES, code_cell, numbered_code, run
from warm_pages import warm

__all__ = ["warm"]  # a fixture of all tests in this file


def run_twice(path: Path) -> None:
    """Run each cell of a page twice in a row; a cell that promises an exception raises both."""
    doubled = [
        code_cell(cell.source, number, cell.metadata.get("tags", []))
        for number, cell in numbered_code(path)
        for _ in range(2)
    ]
    run(doubled, path)
    for cell in doubled:
        if "raises-exception" in cell.metadata.tags:
            raised = any(output.output_type == "error" for output in cell.outputs)
            assert raised, f"{path.stem}, cell {cell.metadata.number}: raises only once"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_each_cell_can_be_run_again(path):
    run_twice(path)


@pytest.mark.parametrize(
    ("source", "tags", "message"),
    [
        ("del count", [], "page, cell 2: .*NameError"),
        ("count += 1\nassert count == 1", [], "page, cell 2: .*AssertionError"),
        ("count += 1\nassert count != 1", ["raises-exception"], "page, cell 2: raises only once"),
    ],
)
def test_a_cell_that_cannot_is_found(source, tags, message, tmp_path):
    new = nbformat.v4.new_code_cell
    cells = [new("count = 0"), new(source, metadata={"tags": tags})]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "page.ipynb")
    with pytest.raises(AssertionError, match=f"(?s){message}"):
        run_twice(tmp_path / "page.ipynb")
