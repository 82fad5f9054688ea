import pytest
import torch
import torchvision
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.boxes.overlap import iou
from utils.exercises import nms as exercises

CLAIMS = {
    "a larger threshold never keeps fewer boxes": False,
    "nms of the kept boxes keeps all of them": True,
    "small scores may go before nms or after it": True,
    "one box more never brings a removed one back": False,
}


def test_the_prediction_is_what_torchvision_does():
    chain = torch.tensor([[0.0, 0, 4, 4], [1, 0, 5, 4], [2, 0, 6, 4]])
    kept = torchvision.ops.nms(chain, torch.tensor([0.9, 0.8, 0.7]), 0.5)
    overlaps = iou(chain, chain)[[0, 1, 0], [1, 2, 2]]
    torch.testing.assert_close(overlaps, torch.tensor([0.6, 0.6, 1 / 3]))
    assert kept.tolist() == [0, 2]
    assert exercises.predict.questions[0]["right"] == len(kept)


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(3), "E"])
    assert_right(capsys, 2, exercises.check_factors, [form(0.4), form(0.49)])
    assert exercises.kept_of_table(exercises.OVERLAPS, 0.5) == "ACD"
    assert exercises.kept_of_table(exercises.OVERLAPS, 0.4) == "ACE"


@pytest.mark.parametrize("wrong", [[2, "E"], [4, "E"], [3, "D"], [3, "C"], [3, None], [None, "E"]])
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the "):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize("wrong", [[0.8, 0.49], [0, 0.49], [0.4, 0.29], [0.4, 0.61], [0.4, None]])
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (linear|gaussian) score"):
        exercises.check_factors(wrong)


def merging(weigh=lambda scores: scores, mark=lambda overlaps, t: overlaps > t, start=True):
    def merge(boxes, scores, threshold):
        order = scores.argsort(descending=True)
        merged = [boxes[:0]]
        while len(order):
            mine = mark(iou(boxes[order[:1]], boxes[order])[0], threshold)
            mine[:1] = True
            group = order[mine] if start else order[mine][1:]
            weights = weigh(scores[group])
            merged.append((weights[:, None] * boxes[group]).sum(0, keepdim=True) / weights.sum())
            order = order[~mine]
        return torch.cat(merged)

    return merge


def merge_by_owner(boxes, scores, threshold):
    kept = torchvision.ops.nms(boxes, scores, threshold)
    if not len(kept):
        return boxes
    order = scores.argsort(descending=True)
    table = iou(boxes[kept], boxes[order]) > threshold
    below = scores[order] <= scores[kept][:, None]
    owner = (table & below).int().argmax(dim=0)
    weights = torch.nn.functional.one_hot(owner, len(kept)).T * scores[order]
    return (weights @ boxes[order]) / weights.sum(1, keepdim=True)


MERGES = {
    "loop": merging(),
    "float32": lambda b, s, t: merging()(b, s, t).float(),
    "owners": merge_by_owner,
}
NOT_MERGES = {
    "plain mean": merging(weigh=torch.ones_like),
    "squared": merging(weigh=lambda scores: scores**2),
    "kept as they were": lambda b, s, t: b[torchvision.ops.nms(b, s, t)],
    "without itself": merging(start=False),
    "all in one": merging(mark=lambda overlaps, t: overlaps >= 0),
    "nothing": lambda b, s, t: None,
}


@pytest.mark.parametrize("merge", MERGES.values(), ids=MERGES)
def test_merge_accepts(merge, capsys):
    assert_right(capsys, 3, exercises.check_merge, merge)


@pytest.mark.parametrize("merge", NOT_MERGES.values(), ids=NOT_MERGES)
def test_merge_rejects(merge):
    with pytest.raises(AssertionError, match="not yet: for"):
        exercises.check_merge(merge)


def detecting(*, each_class=True, above=torch.gt, cut=slice(None), order=False):
    def detect(boxes, class_scores, least, threshold, most):
        rows, classes = torch.where(above(class_scores, least))
        scores = class_scores[rows, classes]
        groups = classes if each_class else classes * 0
        kept = torchvision.ops.batched_nms(boxes[rows], scores, groups, threshold)
        kept = kept[:most][cut]
        if order:
            kept = kept.sort().values
        return boxes[rows[kept]], scores[kept], classes[kept]

    return detect


def detect_by_loop(boxes, class_scores, least, threshold, most):
    found = []
    for name, scores in enumerate(class_scores.T):
        own = (scores > least).nonzero()[:, 0]
        kept = own[torchvision.ops.nms(boxes[own], scores[own], threshold)]
        found += [(scores[index].item(), index.item(), name) for index in kept]
    found = sorted(found, reverse=True)[:most]
    index = torch.tensor([row for _, row, _ in found], dtype=torch.int64)
    names = torch.tensor([name for *_, name in found], dtype=torch.int64)
    return boxes[index], class_scores[index, names], names


DETECTS = {
    "where": detecting(),
    "loop": detect_by_loop,
    "a list": lambda *given: list(detecting()(*given)),
}
NOT_DETECTS = {
    "classes together": detecting(each_class=False),
    "below": detecting(above=torch.lt),
    "too few": detecting(cut=slice(1, None)),
    "not by score": detecting(order=True),
    "boxes alone": lambda *given: detecting()(*given)[0],
    "no limit": lambda b, s, least, threshold, most: detecting()(b, s, least, threshold, 999),
    "nothing": lambda *given: None,
}


@pytest.mark.parametrize("detect", DETECTS.values(), ids=DETECTS)
def test_detect_accepts(detect, capsys):
    assert_right(capsys, 4, exercises.check_detect, detect)


@pytest.mark.parametrize("detect", NOT_DETECTS.values(), ids=NOT_DETECTS)
def test_detect_rejects(detect):
    with pytest.raises(AssertionError, match="not yet: for"):
        exercises.check_detect(detect)


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_reject(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "crowd")
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_claims({**CLAIMS, claim: None})
