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

BY_HAND = [6, [1, 2, 3, -1], 3, [3, 4]]
HALF = [4096, "infinity", 0, "the weights stay, and S is halved"]
CLAIMS = {
    "clipping by norm keeps the direction": True,
    "clipping by value keeps the direction": False,
    "clipping by norm can make a gradient longer": False,
    "a sum of float16 numbers can depend on their order": True,
    "a float16 times 2 and halved again is what it was": False,
    "each float16 has a code of its own in float32": True,
}


def replaced(answers, place, wrong):
    return [*answers[:place], wrong, *answers[place + 1 :]]


@in_every_form
def test_the_warm_up_by_hand_accepts_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(answer) for answer in BY_HAND])


@in_every_form
def test_the_predictions_accept_the_right_answers(form, capsys):
    answers = [answer if isinstance(answer, str) else form(answer) for answer in HALF]
    assert_right(capsys, 2, exercises.check_half, answers)


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, 7, "the number of Jacobians"),
        (0, None, "the number of Jacobians"),
        (1, [1, 2, 0, 0], "the Jacobian"),
        (1, [1, 3, 2, -1], "the Jacobian"),
        (2, 1.5, "these bits"),
        (2, 1, "these bits"),
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
        (0, 4097, "4096"),
        (1, "65504", "largest number"),
        (1, None, "largest number"),
        (2, 2**-25, "half of the smallest"),
        (3, "the weights become nan", "the scaler"),
        (3, "the step is taken, and S is halved", "the scaler"),
    ],
)
def test_wrong_predictions_are_rejected(place, wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_half(replaced(HALF, place, wrong))


def test_answers_that_are_missing_are_asked_for():
    for check in (exercises.check_by_hand, exercises.check_half):
        with pytest.raises(AssertionError, match="4 answers are wanted"):
            check([1, 2])


def following(x):
    return (x.view(torch.int16) + 1).view(torch.float16)


def by_exponent(x):
    _, exponent = x.double().frexp()
    return torch.exp2((exponent - 11).clamp(min=-24).double())


GAPS = {
    "the next code": lambda x: following(x).double() - x.double(),
    "by exponent": by_exponent,
    "one after the other": lambda x: torch.stack(
        [following(entry.reshape(1))[0].double() - entry.double() for entry in x[:50]]
        + list((following(x[50:]).double() - x[50:].double()).unbind())
    ),
}


@pytest.mark.parametrize("gap", GAPS.values(), ids=GAPS)
def test_gap_accepts(gap, capsys):
    assert_right(capsys, 3, exercises.check_gap, gap)


NOT_GAPS = {
    "to the smaller one": lambda x: (
        x.double() - (x.view(torch.int16) - 1).view(torch.float16).double()
    ),
    "no subnormal numbers": lambda x: torch.exp2((x.double().frexp()[1] - 11).double()),
    "relative": lambda x: torch.full(x.shape, 2.0**-10, dtype=torch.float64),
    "of bfloat16": lambda x: 8 * by_exponent(x),
    "in float16": lambda x: following(x) - x,
    "nothing": lambda x: None,
    "one number": lambda x: torch.tensor(2.0**-10, dtype=torch.float64),
}


@pytest.mark.parametrize("wrong", NOT_GAPS.values(), ids=NOT_GAPS)
def test_gap_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_gap(wrong)


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
