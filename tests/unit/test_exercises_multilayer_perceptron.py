from fractions import Fraction

import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    no_verdicts,
)
from torch import nn

from utils.exercises import multilayer_perceptron as exercises

BY_HAND = [[3, 0], 3, [0, 1, 1, 0], 4]
COUNTS = [2, 203530, (256, 784), (5, 2), 11]
CLAIMS = {
    "two hidden units swapped, with all their weights: the outputs stay": True,
    "W1 and b1 doubled, W2 halved: the outputs stay": True,
    "all weights and biases doubled: the outputs double": False,
    "without ReLU, some single nn.Linear gives the same outputs": True,
    "the input halfway between two others has an output halfway, too": False,
    "without biases, three times the input gives three times the output": True,
}


def test_the_predictions_are_what_torch_finds():
    border, count = exercises.predict.questions
    generator = torch.Generator().manual_seed(0)
    two = nn.Sequential(nn.Linear(2, 8), nn.Linear(8, 2)).double()
    X = torch.randn(50, 2, generator=generator, dtype=torch.float64)
    with torch.no_grad():
        scores = two(X)[:, 1] - two(X)[:, 0]
    plane = torch.cat([X, torch.ones(50, 1, dtype=torch.float64)], dim=1)
    fitted = plane @ torch.linalg.lstsq(plane, scores[:, None]).solution
    assert torch.allclose(fitted[:, 0], scores), "the border is where a plane crosses zero"
    assert border["right"] == "one straight line"
    assert count["right"] == sum(p.numel() for p in two.parameters())


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (1, exercises.check_by_hand, [torch.tensor([3, 0]), 3.0, np.array([0, 1, 1, 0]), 4]),
        (1, exercises.check_by_hand, [(3, 0), Fraction(3), (0.0, 1.0, 1.0, 0.0), torch.tensor(4)]),
        (2, exercises.check_counts, COUNTS),
        (2, exercises.check_counts, [2.0, 256 * 785 + 2570, torch.Size([256, 784]), [5, 2], 11]),
        (2, exercises.check_counts, [np.int64(2), 203530, torch.tensor([256, 784]), (5, 2), 11.0]),
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, [3, -3]),
        (exercises.check_by_hand, BY_HAND, 0, [0, 3]),
        (exercises.check_by_hand, BY_HAND, 0, 3),
        (exercises.check_by_hand, BY_HAND, 1, 0),
        (exercises.check_by_hand, BY_HAND, 2, [0, -1, 1, 0]),
        (exercises.check_by_hand, BY_HAND, 3, -4),
        (exercises.check_by_hand, BY_HAND, 3, None),
        (exercises.check_counts, COUNTS, 0, 3),
        (exercises.check_counts, COUNTS, 1, 203264),
        (exercises.check_counts, COUNTS, 2, (784, 256)),
        (exercises.check_counts, COUNTS, 3, (2, 5)),
        (exercises.check_counts, COUNTS, 4, 16),
        (exercises.check_counts, COUNTS, 4, None),
    ],
)
def test_a_wrong_number_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: the .*(is not|needs)"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_counts])
def test_all_answers_are_wanted(check):
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


def bias_of(linear):
    return torch.zeros(linear.out_features) if linear.bias is None else linear.bias


def by_induction(layers):
    first, *others = layers
    weight, bias = first.weight, bias_of(first)
    for linear in others:
        weight, bias = linear.weight @ weight, linear.weight @ bias + bias_of(linear)
    return weight, bias


def by_asking(layers):
    net = nn.Sequential(*layers)
    bias = net(torch.zeros(layers[0].in_features))
    return (net(torch.eye(layers[0].in_features)) - bias).T, bias


def as_a_layer(layers):
    weight, bias = by_induction(layers)
    linear = nn.Linear(weight.shape[1], weight.shape[0])
    linear.weight.data, linear.bias.data = weight, bias
    return linear


def as_lists(layers):
    return [part.tolist() for part in by_induction(layers)]


@pytest.mark.parametrize("answer", [by_induction, by_asking, as_a_layer, as_lists])
def test_a_right_collapse_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_collapse, answer)


def biases_added(layers):
    weight, bias = by_induction(layers)
    last = layers[-1].out_features
    return weight, sum((bias_of(x)[:last].sum() for x in layers), torch.zeros(last))


def without_biases(layers):
    weight, bias = by_induction(layers)
    return weight, 0 * bias


def the_last_bias(layers):
    return by_induction(layers)[0], bias_of(layers[-1])


def transposed(layers):
    weight, bias = by_induction(layers)
    return weight.T, bias


def without_the_last(layers):
    return by_induction(layers[:-1] or layers)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda layers: None, "collapse returns two things"),
        (lambda layers: by_induction(layers)[0], "collapse returns two things"),
        (biases_added, "the bias for the widths .* is not what comes out"),
        (without_biases, "the bias for the widths"),
        (the_last_bias, "the bias for the widths"),
        (transposed, r"the weight for the widths .* needs numbers in the shape \(2, 3\)"),
        (without_the_last, "the weight for the widths"),
        (lambda layers: (2 * by_induction(layers)[0], by_induction(layers)[1]), "other outputs"),
    ],
)
def test_a_wrong_collapse_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_collapse(wrong)


def network(scale=100.0, bias=1.0, sign=1):
    W1 = sign * torch.tensor([[-1.0, 0], [0, -1], [1, 1]])
    b1 = sign * torch.tensor([0.0, 0, -1])
    return W1, b1, torch.full((1, 3), -scale), torch.tensor([bias])


def lists():
    return [[-1, 0], [0, -1], [1, 1]], [0, 0, -1], [[-100, -100, -100]], [1]


def stretched():
    W1, b1, W2, b2 = network()
    return [7 * W1.double().numpy(), 7 * b1.numpy(), W2.numpy(), b2.numpy()]


@pytest.mark.parametrize(
    "answer",
    [network, lists, stretched, lambda: network(scale=1e4, bias=3), lambda: network(scale=20)],
)
def test_a_right_triangle_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_triangle, answer)


def with_part(index, part):
    parts = list(network())
    parts[index] = part
    return parts


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda: None, "four things"),
        (lambda: network(scale=1), "lies outside, and its output .* is not below zero"),
        (lambda: network(scale=19), "lies outside, and its output .* is not below zero"),
        (lambda: with_part(1, torch.tensor([-0.06, 0, -1])), "lies outside"),
        (lambda: with_part(1, torch.tensor([0, 0, -1.08])), "lies outside"),
        (lambda: network(sign=-1), "lies inside, and its output .* is not above zero"),
        (lambda: network(scale=-100), "lies outside"),
        (lambda: network(bias=-1), "lies inside"),
        (lambda: with_part(2, torch.tensor([[-100.0, -100, 0]])), "lies outside"),
        (lambda: with_part(1, torch.tensor([0.0, 0, 1])), "lies inside"),
        (lambda: with_part(0, network()[0].T), r"W1 needs numbers in the shape \(3, 2\)"),
        (lambda: with_part(2, network()[2][0]), r"W2 needs numbers in the shape \(1, 3\)"),
    ],
)
def test_a_wrong_triangle_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_triangle(wrong)


@pytest.mark.parametrize("count", range(2, 8))
def test_pieces_of_lines_are_counted(count):
    assert exercises.pieces(count) == 1 + count * (count + 1) // 2


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_claim_is_named_with_a_reason(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "network")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_triangle(network))
