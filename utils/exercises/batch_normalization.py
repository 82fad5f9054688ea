"""The exercises of the page on batch normalisation."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.batch_normalization_claims import CLAIMS, TINY, draw_batches
from utils.exercises.batch_normalization_sheets import by_hand_sheet, counts_sheet, predict_sheet
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 against torch's layer and autograd."""
    layer = nn.BatchNorm1d(1, eps=TINY, dtype=torch.float64)
    nn.init.constant_(layer.weight, 2)
    nn.init.constant_(layer.bias, 1)
    rows = torch.tensor([1, 1, 1, 1, 11], dtype=torch.float64)[:, None]
    outputs = layer(rows).detach()[:, 0]
    x = torch.tensor([2, 2, 6, 6], dtype=torch.float64, requires_grad=True)
    y = nn.BatchNorm1d(1, eps=TINY, dtype=torch.float64)(x[:, None])[:, 0]
    (slope,) = torch.autograd.grad(y, x, torch.tensor([0, 0, 0, 2], dtype=torch.float64))
    wanted = {
        "the outputs": outputs,
        "the running mean": layer.running_mean[0],
        "the running variance": layer.running_var[0],
        "the gradients": slope,
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        (expect_numbers if value.ndim else expect_number)(name, answer, value)
    right(1)


def _share(layer: nn.Module, x: torch.Tensor) -> int:
    """Return how many numbers one output depends on."""
    x = x.clone().requires_grad_()
    (slope,) = torch.autograd.grad(layer(x)[0, 0, 0, 0], x)
    return slope.count_nonzero().item()


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2 with the gradients of torch's layers."""
    x = torch.randn(16, 8, 10, 10, generator=torch.Generator().manual_seed(0))
    layer = nn.BatchNorm2d(8)
    wanted = {
        "the count for batch normalisation": _share(layer, x),
        "the count for layer normalisation": _share(nn.LayerNorm((8, 10, 10)), x),
        "the count for instance normalisation": _share(nn.InstanceNorm2d(8), x),
        "the count for two groups": _share(nn.GroupNorm(2, 8), x),
        "the count of what is learned": sum(part.numel() for part in layer.parameters()),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=0)
    right(2)


@exercise
def check_fold_before(fold_before: Callable[[nn.Module, nn.Module], nn.Linear]) -> None:
    """Check exercise 3 on layers of several sizes, with and without a bias."""
    generator = torch.Generator().manual_seed(0)
    for features, outputs, has_bias in ((3, 2, True), (4, 4, False), (1, 5, True), (6, 1, False)):
        case = f"for {features} features and {outputs} outputs"
        case += "" if has_bias else ", without a bias,"
        norm = nn.BatchNorm1d(features, eps=0.1, dtype=torch.float64)
        linear = nn.Linear(features, outputs, bias=has_bias, dtype=torch.float64)
        parts = [*norm.parameters(), norm.running_mean, norm.running_var, *linear.parameters()]
        with torch.no_grad():
            for part in parts:
                part.copy_(torch.randn(part.shape, generator=generator, dtype=part.dtype))
            norm.running_var.abs_()
        before = [part.detach().clone() for part in parts]
        both = fold_before(norm.eval(), linear)
        expect(
            isinstance(both, nn.Linear),
            f"{case} your answer is a {type(both).__name__}, not an nn.Linear",
        )
        expect(
            all(map(torch.equal, parts, before)) and both is not linear,
            f"{case} the layers that were given have changed: make a new one",
        )
        x = torch.randn(7, features, generator=generator, dtype=torch.float64)
        with torch.no_grad():
            found, wanted = both.double()(x), linear(norm(x))
        shape = tuple(found.shape)
        expect(shape == tuple(wanted.shape), f"{case} the outputs have the shape {shape}")
        expect(torch.allclose(found, wanted, rtol=1e-4, atol=1e-5), f"{case} the outputs differ")
    right(3)


@exercise
def check_merge(merge: Callable) -> None:
    """Check exercise 4 on batches of equal and of unequal sizes."""
    generator = torch.Generator().manual_seed(0)
    for counts in ((4, 4), (5, 2, 9), (3,), (1, 6)):
        batches = [
            (k + 1) * torch.randn(n, 3, generator=generator, dtype=torch.float64) + 2 * k
            for k, n in enumerate(counts)
        ]
        means = torch.stack([batch.mean(0) for batch in batches])
        variances = torch.stack([batch.var(0, correction=0) for batch in batches])
        answer = merge(list(counts), means, variances)
        is_pair = isinstance(answer, (tuple, list)) and len(answer) == 2
        expect(is_pair, f"a mean and a variance are wanted, got {answer!r}")
        rows = torch.cat(batches)
        wanted = {"the mean": rows.mean(0), "the unbiased variance": rows.var(0)}
        for (name, value), given in zip(wanted.items(), answer, strict=True):
            expect_numbers(f"{name} for batches of {counts}", given, value, within=1e-3)
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on twenty random batches."""
    expect_tried(claims, CLAIMS, draw_batches(20), "batch")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
counts = counts_sheet(check_counts)
