"""Checks for the exercises of the page on scalars, vectors and matrices."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.answers import near
from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, right
from utils.exercises.forbidden import (
    expect_in_torch,
    expect_no_loop,
    expect_no_matrix_product,
    expect_same_effort,
    watch,
)
from utils.exercises.linear_algebra_sheets import measures_sheet, predict_sheet, shears_sheet
from utils.exercises.matrix_pairs import expect_of_pairs

SLACK = 1e-9  # rounding in a product of small matrices


@exercise
def check_measures(answers: Sequence[float]) -> None:
    """Check the four numbers of exercise 1 against torch."""
    expect(len(answers) == 4, f"four numbers are wanted, got {len(answers)}")
    a, b, c = torch.tensor([[1.0, 2.0, 2.0], [2.0, -2.0, 1.0], [3.0, 0.0, 0.0]])
    wanted = {
        "length of a": torch.linalg.vector_norm(a),
        "a · b": a @ b,
        "squared length of a + b": (a + b) @ (a + b),
        "shadow of c": c @ a / torch.linalg.vector_norm(a),
    }
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value)
    right(1)


@exercise
def check_shears(answers: Sequence) -> None:
    """Check exercise 2: what becomes of two arrows, and an entry of a product."""
    expect(len(answers) == 3, f"three answers are wanted, got {len(answers)}")
    shear = torch.tensor([[1.0, 3.0], [0.0, 1.0]])
    unit, product, entry = answers
    expect_numbers("A times (0, 1)", unit, shear[:, 1])
    expect_numbers("A times (1, 2)", product, shear @ torch.tensor([1.0, 2.0]))
    expect_number("the entry of A @ A", entry, (shear @ shear)[0, 1])
    right(2)


_SHAPES = [(2, 3, 4), (5, 3, 6), (1, 1, 1), (3, 1, 2), (2, 0, 3), (0, 2, 2), (1, 4, 1)]


@exercise
def check_product_of_columns(
    product_of_columns: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
) -> None:
    """Check exercise 3 against ``@`` for many shapes, gradients included.

    The one loop that is asked for runs over the inner axis, so that the number of torch's
    functions that are called must not depend on the other two.
    """
    generator = torch.Generator().manual_seed(0)
    calls = {}
    for rows, inner, columns in _SHAPES:
        left, right_side = (
            torch.randn(shape, generator=generator, dtype=torch.float64, requires_grad=True)
            for shape in ((rows, inner), (inner, columns))
        )
        case = f"for ({rows}, {inner}) times ({inner}, {columns})"
        run = watch(product_of_columns, left, right_side)
        answer, wanted = run.result, left @ right_side
        expect(isinstance(answer, torch.Tensor), f"a tensor is wanted, got {answer!r} {case}")
        expect(
            answer.shape == wanted.shape,
            f"shape {tuple(answer.shape)} should be {tuple(wanted.shape)} {case}",
        )
        expect(near(answer, wanted), f"the entries are wrong {case}")
        expect_no_matrix_product(run, "product_of_columns")
        few = calls.setdefault(inner, run.torch_calls.total())
        expect(
            run.torch_calls.total() == few,
            f"more rows or columns take more steps {case}: loop over j alone",
        )
        if inner:
            expect(answer.requires_grad, f"the result must be computed with torch {case}")
            pairs = (
                torch.autograd.grad(product.square().sum(), (left, right_side), allow_unused=True)
                for product in (answer, wanted)
            )
            for ours, theirs in zip(*pairs, strict=True):
                expect(ours is not None, f"both matrices must be used with torch {case}")
                expect(torch.allclose(ours, theirs), f"the gradient is wrong {case}")
    right(3)


@exercise
def check_cosines(cosines: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4 against torch's cosine of each pair of rows, and look for a loop."""
    generator = torch.Generator().manual_seed(0)
    runs = []
    for n, d in ((3, 2), (4, 4), (1, 3), (2, 1), (30, 40)):
        x = 10 * torch.randn(n, d, generator=generator, dtype=torch.float64)
        runs.append(watch(cosines, x))
        answer, case = runs[-1].result, f"for X of shape {(n, d)}"
        expect(isinstance(answer, torch.Tensor), f"a tensor is wanted, got {answer!r}")
        expect(answer.shape == (n, n), f"the shape is {tuple(answer.shape)} {case}")
        wanted = torch.cosine_similarity(x[:, None], x[None], dim=2)
        expect(near(answer, wanted), f"a cosine is wrong {case}")
    expect_no_loop(runs[0], "cosines")
    expect_in_torch(runs[-1], "cosines")
    expect_same_effort(runs[0], runs[-1], "cosines")
    right(4)


def _pythagoras(a: torch.Tensor, b: torch.Tensor) -> bool:
    aside = b - (a @ b) / (a @ a) * a
    return abs((a + aside).norm() ** 2 - a.norm() ** 2 - aside.norm() ** 2).item() < SLACK


def _one_is_zero(a: torch.Tensor, b: torch.Tensor) -> bool:
    aside = b - (a @ b) / (a @ a) * a
    return not (a.any() and aside.any())


def _is_same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return (one - other).abs().max().item() < SLACK


# What exercise 5 asks about; each claim is tried on random matrices and their rows.
_CLAIMS: dict[str, Callable[[torch.Tensor, torch.Tensor], bool]] = {
    "|a · b| ≤ ‖a‖ ‖b‖": lambda a, b: abs(a[0] @ b[0]) <= a[0].norm() * b[0].norm() + SLACK,
    "‖a + b‖ = ‖a‖ + ‖b‖": lambda a, b: _is_same((a + b)[0].norm(), a[0].norm() + b[0].norm()),
    "if a · b = 0, then ‖a + b‖² = ‖a‖² + ‖b‖²": lambda a, b: _pythagoras(a[0], b[0]),
    "if a · b = 0, then a or b is 0": lambda a, b: _one_is_zero(a[0], b[0]),
    "C(a + b) = Ca + Cb": lambda a, b: _is_same(a @ (a[0] + b[0]), a @ a[0] + a @ b[0]),
    "CD = DC": lambda a, b: _is_same(a @ b, b @ a),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying every claim on two hundred random pairs of matrices."""
    expect_of_pairs(claims, _CLAIMS)
    right(5)


predict = predict_sheet()
measures = measures_sheet(check_measures)
shears = shears_sheet(check_shears)
