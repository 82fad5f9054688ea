import math

import pytest
import torch
from exercise_checks import (
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)

from utils.exercises import numerical_stability as exercises

BY_HAND = [4, 6, [1, 2, 3, -1], [3, 4]]
FACTORS = ["about a millionth of a millionth", 0.75, 1024, "a billionth"]
CLAIMS = {
    "clipping by norm keeps the direction": True,
    "clipping by value keeps the direction": False,
    "clipping by norm can make a gradient longer": False,
    "a layer of operator norm 1 makes no gradient longer": True,
    "a layer of operator norm 2 makes each gradient longer": False,
    "a residual connection makes each gradient longer": False,
}


def replaced(answers, place, wrong):
    return [*answers[:place], wrong, *answers[place + 1 :]]


@in_every_form
def test_the_warm_up_by_hand_accepts_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(answer) for answer in BY_HAND])


@in_every_form
def test_the_predictions_accept_the_right_answers(form, capsys):
    answers = [answer if isinstance(answer, str) else form(answer) for answer in FACTORS]
    assert_right(capsys, 2, exercises.check_factors, answers)


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, 38, "the gradient at the bottom"),
        (1, 7, "the number of Jacobians"),
        (1, None, "the number of Jacobians"),
        (2, [1, 2, 0, 0], "the Jacobian"),
        (2, [1, 3, 2, -1], "the Jacobian"),
        (3, [5, 5], "the clipped gradient"),
        (3, [0.6, 0.8], "the clipped gradient"),
    ],
)
def test_wrong_numbers_by_hand_are_rejected(place, wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_by_hand(replaced(BY_HAND, place, wrong))


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, "about a millionth", "twenty sigmoids"),
        (0, None, "twenty sigmoids"),
        (1, -0.25, "two residual layers"),
        (1, 1, "two residual layers"),
        (2, 20, "doubled weights"),
        (3, "1", "clipping"),
        (3, "0", "clipping"),
    ],
)
def test_wrong_predictions_are_rejected(place, wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_factors(replaced(FACTORS, place, wrong))


def test_answers_that_are_missing_are_asked_for():
    for check in (exercises.check_by_hand, exercises.check_factors):
        with pytest.raises(AssertionError, match="4 answers are wanted"):
            check([1, 2])


def by_dividing(matrices):
    log, product = 0.0, torch.eye(len(matrices[0]), dtype=matrices[0].dtype)
    for W in matrices:
        product = W @ product
        size = torch.linalg.matrix_norm(product)
        product, log = product / size, log + size.log()
    return log


def by_largest_entry(matrices):
    log, product = 0.0, matrices[0]
    for W in matrices[1:]:
        most = product.abs().max().item()
        log, product = log + math.log(most), W @ (product / most)
    return log + product.norm().log().item()


def by_rows(matrices):
    product, log = matrices[0].tolist(), 0.0
    for W in matrices[1:]:
        size = math.hypot(*(x for row in product for x in row))
        log, product = (
            log + math.log(size),
            (W @ torch.tensor(product, dtype=W.dtype) / size).tolist(),
        )
    return log + math.log(math.hypot(*(x for row in product for x in row)))


LOG_SIZES = {
    "dividing by the size": by_dividing,
    "dividing by the largest entry": by_largest_entry,
    "with lists": by_rows,
}


@pytest.mark.parametrize("answer", LOG_SIZES.values(), ids=LOG_SIZES)
def test_log_size_accepts(answer, capsys):
    assert_right(capsys, 3, exercises.check_log_size, answer)


def direct(matrices):
    product = torch.eye(len(matrices[0]), dtype=matrices[0].dtype)
    for W in matrices:
        product = W @ product
    return torch.linalg.matrix_norm(product).log()


NOT_LOG_SIZES = {
    "the product itself": direct,
    "sum of the logarithms": lambda matrices: sum(W.norm().log() for W in matrices),
    "another order": lambda matrices: by_dividing(matrices[::-1]),
    "base 2": lambda matrices: by_dividing(matrices) / math.log(2),
    "without the last size": lambda matrices: by_dividing(matrices[:-1] or matrices),
    "the size": lambda matrices: torch.as_tensor(by_dividing(matrices)).exp(),
    "operator norm": lambda matrices: (
        by_dividing(matrices)
        - by_dividing(matrices[-3:])
        + torch.linalg.matrix_norm(matrices[-1], 2).log()
    ),
    "nothing": lambda matrices: None,
}


@pytest.mark.parametrize("wrong", NOT_LOG_SIZES.values(), ids=NOT_LOG_SIZES)
def test_log_size_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_log_size(wrong)


def test_what_overflows_is_named_so():
    with pytest.raises(AssertionError, match="is no size; what is too large for a float"):
        exercises.check_log_size(direct)


def backward(H, G, weights, *, around=1, order=-1, slope=lambda bend: 1 - bend**2):
    bends = []
    for W in weights:
        bends.append(torch.tanh(H @ W.mT))
        H = H + bends[-1]
    for W, bend in list(zip(weights, bends, strict=True))[::order]:
        G = around * G + (G * slope(bend)) @ W
    return G


def by_jacobians(H, G, weights):
    rows = []
    for h, g in zip(H, G, strict=True):
        J = torch.eye(len(h), dtype=h.dtype)
        for W in weights:
            bend = torch.tanh(W @ h)
            h, J = h + bend, (torch.eye(len(h)) + (1 - bend**2)[:, None] * W) @ J
        rows.append(g @ J)
    return torch.stack(rows)


def recursive(H, G, weights):
    if not weights:
        return G
    bend = torch.tanh(H @ weights[0].mT)
    G = recursive(H + bend, G, weights[1:])
    return G + (G * (1 - bend**2)) @ weights[0]


@pytest.mark.parametrize("answer", [backward, by_jacobians, recursive])
def test_residual_backward_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_residual, answer)


def with_autograd(H, G, weights):
    with torch.enable_grad():
        H = H.requires_grad_()
        out = H
        for W in weights:
            out = out + torch.tanh(out @ W.mT)
    return torch.autograd.grad(out, H, G)[0]


def with_vjp(H, G, weights):
    def network(H):
        for W in weights:
            H = H + torch.tanh(H @ W.mT)
        return H

    return torch.func.vjp(network, H)[1](G)[0]


def with_backward(H, G, weights):
    H = H.requires_grad_()
    out = H
    for W in weights:
        out = out + torch.tanh(out @ W.mT)
    out.backward(G)
    return H.grad


NOT_BACKWARD = {
    "no way around": lambda H, G, weights: backward(H, G, weights, around=0),
    "forwards": lambda H, G, weights: backward(H, G, weights, order=1),
    "slope of the sigmoid": lambda H, G, weights: backward(
        H, G, weights, slope=lambda bend: bend * (1 - bend)
    ),
    "no slope": lambda H, G, weights: backward(H, G, weights, slope=lambda bend: 1),
    "turned weights": lambda H, G, weights: backward(H, G, [W.mT for W in weights]),
    "autograd": with_autograd,
    "vjp": with_vjp,
    "backward": with_backward,
    "nothing": lambda H, G, weights: None,
}


@pytest.mark.parametrize("wrong", NOT_BACKWARD.values(), ids=NOT_BACKWARD)
def test_residual_backward_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_residual(wrong)


def test_autograd_is_named_as_the_reason():
    for answer in (with_autograd, with_backward, with_vjp):
        with pytest.raises(AssertionError, match="which is not allowed here"):
            exercises.check_residual(answer)


def test_the_claims_accept_the_truth(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_verdict_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "gradient")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_the_claims_want_verdicts(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)
