"""The checks of the page on backpropagation accept right answers, and name what is wrong."""

import math
from fractions import Fraction
from functools import cache

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

from utils.exercises import backpropagation as exercises

BY_HAND = [-3, -1, 0, 3]
COUNTS = [3, 1000, 2_540_800, 2_572_800]
CLAIMS = {
    "with 2 in place of 1 at the end, all gradients double": True,
    "if x, y and z double, all gradients double": False,
    "an input with gradient 0 has no path to f": False,
    "the gradient of z is the value of the maximum": True,
    "the gradients of x and y add up to z + 1": True,
    "the gradient of x is the product of what its two paths bring": False,
}


def test_the_predictions_are_what_torch_finds():
    change, price = exercises.predict.questions
    before, after = ((x + 5.0) * -4.0 for x in (-2.0, -1.99))
    assert change["right"] == pytest.approx(after - before)
    X, W = torch.ones(4, 3, requires_grad=True), torch.ones(3, 2, requires_grad=True)
    with torch.utils.flop_counter.FlopCounterMode(display=False) as counter:
        Y = X @ W
        forward = counter.get_total_flops()
        Y.backward(torch.ones_like(Y))
    assert (counter.get_total_flops() - forward) / forward == 2
    assert price["right"] == "twice as many"


def test_the_sheets_ask_for_what_the_checks_want():
    assert [question["right"] for question in exercises.by_hand.questions] == BY_HAND
    assert [question["right"] for question in exercises.counts.questions] == COUNTS


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (1, exercises.check_by_hand, tuple(map(np.float64, BY_HAND))),
        (1, exercises.check_by_hand, torch.tensor(BY_HAND)),
        (1, exercises.check_by_hand, [Fraction(value) for value in BY_HAND]),
        (2, exercises.check_counts, COUNTS),
        (2, exercises.check_counts, np.array(COUNTS)),
        (2, exercises.check_counts, tuple(map(float, COUNTS))),
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_counts, COUNTS)]
)
@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("wrong", [7, -2, None, "6", True])
def test_a_wrong_number_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong
    message = "is not" if type(wrong) is int else "needs a number"
    with pytest.raises(AssertionError, match=f"^not yet: .*{message}"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_counts])
def test_four_numbers_are_wanted(check):
    with pytest.raises(AssertionError, match="4 numbers are wanted, got 0"):
        check([])


class LogCosh:
    def forward(self, x):
        self.saved = x
        return x.abs() + torch.log1p(torch.exp(-2 * x.abs())) - math.log(2)

    def backward(self, upstream):
        return upstream * torch.tanh(self.saved)


class ByLogaddexp(LogCosh):
    def forward(self, x):
        self.saved = x
        return torch.logaddexp(x, -x) - math.log(2)


class KeepsItsSlope:
    def forward(self, x):
        t = torch.exp(-2 * x.abs())
        self.slope = x.sign() * (1 - t) / (1 + t)
        return x.abs() + torch.log((1 + t) / 2)

    def backward(self, upstream):
        return self.slope * upstream


@pytest.mark.parametrize("node", [LogCosh, ByLogaddexp, KeepsItsSlope])
def test_log_cosh_accepts_the_right_node(capsys, node):
    assert_right(capsys, 3, exercises.check_log_cosh, node)


class Naive(LogCosh):
    def forward(self, x):
        self.saved = x
        return torch.log((torch.exp(x) + torch.exp(-x)) / 2)


class NaiveSlope(LogCosh):
    def backward(self, upstream):
        up, down = torch.exp(self.saved), torch.exp(-self.saved)
        return upstream * (up - down) / (up + down)


class NoUpstream(LogCosh):
    def backward(self, upstream):
        return torch.tanh(self.saved)


class Corner(LogCosh):
    def forward(self, x):
        self.saved = x
        return x.abs()


class LinesBeyond5(LogCosh):
    def forward(self, x):
        return torch.where(x.abs() > 5, x.abs() - math.log(2), super().forward(x))


class SlopeWithoutSign(LogCosh):
    def backward(self, upstream):
        return upstream * torch.tanh(self.saved.abs())


class Summed(LogCosh):
    def forward(self, x):
        return super().forward(x)[None]


class Starter:
    def forward(self, x): ...

    def backward(self, upstream): ...


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (Starter, "forward for a single number returns None, not a tensor"),
        (Summed, r"forward for a single number has the shape \(1,\)"),
        (Corner, "forward for a single number is wrong"),
        (NoUpstream, "backward for a single number is wrong"),
        (Naive, "forward for ±1000 is wrong"),
        (NaiveSlope, "backward for ±1000 is wrong"),
        (LinesBeyond5, "forward for whole numbers up to 15 is wrong"),
        (SlopeWithoutSign, "backward for random numbers is wrong"),
    ],
)
def test_log_cosh_rejects_a_wrong_node(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_log_cosh(wrong)


def children_first(last):
    order, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            for parent, _ in node.edges:
                visit(parent)
            order.append(node)

    visit(last)
    return order[::-1]


def by_adding(last, first):
    paths = {last: 1}
    for node in children_first(last):
        for parent, _ in node.edges:
            paths[parent] = paths.get(parent, 0) + paths[node]
    return paths.get(first, 0)


def by_memory(last, first):
    @cache
    def paths(node):
        return 1 if node is first else sum(paths(parent) for parent, _ in node.edges)

    return paths(last)


def by_tensors(last, first):
    order = children_first(last)
    counts = {first: torch.tensor(1.0, dtype=torch.float64)}
    for node in reversed(order):
        if node is not first:
            shares = [counts[parent] for parent, _ in node.edges]
            counts[node] = torch.stack(shares).sum() if shares else torch.tensor(0.0).double()
    return counts[last]


@pytest.mark.parametrize("answer", [by_adding, by_memory, by_tensors])
def test_a_right_count_of_paths_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_count_paths, answer)


def each_path(last, first):
    if last is first:
        return 1
    return sum(each_path(parent, first) for parent, _ in last.edges)


def gradients(last, first):
    paths = {last: 1}
    for node in children_first(last):
        for parent, local in node.edges:
            paths[parent] = paths.get(parent, 0) + local * paths[node]
    return paths.get(first, 0)


def different_parents(last, first):
    paths = {last: 1}
    for node in children_first(last):
        for parent in {parent for parent, _ in node.edges}:
            paths[parent] = paths.get(parent, 0) + paths[node]
    return paths.get(first, 0)


def without_zero(last, first):
    return by_adding(last, first) or 1


def too_early(last, first):
    paths, queue = {last: 1}, [last]
    for node in queue:
        for parent, _ in node.edges:
            if parent not in paths:
                queue.append(parent)
            paths[parent] = paths.get(parent, 0) + paths[node]
    return paths.get(first, 0)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda last, first: None, "paths from a node to itself needs a number, got None"),
        (each_path, "each path is walked, and there are too many"),
        (gradients, r"paths in x · x is not 6"),
        (different_parents, r"paths in x · x is not 1"),
        (without_zero, "paths between two inputs is not 1"),
        (too_early, "paths where a node reports late is not 1"),
    ],
)
def test_a_wrong_count_of_paths_is_refused(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_count_paths(wrong)


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_claim_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "place")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_claims_want_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_the_checks_leave_the_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_log_cosh(LogCosh))
