"""Checks that two computations agree, in their outputs and in their gradients."""

from collections.abc import Callable, Sequence

import torch

Function = Callable[..., torch.Tensor]

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


def assert_same_gradients(
    ours: Function,
    theirs: Function,
    *inputs: torch.Tensor,
    rtol: float | None = None,
    atol: float | None = None,
) -> None:
    """Assert that two functions agree in their outputs and in all gradients.

    Both run on copies of ``inputs``. The backward pass of both starts from the
    same random tensor instead of ones, so that an error cannot cancel in a sum.

    Args:
        ours: function of ``inputs`` that returns one floating-point tensor.
        theirs: the function that it must equal.
        *inputs: tensors of any shapes; gradients are taken of the floating ones.
        rtol: as in :func:`assert_same`.
        atol: as in :func:`assert_same`.

    Raises:
        AssertionError: if outputs or gradients differ, or no gradient is there.
        ValueError: if no input is a floating-point tensor.
    """
    our_output, our_inputs = _run(ours, inputs)
    their_output, their_inputs = _run(theirs, inputs)
    if not our_inputs:
        raise ValueError("inputs must contain a floating-point tensor to differentiate")
    assert_same(our_output, their_output, rtol=rtol, atol=atol)
    upstream = torch.randn(
        their_output.shape, generator=torch.Generator().manual_seed(0), dtype=torch.float64
    ).to(their_output)
    our_gradients = _gradients("ours", our_output, our_inputs, upstream)
    their_gradients = _gradients("theirs", their_output, their_inputs, upstream)
    for index, (our_gradient, their_gradient) in enumerate(
        zip(our_gradients, their_gradients, strict=True)
    ):
        try:
            assert_same(our_gradient, their_gradient, rtol=rtol, atol=atol)
        except AssertionError as error:
            raise AssertionError(f"gradient of input {index}: {error}") from None


def _run(
    function: Function, inputs: tuple[torch.Tensor, ...]
) -> tuple[torch.Tensor, list[torch.Tensor]]:
    copies = [x.detach().clone().requires_grad_(x.is_floating_point()) for x in inputs]
    return function(*copies), [x for x in copies if x.requires_grad]


def _gradients(
    side: str, output: torch.Tensor, inputs: list[torch.Tensor], upstream: torch.Tensor
) -> list[torch.Tensor]:
    if not output.requires_grad:
        raise AssertionError(f"{side}: the output does not depend on the inputs for autograd")
    gradients = torch.autograd.grad(output, inputs, upstream, allow_unused=True)
    # An input without influence has gradient zero, whichever way a function ignores it.
    return [
        torch.zeros_like(x) if gradient is None else gradient
        for x, gradient in zip(inputs, gradients, strict=True)
    ]


def numerical_gradient(
    function: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, *, eps: float = 1e-6
) -> torch.Tensor:
    """Return the gradient of a scalar function by central differences.

    Each entry costs two evaluations, and its error is of order ``eps**2`` plus
    rounding of order ``1e-16 / eps``; ``1e-6`` balances both in float64.

    Args:
        function: maps a tensor of the shape of ``x`` to a scalar tensor.
        x: float64 point, any shape; it is not changed.
        eps: half the distance of the two evaluations, positive.

    Returns:
        Gradient of the shape of ``x``.

    Raises:
        TypeError: if ``x`` is not a tensor.
        ValueError: if ``x`` is not float64, ``eps`` is not positive, or the
            function does not return a scalar.

    >>> numerical_gradient(lambda x: (x**2).sum(), torch.tensor([1.0, 3.0]).double()).round()
    tensor([2., 6.], dtype=torch.float64)
    """
    if not isinstance(x, torch.Tensor):
        raise TypeError(f"x must be a tensor, got {type(x).__name__}")
    if x.dtype != torch.float64:
        raise ValueError(f"x must be float64 for finite differences, got {x.dtype}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, got {eps}")
    point = x.detach().clone()
    flat = point.view(-1)
    gradient = torch.zeros_like(flat)
    with torch.no_grad():
        for index in range(flat.numel()):
            original = flat[index].item()
            values = []
            for sign in (1, -1):
                flat[index] = original + sign * eps
                value = function(point)
                if value.numel() != 1:
                    raise ValueError(
                        f"function must return a scalar, got shape {tuple(value.shape)}"
                    )
                values.append(value.item())
            flat[index] = original
            gradient[index] = (values[0] - values[1]) / (2 * eps)
    return gradient.view(x.shape)


def assert_gradient(
    function: Callable[[torch.Tensor], torch.Tensor],
    x: torch.Tensor,
    gradient: torch.Tensor,
    *,
    eps: float = 1e-6,
) -> None:
    """Assert that a gradient written by hand agrees with finite differences.

    Args:
        function: maps a tensor of the shape of ``x`` to a scalar tensor.
        x: float64 point where the function is smooth, any shape.
        gradient: the claimed gradient at ``x``, same shape and dtype.
        eps: step of the central differences.

    Raises:
        AssertionError: if an entry is off by more than 1e-5 (relative or absolute).
    """
    # Central differences of a smooth function are good to about 1e-9 here; 1e-5 leaves room
    # for strong curvature and is still far below any wrong sign or factor.
    assert_same(gradient, numerical_gradient(function, x, eps=eps), rtol=1e-5, atol=1e-5)
