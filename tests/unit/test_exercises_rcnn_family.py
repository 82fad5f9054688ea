import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form
from torchvision.ops import roi_pool

from utils.exercises import rcnn_family as exercises

CLAIMS = {
    "pooling gives numbers of the map": True,
    "aligning gives numbers of the map": False,
    "a larger region pools to at least as much": True,
    "a larger region aligns to at least as much": False,
    "aligning a sum of maps gives the sum": True,
    "pooling a sum of maps gives the sum": False,
}


def test_the_prediction_is_what_torchvision_does():
    maps, region = torch.arange(16.0).view(1, 1, 4, 4), torch.tensor([[0, 0.4, 0.4, 2.6, 2.6]])
    first = roi_pool(maps, region, 2).flatten()[0].item()
    assert exercises.predict.questions[0]["right"] == first
    assert exercises.predict.questions[1]["right"] == 16 / 2


def test_the_region_by_hand_is_what_torchvision_does():
    maps = torch.arange(12.0).view(1, 1, 1, 12).expand(1, 1, 12, 12)
    region = torch.tensor([[0.0, 88, 88, 88 + 3 * 16, 88 + 3 * 16]])
    found = roi_pool(maps, region, 3, 1 / 16)[0, 0, 0]
    assert found.tolist() == [7, 8, 9]  # cells 6 and 7, 7 and 8, 8 and 9


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(6), form(8), form(2)])
    assert_right(capsys, 2, exercises.check_counts, [form(17100), form(23085)])


@pytest.mark.parametrize("wrong", [[5, 8, 2], [5.5, 8, 2], [6, 0.5, 2], [6, 8, 1], [6, None, 2]])
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the "):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize("wrong", [[1900, 23085], [17100, 23040], [17100, 18468], [None, 23085]])
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the number"):
        exercises.check_counts(wrong)


def deciding(*, first=1, best=True, own=1, prob=True):
    def decide(logits, offsets):
        scores = logits.softmax(1) if prob else logits
        values, labels = (scores[:, first:].max if best else scores[:, first:].min)(1)
        rows = torch.arange(len(logits))
        return labels, values, offsets[rows, labels + own]

    return decide


def decide_by_loop(logits, offsets):
    found = [(row.softmax(0)[1:], shifts) for row, shifts in zip(logits, offsets, strict=True)]
    labels = torch.tensor([p.argmax() for p, _ in found], dtype=torch.int64)
    scores = torch.tensor([p.max() for p, _ in found], dtype=logits.dtype)
    moved = [s[n + 1] for (_, s), n in zip(found, labels, strict=True)]
    return labels, scores, torch.stack(moved) if moved else offsets[:, 0]


DECIDES = {
    "indices": deciding(),
    "loop": decide_by_loop,
    "a list": lambda *given: list(deciding()(*given)),
}
NOT_DECIDES = {
    "background too": deciding(first=0, own=0),
    "the least": deciding(best=False),
    "offsets of another class": deciding(own=0),
    "logits": deciding(prob=False),
    "nothing": lambda *given: None,
    "two parts": lambda *given: deciding()(*given)[:2],
}


@pytest.mark.parametrize("decide", DECIDES.values(), ids=DECIDES)
def test_decide_accepts(decide, capsys):
    assert_right(capsys, 3, exercises.check_decide, decide)


@pytest.mark.parametrize("decide", NOT_DECIDES.values(), ids=NOT_DECIDES)
def test_decide_rejects(decide):
    with pytest.raises(AssertionError, match="not yet: for"):
        exercises.check_decide(decide)


def sampling(*, share_of=int, rest=True, kind=0, shuffled=True):
    def sample(labels, count, share):
        objects, others = ((labels == wanted).nonzero()[:, 0] for wanted in (1, kind))
        if shuffled:
            objects, others = (part[torch.randperm(len(part))] for part in (objects, others))
        objects = objects[: share_of(count * share)]
        left = count - len(objects) if rest else count - int(count * share)
        return torch.cat([objects, others[:left]])

    return sample


def sample_by_keys(labels, count, share):
    keys = torch.rand(labels.shape)
    chosen = torch.zeros(labels.shape, dtype=torch.bool)
    most = int(count * share)
    for kind in (1, 0):
        order = keys.masked_fill(labels != kind, 2).argsort()[:most]
        chosen[order[labels[order] == kind]] = True
        most = count - int(chosen.sum())
    return chosen


SAMPLES = {
    "permutations": sampling(),
    "keys": sample_by_keys,
    "sorted": lambda *given: sampling()(*given).sort().values,
}
NOT_SAMPLES = {
    "fixed": sampling(shuffled=False),
    "too few of the rest": sampling(rest=False),
    "all objects": sampling(share_of=lambda most: 999),
    "ignored ones": sampling(kind=-1),
    "twice": lambda *given: torch.cat([sampling()(*given)] * 2),
    "nothing": lambda *given: None,
}


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_sample_accepts(sample, capsys):
    assert_right(capsys, 4, exercises.check_sample, sample)


@pytest.mark.parametrize("sample", NOT_SAMPLES.values(), ids=NOT_SAMPLES)
def test_sample_rejects(sample):
    with pytest.raises(AssertionError, match="not yet: for"):
        exercises.check_sample(sample)


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_reject(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "region")
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_claims({**CLAIMS, claim: None})
