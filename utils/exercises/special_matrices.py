"""Checks for the exercises of the page on special matrices and eigenvectors."""

import math
from collections.abc import Callable, Mapping

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ROUNDING,
    ask_number,
    expect,
    expect_numbers,
    right,
)

SAME = 1e-6  # eigenvalues closer than this are one eigenvalue


@exercise
def check_by_hand(answers: Mapping[str, object]) -> None:
    """Check the four answers of exercise 1 against torch."""
    values, vectors = torch.linalg.eigh(torch.tensor([[2.0, 1.0], [1.0, 2.0]]))
    wanted = {
        "eigenvalues": values,
        "eigenvector": vectors[:, 1] / vectors[0, 1],
        "permuted": torch.eye(3)[[2, 0, 1]] @ torch.tensor([10.0, 20.0, 30.0]),
    }
    for name, numbers in wanted.items():
        expect_numbers(name, answers.get(name), numbers)
    bound = ask_number("bound", answers.get("bound"))
    expect(bound > 0, f"bound needs a positive number, got {bound:g}")
    for c, definite in ((bound - ROUNDING, True), (bound + ROUNDING, False)):
        smallest = torch.linalg.eigvalsh(torch.tensor([[1.0, c], [c, 4.0]])).min()
        verdict = "positive definite" if smallest > 0 else "not positive definite"
        expect((smallest > 0).item() == definite, f"for c = {c:.3f} the matrix is {verdict}")
    right(1)


@exercise
def check_mirror(mirror: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 2 on arrows of many sizes and lengths."""
    generator = torch.Generator().manual_seed(0)
    for size, length in ((1, 1.0), (2, 1.0), (3, 5.0), (7, 0.1)):
        n = length * torch.randn(size, generator=generator, dtype=torch.float64)
        case = f"for n with {size} entries, {n.norm().item():.2f} long"
        matrix = mirror(n)
        expect(isinstance(matrix, torch.Tensor), f"a tensor is wanted, got {matrix!r} {case}")
        expect(matrix.shape == (size, size), f"shape {tuple(matrix.shape)} is wrong {case}")
        expect(torch.allclose(matrix @ n, -n), f"n does not become −n {case}")
        x = torch.randn(size, generator=generator, dtype=torch.float64)
        aside = x - (x @ n) / (n @ n) * n
        expect(
            torch.allclose(matrix @ aside, aside, atol=1e-8),
            f"an arrow at right angles to n is moved {case}",
        )
    right(2)


_HALF = 0.5**0.5
# What exercise 3 asks about, an example of each.
_MATRICES = {
    "rotation by 30°": [[math.cos(math.pi / 6), -0.5], [0.5, math.cos(math.pi / 6)]],
    "rotation by 180°": [[-1.0, 0.0], [0.0, -1.0]],
    "reflection": [[_HALF, _HALF], [_HALF, -_HALF]],
    "shear": [[1.0, 1.0], [0.0, 1.0]],
    "projection onto a line": [[0.8, 0.4], [0.4, 0.2]],
    "stretching by 2 in every direction": [[2.0, 0.0], [0.0, 2.0]],
}


def _count_lines(matrix: torch.Tensor) -> float:
    first, second = torch.linalg.eigvals(matrix)
    if first.imag.abs() > SAME:
        return 0
    if (first - second).abs() > SAME:
        return 2
    rest = matrix - first.real * torch.eye(2, dtype=matrix.dtype)
    return math.inf if rest.abs().max() < SAME else 1


@exercise
def check_kept_lines(kept_lines: Mapping[str, float]) -> None:
    """Check exercise 3 by counting eigenvectors of an example of each kind with torch."""
    for name, rows in _MATRICES.items():
        answer = kept_lines.get(name)
        count = ask_number(name, answer)
        wanted = _count_lines(torch.tensor(rows, dtype=torch.float64))
        expect(count == wanted, f"{name} does not keep {answer} lines")
    right(3)
