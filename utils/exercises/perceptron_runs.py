"""Runs of the perceptron's rule on small random data, for the checks of its exercises."""

from typing import NamedTuple

import torch


class Problem(NamedTuple):
    """Samples ``X``, float64 ``(n, features)``, with labels ``y``, -1 and 1, ``(n,)``."""

    X: torch.Tensor
    y: torch.Tensor

    def label_times_score(self, u: torch.Tensor) -> torch.Tensor:
        """Return label times score of each sample for weights with the bias at their end."""
        return self.y * (self.X @ u[:-1] + u[-1])


def mistakes(X: torch.Tensor, y: torch.Tensor, u: torch.Tensor) -> int:
    """Return how many samples weights with the bias at their end get wrong; a score of 0 is wrong.

    >>> mistakes(torch.tensor([[1.0], [0.0]]), torch.tensor([1.0, -1]), torch.tensor([1.0, 0]))
    1
    """
    return int((Problem(X, y).label_times_score(u) <= 0).sum())


def run(
    X: torch.Tensor, y: torch.Tensor, passes: int, *, lr: float = 1, indices: bool = False
) -> list:
    """Return all weights from zero on, the bias at their end, or the samples that were used.

    >>> X, y = torch.tensor([[2.0], [1.0]]), torch.tensor([1.0, -1])
    >>> [u.tolist() for u in run(X, y, 1)], run(X, y, 1, indices=True)
    ([[0.0, 0.0], [2.0, 1.0], [1.0, 0.0]], [0, 1])
    """
    path, used = [X.new_zeros(X.shape[1] + 1)], []
    for _ in range(passes):
        before = len(used)
        for index, (x, label) in enumerate(zip(X, y, strict=True)):
            z = torch.cat([x, x.new_ones(1)])
            if label * (z @ path[-1]) <= 0:
                path.append(path[-1] + lr * label * z)
                used.append(index)
        if len(used) == before:
            break
    return used if indices else path


def bound(X: torch.Tensor, y: torch.Tensor, u: torch.Tensor) -> float:
    """Return (r² + 1) / ρ² for the margin ρ of separating weights, the bias at their end.

    >>> bound(torch.tensor([[2.0], [-2.0]]), torch.tensor([1.0, -1]), torch.tensor([3.0, 0]))
    1.25
    """
    margin = Problem(X, y).label_times_score(u / u.norm()).min()
    return ((X.square().sum(1).max() + 1) / margin**2).item()


def draw(count: int, *, separable: bool) -> list[Problem]:
    """Return random problems of 6 to 15 samples with two features, on a grid of 0.25.

    Args:
        count: how many, the same ones for each call.
        separable: whether a line labels the samples; otherwise every fourth label is turned.
    """
    generator = torch.Generator().manual_seed(0)
    problems = []
    while len(problems) < count:
        n = int(torch.randint(6, 16, (1,), generator=generator))
        X = torch.randint(-12, 13, (n, 2), generator=generator).double() / 4
        line = torch.randn(3, generator=generator).double()
        scores = X @ line[:2] + line[2]
        y = torch.where(scores > 0, 1.0, -1.0).double()
        if not separable:
            y[::4] = -y[::4]
        elif scores.abs().min() < 0.2 or y.unique().numel() < 2:
            continue
        problems.append(Problem(X, y))
    return problems
