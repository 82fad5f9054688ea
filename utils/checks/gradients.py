"""Checks that two functions have the same outputs and the same gradients."""

from collections.abc import Callable, Sequence
from typing import Any

import torch

from utils.checks.same import assert_same

Function = Callable[..., torch.Tensor | Sequence[torch.Tensor]]


def assert_same_gradients(
    ours: Function,
    theirs: Function,
    *inputs: Any,
    rtol: float | None = None,
    atol: float | None = None,
) -> None:
    """Assert that two functions agree in their outputs and in all gradients.

    Both run on copies of ``inputs``. The backward pass of both starts from the
    same random tensor instead of ones, so that an error cannot cancel in a sum.

    Args:
        ours: function of ``inputs`` that returns a tensor or a sequence of them.
        theirs: the function that it must equal.
        *inputs: tensors of any shapes, and anything else that the functions
            take; gradients are taken of the floating-point tensors.
        rtol: as in :func:`assert_same`.
        atol: as in :func:`assert_same`.

    Raises:
        AssertionError: if outputs or gradients differ, or no gradient is there.
        ValueError: if no input is a floating-point tensor.
    """
    compare_with_gradients(ours, theirs, inputs, rtol=rtol, atol=atol)


def compare_with_gradients(
    ours: Function,
    theirs: Function,
    inputs: Sequence,
    *,
    rtol: float | None = None,
    atol: float | None = None,
) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Do what :func:`assert_same_gradients` does; return their outputs and gradients."""
    our_outputs, our_inputs = _run(ours, inputs)
    their_outputs, their_inputs = _run(theirs, inputs)
    if not our_inputs:
        raise ValueError("inputs must contain a floating-point tensor to differentiate")
    assert_same(our_outputs, their_outputs, rtol=rtol, atol=atol)
    random = torch.Generator().manual_seed(0)
    upstream = [
        torch.randn(y.shape, generator=random, dtype=torch.float64).to(y)
        for y in their_outputs
        if y.is_floating_point()
    ]
    our_gradients = _gradients("ours", our_outputs, our_inputs, upstream)
    their_gradients = _gradients("theirs", their_outputs, their_inputs, upstream)
    pairs = zip(our_gradients, their_gradients, strict=True)
    for index, (our_gradient, their_gradient) in enumerate(pairs):
        try:
            assert_same(our_gradient, their_gradient, rtol=rtol, atol=atol)
        except AssertionError as error:
            raise AssertionError(f"gradient of input {index}: {error}") from None
    return their_outputs, their_gradients


def copy_of(value: Any, *, differentiable: bool = False) -> Any:
    """Return a copy of a tensor without its history, and anything else as it is."""
    if not isinstance(value, torch.Tensor):
        return value
    copy = value.detach().clone()
    return copy.requires_grad_(differentiable and copy.is_floating_point())


def _run(function: Function, inputs: Sequence) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    copies = [copy_of(x, differentiable=True) for x in inputs]
    output = function(*copies)
    outputs = list(output) if isinstance(output, (list, tuple)) else [output]
    return outputs, [x for x in copies if isinstance(x, torch.Tensor) and x.requires_grad]


def _gradients(
    side: str,
    outputs: list[torch.Tensor],
    inputs: list[torch.Tensor],
    upstream: list[torch.Tensor],
) -> list[torch.Tensor]:
    floating = [y for y in outputs if y.is_floating_point()]
    if not floating or not all(y.requires_grad for y in floating):
        raise AssertionError(f"{side}: the output does not depend on the inputs for autograd")
    gradients = torch.autograd.grad(floating, inputs, upstream, allow_unused=True)
    # An input without influence has gradient zero, whichever way a function ignores it.
    return [
        torch.zeros_like(x) if gradient is None else gradient
        for x, gradient in zip(inputs, gradients, strict=True)
    ]
