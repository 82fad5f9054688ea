import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.exercises import multi_gpu as exercises

CLAIMS = {
    "a pipeline of one stage is busy all the time": True,
    "more micro-batches never make a stage wait longer": True,
    "1f1b takes less time than gpipe": False,
    "with 1f1b no stage holds more than the first": True,
}


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_bubble, [form(1 / 3), form(27), form(3)])
    wanted = [form(8388608), form(131072), form(4096)]
    assert_right(capsys, 2, exercises.check_traffic, wanted)


def test_the_fields_hold_the_right_numbers():
    for sheet, check in (
        (exercises.bubble, exercises.check_bubble),
        (exercises.traffic, exercises.check_traffic),
    ):
        check([question["right"] for question in sheet.questions])
    assert exercises.predict.questions[0]["right"] == 12 / (12 / 4 + 1)


@pytest.mark.parametrize(
    "wrong", [[2 / 3, 27, 3], [0.5, 27, 3], [1 / 3, 30, 3], [1 / 3, 27, 6], [1 / 3, None, 3]]
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: (the|what)"):
        exercises.check_bubble(wrong)


@pytest.mark.parametrize(
    "wrong",
    [[4194304, 131072, 4096], [8388608, 65536, 4096], [8388608, 131072, 8192], [8388608, None, 1]],
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (numbers|batch)"):
        exercises.check_traffic(wrong)


def by_shares(gradients, sizes):
    return sum(n / sum(sizes) * g for g, n in zip(gradients, sizes, strict=True) if n)


def stacked(gradients, sizes):
    weights = torch.tensor(sizes) / sum(sizes)
    return torch.einsum("k,kij->ij", weights, torch.stack(gradients).nan_to_num())


def in_place(gradients, sizes):
    total = torch.zeros_like(gradients[0])
    for g, n in zip(gradients, sizes, strict=True):
        if n > 0:
            total += g * n
    return (total / sum(sizes)).numpy()


NOT_COMBINED = {
    "plain mean": lambda g, sizes: torch.stack(g).nanmean(0),
    "sum": lambda g, sizes: torch.stack(g).nansum(0),
    "with NaN": lambda g, sizes: sum(n * a for a, n in zip(g, sizes, strict=True)) / sum(sizes),
    "by the largest": lambda g, sizes: by_shares(g, sizes) * sum(sizes) / max(sizes),
    "nothing": lambda g, sizes: None,
}


@pytest.mark.parametrize("combine", [by_shares, stacked, in_place])
def test_combine_accepts(combine, capsys):
    assert_right(capsys, 3, exercises.check_combine, combine)


@pytest.mark.parametrize("combine", NOT_COMBINED.values(), ids=NOT_COMBINED)
def test_combine_rejects(combine):
    with pytest.raises(AssertionError, match="not yet: the gradient"):
        exercises.check_combine(combine)


def added(parts, weights, bias):
    return sum(x @ W.T for x, W in zip(parts, weights, strict=True)) + bias


def joined(parts, weights, bias):
    return torch.cat(parts, 1) @ torch.cat(weights, 1).T + bias


def as_lists(parts, weights, bias):
    return added(parts, weights, bias).tolist()


def in_float32(parts, weights, bias):
    total = torch.zeros(len(parts[0]), len(bias))
    for x, W in zip(parts, weights, strict=True):
        total += x @ W.T
    return total + bias


NOT_PARALLEL = {
    "bias on each": lambda parts, weights, bias: sum(
        x @ W.T + bias for x, W in zip(parts, weights, strict=True)
    ),
    "no bias": lambda parts, weights, bias: added(parts, weights, 0 * bias),
    "the first alone": lambda parts, weights, bias: parts[0] @ weights[0].T + bias,
    "side by side": lambda parts, weights, bias: torch.cat(
        [x @ W.T for x, W in zip(parts, weights, strict=True)], 1
    ),
    "nothing": lambda parts, weights, bias: None,
}


@pytest.mark.parametrize("row_parallel", [added, joined, as_lists, in_float32])
def test_row_parallel_accepts(row_parallel, capsys):
    assert_right(capsys, 4, exercises.check_row_parallel, row_parallel)


@pytest.mark.parametrize("row_parallel", NOT_PARALLEL.values(), ids=NOT_PARALLEL)
def test_row_parallel_rejects(row_parallel):
    with pytest.raises(AssertionError, match="not yet: the output"):
        exercises.check_row_parallel(row_parallel)


def test_the_claims(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "pipeline")
