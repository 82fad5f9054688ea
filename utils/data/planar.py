"""Points in the plane, in two classes that no straight line separates."""

import math

import torch

Points = tuple[torch.Tensor, torch.Tensor]


def corners(n: int, *, generator: torch.Generator, noise: float = 0.12) -> Points:
    """Return clouds around the corners of the unit square, of class 1 where one coordinate is 1.

    Args:
        n: how many points, divided among the four corners, at least 4.
        generator: CPU generator that draws the noise.
        noise: standard deviation of each coordinate around its corner.

    Returns:
        Points ``(n, 2)``, float32, and class indices ``(n,)``, both on the CPU.

    >>> points, classes = corners(4, generator=torch.Generator(), noise=0)
    >>> points.tolist(), classes.tolist()
    ([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [0, 1, 1, 0])
    """
    _check(n, 4, noise)
    corner = torch.arange(n) % 4
    bits = torch.stack([corner // 2, corner % 2], dim=1)
    return _shaken(bits.float(), noise, generator), bits.sum(1) % 2


def rings(n: int, *, generator: torch.Generator, noise: float = 0.08) -> Points:
    """Return a disc of radius 0.5, class 0, and a ring of radius 1 around it, class 1.

    Args:
        n: how many points, half of them in each class, at least 2.
        generator: CPU generator that draws angles, radii and the noise.
        noise: standard deviation of each coordinate.

    Returns:
        As :func:`corners`.
    """
    _check(n, 2, noise)
    classes = torch.arange(n) % 2
    inside = 0.5 * torch.rand(n, generator=generator).sqrt()  # evenly over the disc's area
    radius = torch.where(classes == 0, inside, 1.0)
    angle = 2 * math.pi * torch.rand(n, generator=generator)
    return _shaken(_polar(radius, angle), noise, generator), classes


def spirals(
    n: int, *, generator: torch.Generator, noise: float = 0.06, turns: float = 1.25
) -> Points:
    """Return two spirals that wind around each other, one a class.

    Args:
        n: how many points, half of them on each spiral, at least 2.
        generator: CPU generator that draws the places and the noise.
        noise: standard deviation of each coordinate.
        turns: how often a spiral goes round; its radius grows from 0.1 to 1.

    Returns:
        As :func:`corners`.
    """
    _check(n, 2, noise)
    classes = torch.arange(n) % 2
    along = torch.rand(n, generator=generator).sqrt()  # denser outside, where there is more room
    angle = 2 * math.pi * turns * along + math.pi * classes
    return _shaken(_polar(0.1 + 0.9 * along, angle), noise, generator), classes


def _polar(radius: torch.Tensor, angle: torch.Tensor) -> torch.Tensor:
    return torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)


def _shaken(points: torch.Tensor, noise: float, generator: torch.Generator) -> torch.Tensor:
    return points + noise * torch.randn(points.shape, generator=generator)


def _check(n: int, least: int, noise: float) -> None:
    if n < least:
        raise ValueError(f"n must be at least {least}, so that each class has points, got {n}")
    if not noise >= 0:
        raise ValueError(f"noise is a standard deviation and must not be negative, got {noise}")
