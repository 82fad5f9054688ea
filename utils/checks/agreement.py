"""The check that a page shows: two functions agree on all cases, in one line."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import torch
import torch.nn.functional as F

from utils.checks.gradients import compare_with_gradients, copy_of
from utils.checks.same import TOLERANCES, assert_same

Case = tuple

# Where a public name is looked for; the first that holds the function gives its name.
HOMES = (F, torch, torch.special, torch.linalg, torch.fft)


def agree(
    ours: Callable,
    theirs: Callable,
    cases: Iterable[Case],
    *,
    gradients: bool = True,
    rtol: float | None = None,
    atol: float | None = None,
    name: str | None = None,
) -> None:
    """Assert that two functions agree on all cases, and print one line that says so.

    Outputs agree in shape, dtype, device and values; gradients are those of a
    random upstream tensor with respect to each floating-point tensor that is a
    positional argument. Two floats agree if they differ by at most
    ``atol + rtol * |theirs|``; ``TOLERANCES`` has the defaults for each dtype.

    An absolute tolerance proves nothing about numbers that are smaller: with the
    1e-5 of float32, a tail of 1e-7 may be anything. So ``atol=0`` asks for the
    relative error alone, and a list of cases in which all numbers are so small
    that the absolute tolerance decides is refused.

    Args:
        ours: what the page built. It returns a tensor, a number (unless
            gradients are compared) or a sequence of these.
        theirs: what it must equal; the reference of the relative tolerance.
        cases: one tuple a case: the positional arguments, and at its end,
            optionally, a dict of keyword arguments.
        gradients: whether to compare gradients as well.
        rtol: relative tolerance, for all dtypes alike.
        atol: absolute tolerance, for all dtypes alike; 0 for none.
        name: what to call ``theirs``; by default the name that it has. A
            lambda has none.

    Raises:
        AssertionError: naming the first case in which they differ, and how.
        ValueError: if there is no case, nothing to differentiate, no name, or
            no number large enough to be compared.
        TypeError: if a case is not a tuple.

    >>> def relu(x, floor=0.0):
    ...     return x * (x > floor)
    >>> agree(relu, F.relu, [(torch.tensor([-1.0, 2.0]),), (torch.eye(2).double(),)])
    relu agrees with torch.nn.functional.relu: 2 cases, outputs and gradients, float32 and float64

    >>> def sigmoid(x):
    ...     return 1 - 1 / (1 + x.exp())  # loses its digits for small x
    >>> cases = [(torch.tensor([1.0, -20.0]),)]
    >>> agree(sigmoid, torch.sigmoid, cases)
    sigmoid agrees with torch.sigmoid: 1 case, outputs and gradients, float32
    >>> agree(sigmoid, torch.sigmoid, cases, atol=0)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    AssertionError: case 1 of 1, tensor (2,) float32: 1 of 2 values differ; the worst at index ...
    """
    cases = list(cases)
    if not cases:
        raise ValueError("cases is empty: nothing was compared")
    title = _title(ours, theirs, name)
    outputs, slopes = [], []
    for number, case in enumerate(cases, start=1):
        arguments, keywords = _parts(case)
        words = f"case {number} of {len(cases)}, {_describe(arguments, keywords)}"
        try:
            pair = partial(ours, **keywords), partial(theirs, **keywords)
            if gradients:
                results, slope = compare_with_gradients(*pair, arguments, rtol=rtol, atol=atol)
                slopes += slope
            else:
                mine, results = (_results(f(*map(copy_of, arguments))) for f in pair)
                assert_same(mine, results, rtol=rtol, atol=atol)
            outputs += results
        except AssertionError as error:
            raise AssertionError(f"{words}: {error}") from None
        except Exception as error:
            error.add_note(f"This happened in {words}.")
            raise
    _check_power("outputs", outputs, atol)
    if any(slope.count_nonzero() for slope in slopes):  # a step has gradient zero everywhere
        _check_power("gradients", slopes, atol)
    compared = "outputs and gradients" if gradients else "outputs"
    parts = [f"{len(cases)} case{'s'[: len(cases) > 1]}", compared, _dtypes(outputs)]
    parts += [f"relative tolerance {rtol:g}"] if rtol is not None else []
    parts += [f"absolute tolerance {atol:g}"] if atol is not None else []
    print(f"{title}: {', '.join(parts)}")


def _parts(case: Case) -> tuple[tuple, dict]:
    if not isinstance(case, tuple):
        raise TypeError(f"a case must be a tuple of arguments, got {type(case).__name__}")
    if case and isinstance(case[-1], dict):
        return case[:-1], case[-1]
    return case, {}


def _results(value: Any) -> list[torch.Tensor]:
    """Return results as tensors; numbers become exact ones."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return [
        torch.tensor(v, dtype=torch.float64 if isinstance(v, float) else None)
        if isinstance(v, (bool, int, float))
        else v
        for v in values
    ]


def _check_power(what: str, values: Sequence[torch.Tensor], atol: float | None) -> None:
    """Refuse cases in which the absolute tolerance would let anything pass."""
    if not any(value.numel() for value in values):
        raise ValueError(f"no case has a number to compare: all {what} are empty")
    for value in values:
        tolerance = TOLERANCES.get(value.dtype, (0, 0))[1] if atol is None else atol
        if value.numel() and (tolerance == 0 or (value.abs() > 10 * tolerance).any()):
            return
    raise ValueError(
        f"all {what} are so small that the absolute tolerance decides: pass atol=0, "
        "or cases with larger numbers"
    )


def _describe(arguments: Sequence, keywords: dict) -> str:
    words = [
        f"tensor {tuple(x.shape)} {_short(x.dtype)}" if isinstance(x, torch.Tensor) else repr(x)
        for x in arguments
    ]
    words += [f"{key}={_describe([value], {})}" for key, value in keywords.items()]
    return ", ".join(words) or "no argument"


def _dtypes(values: Sequence[torch.Tensor]) -> str:
    return " and ".join(sorted({_short(value.dtype) for value in values}))


def _short(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def _title(ours: Callable, theirs: Callable, name: str | None) -> str:
    name = name or _name(theirs)
    if not name:
        raise ValueError("theirs has no name of its own: pass name='torch…'")
    return f"{_name(ours) or 'ours'} agrees with {name}"


def _name(function: Callable) -> str | None:
    """Return the public name of a function, which is the same in all versions of torch."""
    for home in HOMES:
        for name, value in vars(home).items():
            if value is function and not name.startswith("_"):
                return f"{home.__name__}.{name}"
    if isinstance(function, torch.nn.Module):
        return type(function).__name__
    name = getattr(function, "__name__", "<lambda>")
    return None if name == "<lambda>" else name
