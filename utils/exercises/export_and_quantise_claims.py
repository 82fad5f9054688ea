"""What exercise 5 of the page on export and quantisation claims, tried on random weights."""

import torch

from utils.quantisation import fit_levels, quantise, rounded, whole_range

BITS = 4


def draw_weights(seed: int) -> torch.Tensor:
    """Return weights whose rows differ in size, float64 ``(6, 10)``."""
    generator = torch.Generator().manual_seed(seed)
    options = {"generator": generator, "dtype": torch.float64}
    return torch.randn(6, 10, **options) * torch.rand(6, 1, **options).add(0.2)


def _whole(weights: torch.Tensor) -> torch.Tensor:
    return quantise(weights, *fit_levels(weights, BITS), whole_range(BITS, symmetric=True))


def _doubled(weights: torch.Tensor) -> bool:
    return torch.equal(_whole(2 * weights), _whole(weights))


def _again(weights: torch.Tensor) -> bool:
    once = rounded(weights, BITS)
    return torch.allclose(rounded(once, BITS), once)


def _smaller_bound(weights: torch.Tensor) -> bool:
    of_all, of_each = (fit_levels(weights, BITS, per_channel=each)[0] for each in (False, True))
    return bool((of_each <= of_all).all())


def _smaller_errors(weights: torch.Tensor) -> bool:
    of_all, of_each = (
        (rounded(weights, BITS, per_channel=each) - weights).abs() for each in (False, True)
    )
    return bool((of_each <= of_all).all())


def _more_bits(weights: torch.Tensor) -> bool:
    few, many = ((rounded(weights, bits) - weights).abs() for bits in (BITS, BITS + 1))
    return bool((many <= few).all())


CLAIMS = {
    "weights twice as large become the same whole numbers": _doubled,
    "weights that were rounded stay if they are rounded again": _again,
    "with levels per channel no bound s/2 is larger": _smaller_bound,
    "with levels per channel no error is larger": _smaller_errors,
    "with one bit more no error is larger": _more_bits,
}
