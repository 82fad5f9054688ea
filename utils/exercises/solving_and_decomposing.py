"""Checks for the exercises of the page on solving systems and taking matrices apart."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.answers import as_number
from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.forbidden import expect_in_torch, watch
from utils.exercises.solving_and_decomposing_sheets import (
    by_hand_sheet,
    layers_sheet,
    predict_sheet,
)

SLACK = 1e-9  # rounding in small matrices
# What gives a determinant away; the last part of the names that torch gives its functions.
READY_MADE = {
    *("det", "logdet", "slogdet", "lu", "lu_factor", "lu_factor_ex", "ldl_factor", "qr"),
    *("eig", "eigvals", "eigh", "eigvalsh", "svd", "svdvals", "cholesky", "cholesky_ex"),
    *("inv", "inv_ex", "solve", "solve_ex", "pinv", "lstsq"),
}


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check the four answers of exercise 1 against torch."""
    expect(len(answers) == 4, f"four answers are wanted, got {len(answers)}")
    factor, x, rank, condition = answers
    system = torch.tensor([[2.0, 1.0], [4.0, -2.0]])
    expect_number("the factor", factor, system[:, 0].min() / system[:, 0].max())
    expect_numbers("x", x, torch.linalg.solve(system, torch.tensor([4.0, 0.0])))
    rows = torch.tensor([[1.0, 2, 3], [2, 4, 6], [1, 1, 1]])
    expect_number("the rank", rank, torch.linalg.matrix_rank(rows), within=0)
    wanted = torch.linalg.cond(torch.diag(torch.tensor([10.0, 0.5])))
    expect_number("the condition number", condition, wanted)
    right(1)


@exercise
def check_layers(answers: Sequence) -> None:
    """Check the four answers of exercise 2 against torch."""
    expect(len(answers) == 4, f"four answers are wanted, got {len(answers)}")
    sizes, error, numbers, digits = answers
    values = torch.linalg.svdvals(torch.diag(torch.tensor([3.0, -4.0])))
    expect_numbers("the singular values", sizes, values)
    expect_number("the distance", error, values[1])
    expect_number("the count of numbers", numbers, 5 * (40 + 60 + 1), within=0)
    expect_number("the count of digits", digits, 7 - 5, within=0)
    right(2)


def _squares() -> list[tuple[str, torch.Tensor]]:
    generator = torch.Generator().manual_seed(0)
    cases = [
        ("an exchange of two entries", torch.eye(2, dtype=torch.float64).flip(0)),
        ("a cyclic shift of three entries", torch.eye(3, dtype=torch.float64).roll(1, 0)),
        ("a matrix of zeros", torch.zeros(3, 3, dtype=torch.float64)),
        ("a tiny first pivot", torch.tensor([[1e-20, 1.0], [1.0, 1.0]], dtype=torch.float64)),
        ("a column of zeros", torch.tensor([[1.0, 0, 2], [3, 0, 4], [5, 0, 7]]).double()),
    ]
    for size in (1, 2, 3, 4, 6, 6):
        matrix = torch.randn(size, size, generator=generator, dtype=torch.float64)
        cases.append((f"a random {size}×{size} matrix", matrix))
    return cases


@exercise
def check_determinant(determinant: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3 against torch, its sign included; ready-made decompositions are refused."""
    for name, matrix in _squares():
        kept = matrix.clone()
        run = watch(determinant, matrix)
        used = {call.removeprefix("linalg_") for call in run.torch_calls} & READY_MADE
        expect(not used, f"for {name} it uses `{', '.join(sorted(used))}`, which is not allowed")
        # One number at a time may leave torch, to look for the largest.
        expect_in_torch(run, f"for {name} it", most=1)
        answer = as_number(run.result)
        expect(answer is not None, f"a number is wanted for {name}, got {run.result!r}")
        wanted = torch.linalg.det(kept).item()
        close = abs(answer - wanted) <= SLACK * max(1, abs(wanted))
        expect(close, f"{answer:.4f} is wrong for {name}")
        expect(torch.equal(matrix, kept), f"it changes the matrix that it is given, {name}")
    right(3)


@exercise
def check_layers_needed(layers_needed: Callable[[torch.Tensor, float], int]) -> None:
    """Check exercise 4 on matrices of several shapes and ranks."""
    generator = torch.Generator().manual_seed(0)
    for rows, columns, rank in ((1, 1, 1), (6, 4, 4), (4, 7, 4), (8, 8, 3)):
        draw = [
            torch.randn(shape, generator=generator, dtype=torch.float64)
            for shape in ((rows, rank), (rank, columns))
        ]
        matrix = draw[0] @ draw[1]
        values = torch.linalg.svdvals(matrix)
        shares = [values[k:].norm() / values.norm() for k in range(len(values) + 1)]
        cases = [(0, 1.5)]
        for k in range(1, rank + 1):
            # From the error of k layers, a little above it, to a little below that of k - 1.
            cases += [(k, torch.lerp(shares[k], shares[k - 1], t).item()) for t in (0.02, 0.98)]
        for k, error in cases:
            case = f"a {rows}×{columns} matrix of rank {rank} and the error {error:.3f}"
            answer = as_number(layers_needed(matrix, error))
            expect(answer is not None, f"a number is wanted for {case}")
            expect(answer == k, f"{answer:g} is wrong for {case}")
    right(4)


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return torch.allclose(one, other, rtol=1e-6, atol=SLACK)


def _rank(matrix: torch.Tensor) -> int:
    return int(torch.linalg.matrix_rank(matrix, rtol=1e-9))


Pair = tuple[torch.Tensor, torch.Tensor]
# What exercise 5 asks about; each claim is tried on random pairs of matrices.
_CLAIMS: dict[str, Callable[[Pair], bool]] = {
    "A and Aᵀ have the same singular values": lambda pair: _same(
        torch.linalg.svdvals(pair[0]), torch.linalg.svdvals(pair[0].T)
    ),
    "the singular values of a symmetric matrix are its eigenvalues": lambda pair: _same(
        torch.linalg.svdvals(pair[0] + pair[0].T).sort().values,
        torch.linalg.eigvalsh(pair[0] + pair[0].T),
    ),
    "the rank of AB is not larger than that of A": lambda pair: (
        _rank(pair[0] @ pair[1]) <= _rank(pair[0])
    ),
    "the rank of A + B is not larger than the larger of their ranks": lambda pair: (
        _rank(pair[0] + pair[1]) <= max(map(_rank, pair))
    ),
    "1000 A has the same condition number as A": lambda pair: _same(
        _condition(1000 * pair[0]), _condition(pair[0])
    ),
    "where x solves Ax = b, 2x solves Ax = 2b": lambda pair: _same(
        pair[0] @ (2 * pair[1]), 2 * (pair[0] @ pair[1])
    ),
}


def _condition(matrix: torch.Tensor) -> torch.Tensor:
    """The ratio of the singular values that are no rounding."""
    values = torch.linalg.svdvals(matrix)
    return values[0] / values[_rank(matrix) - 1]


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on a hundred random pairs of matrices."""
    generator = torch.Generator().manual_seed(0)
    pairs = []
    for number in range(100):
        parts = torch.randn(4, 3, 3, generator=generator, dtype=torch.float64)
        rank = 1 + number % 3
        pairs.append(tuple(parts[i, :, :rank] @ parts[i + 1, :rank] for i in (0, 2)))
    expect_tried(claims, _CLAIMS, pairs, "pair")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
layers = layers_sheet(check_layers)
