"""The Python side of the demo."""

import pytest
import torch
import traitlets

from utils.boxes.overlap import iou
from utils.widgets.precision_recall import OBJECTS, PrecisionRecall, scene


def test_scores_fall_and_two_boxes_lie_on_nothing():
    drawn = scene()
    assert drawn["scores"] == sorted(drawn["scores"], reverse=True)
    boxes, truths = (torch.tensor(drawn[name]) for name in ("boxes", "truths"))
    assert len(truths) == OBJECTS
    best = iou(boxes, truths).amax(1)
    assert ((best == 0).tolist()) == [score in (0.66, 0.37) for score in drawn["scores"]]
    assert boxes.min() > -10
    assert boxes.max() < drawn["size"] + 10


def test_hits_follow_the_threshold():
    demo = PrecisionRecall(shown=11)
    assert demo.hits.int().tolist() == [1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0]
    demo.threshold = 0.7
    assert demo.hits.int().tolist() == [0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1]
    demo.shown = 0
    assert demo.average_precision == 0
    assert demo.curve[0].shape == (0,)


@pytest.mark.parametrize(
    "bad", [{"threshold": 0.4}, {"threshold": 1}, {"shown": 12}, {"shown": -1}, {"shown": 1.5}]
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        PrecisionRecall(**bad)
