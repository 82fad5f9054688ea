"""Numbers, weights and whole numbers with their scales, for pages on quantisation."""

import torch

from utils.repro import seeded

SHAPES = (4, 6), (1, 3), (5, 2, 3, 3)
SIZES = (4, 64, 10, 7), (1, 1, 1, 0), (3, 2000, 2, 255)  # batch, k, outputs, zero point

Cases = list[tuple]


def numbers(device: torch.device | str = "cpu") -> Cases:
    """Return cases ``(x, scale, zero point, first, last)``: float32 and whole numbers.

    Some numbers lie in the middle of two levels, some far outside; one case clips all.
    """
    ties = torch.arange(-20.0, 20, device=device) / 8
    found = [(ties, 0.25, 3, 0, 15), (ties, 0.25, 0, -7, 7), (ties[:1], 0.5, 0, -1, 1)]
    for seed in range(3):
        x = torch.randn(6, 5, generator=seeded(seed)).to(device)
        found.append((x, 0.0137, 90, 0, 255))
    return found


def weights(device: torch.device | str = "cpu") -> Cases:
    """Return cases ``(weight, bits)``: float32, channels first, of linear layers and kernels."""
    draw = seeded(0)
    drawn = [torch.randn(size, generator=draw).to(device) for size in SHAPES]
    return [(w, bits) for w in drawn for bits in (2, 4, 8)]


def integers(device: torch.device | str = "cpu") -> Cases:
    """Return cases ``(qx, scale, zero point, qw, scale)``: uint8 inputs and int8 weights.

    Among them are single numbers, and sums of 2,000 products.
    """
    draw, found = seeded(0), []
    for m, k, n, zero in SIZES:
        qx = torch.randint(0, 256, (m, k), generator=draw, dtype=torch.uint8).to(device)
        qw = torch.randint(-127, 128, (n, k), generator=draw, dtype=torch.int8).to(device)
        found.append((qx, 0.02, zero, qw, 0.003))
    return found
