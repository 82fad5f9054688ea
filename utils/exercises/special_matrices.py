"""Checks for the exercises of the page on special matrices and eigenvectors."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.answers import as_verdict, near
from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ROUNDING,
    ask_number,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.special_matrices_sheets import by_hand_sheet, lines_sheet, predict_sheet

SAME = 1e-6  # eigenvalues closer than this are one eigenvalue


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check the four answers of exercise 1 against torch."""
    expect(len(answers) == 4, f"four answers are wanted, got {len(answers)}")
    found, second, permuted, bound = answers
    values, vectors = torch.linalg.eigh(torch.tensor([[1.0, 2.0], [2.0, -2.0]]))
    expect_numbers("the eigenvalues", found, values)
    expect_number("the second entry", second, vectors[1, 1] / vectors[0, 1])
    moved = torch.eye(3)[[1, 2, 0]] @ torch.tensor([10.0, 20.0, 30.0])
    expect_numbers("the permuted vector", permuted, moved)
    bound = ask_number("the bound", bound)
    expect(bound > 0, f"the bound needs a positive number, got {bound:g}")
    for c, definite in ((bound - ROUNDING, True), (bound + ROUNDING, False)):
        smallest = torch.linalg.eigvalsh(torch.tensor([[4.0, c], [c, 9.0]])).min()
        verdict = "positive definite" if smallest > 0 else "not positive definite"
        expect((smallest > 0).item() == definite, f"for c = {c:.3f} the matrix is {verdict}")
    right(1)


@exercise
def check_mirror(mirror: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3 on arrows of many sizes and lengths."""
    generator = torch.Generator().manual_seed(0)
    for size, length in ((1, 1.0), (2, 1.0), (3, 5.0), (7, 0.1)):
        n = length * torch.randn(size, generator=generator, dtype=torch.float64)
        case = f"for n with {size} entries, {n.norm().item():.2f} long"
        matrix = mirror(n)
        expect(isinstance(matrix, torch.Tensor), f"a tensor is wanted, got {matrix!r} {case}")
        expect(matrix.shape == (size, size), f"shape {tuple(matrix.shape)} is wrong {case}")
        matrix = matrix.to(n)
        expect(near(matrix @ n, -n), f"n does not become −n {case}")
        x = torch.randn(size, generator=generator, dtype=torch.float64)
        aside = x - (x @ n) / (n @ n) * n
        expect(
            near(matrix @ aside, aside),
            f"an arrow at right angles to n is moved {case}",
        )
    right(3)


@exercise
def check_is_definite(is_definite: Callable[[torch.Tensor], bool]) -> None:
    """Check exercise 4 on matrices that are definite, nearly so, and not symmetric."""
    generator = torch.Generator().manual_seed(0)
    for size in (1, 2, 3, 6):
        root = torch.randn(size, size, generator=generator, dtype=torch.float64)
        square, one = root @ root.T, torch.eye(size, dtype=torch.float64)
        square = (square + square.T) / 2
        skew = torch.triu(torch.ones_like(one), 1)
        smallest = torch.linalg.eigvalsh(square).min()
        cases = [
            (square + one, True, "positive definite"),
            (square - (smallest + 0.1) * one, False, "not positive definite"),
            (-square - one, False, "not positive definite"),
            (torch.zeros_like(one), False, "zero, so only semidefinite"),
        ]
        if size > 1:
            cases.append((square + one + 0.01 * skew, False, "not symmetric"))
            cases.append((square + one + 0.01 * skew.T, False, "not symmetric"))
        for matrix, wanted, kind in cases:
            answer = as_verdict(is_definite(matrix))
            expect(answer is not None, "True or False is wanted")
            expect(answer == wanted, f"{answer} for a {size}×{size} matrix that is {kind}")
    right(4)


# What exercise 2 asks about, an example of each.
_MATRICES = {
    "rotation by 30°": [[0.75**0.5, -0.5], [0.5, 0.75**0.5]],
    "reflection": [[0.6, 0.8], [0.8, -0.6]],
    "shear": [[1.0, 1.0], [0.0, 1.0]],
    "projection onto a line": [[0.8, 0.4], [0.4, 0.2]],
}


def _count_lines(matrix: torch.Tensor) -> int:
    first, second = torch.linalg.eigvals(matrix)
    if first.imag.abs() > SAME:
        return 0
    return 2 if (first - second).abs() > SAME else 1


@exercise
def check_lines(lines: Sequence[float]) -> None:
    """Check exercise 2 by counting eigenvectors of an example of each kind with torch."""
    expect(len(lines) == len(_MATRICES), f"four numbers are wanted, got {len(lines)}")
    for (name, rows), answer in zip(_MATRICES.items(), lines, strict=True):
        wanted = _count_lines(torch.tensor(rows, dtype=torch.float64))
        expect_number(f"the lines of a {name}", answer, wanted, within=0)
    right(2)


def _same_lines(matrix: torch.Tensor) -> bool:
    """Whether the eigenvectors of a matrix are eigenvectors of its transpose."""
    values, vectors = torch.linalg.eig(matrix)
    images = matrix.T.to(vectors) @ vectors
    along = (vectors.conj() * images).sum(0)
    return bool((images - along * vectors).abs().max() < SAME)


def _orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    return torch.linalg.qr(matrix).Q


def _keeps_lengths(matrix: torch.Tensor) -> bool:
    one = torch.eye(len(matrix), dtype=matrix.dtype)
    return torch.allclose(matrix.T @ matrix, one)


# What exercise 5 asks about; each claim is tried on random matrices.
_CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "a matrix with positive entries is positive definite": lambda a: bool(
        (torch.linalg.eigvalsh(a.abs() + a.abs().T) > 0).all()
    ),
    "the product of two orthogonal matrices is orthogonal": lambda a: _keeps_lengths(
        _orthogonal(a) @ _orthogonal(a.T)
    ),
    "an orthogonal matrix is symmetric": lambda a: torch.allclose(
        _orthogonal(a), _orthogonal(a).T
    ),
    "the eigenvalues of AᵀA are not negative": lambda a: bool(
        (torch.linalg.eigvalsh(a.T @ a) > -SAME).all()
    ),
    "a symmetric matrix has real eigenvalues": lambda a: bool(
        (torch.linalg.eigvals(a + a.T).imag.abs() < SAME).all()
    ),
    "A and Aᵀ have the same eigenvectors": _same_lines,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on a hundred random matrices."""
    generator = torch.Generator().manual_seed(0)
    draws = torch.randn(100, 3, 3, generator=generator, dtype=torch.float64)
    expect_tried(claims, _CLAIMS, list(draws), "matrix")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
lines = lines_sheet(check_lines)
