"""The Python side of the receptive field."""

import pytest
import torch
import traitlets

from utils.widgets.receptive_field import PLACES, ReceptiveField


def test_the_opening_state_has_holes_that_the_neighbour_fills():
    demo, neighbour = ReceptiveField(), ReceptiveField(place=1)
    assert (demo.field, demo.side) == (13, 17)
    assert (demo.ways > 0).sum() == 49
    assert not ((demo.ways > 0) & (neighbour.ways > 0)).any()


def test_the_picture_has_five_outputs_and_the_outer_ones_touch_its_edges():
    for settings in ({}, {"kernel": (2, 3, 5), "stride": (2, 1, 2), "dilation": (3, 1, 2)}):
        seen = [ReceptiveField(place=place, **settings).ways.sum(0) for place in (-PLACES, PLACES)]
        assert seen[0][0] > 0
        assert seen[1][-1] > 0


def test_one_way_to_each_of_27_pixels():
    demo = ReceptiveField(dilation=(1, 3, 9))
    inside = demo.ways[2:29, 2:29]
    assert demo.field == 27
    assert torch.equal(inside, torch.ones_like(inside))


@pytest.mark.parametrize(
    "bad",
    [
        {"kernel": (3, 3)},
        {"kernel": (3, 3, 6)},
        {"stride": (1, 1, 3)},
        {"dilation": (0, 1, 1)},
        {"dilation": (1, 1, 10)},
        {"dilation": (1, 1, 1.5)},
        {"dilation": 2},
        {"place": 3},
        {"place": -3},
    ],
)
def test_what_no_slider_can_set_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        ReceptiveField(**bad)


def test_a_list_sets_three_numbers():
    demo = ReceptiveField(dilation=[1, 2, 4])
    assert demo.dilation == (1, 2, 4)
    assert demo.field == 15
