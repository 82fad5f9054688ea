import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    no_verdicts,
)
from torch import nn

from utils.checks import numerical_gradient
from utils.exercises import mlp_from_scratch as exercises

BY_HAND = [[2, 0], [0, -6], 2, [-2, 2], -1]
SHAPES = [[20, 10], [20, 40], [40, 64], 3010]
CLAIMS = {
    "the gradient of the output biases adds up to 0": True,
    "a hidden unit that is 0 for the whole minibatch gets no gradient": True,
    "doubling the images doubles the logits": False,
    "W1 and b1 times 2, and W2 divided by 2, leaves the loss as it is": True,
    "W1 and b1 times -1, and W2 times -1, leaves the loss as it is": False,
    "each example twice in the minibatch doubles the gradients": False,
}


def test_the_predictions_are_what_torch_finds():
    count, moved = exercises.predict.questions
    net = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
    assert count["right"] == sum(part.numel() for part in net.parameters())
    generator = torch.Generator().manual_seed(0)
    X, labels = torch.randn(20, 784, generator=generator), torch.arange(20) % 9
    for part in net.parameters():
        nn.init.zeros_(part)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
    for _ in range(100):
        optimizer.zero_grad()
        F.cross_entropy(net(X), labels).backward()
        optimizer.step()
    assert not net[0].weight.any() and not net[2].weight.any()
    assert net[2].bias.all()
    assert moved["right"] == "none of them"


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (1, exercises.check_by_hand, [torch.tensor(part) for part in BY_HAND]),
        (
            1,
            exercises.check_by_hand,
            [(2, 0), np.array([0.0, -6]), [2.0], [-2, 2], np.array([-1])],
        ),
        (2, exercises.check_shapes, SHAPES),
        (2, exercises.check_shapes, [torch.Size(part) for part in SHAPES[:3]] + [3010.0]),
        (2, exercises.check_shapes, [np.array(part) for part in SHAPES]),
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_shapes, SHAPES)]
)
def test_a_wrong_number_is_named(check, answers):
    for place, answer in enumerate(answers):
        wrongs = [None, "6", [1, 2, 3]]
        wrongs += (
            [answer[::-1], [-x for x in answer], answer[0]] if isinstance(answer, list) else []
        )
        wrongs += [-answer, answer + 1, True] if isinstance(answer, int) else []
        for wrong in wrongs:
            with pytest.raises(AssertionError, match="^not yet: .*(needs|is not)"):
                check([*answers[:place], wrong, *answers[place + 1 :]])
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


class Scale:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, X):
        self.X = X
        return X * self.w + self.b

    def backward(self, G):
        self.dw, self.db = (G * self.X).sum(0), G.sum(0)
        return G * self.w


class ByEinsum(Scale):
    def backward(self, G):
        self.dw, self.db = torch.einsum("nj,nj->j", G, self.X), torch.ones(len(G)).double() @ G
        return torch.einsum("nj,j->nj", G, self.w)


class ByDiagonal(Scale):
    def forward(self, X):
        self.X = X.clone()
        return X @ self.w.diag() + self.b

    def backward(self, G):
        self.dw, self.db = (self.X.T @ G).diag(), sum(G)
        return G @ self.w.diag()


@pytest.mark.parametrize("answer", [Scale, ByEinsum, ByDiagonal])
def test_a_right_layer_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_scale, answer)


def spoilt(**methods):
    return type("Spoilt", (Scale,), methods)


def returns_nothing(self, G):
    Scale.backward(self, G)


def keeps_rows(self, G):
    below = Scale.backward(self, G)
    self.dw, self.db = G * self.X, G
    return below


def takes_means(self, G):
    below = Scale.backward(self, G)
    self.dw, self.db = (G * self.X).mean(0), G.mean(0)
    return below


def forgets_w(self, G):
    Scale.backward(self, G)
    return G


def stores_nothing(self, G):
    return G * self.w


def collects(self, G):
    before = getattr(self, "db", 0)
    below = Scale.backward(self, G)
    self.db = self.db + before
    return below


def steps(self, G):
    below = Scale.backward(self, G)
    self.w -= 0.1 * self.dw
    return below


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (spoilt(forward=lambda self, X: setattr(self, "X", X)), "what forward returns.* is None"),
        (spoilt(backward=returns_nothing), "what backward returns.* is None"),
        (spoilt(backward=keeps_rows), "dw.* has shape"),
        (spoilt(backward=takes_means), "dw.* is wrong"),
        (spoilt(backward=forgets_w), "what backward returns.* is wrong"),
        (spoilt(backward=stores_nothing), "dw.* is None"),
        (spoilt(backward=collects), "db.* is wrong"),
        (spoilt(backward=steps), "(is wrong|changed w or b)"),
    ],
)
def test_a_wrong_layer_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_scale(wrong)


def differ(claim, right):
    return claim.shape != right.shape or not torch.allclose(claim, right, rtol=1e-5, atol=1e-7)


def by_helper(loss, parts, gradients):
    wrong = []
    for place, (part, claim) in enumerate(zip(parts, gradients, strict=True)):
        before = part.clone()

        def put(x, part=part):
            part.copy_(x)
            return loss()

        right = numerical_gradient(put, part)
        part.copy_(before)
        wrong += [place] if differ(claim, right) else []
    return wrong


def by_loop(loss, parts, gradients, h=1e-6):
    wrong = set()
    for place, part in enumerate(parts):
        if gradients[place].shape != part.shape:
            wrong.add(place)
            continue
        for index in np.ndindex(*part.shape):
            before = part[index].item()
            part[index] = before + h
            up = loss().item()
            part[index] = before - h
            down = loss().item()
            part[index] = before
            slope = (up - down) / (2 * h)
            if abs(slope - gradients[place][index]) > 1e-6 * (1 + abs(slope)):
                wrong.add(place)
    return wrong


def as_tuple(loss, parts, gradients):
    return tuple(reversed(by_helper(loss, parts, gradients)))


def as_array(loss, parts, gradients):
    return np.array(by_helper(loss, parts, gradients))


def as_tensor(loss, parts, gradients):
    return torch.tensor(by_helper(loss, parts, gradients))


@pytest.mark.parametrize("answer", [by_helper, by_loop, as_tuple, as_array, as_tensor])
def test_a_right_search_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_wrong_parts, answer)


def leaves_the_nudge(loss, parts, gradients):
    found = by_helper(loss, parts, gradients)
    parts[0][0, 0] += 1e-6
    return found


def ignores_shapes(loss, parts, gradients):
    return [
        place
        for place in by_helper(loss, parts, gradients)
        if gradients[place].shape == parts[place].shape
    ]


def by_autograd(loss, parts, gradients):
    for part in parts:
        part.requires_grad_()
    right = torch.autograd.grad(loss(), parts)
    for part in parts:
        part.requires_grad_(False)
    return [i for i, part in enumerate(right) if differ(gradients[i], part)]


def by_sign_alone(loss, parts, gradients):
    return by_helper(
        loss,
        parts,
        [g.sign() if g.shape == p.shape else g for g, p in zip(gradients, parts, strict=True)],
    )


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda *given: None, "the answer is None"),
        (lambda *given: [], "where one entry is off, the answer is"),
        (lambda loss, parts, gradients: [0, 1, 2], "where all are right, the answer is"),
        (lambda *given: by_helper(*given)[:1], "where all are twice as long"),
        (leaves_the_nudge, "not as it was"),
        (ignores_shapes, "where a shape is wrong"),
        (by_sign_alone, "where all are right"),
        (by_autograd, "no autograd"),
    ],
)
def test_a_wrong_search_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_wrong_parts(wrong)


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
    assert_leaves_the_generator_alone(lambda: exercises.check_scale(Scale))
    assert_leaves_the_generator_alone(lambda: exercises.check_wrong_parts(by_loop))
    assert_leaves_the_generator_alone(lambda: exercises.check_by_hand(BY_HAND))
    assert_leaves_the_generator_alone(lambda: exercises.check_shapes(SHAPES))
