"""The Python side of the index explorer."""

import numpy as np
import pytest
import torch
import traitlets

from utils.checks import assert_same
from utils.widgets.index_explorer import SIZES, IndexExplorer

X = torch.arange(48).view(6, 8)
INDICES = [
    np.s_[:, :],
    np.s_[1:5:2, ::3],
    np.s_[-2:, -12:12],
    np.s_[2, 1:4],
    np.s_[:, -1],
    np.s_[-6, 7],
    np.s_[4:2, 3],
    np.s_[9:12, 8:],
    np.s_[::12, :0],
]


def explorer(index):
    demo = IndexExplorer()
    demo.index = index
    return demo


@pytest.mark.parametrize("index", INDICES)
def test_the_view_and_its_notes_are_those_of_torch(index):
    demo, wanted = explorer(index), X[index]
    assert demo.index == index
    assert_same(demo.picked, wanted)
    assert demo.shape == tuple(wanted.shape)
    assert demo.strides == wanted.stride()
    assert demo.offset == wanted.storage_offset()


@pytest.mark.parametrize("index", INDICES)
def test_the_expression_gives_the_view_again(index):
    demo = explorer(index)
    assert_same(eval(demo.expression, {"x": X}), X[index])


def test_expressions_leave_out_what_was_left_out():
    assert explorer(np.s_[:, :]).expression == "x[:, :]"
    assert explorer(np.s_[1:5:2, ::3]).expression == "x[1:5:2, ::3]"
    assert explorer(np.s_[-2, :0]).expression == "x[-2, :0]"


def test_a_slice_may_be_written_in_three_ways():
    demo = IndexExplorer(rows=slice(1, None, 2))
    assert demo.rows == (1, None, 2)
    demo.columns = [None, -1, None]  # as it comes from the browser
    assert demo.columns == (None, -1, None)
    demo.rows = (0, 3, None)
    assert demo.expression == "x[0:3, :-1]"


def test_the_state_can_be_written_as_json_and_read_again():
    demo = IndexExplorer(rows=slice(1, 5), columns=-3, position=(2, 0))
    assert eval(repr(demo)).state() == demo.state()
    assert demo.state() == {
        "rows": (1, 5, None),
        "columns": -3,
        "position": (2, 0),
        "memory": False,
    }
    assert "[1, 5, null]" in demo.to_html().replace("&quot;", '"')


@pytest.mark.parametrize("name", ["rows", "columns"])
@pytest.mark.parametrize(
    "value",
    [
        13,
        -13,
        1.0,
        True,
        None,
        "1",
        (1, 2),
        (1, 2, 3, 4),
        (13, None, None),
        (0, 1.5, None),
        [True] * 3,
    ],
)
def test_an_entry_that_is_neither_integer_nor_slice_is_refused(name, value):
    demo = IndexExplorer()
    with pytest.raises(traitlets.TraitError, match=f"{name} must be an integer from -12 to 12"):
        setattr(demo, name, value)
    assert demo.expression == "x[1:3, 2:5]"


@pytest.mark.parametrize("name", ["rows", "columns"])
def test_an_entry_keeps_its_bounds(name):
    demo = IndexExplorer()
    for value in (12, -12, (12, -12, 12), (-12, 12, -12)):
        setattr(demo, name, value)
        assert getattr(demo, name) == value


@pytest.mark.parametrize(
    ("index", "error"),
    [
        (np.s_[::-1, :], ValueError),
        (np.s_[:, ::0], ValueError),
        (np.s_[6, :], IndexError),
        (np.s_[:, -9], IndexError),
    ],
)
@pytest.mark.parametrize("name", ["picked", "shape", "strides", "offset", "value"])
def test_what_torch_refuses_raises_its_error_and_can_be_left_again(index, error, name):
    demo = explorer(index)
    with pytest.raises(error):
        getattr(demo, name)
    demo.index = np.s_[1, :]
    assert demo.shape == (8,)


def test_the_selected_number_is_the_nearest_that_there_is():
    demo = explorer(np.s_[1:5:2, ::3])
    demo.position = (1, 2)
    assert demo.value == X[3, 6]
    demo.position = (7, 7)
    assert demo.value == X[3, 6]
    demo.columns = 4
    assert demo.value == X[3, 4]
    demo.rows = 0
    assert demo.value == X[0, 4]


def test_an_empty_view_has_no_selected_number():
    demo = explorer(np.s_[3:3, :])
    assert demo.shape == (0, 8)
    with pytest.raises(ValueError, match=r"x\[3:3, :\] picks nothing"):
        _ = demo.value


def test_every_number_of_the_largest_view_can_be_selected():
    demo = explorer(np.s_[:, :])
    demo.position = (SIZES[0] - 1, SIZES[1] - 1)
    assert demo.value == 47


def test_the_room_that_is_kept_depends_on_the_memory():
    kept = [IndexExplorer(memory=memory) for memory in (False, True)]
    assert kept[0].heights != kept[1].heights
    for demo in kept:
        wide, phone = demo.heights
        assert f"--book-height: {wide}px; --book-phone-height: {phone}px" in demo.to_html()
