"""Checks for the exercises of the page on linear classifiers and the hinge loss."""

from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_number, ask_numbers, expect, expect_number, right

SCORES = (2.0, 2.5, -1.0)
OLD_DECAY, OLD_MARGIN, NEW_MARGIN = 0.02, 1.0, 10.0


@exercise
def check_hinge_by_hand(answers: Mapping[str, object]) -> None:
    """Check the losses and gradients of exercise 1 against torch."""
    for true, name in ((0, "first"), (2, "third")):
        scores = torch.tensor([SCORES], dtype=torch.float64, requires_grad=True)
        # multi_margin_loss is divided by the number of classes.
        wanted = len(SCORES) * F.multi_margin_loss(scores, torch.tensor([true]))
        (gradient,) = torch.autograd.grad(wanted, scores)
        case = f"if the {name} class is true"
        expect_number(f"the loss {case}", answers.get(f"loss if {name}"), wanted.detach())
        ours = ask_numbers(f"the gradient {case}", answers.get(f"gradient if {name}"), (3,))
        for k, (part, theirs) in enumerate(zip(ours.tolist(), gradient[0], strict=True), 1):
            expect_number(f"the gradient of score {k} {case}", part, theirs)
    right(1)


@exercise
def check_largest_shortfall(largest_shortfall: Callable[..., torch.Tensor]) -> None:
    """Check exercise 2 on batches of many shapes, with ties, large scores and other margins."""
    generator = torch.Generator().manual_seed(0)
    for (n, k), scale in (((6, 4), 1), ((1, 3), 2), ((5, 2), 1), ((3, 1), 1), ((4, 3), 0)):
        scores = scale * torch.randn(n, k, generator=generator, dtype=torch.float64)
        labels = torch.randint(k, (n,), generator=generator)
        for margin in (1.0, 0.5, 20.0):
            case = f"for {n} examples of {k} classes and the margin {margin:g}"
            found = largest_shortfall(scores.clone(), labels, margin)
            expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r} {case}")
            expect(
                found.shape == (), f"shape {tuple(found.shape)} is not that of one number {case}"
            )
            rows = zip(scores.tolist(), labels.tolist(), strict=True)
            wanted = sum(
                max([0.0] + [s - row[y] + margin for j, s in enumerate(row) if j != y])
                for row, y in rows
            ) / len(labels)
            expect(
                abs(found.item() - wanted) < 1e-9,
                f"{found.item():.3f} is wrong {case}, it should be {wanted:.3f}",
            )
    right(2)


@exercise
def check_margin_and_decay(new_decay: float) -> None:
    """Check exercise 3: the new objective at scaled weights must be a multiple of the old one."""
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
    right(3)
