"""Readers run a cell again and move a demo before the next one: no cell of a page may mind.

Nor may a page mind a clock that leaps: on a busy machine a measured time says nothing.
"""

from pathlib import Path

import nbformat
import pytest
import traitlets
from busy_clock import JUDGED_BY_A_CLOCK
from other_settings import move, others
from page_runs import PAGES, code_cell, numbered_code, run
from warm_pages import warm

from utils.widgets.kit.base import BookWidget, Pair

__all__ = ["warm"]  # a fixture of all tests in this file

IMPORT = f"""import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import blank_pictures
import busy_clock
import other_settings
blank_pictures.switch_on()
busy_clock.switch_on()"""
MOVE = "other_settings.move_all()"
SOMETHING_MOVED = "assert other_settings.moved, 'the page made no demo'"


def play(path: Path) -> None:
    """Run each cell of a page twice in a row, then move the controls of its demos.

    Raises:
        AssertionError: if a cell fails, if one that promises an exception raises but once, or if
            the page has demos and none was moved.
    """
    cells = [code_cell(IMPORT, 0)]
    for number, cell in numbered_code(path):
        tags = cell.metadata.get("tags", [])
        cells += [code_cell(cell.source, number, tags) for _ in range(2)]
        cells.append(code_cell(MOVE, number))
    if "from utils.widgets" in path.read_text("utf-8"):
        cells.append(code_cell(SOMETHING_MOVED, 0))
    run(cells, path)
    for cell in cells:
        if "raises-exception" in cell.metadata.tags:
            raised = any(output.output_type == "error" for output in cell.outputs)
            assert raised, f"{path.stem}, cell {cell.metadata.number}: raises only once"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_each_cell_can_be_run_again_whatever_the_demos_are_set_to(path):
    play(path)


@pytest.mark.parametrize(
    ("source", "tags", "message"),
    [
        ("del count", [], "page, cell 2: .*NameError"),
        ("count += 1\nassert count == 1", [], "page, cell 2: .*AssertionError"),
        ("count += 1\nassert count != 1", ["raises-exception"], "page, cell 2: raises only once"),
        ("import utils.widgets.kit  # from utils.widgets", [], "cell 0: .*made no demo"),
        (JUDGED_BY_A_CLOCK, [], "page, cell 2: .*AssertionError"),
    ],
)
def test_a_cell_that_cannot_is_found(source, tags, message, tmp_path):
    new = nbformat.v4.new_code_cell
    cells = [new("count = 0"), new(source, metadata={"tags": tags})]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "page.ipynb")
    with pytest.raises(AssertionError, match=f"(?s){message}"):
        play(tmp_path / "page.ipynb")


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
        play(tmp_path / "page.ipynb")


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
