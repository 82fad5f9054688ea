"""The Python side of the demo."""

import pytest
import traitlets

from utils.widgets.group_wiring import GroupWiring


def test_the_height_follows_the_place():
    demo = GroupWiring(x=-1.5)
    assert demo.y == 2.25
    demo.x = 2
    assert demo.y == 4


@pytest.mark.parametrize("bad", [2.1, -3, "1", None])
def test_a_place_off_the_curve_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        GroupWiring(x=bad)
