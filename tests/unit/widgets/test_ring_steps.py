"""The Python side of the demo."""

import pytest
import torch
import traitlets

from utils.widgets.ring_steps import RingSteps, numbers


@pytest.mark.parametrize("world", [3, 4, 5, 6])
def test_at_the_end_each_worker_holds_the_sums(world):
    demo = RingSteps(workers=world, step=0)
    values = numbers(world)
    assert demo.held == values and demo.steps == 2 * world - 2
    demo.step = 99
    assert demo.held == [torch.tensor(values).sum(0).tolist()] * world
    assert demo.sent == pytest.approx(2 * (world - 1) / world) and demo.star == world - 1
    assert {value for row in values for value in row} == {1, 2, 3, 4}


@pytest.mark.parametrize("bad", [{"workers": 2}, {"workers": 7}, {"step": -1}, {"workers": "4"}])
def test_impossible_settings_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        RingSteps(**bad)
