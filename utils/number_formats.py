"""How the numbers of a training lie in memory, and how far its products may round them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import torch
from torch import nn

PRECISIONS = ("highest", "high", "medium")
FORMATS = (torch.preserve_format, torch.contiguous_format, torch.channels_last)


@contextmanager
def matmul_precision_set_to(precision: str | None) -> Iterator[None]:
    """Compute float32 products in another precision for as long as the block lasts.

    Args:
        precision: ``"highest"``, ``"high"`` or ``"medium"``; None changes nothing.

    Raises:
        ValueError: if there is no such precision.
    """
    if precision not in (None, *PRECISIONS):
        known = ", ".join(PRECISIONS)
        raise ValueError(f"matmul_precision must be None or one of {known}, got {precision!r}")
    before = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision(precision or before)
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(before)


def rounding_to(dtype: torch.dtype | None, device: torch.device) -> AbstractContextManager:
    """Let products and convolutions round to a dtype for as long as the block lasts.

    Args:
        dtype: ``torch.bfloat16``; None changes nothing.
        device: where they are computed.

    Raises:
        ValueError: for other dtypes. The gradients of float16 need a scale, or small ones vanish.
    """
    if dtype not in (None, torch.bfloat16):
        raise ValueError(f"dtype must be None or torch.bfloat16, got {dtype!r}")
    return nullcontext() if dtype is None else torch.autocast(device.type, dtype=dtype)


def laid_out(
    value: torch.Tensor | nn.Module, memory_format: torch.memory_format
) -> torch.Tensor | nn.Module:
    """Return images, or a model, with their numbers in another order in memory.

    Args:
        value: a tensor, of which a copy is returned if its numbers must move, or a module, whose
            kernels are moved in place. What has no four axes is left as it is.
        memory_format: ``torch.channels_last``, ``torch.contiguous_format``, or
            ``torch.preserve_format``, which changes nothing.

    Raises:
        ValueError: if there is no such format, or the model is a plain function.
    """
    if memory_format not in FORMATS:
        known = ", ".join(map(str, FORMATS))
        raise ValueError(f"memory_format must be one of {known}, got {memory_format!r}")
    if memory_format is torch.preserve_format:
        return value
    if not isinstance(value, (torch.Tensor, nn.Module)):
        raise ValueError("memory_format needs an nn.Module: a function has no kernels to move")
    if isinstance(value, nn.Module) or value.ndim == 4:
        return value.to(memory_format=memory_format)
    return value
