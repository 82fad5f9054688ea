"""Checks that two results are the same: shape, dtype, device and values."""

from collections.abc import Sequence

import torch

# Relative and absolute tolerance by dtype: float64 leaves room for a different order of
# summation and nothing else; float32 and the half precisions are scaled by their epsilon.
TOLERANCES = {
    torch.float64: (1e-10, 1e-10),
    torch.float32: (1e-5, 1e-5),
    torch.bfloat16: (2e-2, 1e-2),
    torch.float16: (2e-3, 1e-3),
}


def assert_same(
    ours: torch.Tensor | Sequence,
    theirs: torch.Tensor | Sequence,
    *,
    rtol: float | None = None,
    atol: float | None = None,
) -> None:
    """Assert that two tensors, or two sequences of tensors, are the same.

    Same means: shape, dtype, device and values. Integers and Booleans must be
    equal; floats must agree within ``atol + rtol * |theirs|``. NaN differs from
    everything, NaN included, because a page that computes NaN has gone wrong.

    Args:
        ours: what the page computed, any shape.
        theirs: what it must equal; the reference of the relative tolerance.
        rtol: relative tolerance; by default the one of ``TOLERANCES``.
        atol: absolute tolerance; by default the one of ``TOLERANCES``.

    Raises:
        AssertionError: saying what differs, where, and by how much.
        TypeError: if an argument is neither a tensor nor a sequence of them.

    >>> assert_same(torch.tensor([1.0, 2.0]).cumsum(0), torch.tensor([1.0, 3.0]))
    """
    if isinstance(ours, (list, tuple)) and isinstance(theirs, (list, tuple)):
        if len(ours) != len(theirs):
            raise AssertionError(f"{len(ours)} results on our side, {len(theirs)} on theirs")
        for our_part, their_part in zip(ours, theirs, strict=True):
            assert_same(our_part, their_part, rtol=rtol, atol=atol)
        return
    for name, value in (("ours", ours), ("theirs", theirs)):
        if not isinstance(value, torch.Tensor):
            raise TypeError(f"{name} must be a tensor, got {type(value).__name__}")
    for name in ("shape", "dtype", "device"):
        our_value, their_value = getattr(ours, name), getattr(theirs, name)
        if our_value != their_value:
            raise AssertionError(f"{name} differs: ours {our_value}, theirs {their_value}")
    default_rtol, default_atol = TOLERANCES.get(ours.dtype, (0.0, 0.0))
    rtol = default_rtol if rtol is None else rtol
    atol = default_atol if atol is None else atol
    close = torch.isclose(ours, theirs, rtol=rtol, atol=atol)
    if not close.all():
        raise AssertionError(_describe(ours, theirs, close))


def _describe(ours: torch.Tensor, theirs: torch.Tensor, close: torch.Tensor) -> str:
    wrong = (~close).nonzero()
    gap = (ours.double() - theirs.double()).abs()[~close]
    # A NaN is the worst disagreement there is.
    worst = gap.nan_to_num(nan=torch.inf).argmax()
    place = tuple(wrong[worst].tolist())
    where = f" at index {place}" if place else ""
    return (
        f"{len(wrong)} of {ours.numel()} values differ; the worst{where}: "
        f"ours {ours[place].item()!r}, theirs {theirs[place].item()!r}"
    )
