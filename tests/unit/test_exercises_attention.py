import math

import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.exercises import attention as exercises

CLAIMS = {
    "one vector more in all keys leaves the weights": True,
    "one vector more in all queries leaves the weights": False,
    "one vector more in all values is added to each answer": True,
    "keys and values shuffled alike leave the answers": True,
    "queries twice as long give answers twice as long": False,
}


def test_the_predictions_are_what_attention_gives():
    ones, values = torch.ones(1, 3, 2), torch.tensor([3.0, 6, 12]).view(1, 3, 1)
    answer = F.scaled_dot_product_attention(ones, ones, values)[0, 0, 0]
    assert exercises.predict.questions[0]["right"] == pytest.approx(answer.item())
    letters = torch.randn(3, 4)[[0, 1, 2, 0]]
    answers = F.scaled_dot_product_attention(letters, letters, letters)
    assert torch.allclose(answers[0], answers[3])


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_look_up, [form(0.75), form(5), form(8)])
    assert_right(capsys, 2, exercises.check_counts, [form(32), form(9), form(8)])


def test_the_fields_hold_the_right_numbers():
    for sheet, check in (
        (exercises.look_up, exercises.check_look_up),
        (exercises.counts, exercises.check_counts),
    ):
        check([question["right"] for question in sheet.questions])


@pytest.mark.parametrize("wrong", [[0.25, 5, 8], [0.75, 7, 8], [0.75, 5, 2], [None, 5, 8]])
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (weight|answer)"):
        exercises.check_look_up(wrong)


@pytest.mark.parametrize("wrong", [[4, 9, 8], [32, 3, 8], [32, 9, 64], [32, None, 8]])
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (megabytes|factor|spread)"):
        exercises.check_counts(wrong)


def by_distance(length, reach):
    places = torch.arange(length)
    back = places[:, None] - places
    return (back >= 0) & (back <= reach)


WINDOWS = {
    "distance": by_distance,
    "triangles": lambda n, r: torch.ones(n, n).tril().triu(-r).bool(),
    "a list": lambda n, r: torch.tensor([[0 <= i - j <= r for j in range(n)] for i in range(n)]),
}
NOT_WINDOWS = {
    "turned": lambda n, r: ~by_distance(n, r),
    "the future": lambda n, r: by_distance(n, r).T,
    "one too many": lambda n, r: by_distance(n, r + 1),
    "at least one back": lambda n, r: by_distance(n, max(r, 1)),
    "both sides": lambda n, r: by_distance(n, r) | by_distance(n, r).T,
    "numbers": lambda n, r: by_distance(n, r).float(),
    "a row": lambda n, r: by_distance(n, r)[0],
    "nothing": lambda n, r: None,
}


@pytest.mark.parametrize("mask", WINDOWS.values(), ids=WINDOWS)
def test_window_mask_accepts(mask, capsys):
    assert_right(capsys, 3, exercises.check_window_mask, mask)


@pytest.mark.parametrize("mask", NOT_WINDOWS.values(), ids=NOT_WINDOWS)
def test_window_mask_rejects(mask):
    with pytest.raises(AssertionError, match="not yet: window_mask"):
        exercises.check_window_mask(mask)


def by_cat(q, k, v, K, V, scale=None):
    K, V = torch.cat([K, k[None]]), torch.cat([V, v[None]])
    scores = K @ q * (scale or 1 / math.sqrt(len(q)))
    return scores.softmax(0) @ V, K, V


def by_torch(q, k, v, K, V):
    K, V = torch.vstack([K, k]), torch.vstack([V, v])
    return F.scaled_dot_product_attention(q[None], K, V), K, V


def by_loop(q, k, v, K, V):
    K, V = torch.stack([*K, k]), torch.stack([*V, v])
    parts = [math.exp(q @ key / len(q) ** 0.5) for key in K]
    answer = sum(part * value for part, value in zip(parts, V, strict=True)) / sum(parts)
    return [answer, K, V]


CACHES = {"cat": by_cat, "torch": by_torch, "loop": by_loop}
NOT_CACHES = {
    "no scale": lambda *parts: by_cat(*parts, scale=1),
    "forgets itself": lambda q, k, v, K, V: (v, *by_cat(q, k, v, K, V)[1:]),
    "puts it in front": lambda q, k, v, K, V: (
        by_cat(q, k, v, K, V)[0],
        torch.cat([k[None], K]),
        torch.cat([v[None], V]),
    ),
    "keeps nothing": lambda q, k, v, K, V: (by_cat(q, k, v, K, V)[0], K, V),
    "keeps no keys": lambda q, k, v, K, V: (by_cat(q, k, v, K, V)[0], K, torch.vstack([V, v])),
    "keeps no values": lambda q, k, v, K, V: (*by_cat(q, k, v, K, V)[:2], V),
    "answer alone": lambda *parts: by_cat(*parts)[0],
    "nothing": lambda *parts: None,
}


@pytest.mark.parametrize("cache", CACHES.values(), ids=CACHES)
def test_with_cache_accepts(cache, capsys):
    assert_right(capsys, 4, exercises.check_with_cache, cache)


@pytest.mark.parametrize("cache", NOT_CACHES.values(), ids=NOT_CACHES)
def test_with_cache_rejects(cache):
    with pytest.raises(AssertionError, match="not yet: with_cache"):
        exercises.check_with_cache(cache)


def test_the_claims_are_checked(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "look-up")
