"""Small linear regressions on which claims about gradient descent are tried."""

from dataclasses import dataclass

import torch

SLACK = 1e-9  # of rounding errors


@dataclass
class Regression:
    """A linear model: inputs ``(12, 3)``, targets ``(12,)`` and a place ``(3,)``, float64."""

    inputs: torch.Tensor
    targets: torch.Tensor
    w: torch.Tensor

    def loss(self, w: torch.Tensor) -> float:
        """Return half the mean squared error at ``w``."""
        return ((self.inputs @ w - self.targets) ** 2).mean().item() / 2

    def gradients(self, w: torch.Tensor) -> torch.Tensor:
        """Return one row an example, ``(12, 3)``."""
        return self.inputs * (self.inputs @ w - self.targets)[:, None]

    def gradient(self, w: torch.Tensor) -> torch.Tensor:
        """Return the mean of the gradients, ``(3,)``."""
        return self.gradients(w).mean(0)

    def largest_curvature(self) -> float:
        """Return the largest eigenvalue of the second derivatives."""
        return torch.linalg.matrix_norm(self.inputs, 2).item() ** 2 / len(self.inputs)

    def best(self) -> torch.Tensor:
        """Return the place of the smallest loss, ``(3,)``."""
        return torch.linalg.lstsq(self.inputs, self.targets[:, None]).solution[:, 0]


def draw(count: int) -> list[Regression]:
    """Return regressions with normal numbers in them, the same ones at each call."""
    generator = torch.Generator().manual_seed(0)
    drawn = torch.randn(count, 13, 4, generator=generator, dtype=torch.float64)
    return [Regression(each[:12, :3], each[:12, 3], 3 * each[12, :3]) for each in drawn]


def sum_has_same_minimum(problem: Regression) -> bool:
    """Whether the gradient of the summed loss is zero where the mean is smallest."""
    return bool(problem.gradients(problem.best()).sum(0).norm() < SLACK)
