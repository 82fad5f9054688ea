"""What all cases share: entries from a seed, in all dtypes asked for, on a device."""

from collections.abc import Callable

import torch

from utils import repro

Case = tuple


def draws(seed: int) -> Callable[..., torch.Tensor]:
    """Return a function of a shape that draws a normal float64 tensor on the CPU."""
    generator = torch.Generator().manual_seed(seed)
    return lambda *shape: torch.randn(shape, generator=generator, dtype=torch.float64)


def in_dtypes(cases: list[Case], dtype: torch.dtype | None, device) -> list[Case]:
    """Put the tensors of all cases on the device, floating ones in the dtype or in both."""
    device = repro.device() if device is None else device
    if dtype is not None and not dtype.is_floating_point:
        raise ValueError(f"dtype must be a floating-point one, got {dtype}")

    def cast(value, to):
        if not isinstance(value, torch.Tensor):
            return value
        return value.to(device, to if value.is_floating_point() else value.dtype)

    return [
        tuple(cast(value, to) for value in case)
        for case in cases
        for to in ((torch.float32, torch.float64) if dtype is None else (dtype,))
    ]
