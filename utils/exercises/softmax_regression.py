"""Checks for the exercises of the page on softmax regression."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_number,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.softmax_regression_sheets import (
    by_hand_sheet,
    measures_sheet,
    predict_sheet,
)

# One-hot targets times a Python number are float32, also in an answer that is right.
TARGETS = {"rtol": 1e-6, "atol": 1e-6}


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's loss of the logits log 2, 0, log 5 and its gradient."""
    expect(len(answers) == 2, f"a loss and a gradient are wanted, got {len(answers)} answers")
    logits = torch.tensor([[2.0, 1.0, 5.0]], dtype=torch.float64).log().requires_grad_()
    wanted = F.cross_entropy(logits, torch.tensor([1]))
    wanted.backward()
    expect_number("the loss (natural logarithm)", answers[0], wanted.detach(), within=0.006)
    expect_numbers("the gradient", answers[1], logits.grad[0], within=0.006)
    right(1)


@exercise
def check_measures(answers: Sequence) -> None:
    """Check exercise 2: a temperature, a cross-entropy, and the least loss of softmax twice."""
    expect(len(answers) == 3, f"three numbers are wanted, got {len(answers)}")
    temperature = ask_number("the temperature", answers[0])
    expect(temperature > 0, f"the temperature is not {answers[0]}")
    nearest = 1 / math.log(4)
    expect_number("the temperature", answers[0], nearest, within=0.006)
    truth, said = torch.tensor([[0.5, 0.5], [0.25, 0.75]], dtype=torch.float64)
    surprise = F.cross_entropy(said.log(), truth)
    expect_number("the cross-entropy", answers[1], surprise, within=0.006)
    surest = F.one_hot(torch.tensor([0]), 5).double()  # the first softmax at its best
    bound = F.cross_entropy(surest, torch.tensor([0]))
    expect_number("the bound", answers[2], bound, within=0.006)
    right(2)


@exercise
def check_smoothed_cross_entropy(
    smoothed_cross_entropy: Callable[[torch.Tensor, torch.Tensor, float], torch.Tensor],
) -> None:
    """Check exercise 3 against ``F.cross_entropy(label_smoothing=)``, gradients included."""
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
    right(3)


@exercise
def check_top_k(top_k_accuracy: Callable[[torch.Tensor, torch.Tensor, int], float]) -> None:
    """Check exercise 4 by sorting the classes of each example; no two logits are equal."""
    generator = torch.Generator().manual_seed(0)
    for n, classes in ((40, 6), (1, 3), (25, 10)):
        logits = torch.randn(n, classes, generator=generator)
        labels = torch.randint(classes, (n,), generator=generator)
        for k in (1, 2, 3):
            best = [sorted(range(classes), key=row.__getitem__)[-k:] for row in logits.tolist()]
            hits = [label in row for label, row in zip(labels.tolist(), best, strict=True)]
            name = f"the accuracy of {n} examples, {classes} classes and k = {k}"
            given = top_k_accuracy(logits.clone(), labels.clone(), k)
            expect_number(name, given, sum(hits) / n, within=1e-6)
    right(4)


Draw = tuple[torch.Tensor, torch.Tensor]


def _losses(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return F.cross_entropy(logits, labels, reduction="none")


def _gradient(draw: Draw) -> torch.Tensor:
    logits, labels = draw
    return logits.softmax(dim=1) - F.one_hot(labels, logits.shape[1])


def _shift_keeps_the_loss(draw: Draw) -> bool:
    logits, labels = draw
    return torch.allclose(_losses(logits + 3, labels), _losses(logits, labels))


def _doubling_raises_the_loss(draw: Draw) -> bool:
    logits, labels = draw
    wrong = logits.argmax(dim=1) != labels
    raised = _losses(2 * logits, labels) > _losses(logits, labels)
    return bool(raised[wrong].all())


def _sums_to_zero(draw: Draw) -> bool:
    return bool((_gradient(draw).sum(dim=1).abs() < 1e-12).all())


def _true_class_has_the_largest(draw: Draw) -> bool:
    sizes = _gradient(draw).abs()
    own = sizes.gather(1, draw[1][:, None])[:, 0]
    return bool((own >= sizes.amax(dim=1) - 1e-12).all())


def _right_is_below_log_two(draw: Draw) -> bool:
    logits, labels = draw
    hit = logits.argmax(dim=1) == labels
    return bool((_losses(logits, labels)[hit] < math.log(2)).all())


_CLAIMS: dict[str, Callable[[Draw], bool]] = {
    "adding 3 to all logits of an example leaves its loss as it is": _shift_keeps_the_loss,
    "doubling all logits of a wrongly predicted example raises its loss": (
        _doubling_raises_the_loss
    ),
    "the gradient with respect to the logits of an example sums to 0": _sums_to_zero,
    "the true class has the largest entry of that gradient in size": _true_class_has_the_largest,
    "a rightly predicted example has a loss below log 2": _right_is_below_log_two,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random logits and labels."""
    generator = torch.Generator().manual_seed(0)
    draws = []
    for _ in range(50):
        labels = torch.arange(15).remainder(5)
        draws.append((2 * torch.randn(15, 5, generator=generator, dtype=torch.float64), labels))
    expect_tried(claims, _CLAIMS, draws, "batch")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
measures = measures_sheet(check_measures)
