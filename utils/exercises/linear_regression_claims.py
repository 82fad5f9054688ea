"""Claims about least squares, and the small regressions on which they are tried."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

SLACK = 1e-8  # of rounding errors


@dataclass
class Problem:
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
        """Prediction minus target of each example under the best weights, ``(n,)``."""
        return columns @ self.weights(columns) - self.targets

    def is_unique(self) -> bool:
        """Whether one weight vector alone is best."""
        columns = self.columns()
        return bool(torch.linalg.matrix_rank(columns) == columns.shape[1])


def only_the_bias_moves(problem: Problem) -> bool:
    """Whether the shortest best weights keep their slopes when 5 is added to all targets."""
    columns = problem.columns()
    moved = problem.weights(columns, problem.targets + 5) - problem.weights(columns)
    return bool(moved[:-1].abs().max() < SLACK)


def _more_is_worse(problem: Problem) -> bool:
    more = torch.cat([problem.inputs, problem.feature[:, None]], dim=1)
    before, after = (
        problem.residuals(problem.columns(inputs)).norm() for inputs in (problem.inputs, more)
    )
    return bool(after > before + SLACK)


def _units_matter(problem: Problem) -> bool:
    other = problem.inputs * torch.tensor([1000.0] + [1.0] * (problem.inputs.shape[1] - 1))
    gap = problem.residuals(problem.columns(other)) - problem.residuals(problem.columns())
    return bool(gap.abs().max() > SLACK)


def _twins_are_equal(problem: Problem) -> bool:
    twins = torch.cat([problem.inputs[:, :1], problem.inputs], dim=1)
    first, second, *_ = problem.weights(problem.columns(twins))
    return bool((first - second).abs() < SLACK)


CLAIMS: dict[str, Callable[[Problem], bool]] = {
    "the residuals of a best line add up to 0": lambda problem: bool(
        problem.residuals(problem.columns()).sum().abs() < SLACK
    ),
    "if the best weights are unique, adding 5 to every target changes only the bias": (
        lambda problem: not problem.is_unique() or only_the_bias_moves(problem)
    ),
    "one more feature can raise the smallest training loss": _more_is_worse,
    "other units of a feature change the best predictions": _units_matter,
    "with more features than examples only one weight vector is best": lambda problem: (
        len(problem.targets) >= problem.inputs.shape[1] or problem.is_unique()
    ),
    "if two columns are equal, the pseudo-inverse treats both alike": _twins_are_equal,
}


def problems() -> list[Problem]:
    """Draw data of which some have many best weights: few examples, or columns that depend."""
    generator = torch.Generator().manual_seed(0)
    drawn = torch.randn(60, 8, 5, generator=generator, dtype=torch.float64)
    tall = [Problem(each[:, :3], each[:, 3], each[:, 4]) for each in drawn[:20]]
    wide = [Problem(each[:2, :3], each[:2, 3], each[:2, 4]) for each in drawn[20:40]]
    dependent = [
        Problem(each[:, :1] * torch.tensor([2.0, 1.0]).double(), each[:, 3], each[:, 4])
        for each in drawn[40:]
    ]
    return tall + wide + dependent
