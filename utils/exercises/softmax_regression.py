"""Checks for the exercises of the page on softmax regression."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ROUNDING,
    ask_number,
    ask_numbers,
    expect,
    expect_number,
    right,
)

# One-hot targets times a Python number are float32, also in an answer that is right.
TARGETS = {"rtol": 1e-6, "atol": 1e-6}


@exercise
def check_loss_by_hand(loss: float, gradient: Sequence[float]) -> None:
    """Check exercise 1 with torch's loss of the logits log 2, 0, log 5 and its gradient."""
    logits = torch.tensor([[2.0, 1.0, 5.0]], dtype=torch.float64).log().requires_grad_()
    wanted = F.cross_entropy(logits, torch.tensor([1]))
    wanted.backward()
    expect_number("the loss (natural logarithm)", loss, wanted.detach())
    entries = ask_numbers("the gradient", gradient, (3,)).tolist()
    for number, (ours, theirs) in enumerate(zip(entries, logits.grad[0], strict=True), 1):
        expect_number(f"entry {number} of the gradient", ours, theirs)
    right(1)


@exercise
def check_smoothed_cross_entropy(
    smoothed_cross_entropy: Callable[[torch.Tensor, torch.Tensor, float], torch.Tensor],
) -> None:
    """Check exercise 2 against ``F.cross_entropy(label_smoothing=)``, gradients included."""
    generator = torch.Generator().manual_seed(0)
    huge = torch.tensor([[1000.0, -1000.0, 0.0], [-1000.0, 1000.0, 1000.0]])
    ordinary, single = (torch.randn(n, 5, generator=generator) for n in (6, 1))
    for logits in (ordinary, single, torch.ones(2, 1), huge):
        labels = torch.arange(len(logits)) % logits.shape[1]
        for smoothing in (0.0, 0.1, 1.0):
            case = f"logits of shape {tuple(logits.shape)}, smoothing {smoothing}"
            if logits is huge:
                case += ", as large as 1000"
            x = logits.double().requires_grad_()
            ours = smoothed_cross_entropy(x, labels, smoothing)
            expect(isinstance(ours, torch.Tensor), f"a tensor is wanted, got {ours!r}")
            expect(ours.ndim == 0, f"one number is wanted, got shape {tuple(ours.shape)}")
            expect(ours.requires_grad, "the loss must be computed from the logits with torch")
            theirs = F.cross_entropy(x, labels, label_smoothing=smoothing)
            expect(bool(ours.isfinite()), f"the loss is {ours.item()} for {case}")
            expect(
                torch.allclose(ours, theirs, **TARGETS),
                f"{ours.item():.4f} should be {theirs.item():.4f} for {case}",
            )
            gradients = [torch.autograd.grad(loss, x)[0] for loss in (ours, theirs)]
            expect(torch.allclose(*gradients, **TARGETS), f"the gradient is wrong for {case}")
    right(2)


@exercise
def check_lower_bound(lower_bound: float) -> None:
    """Check exercise 3 with the loss of the surest right answer among ten classes."""
    bound = ask_number("the lower bound", lower_bound)
    truth = torch.tensor([0])
    surest = F.one_hot(truth, 10).double()  # what the first softmax returns at best
    reached = F.cross_entropy(surest, truth).item()
    expect(bound < reached + ROUNDING, f"a loss below {lower_bound} can be reached")
    expect(bound > reached - ROUNDING, f"the loss cannot come down to {lower_bound}")
    right(3)
