import math

import numpy as np
import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form, no_verdicts
from exercise_checks import assert_wants_true_or_false as assert_wants
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from utils.exercises import rnn as exercises
from utils.exercises.rnn_claims import _radius_one_half
from utils.sequences.rnn import rnn

CLAIMS = {
    "largest singular value 0.9: a step back shortens the gradient": True,
    "spectral radius 0.5: a step back shortens the gradient": False,
    "largest singular value 1.1: a step back lengthens the gradient": False,
    "orthogonal matrix, no tanh: the length stays": True,
    "orthogonal matrix and tanh: the length stays": False,
    "clipping by norm keeps the direction": True,
}


def test_the_predictions_are_what_the_loop_does():
    memory, moved = [], []
    for inputs, kept in (([8, 0, 4], memory), ([1] + [0] * 20, moved)):
        kept.append(0.0)
        for x in inputs:
            kept.append(kept[-1] / 2 + x)
    assert exercises.predict.questions[0]["right"] == memory[-1]
    later = moved[1:]  # how much is left of the first input, 0, 1, 2, … steps after it
    assert exercises.predict.questions[1]["right"] == f"about {later[20]:.6f}"
    assert f"about {later[5]:.2f}" in exercises.predict.questions[1]["options"]


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_states, [form([0.7616, 0.642]), form(0.588)])
    assert_right(capsys, 2, exercises.check_foresight, [form(2), form(4), form(50)])


def test_the_fields_hold_what_the_checks_want():
    for sheet, check in (
        (exercises.states, exercises.check_states),
        (exercises.foresight, exercises.check_foresight),
    ):
        check([question["right"] for question in sheet.questions])


@pytest.mark.parametrize(
    "wrong",
    [
        [[0.76, 0], 0.59],
        [[1, 1], 0.59],
        [[0.76, 0.64], 0.42],
        [[0.76, 0.64], None],
        [[0.64, 0.76], 0.59],
        [0.76, 0.59],
    ],
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (pair|slope)"):
        exercises.check_states(wrong)


@pytest.mark.parametrize(
    "wrong", [[6, 4, 50], [2, 7.39, 50], [2, 4, 45], [2, 4, None], [1.39, 4, 50]]
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the "):
        exercises.check_foresight(wrong)


def by_row(x, lengths, h, weights):
    """Each sequence alone, without its padding."""
    rows = range(len(x))
    return torch.cat([rnn(x[n : n + 1, : lengths[n]], h[n : n + 1], *weights)[1] for n in rows])


def kept_where_it_ended(x, lengths, h, weights):
    for t in range(x.shape[1]):
        after = rnn(x[:, t : t + 1], h, *weights)[1]
        h = torch.where(torch.tensor(lengths)[:, None] > t, after, h)
    return h


def picked(x, lengths, h, weights):
    states = rnn(x, h, *weights)[0]
    return states[torch.arange(len(x)), torch.tensor(lengths) - 1].double()


def packed(x, lengths, h, weights):
    layer = nn.RNN(x.shape[2], h.shape[1], batch_first=True)
    with torch.no_grad():
        for own, given in zip(layer.parameters(), weights, strict=True):
            own.copy_(given)
    return layer(pack_padded_sequence(x, lengths, True, False), h[None])[1][0]


@pytest.mark.parametrize("answer", [by_row, kept_where_it_ended, picked, packed])
def test_the_third_accepts(answer, capsys):
    assert_right(capsys, 3, exercises.check_last_states, answer)


@pytest.mark.parametrize(
    "answer, words",
    [
        (lambda x, lengths, h, weights: rnn(x, h, *weights)[1], "read the padding"),
        (lambda x, lengths, h, weights: by_row(x, lengths, 0 * h, weights), "other states"),
        (lambda x, lengths, h, weights: rnn(x, h, *weights)[0][:, 0], "other states"),
        (
            lambda x, lengths, h, weights: picked(x, [max(1, n - 1) for n in lengths], h, weights),
            "other states",
        ),
        (lambda x, lengths, h, weights: rnn(x, h, *weights)[0], "has shape"),
        (lambda x, lengths, h, weights: None, "must be a tensor"),
    ],
)
def test_the_third_rejects(answer, words):
    with pytest.raises(AssertionError, match=f"not yet: .*{words}"):
        exercises.check_last_states(answer)


def backwards(states, W_hh, upstream):
    for h in reversed(states.unbind(1)):
        upstream = (upstream * (1 - h**2)) @ W_hh
    return upstream


def by_jacobians(states, W_hh, upstream):
    rows = []
    for row, delta in zip(states, upstream, strict=True):
        product = torch.eye(len(delta))
        for h in row:
            product = torch.diag(1 - h**2) @ W_hh @ product
        rows.append(product.T @ delta)
    return torch.stack(rows)


def in_numpy(states, W_hh, upstream):
    delta = upstream.numpy()
    for h in states.numpy().swapaxes(0, 1)[::-1]:
        delta = np.matmul(delta * (1 - h**2), W_hh.numpy())
    return torch.from_numpy(delta)


@pytest.mark.parametrize("answer", [backwards, by_jacobians, in_numpy])
def test_the_fourth_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_gradient_of_start, answer)


def transposed(states, W_hh, upstream):
    return backwards(states, W_hh.T, upstream)


def forwards(states, W_hh, upstream):
    return backwards(states.flip(1), W_hh, upstream)


def slope_behind(states, W_hh, upstream):
    for h in reversed(states.unbind(1)):
        upstream = (upstream @ W_hh) * (1 - h**2)
    return upstream


@pytest.mark.parametrize(
    "answer, words",
    [
        (transposed, "not what autograd finds"),
        (forwards, "not what autograd finds"),
        (slope_behind, "not what autograd finds"),
        (lambda states, W, up: backwards(states[:, 1:], W, up), "not what autograd finds"),
        (lambda states, W, up: backwards(0 * states, W, up), "not what autograd finds"),
        (lambda states, W, up: backwards(states, W, up).sum(0), "has shape"),
        (lambda states, W, up: None, "must be a tensor"),
    ],
)
def test_the_fourth_rejects(answer, words):
    with pytest.raises(AssertionError, match=f"not yet: .*{words}"):
        exercises.check_gradient_of_start(answer)


def test_the_fifth_accepts_what_holds(capsys):
    assert set(exercises.CLAIMS) == set(CLAIMS)
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_the_fifth_refutes(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "recurrence")


@pytest.mark.parametrize("bad", no_verdicts(CLAIMS))
def test_the_fifth_wants_true_or_false(bad):
    assert_wants(exercises.check_claims, bad)


def test_the_recurrences_have_the_radius_that_is_claimed():
    for case in exercises.draw_recurrences(60):
        found = torch.linalg.eigvals(_radius_one_half(case)).abs().max()
        assert math.isclose(found, 0.5, rel_tol=1e-6)
