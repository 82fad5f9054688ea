"""Checks for the exercises of the page on matrix norms."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.answers import near
from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, right
from utils.exercises.forbidden import watch
from utils.exercises.matrix_norms_sheets import (
    OPERATOR_NORM,
    measures_sheet,
    predict_sheet,
    shears_sheet,
)
from utils.exercises.matrix_pairs import expect_of_pairs

SLACK = 1e-9  # rounding in a product of small matrices
# What finds singular values or eigenvalues ready-made, in torch and in torch.linalg.
READY_MADE = {
    *("svd", "svdvals", "svd_lowrank", "eigh", "eigvalsh", "eig", "eigvals", "matrix_norm"),
    *("norm", "cond", "inv", "pinv", "inverse", "pinverse", "lobpcg"),
}


@exercise
def check_measures(answers: Sequence[float]) -> None:
    """Check the four numbers of exercise 1 against torch."""
    expect(len(answers) == 4, f"four numbers are wanted, got {len(answers)}")
    diagonal, twos = torch.diag(torch.tensor([3.0, -4.0])), torch.full((3, 3), 2.0)
    wanted = {
        "operator norm of D": torch.linalg.matrix_norm(diagonal, 2),
        "Frobenius norm of D": torch.linalg.matrix_norm(diagonal),
        "Frobenius norm of E": torch.linalg.matrix_norm(twos),
        "operator norm of E": torch.linalg.matrix_norm(twos, 2),
    }
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value)
    right(1)


@exercise
def check_shears(answers: Sequence) -> None:
    """Check exercise 2: a squared norm, a round of power iteration, the name of a function."""
    expect(len(answers) == 3, f"three answers are wanted, got {len(answers)}")
    shear = torch.tensor([[1.0, 3.0], [0.0, 1.0]])
    squared, turned, name = answers
    expect_number("the square", squared, torch.linalg.matrix_norm(shear) ** 2)
    expect_numbers("the arrow after one round", turned, shear.T @ shear[:, 0])
    expect(name == OPERATOR_NORM, f"{name!r} is not the operator norm")
    right(2)


def _random(*shape: int, seed: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


@exercise
def check_held_below(held_below: Callable[[torch.Tensor, float], torch.Tensor]) -> None:
    """Check exercise 3 with matrices above and below the bound, and with a matrix of zeros."""
    shapes = ((1, 1), (4, 3), (2, 2), (2, 5))
    matrices = [_random(*shape, seed=seed) for seed, shape in enumerate(shapes)]
    for matrix in (*matrices, torch.zeros(2, 3, dtype=torch.float64)):
        size = torch.linalg.matrix_norm(matrix, 2)
        for bound in (0.5 * size.item(), 2 * size.item(), 1.0):
            given = matrix.clone()
            answer = held_below(given, bound)
            case = f"for shape {tuple(matrix.shape)} and the bound {bound:.3f}"
            expect(isinstance(answer, torch.Tensor), f"a tensor is wanted, got {answer!r}")
            expect(torch.equal(given, matrix), f"the matrix itself was changed {case}")
            expect(answer.shape == matrix.shape, f"the shape is {tuple(answer.shape)} {case}")
            expect(not answer.isnan().any(), f"NaN comes out {case}")
            if size <= bound:
                same = near(answer, matrix)
                expect(same, f"A is within the bound and must stay as it is {case}")
                continue
            reached = torch.linalg.matrix_norm(answer.double(), 2).item()
            expect(abs(reached - bound) < 1e-5, f"the operator norm is {reached:.3f} {case}")
            one_way = near(answer, matrix * (bound / size))
            expect(one_way, f"all entries are to be multiplied by one positive number {case}")
    right(3)


@exercise
def check_least_stretch(least_stretch: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 4 against the smallest singular value, which must not be asked for."""
    tall = torch.tensor([[2.0, 0.0], [0.0, 1.0], [1.0, 1.0]], dtype=torch.float64)
    turned = torch.tensor([[1.0, 1.0], [0.0, 1.0]], dtype=torch.float64)
    flat = torch.tensor([[1.0, 2.0, 2.0]], dtype=torch.float64)
    run = watch(least_stretch, turned)
    used = {call.removeprefix("linalg_") for call in run.torch_calls} & READY_MADE
    expect(not used, f"`{min(used, default='')}` is not allowed here; multiply again and again")
    diagonal = torch.diag(torch.tensor([3.0, -0.5, 2.0], dtype=torch.float64))
    for matrix in (turned, tall, diagonal, flat, _random(4, 3, seed=1)):
        answer = least_stretch(matrix)
        rows, columns = matrix.shape
        # With fewer rows than columns some arrow becomes 0.
        wanted = 0.0 if rows < columns else torch.linalg.svdvals(matrix)[-1].item()
        case = f"the least stretch for shape {(rows, columns)}"
        expect_number(case, answer, wanted, within=1e-3)
    right(4)


def _norm(matrix: torch.Tensor) -> float:
    return torch.linalg.matrix_norm(matrix, 2).item()


def _always_shorter(matrix: torch.Tensor, b: torch.Tensor) -> bool:
    small = 0.99 * matrix / _norm(matrix)
    return ((small @ b).norm() < b.norm()).item()


# What exercise 5 asks about; each claim is tried on random matrices and their rows.
_CLAIMS: dict[str, Callable[[torch.Tensor, torch.Tensor], bool]] = {
    "‖AB‖ ≤ ‖A‖ ‖B‖": lambda a, b: _norm(a @ b) <= _norm(a) * _norm(b) + SLACK,
    "‖A + B‖ = ‖A‖ + ‖B‖": lambda a, b: abs(_norm(a + b) - _norm(a) - _norm(b)) < SLACK,
    "if all |entries| ≤ 1, then ‖A‖ ≤ 1": lambda a, b: _norm(a / a.abs().max()) <= 1 + SLACK,
    "no |entry| of A is larger than ‖A‖": lambda a, b: a.abs().max().item() <= _norm(a) + SLACK,
    "if ‖A‖ < 1, then Ab is shorter than b, unless b = 0": lambda a, b: _always_shorter(a, b[0]),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying every claim on two hundred random pairs of matrices."""
    expect_of_pairs(claims, _CLAIMS)
    right(5)


predict = predict_sheet()
measures = measures_sheet(check_measures)
shears = shears_sheet(check_shears)
