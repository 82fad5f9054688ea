"""What an exercise check asks for, and what it tells the reader."""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch

from utils.exercises.answers import as_number, as_numbers, as_verdict

MOST = 12  # numbers that a hint shows
ROUNDING = 0.0051  # an answer may be rounded to two decimals


def expect(condition: bool, hint: str) -> None:
    """Stop with a hint when a condition of an exercise is not met.

    Raises:
        AssertionError: with the hint, if the condition is false.
    """
    if not condition:
        raise AssertionError(f"not yet: {hint}")


def ask_number(name: str, answer: object) -> float:
    """Return the number that was answered, of whichever type it is.

    Raises:
        AssertionError: if the answer is missing or not one number.
    """
    given = as_number(answer)
    expect(given is not None, f"{name} needs a number, got {answer!r}")
    return given


def ask_numbers(name: str, answer: object, shape: tuple[int, ...]) -> torch.Tensor:
    """Return the numbers that were answered, as a float64 tensor of the given shape.

    Raises:
        AssertionError: if the answer is missing or not numbers in this shape.
    """
    if not shape:
        return torch.tensor(ask_number(name, answer), dtype=torch.float64)
    given = as_numbers(answer, shape)
    wanted = f"numbers in the shape {shape}"
    got = _in_short(answer)
    if len(shape) == 1:
        wanted = "one number in a list" if shape == (1,) else f"{shape[0]} numbers"
    expect(given is not None, f"{name} needs {wanted}, got {got}")
    return given


def _in_short(answer: object) -> str:
    """Return what a hint shows of an answer: of a large tensor or array its shape."""
    if isinstance(answer, (torch.Tensor, np.ndarray)) and math.prod(answer.shape) > MOST:
        kind = "a tensor" if isinstance(answer, torch.Tensor) else "an array"
        return f"{kind} of shape {tuple(answer.shape)}"
    return repr(answer)


def expect_number(
    name: str, answer: object, wanted: float | torch.Tensor, *, within: float = ROUNDING
) -> None:
    """Compare one number with the right one; with ``within=0`` it must be exactly this one.

    Raises:
        AssertionError: if the answer is missing, not a number, or further off than ``within``.
    """
    given, target = ask_number(name, answer), float(wanted)
    # Infinity has no distance from itself; NaN is near nothing, and so is wrong.
    is_right = given == target or abs(given - target) <= within
    expect(is_right, f"{name} is not {answer}")


def expect_numbers(
    name: str, answer: object, wanted: torch.Tensor | Sequence, *, within: float = ROUNDING
) -> None:
    """Compare several numbers with the right ones, entry by entry.

    Args:
        name: what the numbers are called in a hint.
        answer: any natural form of numbers, see :mod:`utils.exercises.answers`.
        wanted: the right numbers; their shape is the one that is asked for.
        within: how far an entry may be off.

    Raises:
        AssertionError: if the answer is missing, has another shape or a wrong entry.
    """
    right_ones = torch.as_tensor(wanted, dtype=torch.float64)
    given = ask_numbers(name, answer, tuple(right_ones.shape))
    wrong = ((given - right_ones).abs() <= within).logical_not()
    if wrong.numel() > MOST and wrong.any():
        place = tuple(wrong.nonzero()[0].tolist())
        at = f"{list(place)}, counted from 0: {given[place].item():.4g}"
        count = int(wrong.sum())
        entries = "a wrong entry" if count == 1 else f"{count} wrong entries, the first"
        expect(False, f"{name} has {entries} at {at}")
    expect(not wrong.any(), f"{name} is not {answer}")


def verdict(answers: Mapping[str, bool], claim: str) -> bool:
    """Return what was answered about a claim.

    Raises:
        AssertionError: if the answer is missing, or neither True nor False.
    """
    answer = as_verdict(answers.get(claim))
    expect(answer is not None, f"{claim!r} needs True or False, got {answers.get(claim)!r}")
    return answer


def expect_tried(
    answers: Mapping[str, bool],
    claims: Mapping[str, Callable[..., bool]],
    draws: Sequence[object],
    draw: str,
) -> None:
    """Compare each verdict with what holds for every one of some random draws.

    Args:
        answers: the verdicts by claim.
        claims: for each claim, a function that says if it holds for a draw.
        draws: what to try the claims on.
        draw: what one of them is called in a hint, "pair" for example.

    Raises:
        AssertionError: if a verdict is missing or wrong.
    """
    for claim, holds in claims.items():
        answer = verdict(answers, claim)
        hint = f"{'a' if answer else 'no'} random {draw} refutes it"
        expect(answer == all(map(holds, draws)), f"{claim!r} is not {answer}: {hint}")


def right(number: int) -> None:
    """Tell the reader that an exercise is solved."""
    print(f"Exercise {number} is right.")
