"""Polynomial fit: the curve of one degree, and the error of all degrees on old and new points."""

import math

import torch
import traitlets

from utils.widgets.kit.base import BookWidget

HIGHEST = 15  # degree
FEWEST, MOST = 4, 24  # training points
TOP = 2.0  # heights of points lie from -TOP to TOP
NOISE = 0.3  # standard deviation of the heights around the true curve
_GOLDEN = (math.sqrt(5) - 1) / 2


def _true(x: torch.Tensor) -> torch.Tensor:
    return torch.sin(3 * x)


def _pool() -> tuple[torch.Tensor, torch.Tensor]:
    """Training and validation points, float64 of shapes ``(MOST, 2)`` and ``(30, 2)``."""
    generator = torch.Generator().manual_seed(5)
    # Multiples of the golden ratio: the first n of them are well spread, for every n.
    steps = torch.arange(MOST, dtype=torch.float64)
    places = 2 * ((0.5 + _GOLDEN * steps) % 1) - 1
    both = []
    for x in (places, torch.linspace(-0.98, 0.98, 30, dtype=torch.float64)):
        noise = torch.randn(len(x), generator=generator).double()
        both.append(torch.stack([x, _true(x) + NOISE * noise], dim=1))
    return tuple((100 * points).round() / 100 for points in both)


TRAINING, VALIDATION = _pool()


class Targets(traitlets.TraitType):
    """Targets of the training points, kept as a tuple of floats."""

    def validate(self, obj: object, value: object) -> tuple[float, ...]:
        """Return ``value`` as a tuple of floats, or raise a TraitError that gives the bounds."""
        try:
            row = torch.as_tensor(value, dtype=torch.float64)
        except (TypeError, ValueError, RuntimeError):  # no numbers, or rows of unequal length
            row = torch.empty(0)
        shaped = row.ndim == 1 and FEWEST <= len(row) <= MOST
        # A comparison with NaN is false, so NaN is refused as well.
        if not shaped or not (row.abs() <= TOP).all():
            raise traitlets.TraitError(
                f"{self.name} must be {FEWEST} to {MOST} numbers from {-TOP:g} to {TOP:g}, "
                f"got {value!r}"
            )
        return tuple(row.tolist())


class PolynomialFit(BookWidget):
    """Which degree predicts new points best?

    The places of the points are fixed; the reader moves them up and down. An error is the root of
    the mean squared error. With more weights than points the shortest of the best weight vectors
    is taken, in the basis of the Legendre polynomials.

    Attributes:
        degree: of the polynomial, from 0 to ``HIGHEST``.
        targets: heights of the first ``FEWEST`` to ``MOST`` training points, from -2 to 2.

    >>> demo = PolynomialFit(degree=3, targets=[0, 0, 0, 0])
    >>> demo.training_errors[3]
    0.0
    >>> len(demo.validation_errors), demo.best_degree
    (16, 0)
    """

    module = "polynomial_fit/view"
    summary = (
        "A polynomial is fitted to noisy points; beside it the training and the validation error "
        "of all degrees from 0 to 15."
    )
    assets = ("places", "drawn", "validation")
    heights = (525, 692)
    growth = 0.35

    degree = traitlets.Int(8, min=0, max=HIGHEST).tag(sync=True)
    targets = Targets(TRAINING[:10, 1].tolist()).tag(sync=True)
    places = traitlets.List(TRAINING[:, 0].tolist(), read_only=True).tag(sync=True)
    drawn = traitlets.List(TRAINING[:, 1].tolist(), read_only=True).tag(sync=True)
    validation = traitlets.List(VALIDATION.tolist(), read_only=True).tag(sync=True)

    @property
    def points(self) -> torch.Tensor:
        """The training points, float64 of shape ``(n, 2)``."""
        y = torch.tensor(self.targets, dtype=torch.float64)
        return torch.stack([TRAINING[: len(y), 0], y], dim=1)

    def weights(self, degree: int) -> torch.Tensor:
        """The weights of the Legendre polynomials 0 to ``degree``, float64."""
        x, y = self.points.T
        return torch.linalg.pinv(legendre(x, degree), rtol=1e-12) @ y

    def _errors(self, points: torch.Tensor) -> list[float]:
        x, y = points.T
        fits = [legendre(x, d) @ self.weights(d) for d in range(HIGHEST + 1)]
        return [(fit - y).square().mean().sqrt().item() for fit in fits]

    @property
    def training_errors(self) -> list[float]:
        """The error on the training points, of each degree from 0 on."""
        return self._errors(self.points)

    @property
    def validation_errors(self) -> list[float]:
        """The error on the validation points, of each degree from 0 on."""
        return self._errors(VALIDATION)

    @property
    def best_degree(self) -> int:
        """The lowest degree with the smallest validation error."""
        errors = self.validation_errors
        return errors.index(min(errors))


def legendre(x: torch.Tensor, degree: int) -> torch.Tensor:
    """Return the Legendre polynomials 0 to ``degree`` at ``x``, of shape ``(n, degree + 1)``."""
    return torch.special.legendre_polynomial_p(x[:, None], torch.arange(degree + 1))
