"""Soft suppression, compared with the loop of its paper in plain Python."""

import math

import pytest
import torch
import torchvision
from drawn_boxes import ZERO_AREA, drawn

from utils.boxes import suppression
from utils.boxes.suppression import soft_nms
from utils.repro import seeded


def slow_soft_nms(boxes, scores, decay, iou_threshold, sigma, score_threshold):
    """The loop of the paper's code, with Python's numbers."""
    table = torchvision.ops.box_iou(boxes, boxes).tolist()
    scores, left, found = scores.tolist(), list(range(len(scores))), []
    while left:
        best = max(left, key=lambda index: (scores[index], -index))
        left.remove(best)
        if scores[best] < score_threshold:
            break
        found.append((best, scores[best]))
        for other in left:
            overlap = table[best][other]
            if decay == "gaussian":
                scores[other] *= math.exp(-(overlap**2) / sigma)
            elif overlap > iou_threshold:
                scores[other] *= 1 - overlap
    return found


@pytest.mark.parametrize("decay", suppression.DECAYS)
def test_soft_suppression_is_the_loop_of_the_paper(decay):
    generator = seeded(5)
    for case in range(40):
        boxes, scores = drawn(generator, case % 20, torch.float64, whole=case % 3 == 0)
        boxes[:, 2:] += 0.5  # an area for all: Python's loop would multiply by NaN
        setting = {"iou_threshold": 0.3, "sigma": 0.4, "score_threshold": 0.01}
        kept, lowered = soft_nms(boxes, scores, decay=decay, **setting)
        found = slow_soft_nms(boxes, scores, decay, *setting.values())
        assert kept.tolist() == [index for index, _ in found]
        wanted = torch.tensor([score for _, score in found], dtype=torch.float64)
        torch.testing.assert_close(lowered, wanted)


def test_the_linear_decay_leaves_a_score_whose_iou_is_the_threshold():
    boxes = torch.tensor([[0.0, 0, 10, 1], [0, 0, 5, 1]])
    setting = {"decay": "linear", "iou_threshold": 0.5}
    assert soft_nms(boxes, torch.tensor([0.5, 0.25]), **setting)[1].tolist() == [0.5, 0.25]
    setting["iou_threshold"] = 0.4
    assert soft_nms(boxes, torch.tensor([0.5, 0.25]), **setting)[1].tolist() == [0.5, 0.125]


def test_soft_suppression_passes_gradients_on_and_leaves_its_input():
    boxes, scores = drawn(seeded(6), 5, torch.float64, whole=False)
    given = boxes.clone(), scores.clone()
    boxes.requires_grad_()
    scores.requires_grad_()
    for decay in suppression.DECAYS:
        torch.autograd.gradcheck(lambda b, s: soft_nms(b, s, decay=decay)[1], (boxes, scores))  # noqa: B023
    assert torch.equal(boxes, given[0])
    assert torch.equal(scores, given[1])


def test_soft_suppression_of_nothing_and_of_boxes_without_area():
    kept, lowered = soft_nms(torch.zeros(0, 4), torch.zeros(0))
    assert (kept.dtype, kept.shape, lowered.shape) == (torch.int64, (0,), (0,))
    kept, _ = soft_nms(torch.zeros(2, 4), torch.tensor([1e-9, 1e-9]))
    assert kept.numel() == 0
    kept, lowered = soft_nms(ZERO_AREA, torch.tensor([0.5, 0.9, 0.8, 0.7, 0.6]))
    assert kept.tolist() == [1, 2, 3, 4, 0]
    assert lowered.isfinite().all()


@pytest.mark.parametrize("bad", [{"decay": "hard"}, {"sigma": 0}, {"score_threshold": 0}])
def test_bad_settings_of_soft_suppression_are_refused(bad):
    with pytest.raises(ValueError, match=next(iter(bad))):
        soft_nms(torch.eye(4)[:0], torch.ones(0), **bad)
