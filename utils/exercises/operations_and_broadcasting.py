"""Checks for the exercises of the page on operations and broadcasting."""

from ast import literal_eval
from collections.abc import Callable, Sequence

import torch

from utils.exercises.answers import near, plain
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_number, right
from utils.exercises.forbidden import (
    expect_in_torch,
    expect_no_loop,
    expect_same_effort,
    watch,
)
from utils.exercises.operations_and_broadcasting_sheets import (
    NO_SUM,
    predict_sheet,
    products_sheet,
    sums_sheet,
)

# What exercise 1 asks about, as it is written on the page.
SUMS = (
    "(5, 1) + (3,)",
    "(2, 3) + (2,)",
    "(2, 1, 4) + (3, 1)",
    "() + (6,)",
    "(4, 0) + (4, 1)",
    "(7, 1, 5) + (7, 5)",
)
ROUNDING = 1e-4  # a number in exercise 5 may be rounded to four decimals


def _shape_of_sum(name: str) -> tuple[int, ...] | None:
    first, second = (torch.zeros(literal_eval(shape)) for shape in name.split(" + "))
    try:
        return tuple((first + second).shape)
    except RuntimeError:
        return None


@exercise
def check_sums(sums: Sequence[Sequence[int] | str]) -> None:
    """Check exercise 1 by adding tensors of these shapes in torch."""
    expect(len(sums) == len(SUMS), f"{len(SUMS)} answers are wanted, got {len(sums)}")
    for name, given in zip(SUMS, sums, strict=True):
        answer, wanted = plain(given), _shape_of_sum(name)
        if answer == NO_SUM:
            expect(wanted is None, f"{name} has a shape: the sizes fit")
            continue
        expect(isinstance(answer, list), f"{name} needs a tuple or {NO_SUM!r}, got {given!r}")
        expect(wanted is not None, f"{name} has no shape: torch refuses this sum")
        sizes = ask_numbers(name, given, (len(answer),))
        expect(sizes.tolist() == list(wanted), f"{name} is not {tuple(answer)}")
    right(1)


@exercise
def check_products(products: Sequence[float]) -> None:
    """Check the four numbers of exercise 2 in torch."""
    expect(len(products) == 4, f"four numbers are wanted, got {len(products)}")
    x, v = torch.tensor([[1, 2], [3, 4]]), torch.tensor([10, 20])
    for name, answer, wanted in zip(
        ("(x * x)[1, 0]", "(x @ v)[0]", "(x @ v)[1]", "(x + v)[0, 1]"),
        products,
        ((x * x)[1, 0], *(x @ v), (x + v)[0, 1]),
        strict=True,
    ):
        expect_number(name, answer, wanted, within=0)
    right(2)


@exercise
def check_squared_distances(
    squared_distances: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
) -> None:
    """Check exercise 3 against ``torch.cdist`` for many numbers of points, and look for a loop."""
    generator = torch.Generator().manual_seed(0)
    runs = []
    for n, m, d in ((3, 5, 2), (4, 4, 4), (1, 6, 3), (6, 1, 1), (0, 2, 3), (50, 40, 8)):
        x, y = (
            torch.randn(count, d, generator=generator, dtype=torch.float64) for count in (n, m)
        )
        case = f"x of shape {(n, d)} and y of shape {(m, d)}"
        runs.append(watch(squared_distances, x, y))
        answer = runs[-1].result
        expect(isinstance(answer, torch.Tensor), f"a tensor is wanted, got {answer!r}")
        expect(answer.shape == (n, m), f"shape {tuple(answer.shape)} for {case}")
        wanted = torch.cdist(x, y, compute_mode="donot_use_mm_for_euclid_dist") ** 2
        expect(near(answer, wanted), f"wrong numbers for {case}")
    expect_no_loop(runs[0], "squared_distances")
    expect_in_torch(runs[-1], "squared_distances")
    expect_same_effort(runs[0], runs[-1], "squared_distances")
    right(3)


@exercise
def check_shares(shares: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4 on square and other tables, and look for a loop."""
    generator = torch.Generator().manual_seed(0)
    runs = []
    for n, m in ((3, 3), (2, 5), (4, 1), (1, 4), (40, 50)):
        x = 1 + torch.rand(n, m, generator=generator, dtype=torch.float64)
        runs.append(watch(shares, x))
        answer, case = runs[-1].result, f"for x of shape {(n, m)}"
        expect(isinstance(answer, torch.Tensor), f"a tensor is wanted, got {answer!r}")
        expect(answer.shape == x.shape, f"the shape is {tuple(answer.shape)} {case}")
        sums = answer.sum(0)
        expect(near(sums, torch.ones_like(sums)), f"a column does not sum to 1 {case}")
        ratios = answer / answer[:1]
        expect(near(ratios, x / x[:1]), f"the ratios in a column change {case}")
    expect_no_loop(runs[0], "shares")
    expect_in_torch(runs[-1], "shares")
    expect_same_effort(runs[1], runs[-1], "shares")
    right(4)


@exercise
def check_bias_gradients(per_class: float, per_example: float, single: float) -> None:
    """Check the three numbers of exercise 5 with autograd."""
    for name, shape, answer in (
        ("per_class", (10,), per_class),
        ("per_example", (32, 1), per_example),
        ("single", (1,), single),
    ):
        bias = torch.zeros(shape, dtype=torch.float64, requires_grad=True)
        (torch.zeros(32, 10) + bias).mean().backward()
        expect_number(name, answer, bias.grad.flatten()[0], within=ROUNDING)
    right(5)


predict = predict_sheet()
sums = sums_sheet(check_sums)
products = products_sheet(check_products)
