"""Checks for the exercises of the page on computational graphs and backpropagation."""

from collections.abc import Mapping

import torch
from torch.func import jacrev
from torch.utils.flop_counter import FlopCounterMode

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, right

EXACT = 1e-6


@exercise
def check_by_hand(answers: Mapping[str, float]) -> None:
    """Check exercise 1 against torch."""
    x, y, z = (torch.tensor(value, requires_grad=True) for value in (3.0, 1.0, -2.0))
    f = torch.maximum(x, y) * z + x
    f.backward()
    wanted = {"f": f, "df/dx": x.grad, "df/dy": y.grad, "df/dz": z.grad}
    for name, value in wanted.items():
        expect_number(name, answers.get(name), value.detach(), within=EXACT)
    right(1)


@exercise
def check_softplus(node_class: type) -> None:
    """Check the node of exercise 2 on ordinary, extreme and empty input."""
    generator = torch.Generator().manual_seed(0)
    cases = {
        "a single number": torch.tensor(0.5),
        "random numbers": torch.randn(2, 3, generator=generator, dtype=torch.float64),
        "no numbers": torch.ones(0, 2),
        "±1000": torch.tensor([-1000.0, 0.0, 1000.0]),
        "±1000 in double precision": torch.tensor([-1000.0, 1000.0], dtype=torch.float64),
    }
    for name, x in cases.items():
        node, theirs = node_class(), x.clone().requires_grad_()
        wanted = torch.logaddexp(theirs, torch.zeros_like(x))
        upstream = torch.randn(x.shape, generator=generator, dtype=torch.float64).to(x)
        wanted.backward(upstream)
        for method, argument, expected in (
            ("forward", x, wanted.detach()),
            ("backward", upstream, theirs.grad),
        ):
            result = getattr(node, method)(argument)
            case = f"{method} for {name}"
            expect(isinstance(result, torch.Tensor), f"{case} returns {result!r}, not a tensor")
            expect(result.shape == x.shape, f"{case} has the shape {tuple(result.shape)}")
            expect(torch.allclose(result.to(x), expected), f"{case} is wrong")
    right(2)


def _multiplications() -> tuple[int, int]:
    """Count the multiplications of exercise 3 as torch makes them, forward and backward."""
    weights = [torch.zeros(784, 100, requires_grad=True), torch.zeros(100, 10, requires_grad=True)]
    with FlopCounterMode(display=False) as counter:
        loss = (torch.sigmoid(torch.zeros(32, 784) @ weights[0]) @ weights[1]).sum()
        forward = counter.get_total_flops()
        loss.backward()
    # torch counts a multiplication and its addition as two operations.
    return forward // 2, (counter.get_total_flops() - forward) // 2


@exercise
def check_counts(counts: Mapping[str, int]) -> None:
    """Check exercise 3: passes by the shape of a Jacobian, multiplications by torch's counter."""
    pixels, numbers = jacrev(lambda pose: pose.sum() * torch.ones(1000))(torch.zeros(3)).shape
    forward, backward = _multiplications()
    wanted = {
        "passes, forward mode": numbers,
        "passes, reverse mode": pixels,
        "multiplications, forward pass": forward,
        "multiplications, backward pass": backward,
    }
    for name, value in wanted.items():
        expect_number(name, counts.get(name), value, within=0)
    right(3)
