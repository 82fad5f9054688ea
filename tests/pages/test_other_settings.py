"""No cell of a page presumes the settings that a demo opened with."""

from pathlib import Path

import nbformat
import pytest
import traitlets
from other_settings import move, others
from page_runs import PAGES, code_cell, numbered_code, run
from warm_pages import warm

from utils.widgets.kit.base import BookWidget, Pair

__all__ = ["warm"]  # a fixture of all tests in this file

IMPORT = f"import sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\nimport other_settings"
MOVE = "other_settings.move_all()"
SOMETHING_MOVED = "assert other_settings.moved, 'the page made no demo'"


def shaken(path: Path) -> list[nbformat.NotebookNode]:
    """Return a page's code with the controls moved after each cell."""
    cells = []
    for number, cell in numbered_code(path):
        tags = cell.metadata.get("tags", [])
        cells += [code_cell(cell.source, number, tags), code_cell(MOVE, number)]
    return [code_cell(IMPORT, 0), *cells, code_cell(SOMETHING_MOVED, 0)]


WITH_DEMOS = [path for path in PAGES if "from utils.widgets" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", WITH_DEMOS, ids=lambda path: path.stem)
def test_page_runs_whatever_the_demos_were_set_to(path):
    run(shaken(path), path)


SOFTMAX = "from utils.widgets.softmax import Softmax\ndemo = Softmax()"


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("assert demo.temperature == 1", "page, cell 2: .*AssertionError"),
        ("assert demo.preset == 'steps of one'", "page, cell 2: .*AssertionError"),
        ("assert len(demo.logits) == 3 and demo.offset == 0", "page, cell 2: .*AssertionError"),
    ],
)
def test_a_page_that_presumes_a_setting_is_found(second, message, tmp_path):
    new = nbformat.v4.new_code_cell
    page = nbformat.v4.new_notebook(cells=[new(SOFTMAX), new(second)])
    nbformat.write(page, tmp_path / "page.ipynb")
    with pytest.raises(AssertionError, match=f"(?s){message}"):
        run(shaken(tmp_path / "page.ipynb"), tmp_path / "page.ipynb")


class Stubborn(BookWidget):
    module = "softmax/view"
    size = Pair(2, min=2, max=2)
    name = traitlets.Unicode("a").tag(sync=True)


def test_a_control_that_cannot_be_moved_is_named():
    demo = Stubborn()
    assert move(demo, "name") == "a1" == demo.name
    with pytest.raises(AssertionError, match="Stubborn takes no other value for size"):
        move(demo, "size")


def test_others_are_others():
    for value in (True, 3, -0.5, "x", (1, 2), ((1.0, 2.0), (3.0, 4.0)), [5]):
        assert next(others(value)) != value
