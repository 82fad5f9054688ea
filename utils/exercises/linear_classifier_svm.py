"""Checks for the exercises of the page on linear classifiers and the hinge loss."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_number, ask_numbers, expect, expect_number, right
from utils.exercises.linear_classifier_svm_sheets import (
    by_hand_sheet,
    predict_sheet,
    street_sheet,
)

SCORES = (2.0, 2.5, -1.0)
OLD_DECAY, OLD_MARGIN, NEW_MARGIN = 0.02, 1.0, 10.0


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check the losses and slopes of exercise 1 against torch."""
    expect(
        len(answers) == 4, f"two losses and two gradients are wanted, got {len(answers)} answers"
    )
    for place, (true, name) in enumerate(((0, "first"), (2, "third"))):
        scores = torch.tensor([SCORES], dtype=torch.float64, requires_grad=True)
        # multi_margin_loss is divided by the number of classes.
        wanted = len(SCORES) * F.multi_margin_loss(scores, torch.tensor([true]))
        (gradient,) = torch.autograd.grad(wanted, scores)
        case = f"if the {name} class is true"
        expect_number(f"the loss {case}", answers[2 * place], wanted.detach())
        ours = ask_numbers(f"the gradient {case}", answers[2 * place + 1], (3,))
        for k, (part, theirs) in enumerate(zip(ours.tolist(), gradient[0], strict=True), 1):
            expect_number(f"the gradient of score {k} {case}", part, theirs)
    right(1)


@exercise
def check_street(answers: Sequence) -> None:
    """Check the distances and charges of exercise 2 with torch."""
    expect(len(answers) == 4, f"four numbers are wanted, got {len(answers)}")
    w = torch.tensor([3.0, 4.0], dtype=torch.float64)
    far, near = (w @ torch.tensor(point, dtype=w.dtype) - 5 for point in ((3.0, 4.0), (1.0, 1.0)))
    two = torch.stack([near * 0, near])[None]
    wanted = {
        "the distance": far.abs() / w.norm(),
        "the width": 2 / w.norm(),
        "the charge": 2 * F.multi_margin_loss(two, torch.tensor([0])),
        "the loss at the start": 100 * F.multi_margin_loss(torch.zeros(1, 100), torch.tensor([7])),
    }
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value)
    right(2)


@exercise
def check_largest_shortfall(largest_shortfall: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 on batches of many shapes, with ties, large scores and other margins."""
    generator = torch.Generator().manual_seed(0)
    for (n, k), scale in (((6, 4), 1), ((1, 3), 2), ((5, 2), 1), ((3, 1), 1), ((4, 3), 0)):
        scores = scale * torch.randn(n, k, generator=generator, dtype=torch.float64)
        labels = torch.randint(k, (n,), generator=generator)
        for margin in (1.0, 0.5, 20.0):
            case = f"for {n} examples of {k} classes and the margin {margin:g}"
            found = largest_shortfall(scores.clone(), labels, margin)
            found = ask_number(f"the loss {case}", found)
            rows = zip(scores.tolist(), labels.tolist(), strict=True)
            wanted = sum(
                max([0.0] + [s - row[y] + margin for j, s in enumerate(row) if j != y])
                for row, y in rows
            ) / len(labels)
            expect(
                abs(found - wanted) < 1e-5,
                f"{found:.3f} is wrong {case}, it should be {wanted:.3f}",
            )
    right(3)


@exercise
def check_smallest(smallest: Callable[..., Sequence[torch.Tensor]]) -> None:
    """Check exercise 4: the leads must stay, and no common row may make the weights smaller."""
    generator = torch.Generator().manual_seed(0)
    for classes, features in ((3, 4), (2, 5), (1, 3), (5, 1)):
        weight = 1 + torch.randn(classes, features, generator=generator, dtype=torch.float64)
        bias = 1 + torch.randn(classes, generator=generator, dtype=torch.float64)
        found = smallest(weight.clone(), bias.clone())
        case = f"for {classes} classes and {features} features"
        is_pair = isinstance(found, tuple | list) and len(found) == 2
        expect(is_pair, f"a pair of weights and biases is wanted, got {found!r} {case}")
        ours = ask_numbers(f"the weights {case}", found[0], (classes, features))
        theirs = ask_numbers(f"the biases {case}", found[1], (classes,))
        for name, new, old in (("weights", ours, weight), ("biases", theirs, bias)):
            gaps = (new - new[0]) - (old - old[0])
            expect(bool(gaps.abs().max() < 1e-6), f"the {name} change a lead {case}")
        least = (weight - weight.mean(dim=0)).square().sum()
        expect(
            bool(ours.square().sum() <= least + 1e-6),
            f"smaller weights have the same leads {case}: {least:.3f} is possible, "
            f"not {ours.square().sum():.3f}",
        )
    right(4)


@exercise
def check_margin_and_decay(new_decay: float) -> None:
    """Check exercise 5: the new objective at scaled weights must be a multiple of the old one."""
    decay_now = ask_number("new_decay", new_decay)
    generator = torch.Generator().manual_seed(0)
    ratios = []
    for _ in range(5):
        weight = torch.randn(3, 4, generator=generator, dtype=torch.float64)
        inputs = torch.randn(8, 4, generator=generator, dtype=torch.float64)
        labels = torch.randint(3, (8,), generator=generator)
        values = []
        for margin, decay in ((OLD_MARGIN, OLD_DECAY), (NEW_MARGIN, decay_now)):
            scaled = margin / OLD_MARGIN * weight
            data = 3 * F.multi_margin_loss(inputs @ scaled.T, labels, margin=margin)
            values.append((data + decay / 2 * scaled.square().sum()).item())
        ratios.append(values[1] / values[0])
    expect(
        max(ratios) - min(ratios) < 1e-6,  # an answer may be a float32
        f"with λ = {new_decay}, ten times the weights do not give a fixed multiple of the old "
        "objective: compare how the data term and the penalty grow",
    )
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
street = street_sheet(check_street)
