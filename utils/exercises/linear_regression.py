"""Checks for the exercises of the page on linear regression."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_number,
    ask_numbers,
    expect,
    expect_number,
    expect_tried,
    right,
)

ROUNDING = 0.00051  # answers may be rounded to three decimals
SLACK = 1e-8  # of rounding errors
_SALES = ((0.0, 0.0), (1.0, 2.0), (2.0, 1.0), (3.0, 5.0))


@exercise
def check_by_hand(answers: Mapping[str, object]) -> None:
    """Check slope, intercept, loss and gradient of exercise 1 against torch."""
    x, y = torch.tensor(_SALES, dtype=torch.float64).T
    columns = torch.stack([x, torch.ones_like(x)], dim=1)
    line = torch.linalg.lstsq(columns, y[:, None]).solution[:, 0]
    loss = (columns @ line - y).square().mean() / 2
    wanted = {"slope": line[0].item(), "intercept": line[1].item(), "loss": loss.item()}
    for name, value in wanted.items():
        answer = answers.get(name)
        doubled = name == "loss" and abs(ask_number(name, answer) - 2 * value) < 2 * ROUNDING
        expect(not doubled, "loss is the mean of the squares, without the ½")
        expect_number(name, answer, value, within=ROUNDING)
    gradient = ask_numbers("gradient", answers.get("gradient"), (2,))
    at_zero = -(columns.T @ y) / len(y)
    expect((gradient + at_zero).abs().max().item() > ROUNDING, "gradient has lost its minus")
    gap = (gradient - at_zero).abs().max().item()
    expect(gap < ROUNDING, f"gradient is not {gradient.tolist()}")
    right(1)


Solver = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]


@exercise
def check_weighted_least_squares(weighted_least_squares: Solver) -> None:
    """Check exercise 2 with repeated, ignored and dependent examples."""
    generator = torch.Generator().manual_seed(0)

    def randn(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64)

    for n, d in ((6, 2), (9, 4), (3, 1)):
        inputs, targets = randn(n, d), randn(n)
        for case, counts in (
            ("with equal importance", torch.ones(n)),
            ("with importance 2 for the first half", torch.ones(n) + (torch.arange(n) < n // 2)),
            ("with importance 0 for the last example", (torch.arange(n) < n - 1).double()),
            ("with importance 0.25 for all", torch.full((n,), 0.25)),
        ):
            importance = counts.double()
            # An importance of 2 is the same example twice; a common factor changes nothing.
            whole = counts.long() if (counts == counts.round()).all() else torch.ones(n).long()
            repeated = [tensor.repeat_interleave(whole, dim=0) for tensor in (inputs, targets)]
            wanted = torch.linalg.pinv(repeated[0]) @ repeated[1]
            _expect_weights(weighted_least_squares, (inputs, targets, importance), wanted, case)
    for case, inputs, importance in (
        ("with importances that no repetition can replace", randn(5, 2), randn(5).exp()),
        (
            "where columns depend on each other",
            randn(5, 2) @ randn(2, 4),
            torch.tensor([1.0, 2.0, 1.0, 1.0, 3.0]).double(),
        ),
    ):
        targets, root = randn(5), importance.sqrt()
        wanted = torch.linalg.pinv(root[:, None] * inputs, rtol=1e-9) @ (root * targets)
        _expect_weights(weighted_least_squares, (inputs, targets, importance), wanted, case)
    right(2)


def _expect_weights(solver: Solver, given: tuple, wanted: torch.Tensor, case: str) -> None:
    try:
        found = solver(*given)
    except torch.linalg.LinAlgError:
        expect(False, f"a matrix is singular {case}")
    expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r}")
    expect(found.shape == wanted.shape, f"shape {tuple(found.shape)} is wrong {case}")
    expect(torch.allclose(found, wanted, atol=1e-6), f"the weights are wrong {case}")


@dataclass
class _Problem:
    """A line to fit: inputs ``(n, d)``, targets ``(n,)``, and one more feature ``(n,)``."""

    inputs: torch.Tensor
    targets: torch.Tensor
    feature: torch.Tensor

    def columns(self, inputs: torch.Tensor | None = None) -> torch.Tensor:
        """Inputs with the column of ones, ``(n, d + 1)``."""
        inputs = self.inputs if inputs is None else inputs
        return torch.cat([inputs, torch.ones_like(self.feature[:, None])], dim=1)

    def weights(self, columns: torch.Tensor, targets: torch.Tensor | None = None) -> torch.Tensor:
        """The shortest of the best weights, bias last, ``(d + 1,)``."""
        return torch.linalg.pinv(columns) @ (self.targets if targets is None else targets)

    def residuals(self, columns: torch.Tensor) -> torch.Tensor:
        return columns @ self.weights(columns) - self.targets

    def is_unique(self) -> bool:
        columns = self.columns()
        return bool(torch.linalg.matrix_rank(columns) == columns.shape[1])


def _only_the_bias_moves(problem: _Problem) -> bool:
    columns = problem.columns()
    moved = problem.weights(columns, problem.targets + 5) - problem.weights(columns)
    return bool(moved[:-1].abs().max() < SLACK)


def _more_is_worse(problem: _Problem) -> bool:
    more = torch.cat([problem.inputs, problem.feature[:, None]], dim=1)
    before, after = (
        problem.residuals(problem.columns(inputs)).norm() for inputs in (problem.inputs, more)
    )
    return bool(after > before + SLACK)


def _units_matter(problem: _Problem) -> bool:
    other = problem.inputs * torch.tensor([1000.0] + [1.0] * (problem.inputs.shape[1] - 1))
    gap = problem.residuals(problem.columns(other)) - problem.residuals(problem.columns())
    return bool(gap.abs().max() > SLACK)


def _twins_are_equal(problem: _Problem) -> bool:
    twins = torch.cat([problem.inputs[:, :1], problem.inputs], dim=1)
    first, second, *_ = problem.weights(problem.columns(twins))
    return bool((first - second).abs() < SLACK)


_CLAIMS: dict[str, Callable[[_Problem], bool]] = {
    "the residuals of a best line add up to 0": lambda problem: bool(
        problem.residuals(problem.columns()).sum().abs() < SLACK
    ),
    "if the best weights are unique, adding 5 to every target changes only the bias": (
        lambda problem: not problem.is_unique() or _only_the_bias_moves(problem)
    ),
    "one more feature can raise the smallest training loss": _more_is_worse,
    "other units of a feature change the best predictions": _units_matter,
    "with more features than examples one weight vector is best": lambda problem: (
        len(problem.targets) >= problem.inputs.shape[1] or problem.is_unique()
    ),
    "if two columns are equal, the pseudo-inverse treats both alike": _twins_are_equal,
}


def _problems() -> list[_Problem]:
    """Draw data of which some have many best weights: few examples, or columns that depend."""
    generator = torch.Generator().manual_seed(0)
    drawn = torch.randn(60, 8, 5, generator=generator, dtype=torch.float64)
    tall = [_Problem(each[:, :3], each[:, 3], each[:, 4]) for each in drawn[:20]]
    wide = [_Problem(each[:2, :3], each[:2, 3], each[:2, 4]) for each in drawn[20:40]]
    dependent = [
        _Problem(each[:, :1] * torch.tensor([2.0, 1.0]).double(), each[:, 3], each[:, 4])
        for each in drawn[40:]
    ]
    return tall + wide + dependent


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 3 by trying every claim on sixty small regressions."""
    expect_tried(claims, _CLAIMS, _problems(), "regression")
    right(3)
