"""The claims of exercise 5 of the page on SSD, and numbers to try them on."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torchvision.ops import sigmoid_focal_loss

from utils.detection.multibox import hardest

CLOSE = 1e-9


@dataclass(frozen=True)
class Draw:
    """Numbers for one trial, in float64.

    Attributes:
        errors: of offsets, ``(9,)``.
        logits: of a class's sigmoid, ``(9,)``.
        wanted: 0 or 1, ``(9,)``.
        table: logits ``(2, 9, 4)`` of two pictures of nine anchors.
        labels: ``(2, 9)``, 0 for background; the second picture has no object.
    """

    errors: torch.Tensor
    logits: torch.Tensor
    wanted: torch.Tensor
    table: torch.Tensor
    labels: torch.Tensor


def draw_trials(count: int) -> list[Draw]:
    """Return ``count`` draws, always the same."""
    generator = torch.Generator().manual_seed(0)
    normal = {"generator": generator, "dtype": torch.float64}
    trials = []
    for _ in range(count):
        errors, logits = 2 * torch.randn(2, 9, **normal)
        wanted = torch.randint(0, 2, (9,), generator=generator).double()
        table = 2 * torch.randn(2, 9, 4, **normal)
        labels = torch.zeros(2, 9, dtype=torch.int64)
        labels[0, :2] = torch.randint(1, 4, (2,), generator=generator)
        trials.append(Draw(errors, logits, wanted, table, labels))
    return trials


def _smooth(draw: Draw, beta: float) -> torch.Tensor:
    return F.smooth_l1_loss(draw.errors, torch.zeros(9).double(), reduction="none", beta=beta)


def _focal(logits: torch.Tensor, draw: Draw, alpha: float, gamma: float) -> torch.Tensor:
    return sigmoid_focal_loss(logits, draw.wanted, alpha, gamma)


def _plain(draw: Draw) -> torch.Tensor:
    return F.binary_cross_entropy_with_logits(draw.logits, draw.wanted, reduction="none")


def _losses(table: torch.Tensor, draw: Draw) -> torch.Tensor:
    return F.cross_entropy(table.transpose(1, 2), draw.labels, reduction="none")


def _counted(draw: Draw) -> torch.Tensor:
    return hardest(_losses(draw.table, draw), draw.labels)


def _near(one: torch.Tensor, other: torch.Tensor) -> bool:
    return torch.allclose(one, other, atol=CLOSE)


CLAIMS: dict[str, Callable[[Draw], bool]] = {
    "smooth L1 is at most the absolute error": lambda d: bool(
        (_smooth(d, 1.0) <= d.errors.abs() + CLOSE).all()
    ),
    "with a larger β, smooth L1 is larger": lambda d: bool(
        (_smooth(d, 2.0) > _smooth(d, 1.0)).all()
    ),
    "with γ = 0 and α = ½, focal loss is half of cross-entropy": lambda d: _near(
        _focal(d.logits, d, 0.5, 0.0), _plain(d) / 2
    ),
    "with γ = 2 and α = ¼, focal loss is below cross-entropy": lambda d: bool(
        (_focal(d.logits, d, 0.25, 2.0) < _plain(d)).all()
    ),
    "1 more on each logit of an anchor: its cross-entropy stays": lambda d: _near(
        _losses(d.table + 1, d), _losses(d.table, d)
    ),
    "1 more on each logit of an anchor: its focal loss stays": lambda d: _near(
        _focal(d.logits + 1, d, 0.25, 2.0), _focal(d.logits, d, 0.25, 2.0)
    ),
    "each picture has some anchor that mining counts": lambda d: bool(_counted(d).any(1).all()),
    "in a picture, background left out has no more loss than counted": lambda d: bool(
        _losses(d.table, d)[0][_counted(d)[0] & (d.labels[0] == 0)].min()
        > _losses(d.table, d)[0][~_counted(d)[0]].max()
    ),
}
