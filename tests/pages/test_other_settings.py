"""Every control of a demo can be moved to another value."""

import pytest
import traitlets

from tools.second_runs.other_settings import move, others
from utils.widgets.kit.base import BookWidget, Pair


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
