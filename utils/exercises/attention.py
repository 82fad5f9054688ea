"""Checks for the exercises of the page on attention, and its answer fields."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.attention_sheets import counts_sheet, look_up_sheet, predict_sheet
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.sequences.attention import attend, attention_weights, causal_mask

SCORES, VALUES = (0.0, math.log(3)), (8.0, 4.0)  # of exercise 1
LENGTH, HEADS, WIDTH, LONGER = 1000, 8, 64, 3  # of exercise 2

Draw = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


@exercise
def check_look_up(answers: Sequence) -> None:
    """Check exercise 1: a weight and two answers of a look-up."""
    scores, values = (torch.tensor(row, dtype=torch.float64) for row in (SCORES, VALUES))
    weights = scores.softmax(0)
    names = "the weight", "the answer", "the answer with a hidden key"
    for name, given, wanted in zip(
        names, answers, (weights[1], weights @ values, values[0]), strict=True
    ):
        expect_number(name, given, wanted, within=1e-6)
    right(1)


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2: what a table of weights takes, and the spread of a score."""
    megabytes = torch.empty(HEADS, LENGTH, LENGTH, device="meta").nbytes / 1e6
    names = "the megabytes", "the factor", "the spread"
    for name, given, wanted in zip(
        names, answers, (megabytes, LONGER**2, math.sqrt(WIDTH)), strict=True
    ):
        expect_number(name, given, wanted, within=1e-6)
    right(2)


@exercise
def check_window_mask(window_mask: Callable[[int, int], object]) -> None:
    """Check exercise 3 on windows of all sizes."""
    for length, reach in ((5, 2), (4, 1), (6, 0), (3, 7), (1, 0)):
        given = window_mask(length, reach)
        case = f"window_mask({length}, {reach})"
        expect(isinstance(given, torch.Tensor), f"{case} must be a tensor, got {given!r}")
        shape = tuple(given.shape)
        expect(shape == (length, length), f"{case} has shape {shape}, not {(length, length)}")
        is_bool = given.dtype == torch.bool
        expect(is_bool, f"{case} must hold True and False, not {given.dtype}")
        wanted = torch.tensor(
            [[q - reach <= k <= q for k in range(length)] for q in range(length)]
        )
        turned = torch.equal(given.cpu(), ~wanted)
        expect(not turned, f"{case} hides what a token may see: True lets it look")
        expect(torch.equal(given.cpu(), wanted), f"{case} is wrong:\n{given.int()}")
    right(3)


@exercise
def check_with_cache(with_cache: Callable[..., object]) -> None:
    """Check exercise 4: token by token, the answers of causal attention."""
    for length, d, e in ((5, 3, 4), (1, 2, 2), (7, 1, 3)):
        Q, K, V = (_normal(seed, length, size) for seed, size in enumerate((d, d, e)))
        wanted = attend(Q, K, V, causal_mask(length))
        keys, values = K[:0], V[:0]
        for step in range(length):
            given = with_cache(Q[step], K[step], V[step], keys.clone(), values.clone())
            case = f"with_cache at token {step} of {length}"
            is_triple = isinstance(given, (tuple, list)) and len(given) == 3
            expect(is_triple, f"{case} must return the answer, the keys and the values")
            for part, name in zip(given, ("answer", "keys", "values"), strict=True):
                is_tensor = isinstance(part, torch.Tensor)
                expect(is_tensor, f"{case}: the {name} must be a tensor, got {part!r}")
            out, keys, values = given
            for part, target, name in (
                (keys, K[: step + 1], "keys"),
                (values, V[: step + 1], "values"),
            ):
                expect(_same(part, target), f"{case}: the {name} are not those so far")
            expect(_same(out.flatten(), wanted[step]), f"{case}: the answer is wrong")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random queries, keys and values."""
    holds = {
        "one vector more in all keys leaves the weights": _keys_moved,
        "one vector more in all queries leaves the weights": _queries_moved,
        "one vector more in all values is added to each answer": _values_moved,
        "keys and values shuffled alike leave the answers": _shuffled,
        "queries twice as long give answers twice as long": _doubled,
    }
    expect_tried(claims, holds, [_draw(seed) for seed in range(20)], "look-up")
    right(5)


def _keys_moved(draw: Draw) -> bool:
    Q, K, _ = draw
    return torch.allclose(attention_weights(Q, K + Q[0]), attention_weights(Q, K))


def _queries_moved(draw: Draw) -> bool:
    Q, K, _ = draw
    return torch.allclose(attention_weights(Q + K[0], K), attention_weights(Q, K))


def _values_moved(draw: Draw) -> bool:
    Q, K, V = draw
    return torch.allclose(attend(Q, K, V + V[0]), attend(Q, K, V) + V[0])


def _shuffled(draw: Draw) -> bool:
    Q, K, V = draw
    order = torch.arange(len(K)).roll(2)
    return torch.allclose(attend(Q, K[order], V[order]), attend(Q, K, V))


def _doubled(draw: Draw) -> bool:
    Q, K, V = draw
    return torch.allclose(attend(2 * Q, K, V), 2 * attend(Q, K, V))


def _same(given: torch.Tensor, wanted: torch.Tensor) -> bool:
    return given.shape == wanted.shape and torch.allclose(given.double(), wanted, atol=1e-5)


def _normal(seed: int, *shape: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


def _draw(seed: int) -> Draw:
    return _normal(3 * seed, 4, 3), _normal(3 * seed + 1, 5, 3), _normal(3 * seed + 2, 5, 2)


predict = predict_sheet()
look_up = look_up_sheet(check_look_up)
counts = counts_sheet(check_counts)
