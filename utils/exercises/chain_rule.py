"""Checks for the exercises of the page on the chain rule."""

import itertools
from collections.abc import Callable, Mapping, Sequence

import torch
from torch.utils.flop_counter import FlopCounterMode

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    right,
    verdict,
)


def _jacobians(sizes: Sequence[int]) -> list[torch.Tensor]:
    """Matrices of a chain's shapes, the last function first, without values."""
    shapes = [(rows, columns) for columns, rows in itertools.pairwise(sizes)]
    return [torch.empty(shape, device="meta") for shape in reversed(shapes)]


def _count(order: Callable[[], torch.Tensor]) -> int:
    with FlopCounterMode(display=False) as counter:
        order()
    return counter.get_total_flops() // 2  # a multiplication and an addition are two


@exercise
def check_by_hand(answers: Mapping[str, float | Sequence[float]]) -> None:
    """Check exercise 1 against autograd and torch's own count."""
    x = torch.tensor(3.0, requires_grad=True)
    (slope,) = torch.autograd.grad((2 * x) * (x + 1), x)
    expect_number("dy/dx", answers.get("dy/dx"), slope)
    w = torch.tensor([3.0, -1.0], requires_grad=True)
    (row,) = torch.autograd.grad((torch.tensor([1.0, 2.0]) @ w - 2) ** 2, w)
    expect_numbers("dz/dw", answers.get("dz/dw"), row)
    last, middle, first = _jacobians((10, 20, 5, 1))
    from_input = _count(lambda: last @ (middle @ first))
    from_loss = _count(lambda: (last @ middle) @ first)
    expect_number("from the input side", answers.get("from the input side"), from_input)
    expect_number("from the loss side", answers.get("from the loss side"), from_loss)
    right(1)


# No cost, one product, each side best once, the middle best, and sizes of 1.
_CHAINS = (
    (3, 2),
    (5, 1),
    (2, 3, 4),
    (1, 1, 1),
    (6, 5, 4, 1),
    (1, 4, 5, 6),
    (8, 64, 1, 4),
    (64, 48, 2, 48, 64),
    (3, 7, 2, 5, 4, 6),
)


@exercise
def check_fewest(fewest: Callable[[Sequence[int]], int]) -> None:
    """Check exercise 2 against the brackets that ``torch.linalg.multi_dot`` chooses."""
    for sizes in _CHAINS:
        jacobians = _jacobians(sizes)
        # multi_dot needs two matrices at least.
        best = 0 if len(sizes) == 2 else _count(lambda j=jacobians: torch.linalg.multi_dot(j))
        expect_number(f"the least for the sizes {sizes}", fewest(sizes), best, within=0)
    right(2)


_FALSE = {
    "with fewer outputs than inputs, the loss side is cheaper": "(8, 64, 1, 4)",
    "with one output, the loss side is never dearer": "(2, 10, 1, 1)",
    "reverse mode may forget a Jacobian once its function has run": "any chain of three functions",
}
_TRUE = (
    "two functions cost the same from either side",
    "if all sizes are equal, both sides cost the same",
    "if one hidden size is 1, every row of the Jacobian is a multiple of one row",
)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 3; where a claim fails, the hint names a chain to look at."""
    for claim in (*_TRUE, *_FALSE):
        verdict(claims, claim)
    for claim in _TRUE:
        expect(claims[claim], f"there is no counterexample to “{claim}”")
    for claim, chain in _FALSE.items():
        expect(not claims[claim], f"try {chain} for “{claim}”")
    right(3)
