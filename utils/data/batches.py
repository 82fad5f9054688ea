"""Minibatches of tensors that already sit on the training device."""

from collections.abc import Iterator

import torch


def minibatches(
    *tensors: torch.Tensor,
    batch_size: int,
    generator: torch.Generator | None = None,
    shuffle: bool = True,
    drop_last: bool = False,
) -> Iterator[tuple[torch.Tensor, ...]]:
    """Yield one epoch of minibatches: every example once, matching across the tensors.

    The order is drawn on the CPU when the function is called and then moved, so
    one generator state gives the same order on every device.

    Args:
        tensors: any number of tensors with the same length along axis 0,
            for example inputs and targets; each stays on its device.
        batch_size: examples in a minibatch; the last one may be smaller.
        generator: CPU generator for the order; torch's global one by default.
        shuffle: whether to draw a new order; if not, minibatches are views in order.
        drop_last: whether to leave out a last minibatch that is smaller.

    Yields:
        A tuple of one ``(batch_size, …)`` tensor for each one given.

    Raises:
        ValueError: if no tensor is given, their lengths differ, one has no
            axis, ``batch_size < 1`` or the generator is not on the CPU.
        TypeError: if something given is not a tensor.

    >>> inputs, targets = torch.arange(10.0).reshape(5, 2), torch.arange(5)
    >>> [len(y) for _, y in minibatches(inputs, targets, batch_size=2)]
    [2, 2, 1]
    """
    length = _common_length(tensors)
    if isinstance(batch_size, bool) or not isinstance(batch_size, int) or batch_size < 1:
        raise ValueError(f"batch_size must be an integer of at least 1, got {batch_size!r}")
    if generator is not None and generator.device.type != "cpu":
        raise ValueError(
            f"generator must be on the CPU, got one on {generator.device}: "
            "an order drawn elsewhere would differ from device to device"
        )
    stop = length - length % batch_size if drop_last else length
    starts = range(0, stop, batch_size)
    if not shuffle:
        return (tuple(t[start : start + batch_size] for t in tensors) for start in starts)
    order = torch.randperm(length, generator=generator)
    orders = {t.device: order.to(t.device) for t in tensors}
    return (
        tuple(t.index_select(0, orders[t.device][start : start + batch_size]) for t in tensors)
        for start in starts
    )


def _common_length(tensors: tuple[torch.Tensor, ...]) -> int:
    if not tensors:
        raise ValueError("minibatches needs at least one tensor")
    for tensor in tensors:
        if not isinstance(tensor, torch.Tensor):
            raise TypeError(f"minibatches takes tensors, got a {type(tensor).__name__}")
        if tensor.ndim == 0:
            raise ValueError("a tensor without axes has no examples to batch")
    lengths = [len(tensor) for tensor in tensors]
    if len(set(lengths)) > 1:
        raise ValueError(f"all tensors must have the same length, got lengths {lengths}")
    return lengths[0]
