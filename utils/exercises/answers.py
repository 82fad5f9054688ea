"""What a reader answered, in the form in which checks compare it.

A page's values are tensors, its exercises are done on paper or in Python, so an answer may be an
``int``, a ``float``, a ``Fraction``, a number or an array of NumPy, a tensor, or a list, a tuple
or a range of these. All of them mean the same. ``True`` and ``False`` are no numbers.
"""

import numbers
from decimal import Decimal

import numpy as np
import torch


def plain(answer: object) -> object:
    """Return an answer with Python's own types: lists for whatever holds several parts."""
    if isinstance(answer, torch.Tensor):
        return answer.tolist()
    if isinstance(answer, (np.ndarray, np.generic)):
        return plain(answer.tolist())  # an array of objects may hold anything
    if isinstance(answer, (list, tuple, range)):
        return [plain(part) for part in answer]
    return answer


def flat(answer: object) -> object:
    """Return the numbers of an answer in one list, in whatever rows and columns they stand."""
    parts = plain(answer)
    if not isinstance(parts, list):
        return parts
    return [
        one for part in map(flat, parts) for one in (part if isinstance(part, list) else [part])
    ]


def near(
    answer: torch.Tensor, wanted: torch.Tensor, *, rtol: float = 1e-4, atol: float = 1e-5
) -> bool:
    """Return whether a tensor is the right one, also if it was computed in another dtype.

    An exercise names a dtype where it matters; elsewhere a right answer may begin with
    ``torch.zeros``, whose numbers are float32.
    """
    return torch.allclose(answer.detach().to(wanted), wanted.detach(), rtol=rtol, atol=atol)


def as_verdict(answer: object) -> bool | None:
    """Return the ``bool`` that an answer stands for, or None if it is no verdict."""
    verdict = plain(answer)
    return verdict if isinstance(verdict, bool) else None


def as_number(answer: object) -> float | None:
    """Return the number that an answer stands for, or None if it is not one real number."""
    number = plain(answer)
    if isinstance(number, bool) or not isinstance(number, (numbers.Real, Decimal)):
        return None
    return float(number)


def as_numbers(answer: object, shape: tuple[int, ...]) -> torch.Tensor | None:
    """Return an answer as a float64 tensor, or None if it is not numbers in this shape."""
    # An array of objects takes whatever there is; rows of unequal length become lists in it.
    parts = np.array(plain(answer), dtype=object)
    entries = [as_number(part) for part in parts.flat]
    if parts.shape != shape or None in entries:
        return None
    return torch.tensor(entries, dtype=torch.float64).reshape(shape)
