"""The Python side of the demo."""

import pytest
import torch
import traitlets

from utils.widgets.axis_collapse import LOAVES, AxisCollapse


def test_no_two_numbers_on_a_line_are_equal():
    block = torch.tensor(LOAVES)
    assert block.shape == (2, 3, 4)
    for dim, size in enumerate(block.shape):
        lines = block.movedim(dim, -1).reshape(-1, size)
        assert all(len(line.unique()) == size for line in lines)


def test_the_result_is_that_of_the_slices_so_far():
    demo = AxisCollapse(dim=2, reduction="mean", step=3, keepdim=True)
    block = torch.tensor(LOAVES).float()
    assert torch.equal(demo.result, block[:, :, :3].mean(dim=2, keepdim=True))
    demo.dim, demo.keepdim = 0, False  # three slices of two are both
    assert torch.equal(demo.result, block.mean(dim=0))
    demo.reduction, demo.dim, demo.step = "amax", 1, 1
    assert torch.equal(demo.result, block[:, 0])
    assert AxisCollapse().result.tolist() == block.sum(dim=1).tolist()


def test_nothing_has_no_result():
    with pytest.raises(ValueError, match="set step to at least 1"):
        _ = AxisCollapse(step=0).result


@pytest.mark.parametrize(
    "bad",
    [{"dim": 3}, {"dim": -1}, {"reduction": "max"}, {"step": 5}, {"place": 12}, {"dim": "1"}],
)
def test_what_no_control_sets_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        AxisCollapse(**bad)
