"""Detections drawn around true boxes."""

import pytest
import torch

from utils.boxes.overlap import iou
from utils.data.detections import imitate_detections, imitate_queues

TRUTH = torch.tensor([[0.0, 0, 10, 20], [30, 0, 50, 10], [0, 40, 30, 60]])


def draw(seed=0, truth=TRUTH, **settings):
    return imitate_detections(truth, torch.Generator().manual_seed(seed), **settings)


def test_each_object_has_its_copies_and_the_false_alarms_have_low_scores():
    for seed in range(20):
        found = draw(seed, copies=(2, 5), false_alarms=4)
        counts = torch.bincount(found.objects + 1, minlength=4).tolist()
        assert counts[0] == 4
        assert all(2 <= count <= 5 for count in counts[1:])
        assert len(found.boxes) == len(found.scores) == sum(counts)
        assert found.scores[found.objects < 0].max() <= 0.45
        assert (found.boxes[:, 2:] >= found.boxes[:, :2]).all()
        assert 0 < found.scores.min() <= found.scores.max() < 1


def test_boxes_lie_around_their_object_and_better_ones_have_larger_scores():
    found = draw(copies=(400, 400), false_alarms=0)
    overlap = iou(TRUTH, found.boxes)[found.objects, torch.arange(1200)]
    assert overlap.mean() > 0.6
    assert torch.corrcoef(torch.stack([overlap, found.scores]))[0, 1] > 0.5
    sides = (TRUTH[:, 2:] - TRUTH[:, :2]).repeat(1, 2)[found.objects]
    moved = (found.boxes - TRUTH[found.objects]) / sides
    assert torch.allclose(moved.std(dim=0), torch.tensor(0.12), atol=0.01)
    assert torch.allclose(moved.mean(dim=0), torch.tensor(0.0), atol=0.01)
    assert (found.objects[1:] < found.objects[:-1]).any()  # mixed


def test_the_seed_decides_and_nothing_is_found_where_nothing_is():
    assert torch.equal(draw(3).boxes, draw(3).boxes)
    assert draw(3).boxes.shape != draw(4).boxes.shape or not torch.equal(
        draw(3).boxes, draw(4).boxes
    )
    assert draw(truth=torch.zeros(0, 4)).boxes.shape == (0, 4)
    assert draw(truth=TRUTH.double()).scores.dtype == torch.float64
    still = draw(jitter=0, false_alarms=0)
    assert torch.equal(still.boxes, TRUTH[still.objects])


@pytest.mark.parametrize("bad", [{"copies": (3, 2)}, {"jitter": -1}, {"false_alarms": -1}])
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(ValueError, match="copies must be"):
        draw(**bad)


def test_a_box_of_a_queue_stands_for_the_person_it_overlaps_most():
    queues = imitate_queues(4, seed=3, people=5)
    for truth, boxes, scores, person in zip(*queues, strict=True):
        steps = truth[1:, 0] - truth[:-1, 0]
        assert ((steps >= 2) & (steps <= 11)).all()
        assert torch.allclose(truth[:, 2:] - truth[:, :2], torch.tensor([12.0, 30.0]))
        table = iou(boxes, truth)
        for row, name in zip(table, person.tolist(), strict=True):
            assert name == (int(row.argmax()) if row.max() >= 0.5 else -1)
        assert torch.equal(scores == 0, (boxes == 0).all(dim=1))
        assert set(range(5)) == set(person.tolist()) - {-1}
    assert (queues.scores == 0).any()
    assert torch.equal(imitate_queues(4, seed=3, people=5).boxes, queues.boxes)
    with pytest.raises(ValueError, match="at least 1"):
        imitate_queues(0, seed=0)
