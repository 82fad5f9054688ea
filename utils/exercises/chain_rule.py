"""Checks for the exercises of the page on the chain rule."""

import itertools
from collections.abc import Callable, Mapping, Sequence

import torch
from torch.utils.flop_counter import FlopCounterMode

from utils.exercises.answers import near
from utils.exercises.asked import exercise
from utils.exercises.chain_rule_sheets import (
    INPUT_SIDE,
    LOSS_SIDE,
    bills_sheet,
    by_hand_sheet,
    predict_sheet,
)
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    right,
    verdict,
)
from utils.exercises.forbidden import expect_not_ready_made, watch


def _jacobians(sizes: Sequence[int]) -> list[torch.Tensor]:
    """Matrices of a chain's shapes, the last function first, without values."""
    shapes = [(rows, columns) for columns, rows in itertools.pairwise(sizes)]
    return [torch.empty(shape, device="meta") for shape in reversed(shapes)]


def _count(order: Callable[[], object]) -> int:
    with FlopCounterMode(display=False) as counter:
        order()
    return counter.get_total_flops() // 2  # a multiplication and an addition are two


def _bills(sizes: Sequence[int]) -> tuple[int, int]:
    """Multiplications for three functions, from the input side and from the loss side."""
    last, middle, first = _jacobians(sizes)
    return _count(lambda: last @ (middle @ first)), _count(lambda: (last @ middle) @ first)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 against autograd."""
    expect(len(answers) == 4, f"four answers are wanted, got {len(answers)}")
    x = torch.tensor(2.0, requires_grad=True)
    (cube,) = torch.autograd.grad((2 * x - 1) ** 3, x)
    expect_number("dy/dx of the cube", answers[0], cube)
    x = torch.tensor(3.0, requires_grad=True)
    u, v = 2 * x, x + 1
    (over_u,) = torch.autograd.grad(u * v.detach(), x, retain_graph=True)
    (whole,) = torch.autograd.grad(u * v, x)
    expect_number("the path over u", answers[1], over_u)
    expect_number("dy/dx of the product", answers[2], whole)
    w = torch.tensor([3.0, -1.0], requires_grad=True)
    (row,) = torch.autograd.grad((torch.tensor([1.0, 2.0]) @ w - 2) ** 2, w)
    expect_numbers("∂z/∂w", answers[3], row)
    right(1)


@exercise
def check_bills(answers: Sequence) -> None:
    """Check exercise 2 against torch's own count, and by listing the paths."""
    expect(len(answers) == 4, f"four answers are wanted, got {len(answers)}")
    from_input, from_loss = _bills((10, 20, 5, 1))
    expect_number("J3 (J2 J1)", answers[0], from_input)
    expect_number("(J3 J2) J1", answers[1], from_loss)
    paths = len(list(itertools.product(range(20), range(5))))
    expect_number("the number of paths", answers[2], paths)
    from_input, from_loss = _bills((1, 20, 5, 3))
    cheaper = INPUT_SIDE if from_input < from_loss else LOSS_SIDE
    expect(answers[3] == cheaper, f"{answers[3]!r} is not the cheaper side")
    right(2)


# What would compute the derivative in place of the reader; all of torch's ways run through these.
_READY_MADE = {
    "torch.autograd.grad": torch.autograd.grad,
    "backward": torch.autograd.backward,
    "torch.func.jvp": torch.func.jvp,
    "torch.func.jacfwd": torch.func.jacfwd,
}


def _sines(weights: Sequence[torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    for weight in weights:
        x = torch.sin(weight @ x)
    return x


@exercise
def check_gradient_of_sum(gradient_of_sum: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 against autograd, count its multiplications, and look for ready-made ones.

    From the loss side each product is a row times a matrix. So together with the way forward there
    are at most two multiplications for each entry of a weight matrix.
    """
    generator = torch.Generator().manual_seed(0)
    for sizes in ((3, 2), (4, 3, 2), (2, 1, 3, 1), (30, 20, 25, 10), (5,), (3, 3, 3)):
        weights = [
            torch.randn(rows, columns, generator=generator, dtype=torch.float64) / columns**0.5
            for columns, rows in itertools.pairwise(sizes)
        ]
        x = torch.randn(sizes[0], generator=generator, dtype=torch.float64)
        case = f"gradient_of_sum for the sizes {sizes}"
        given = [part.clone() for part in (x, *weights)]
        run = watch(gradient_of_sum, list(weights), x)
        answer = run.result
        expect(isinstance(answer, torch.Tensor), f"a tensor is wanted, got {answer!r}")
        expect_not_ready_made(run, _READY_MADE, case)
        kept = all(map(torch.equal, given, (x, *weights)))
        expect(kept, "x and the weights themselves must not change")
        expect(answer.shape == x.shape, f"the shape is {tuple(answer.shape)} in {case}")
        x_again = x.clone().requires_grad_()
        (wanted,) = torch.autograd.grad(_sines(weights, x_again).sum(), x_again)
        expect(near(answer, wanted), f"{case} is wrong")
        many = run.torch_calls["sin"] > 2 * max(1, len(weights))
        expect(not many, f"{case} runs the functions again and again: take Jacobians")
        count = _count(lambda weights=weights, x=x: gradient_of_sum(list(weights), x))
        most = 2 * sum(weight.numel() for weight in weights)
        expect(count <= most, f"{case} takes {count} multiplications; {most} are enough")
    right(3)


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
    """Check exercise 4 against the brackets that ``torch.linalg.multi_dot`` chooses."""
    for sizes in _CHAINS:
        jacobians = _jacobians(sizes)
        # multi_dot needs two matrices at least.
        best = 0 if len(sizes) == 2 else _count(lambda j=jacobians: torch.linalg.multi_dot(j))
        expect_number(f"the least for the sizes {sizes}", fewest(sizes), best, within=0)
    right(4)


_FALSE = {
    "with fewer outputs than inputs, the loss side is cheaper": "(8, 64, 1, 4)",
    "with one output, the loss side needs at most as many as the input side": "(2, 10, 1, 1)",
    "from the loss side, a Jacobian may be forgotten once its function has run": "any chain",
}
_TRUE = (
    "two functions cost the same from either side",
    "if all sizes are equal, both sides cost the same",
    "if one hidden size is 1, each row of the Jacobian is a multiple of one row",
)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5; where a claim fails, the hint names a chain to look at."""
    for claim in (*_TRUE, *_FALSE):
        verdict(claims, claim)
    for claim in _TRUE:
        expect(claims[claim], f"there is no counterexample to “{claim}”")
    for claim, chain in _FALSE.items():
        expect(not claims[claim], f"try {chain} for “{claim}”")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
bills = bills_sheet(check_bills)
