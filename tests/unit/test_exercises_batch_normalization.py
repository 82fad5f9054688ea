import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)
from torch import nn
from torch.nn.utils.fusion import fuse_linear_bn_weights

from utils.exercises import batch_normalization as exercises
from utils.exercises.batch_normalization_claims import CLAIMS as TRIED
from utils.exercises.batch_normalization_claims import draw_batches

BY_HAND = [[0, 0, 0, 0, 5], 0.3, 2.9, [0, 0, -0.5, 0.5]]
COUNTS = [1600, 800, 100, 400, 16]
CLAIMS = dict(zip(TRIED, [True, True, False, False, True, False, True, True], strict=True))


def test_the_predictions_are_what_torch_finds():
    five, two = exercises.predict.questions
    for question, rows, place in ((five, [1, 6, 6, 6, 6], 0), (two, [3, 1003], 1)):
        batch = torch.tensor(rows, dtype=torch.float64)[:, None]
        output = nn.BatchNorm1d(1, eps=1e-12, dtype=torch.float64)(batch)[place].item()
        assert question["right"] == pytest.approx(output, abs=1e-6)


@in_every_form
def test_right_numbers_are_accepted_in_every_form(capsys, form):
    assert_right(capsys, 1, exercises.check_by_hand, [form(part) for part in BY_HAND])
    assert_right(capsys, 2, exercises.check_counts, [form(part) for part in COUNTS])


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_counts, COUNTS)]
)
def test_a_wrong_number_is_named(check, answers):
    for place, answer in enumerate(answers):
        wrongs = [None, "6", [1, 2, 3]]
        wrongs += [[x + 1 for x in answer]] if isinstance(answer, list) else [answer + 1, -answer]
        for wrong in wrongs:
            with pytest.raises(AssertionError, match="^not yet: .*(needs|is not)"):
                check([*answers[:place], wrong, *answers[place + 1 :]])
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


def parts(norm):
    a = norm.weight / (norm.running_var + norm.eps).sqrt()
    return a, norm.bias - a * norm.running_mean


def made(W, b):
    both = nn.Linear(W.shape[1], W.shape[0], dtype=W.dtype)
    with torch.no_grad():
        both.weight.copy_(W)
        both.bias.copy_(b)
    return both


def by_columns(norm, linear):
    a, c = parts(norm)
    b = 0 if linear.bias is None else linear.bias
    return made(linear.weight * a, linear.weight @ c + b)


def by_diagonal(norm, linear):
    a, c = parts(norm)
    W = linear.weight @ torch.diag(a)
    return made(W, nn.functional.linear(c, linear.weight, linear.bias))


def by_asking(norm, linear):
    with torch.no_grad():
        zero = torch.zeros(1, norm.num_features, dtype=torch.float64)
        b = linear(norm(zero))[0]
        W = linear(norm(torch.eye(norm.num_features, dtype=torch.float64))) - b
    return made(W.T, b)


def in_32_bits(norm, linear):
    return by_columns(norm, linear).float()


@pytest.mark.parametrize("answer", [by_columns, by_diagonal, by_asking, in_32_bits])
def test_a_right_fold_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_fold_before, answer)


def no_bias(norm, linear):
    a, c = parts(norm)
    return made(linear.weight * a, linear.weight @ c)


def no_eps(norm, linear):
    a = norm.weight / norm.running_var.sqrt()
    c = norm.bias - a * norm.running_mean
    return made(linear.weight * a, linear.weight @ c + (0 if linear.bias is None else linear.bias))


def behind(norm, linear):
    stored = norm.running_mean, norm.running_var, norm.eps, norm.weight, norm.bias
    if linear.in_features != linear.out_features:
        return by_columns(norm, linear)
    b = torch.zeros(linear.out_features) if linear.bias is None else linear.bias
    return made(*fuse_linear_bn_weights(linear.weight, b, *stored))


def in_place(norm, linear):
    both = by_columns(norm, linear)
    with torch.no_grad():
        linear.weight.copy_(both.weight)
    return both


def both_in_turn(norm, linear):
    return nn.Sequential(norm, linear)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (no_bias, "the outputs differ"),
        (no_eps, "the outputs differ"),
        (behind, "the outputs differ"),
        (in_place, "have changed"),
        (both_in_turn, "not an nn.Linear"),
        (lambda norm, linear: linear, "have changed"),
        (lambda norm, linear: None, "not an nn.Linear"),
        (lambda norm, linear: nn.Linear(norm.num_features, 9), "have the shape"),
    ],
)
def test_a_wrong_fold_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_fold_before(wrong)


def by_squares(counts, means, variances):
    n = torch.tensor(counts, dtype=torch.float64)[:, None]
    mean = (n * means).sum(0) / n.sum()
    variance = (n * (variances + means**2)).sum(0) / n.sum() - mean**2
    return mean, variance * n.sum() / (n.sum() - 1)


def by_distances(counts, means, variances):
    n = torch.tensor(counts).to(means)
    mean = n @ means / n.sum()
    return [mean, n @ (variances + (means - mean) ** 2) / (n.sum() - 1)]


def one_by_one(counts, means, variances):
    count, mean, apart = 0, 0, 0
    for n, m, v in zip(counts, means, variances, strict=True):
        gap, total = m - mean, count + n
        apart = apart + n * v + gap**2 * count * n / total
        mean, count = mean + gap * n / total, total
    return mean.tolist(), (apart / (count - 1)).tolist()


@pytest.mark.parametrize("answer", [by_squares, by_distances, one_by_one])
def test_a_right_merge_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_merge, answer)


def unweighted(counts, means, variances):
    return means.mean(0), by_squares(counts, means, variances)[1]


def within_alone(counts, means, variances):
    n = torch.tensor(counts).to(means)
    return n @ means / n.sum(), n @ variances / (n.sum() - 1)


def biased(counts, means, variances):
    mean, variance = by_squares(counts, means, variances)
    return mean, variance * (sum(counts) - 1) / sum(counts)


def spread_instead(counts, means, variances):
    mean, variance = by_squares(counts, means, variances)
    return mean, variance.sqrt()


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (unweighted, "the mean for batches"),
        (within_alone, "the unbiased variance for"),
        (biased, "the unbiased variance for"),
        (spread_instead, "the unbiased variance for"),
        (lambda counts, means, variances: means.mean(0), "a mean and a variance are wanted"),
        (lambda counts, means, variances: None, "a mean and a variance are wanted"),
    ],
)
def test_a_wrong_merge_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_merge(wrong)


def test_right_verdicts_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_verdict_is_refuted(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "batch")


def test_verdicts_must_be_true_or_false():
    for answers in no_verdicts(CLAIMS):
        assert_wants_true_or_false(exercises.check_claims, answers)


def test_draws_are_the_same_each_time_and_leave_the_generator_alone():
    assert_leaves_the_generator_alone(lambda: draw_batches(2))
    assert torch.equal(draw_batches(1)[0].x, draw_batches(1)[0].x)
