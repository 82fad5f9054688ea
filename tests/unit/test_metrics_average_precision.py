import numpy as np
import pytest
import torch

from utils.checks import assert_same
from utils.metrics.average_precision import average_precision, precision_recall


def area_under(precision, recall):
    """The area under the best precision at a recall or beyond, as Pascal VOC's own code has it."""
    recall = np.concatenate([[0.0], recall, [1.0]])
    precision = np.concatenate([[0.0], precision, [0.0]])
    for place in range(len(precision) - 1, 0, -1):
        precision[place - 1] = max(precision[place - 1], precision[place])
    steps = np.flatnonzero(recall[1:] != recall[:-1])
    return ((recall[steps + 1] - recall[steps]) * precision[steps + 1]).sum()


def test_all_points_are_the_area_under_the_curve():
    random = np.random.default_rng(0)
    for case in range(2000):
        count, missed = random.integers(0, 20), random.integers(0, 5)
        scores, hits = random.random(count), random.random(count) < random.random()
        objects = int(hits.sum() + missed)
        if not objects:
            continue
        precision, recall = precision_recall(scores, hits, objects)
        found = average_precision(scores, hits, objects, points="all").item()
        assert found == pytest.approx(area_under(precision.numpy(), recall.numpy())), case


def test_precision_and_recall_of_eight_detections():
    hits = torch.tensor([1, 1, 0, 1, 0, 0, 1, 0], dtype=torch.bool)
    scores = torch.arange(8, 0, -1) / 10
    shuffled = torch.tensor([3, 0, 7, 5, 1, 2, 6, 4])
    precision, recall = precision_recall(scores[shuffled], hits[shuffled], 5)
    assert_same(
        precision,
        torch.tensor([1, 1, 2 / 3, 3 / 4, 3 / 5, 1 / 2, 4 / 7, 1 / 2]).double(),
        rtol=1e-6,
    )
    assert_same(recall, torch.tensor([1, 2, 2, 3, 3, 3, 4, 4]).double() / 5)


def test_ignored_detections_are_as_if_they_were_not_there():
    random = np.random.default_rng(1)
    for _ in range(200):
        scores, hits = random.random(9), random.random((2, 9)) < 0.5
        ignored = np.tile(random.random(9) < 0.3, (2, 1))
        found = average_precision(scores, hits, 12, ignored=ignored)
        kept = ~ignored[0]
        assert_same(found, average_precision(scores[kept], hits[:, kept], 12))


def test_equal_scores_keep_their_order():
    scores = torch.ones(2)
    first = average_precision(scores, torch.tensor([True, False]), 1, points="all")
    last = average_precision(scores, torch.tensor([False, True]), 1, points="all")
    assert (first.item(), last.item()) == (1, 0.5)


@pytest.mark.parametrize(
    ("scores", "hits", "objects", "more", "words"),
    [
        ([0.5], [True, False], 1, {}, "hits"),
        ([0.5, np.nan], [True, False], 1, {}, "NaN"),
        ([0.5], [True], -1, {}, "0 or more"),
        ([0.5], [True], 1, {"ignored": [True, False]}, "ignored must have the shape"),
    ],
)
def test_bad_scores_are_refused(scores, hits, objects, more, words):
    with pytest.raises(ValueError, match=words):
        average_precision(torch.tensor(scores), torch.tensor(hits), objects, **more)


def test_no_object_has_no_average_precision():
    assert average_precision(torch.ones(2), torch.zeros(3, 2), 0).isnan().tolist() == [True] * 3
    assert average_precision(torch.ones(0), torch.zeros(0), 2).item() == 0
