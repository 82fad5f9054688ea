"""Levels at equal distances: from numbers to whole numbers of few bits, and back.

Source: B. Jacob and others, "Quantization and training of neural networks for efficient
integer-arithmetic-only inference", 2018, sections 2.1 and 3.
"""

import torch

FEWEST, MOST = 2, 16  # bits


def whole_range(bits: int, *, symmetric: bool) -> tuple[int, int]:
    """Return the smallest and the largest whole number of ``bits`` bits that is used.

    Symmetric levels leave out the most negative number, so that both sides are alike.

    Raises:
        ValueError: if ``bits`` is no whole number from 2 to 16.

    >>> whole_range(8, symmetric=True), whole_range(8, symmetric=False)
    ((-127, 127), (0, 255))
    """
    if isinstance(bits, bool) or not isinstance(bits, int) or not FEWEST <= bits <= MOST:
        raise ValueError(f"bits must be a whole number from {FEWEST} to {MOST}, got {bits!r}")
    half = 2 ** (bits - 1) - 1
    return (-half, half) if symmetric else (0, 2**bits - 1)


def fit_levels(
    x: torch.Tensor, bits: int, *, symmetric: bool = True, per_channel: bool = False
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the scale and the zero point of the levels that just reach over ``x``.

    The number 0 is a level. Symmetric levels reach as far below it as above, and their zero
    point is 0.

    Args:
        x: floats, at least one, all finite.
        bits: 2 to 16.
        symmetric: whether the levels lie alike on both sides of 0.
        per_channel: whether each entry of the first axis gets levels of its own.

    Returns:
        Both of the dtype of ``x``, with as many axes as ``x``, each of length 1 but the first one
        if ``per_channel``. Where ``x`` is 0 throughout, the scale is 1.

    Raises:
        ValueError: if ``x`` is empty, not finite, no float, or has no axis for channels.
    """
    if not x.is_floating_point() or not x.numel() or not x.isfinite().all():
        raise ValueError("x must be finite floats, at least one: look for NaN, or call .float()")
    if per_channel and not x.ndim:
        raise ValueError("per_channel needs an axis of channels, and x is a single number")
    first, last = whole_range(bits, symmetric=symmetric)
    dims = tuple(range(1 if per_channel else 0, x.ndim))
    low, high = (x, x) if not dims else (x.amin(dims, keepdim=True), x.amax(dims, keepdim=True))
    low, high = low.clamp(max=0), high.clamp(min=0)
    reach = 2 * torch.maximum(-low, high) if symmetric else high - low
    scale = reach / (last - first)
    scale = torch.where(scale > 0, scale, torch.ones_like(scale))
    zero = torch.zeros_like(low) if symmetric else (-low / scale).round()
    return scale, zero


def quantise(
    x: torch.Tensor, scale: torch.Tensor, zero: torch.Tensor, limits: tuple[int, int]
) -> torch.Tensor:
    """Return the number of the nearest level, int32, of the shape of ``x``.

    Args:
        x: floats.
        scale: the distance of two levels, which broadcasts to ``x``.
        zero: the number of the level 0.
        limits: the smallest and the largest whole number; what lies beyond gets the end.
    """
    return ((x / scale).round() + zero).clamp(*limits).to(torch.int32)


def dequantise(q: torch.Tensor, scale: torch.Tensor, zero: torch.Tensor) -> torch.Tensor:
    """Return the levels that whole numbers stand for, of the dtype of ``scale``."""
    return (q - zero) * scale


def rounded(
    x: torch.Tensor, bits: int, *, symmetric: bool = True, per_channel: bool = False
) -> torch.Tensor:
    """Return ``x`` with each number moved to its nearest level.

    >>> rounded(torch.tensor([1.0, 0.3, -0.8]), bits=2)
    tensor([ 1.,  0., -1.])
    """
    scale, zero = fit_levels(x, bits, symmetric=symmetric, per_channel=per_channel)
    limits = whole_range(bits, symmetric=symmetric)
    return dequantise(quantise(x, scale, zero, limits), scale, zero)
