import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_refuted, assert_right, in_every_form
from torch.utils.flop_counter import FlopCounterMode

from utils.exercises import transformer as exercises
from utils.sequences.attention import MultiHead

CLAIMS = {
    "layer norm: 7 more in all numbers of a token changes nothing": True,
    "layer norm: a token twice as long comes out twice as long": False,
    "feed-forward: shuffled tokens come out shuffled alike": True,
    "block without a mask: shuffled tokens come out shuffled alike": True,
    "block with a causal mask: shuffled tokens come out shuffled alike": False,
    "fresh pre-norm block: each token comes out with mean 0": False,
    "fresh post-norm block: each token comes out with mean 0": True,
}


def test_the_predictions_hold():
    assert exercises.predict.questions[0]["right"] == sum(range(1, 101))


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_norm, [form(-1), form(-1), form(1)])
    assert_right(capsys, 2, exercises.check_counts, [form(12704), form(18688), form(192)])


def test_the_fields_hold_the_right_numbers():
    for sheet, check in (
        (exercises.norm, exercises.check_norm),
        (exercises.counts, exercises.check_counts),
    ):
        check([question["right"] for question in sheet.questions])


def test_the_counts_are_those_of_the_counter():
    heads, one, text = MultiHead(32, 4), torch.zeros(1, 1, 32), torch.zeros(1, 100, 32)
    with FlopCounterMode(display=False) as counter:
        heads(one, text)
    read_again = 2 * 99 * 32**2  # keys and values that a cache would hold
    inside = 2 * 4 * 32**2  # the feed-forward part
    assert counter.get_total_flops() // 2 - read_again + inside == 18688


@pytest.mark.parametrize("wrong", [[-2, -1, 1], [-1, -10, 1], [-1, -1, 4], [None, -1, 1]])
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (first|scaled) number"):
        exercises.check_norm(wrong)


@pytest.mark.parametrize(
    "wrong", [[12288, 18688, 192], [12704, 15488, 192], [12704, 18688, 384], [12704, 18688, None]]
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (number of|multiply|length)"):
        exercises.check_counts(wrong)


def by_hand(logits, targets, pad):
    p = logits.log_softmax(-1).gather(2, targets[..., None])[..., 0]
    real = targets != pad
    return -(p * real).sum() / real.sum()


LOSSES = {
    "by hand": by_hand,
    "chosen first": lambda x, t, pad: F.cross_entropy(x[t != pad], t[t != pad]),
    "a float": lambda x, t, pad: F.cross_entropy(
        x.flatten(0, 1), t.flatten(), ignore_index=pad
    ).item(),
}
NO_LOSSES = {
    "padding counts": lambda x, t, pad: F.cross_entropy(x.movedim(2, 1), t),
    "divided by all": lambda x, t, pad: (
        F.cross_entropy(x.movedim(2, 1), t, ignore_index=pad, reduction="sum") / t.numel()
    ),
    "a sum": lambda x, t, pad: F.cross_entropy(
        x.movedim(2, 1), t, ignore_index=pad, reduction="sum"
    ),
    "a mean of means": lambda x, t, pad: torch.stack(
        [F.cross_entropy(a[b != pad], b[b != pad]) for a, b in zip(x, t, strict=True)]
    ).mean(),
    "padding is 0": lambda x, t, pad: F.cross_entropy(x.movedim(2, 1), t, ignore_index=0),
    "nothing": lambda x, t, pad: None,
}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_the_loss_accepts(loss, capsys):
    assert_right(capsys, 3, exercises.check_loss, loss)


@pytest.mark.parametrize("wrong", NO_LOSSES.values(), ids=NO_LOSSES)
def test_the_loss_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the loss of rows"):
        exercises.check_loss(wrong)


def append(ids, logits):
    return torch.cat([ids, logits[:, -1:].argmax(2)], 1)


def with_cache(writer, ids, count):
    logits, caches = writer(ids)
    for _ in range(count - 1):
        ids = append(ids, logits)
        logits, caches = writer(ids[:, -1:], caches)
    return append(ids, logits)


def one_by_one(writer, ids, count):
    caches = None
    for place in range(ids.shape[1] + count - 1):
        logits, caches = writer(ids[:, place : place + 1], caches)
        if place + 1 >= ids.shape[1]:
            ids = append(ids, logits)
    return ids


def and_reads_the_last(writer, ids, count):
    new, caches = ids, None
    for _ in range(count):
        logits, caches = writer(new, caches)
        new = logits[:, -1:].argmax(2)
        ids = torch.cat([ids, new], 1)
    writer(new, caches)
    return ids


def from_the_start(writer, ids, count):
    for _ in range(count):
        ids = append(ids, writer(ids)[0])
    return ids


def forgets(writer, ids, count):
    new = ids
    for _ in range(count):
        new = writer(new)[0][:, -1:].argmax(2)
        ids = torch.cat([ids, new], 1)
    return ids


def without_dropout(writer, ids, count):
    writer.eval()
    return with_cache(writer, ids, count)


WRITERS = {
    "cache": with_cache,
    "one by one": one_by_one,
    "reads the last": and_reads_the_last,
    "eval": without_dropout,
}
NO_WRITERS = {
    "from the start": from_the_start,
    "forgets": forgets,
    "one too few": lambda w, ids, count: with_cache(w, ids, count)[:, :-1],
    "the new ones alone": lambda w, ids, count: with_cache(w, ids, count)[:, ids.shape[1] :],
    "the unlikeliest": lambda w, ids, count: with_cache(
        lambda *a: (-w(*a)[0], w.writer(a[0])[1]), ids, count
    ),
    "a list": lambda w, ids, count: with_cache(w, ids, count).tolist(),
    "nothing": lambda w, ids, count: None,
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_writing_accepts(write, capsys):
    assert_right(capsys, 4, exercises.check_write, write)


@pytest.mark.parametrize("wrong", NO_WRITERS.values(), ids=NO_WRITERS)
def test_writing_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: write"):
        exercises.check_write(wrong)


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_reject(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "block")
