"""The Python side of the demo."""

import pytest
import torch
import traitlets
from torchvision import ops

from utils.widgets.box_overlap import BoxOverlap


def test_the_scores_are_those_of_torchvision():
    demo = BoxOverlap(predicted=[0, 0, 4, 4], true=[2, 2, 6, 6])
    names = ("box", "generalized_box", "distance_box", "complete_box")
    pair = [torch.tensor([box], dtype=torch.float64) for box in (demo.predicted, demo.true)]
    for value, name in zip(demo.scores.values(), names, strict=True):
        assert value == pytest.approx(getattr(ops, f"{name}_iou")(*pair).item(), abs=1e-6)


@pytest.mark.parametrize(
    "bad",
    [[0, 0, 4], [4, 0, 2, 2], [0, 0, 0.25, 4], [0, 0, 17, 4], [0, -1, 4, 4], [0, 0, 4, 11], None],
)
def test_what_is_no_box_in_the_picture_is_refused(bad):
    for name in ("predicted", "true"):
        with pytest.raises(traitlets.TraitError):
            BoxOverlap(**{name: bad})
    with pytest.raises(traitlets.TraitError):
        BoxOverlap(score="area")
