import numpy as np
import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form, no_verdicts
from exercise_checks import assert_wants_true_or_false as assert_wants
from torch import nn

from utils.exercises import lstm_and_gru as exercises

CLAIMS = {
    "entries of the hidden state of an LSTM lie between -1 and 1": True,
    "entries of the cell state of an LSTM lie between -1 and 1": False,
    "after t steps entries of the cell state lie between -t and t": True,
    "entries of the state of a GRU lie between -1 and 1": True,
    "the whole derivative of the last cell state is diagonal": False,
    "swapping the two biases of an LSTM changes nothing": True,
    "swapping the two biases of a GRU changes nothing": False,
}


def test_the_predictions_are_what_a_belt_does():
    first, second = exercises.predict.questions
    assert first["right"] == 0.5 * 2 + 0.25 * 0.8
    assert second["right"] == "about a third" and abs(0.99**100 - 1 / 3) < 0.04
    assert round(0.9**100, 5) == 0.00003


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_belt, [form([1.5, 0.4526]), form(0.5)])
    assert_right(capsys, 2, exercises.check_sizes, [form(200), form(150), form(7)])


def test_the_fields_hold_what_the_checks_want():
    for sheet, check in (
        (exercises.belt, exercises.check_belt),
        (exercises.sizes, exercises.check_sizes),
    ):
        check([question["right"] for question in sheet.questions])


@pytest.mark.parametrize(
    "wrong",
    [
        [[1.5, 0.75], 0.5],
        [[1.5, 0.91], 0.5],
        [[2.5, 0.49], 0.5],
        [[0.46, 1.5], 0.5],
        [[1.5, 0.46], 1],
        [[1.5, 0.46], None],
        [1.5, 0.5],
    ],
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (pair|slope)"):
        exercises.check_belt(wrong)


@pytest.mark.parametrize(
    "wrong", [[180, 150, 7], [200, 135, 7], [200, 150, 6], [200, 150, None], [150, 200, 7]]
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the number"):
        exercises.check_sizes(wrong)


def by_chunks(W):
    i, o, f, g = W.chunk(4)
    return torch.cat([i, f, g, o])


def by_index(W):
    return W.unflatten(0, (4, -1))[[0, 2, 3, 1]].flatten(0, 1)


def by_slices(W):
    m = len(W) // 4
    return torch.cat([W[:m], W[2 * m :], W[m : 2 * m]]).double()


@pytest.mark.parametrize("answer", [by_chunks, by_index, by_slices])
def test_the_third_accepts(answer, capsys):
    assert_right(capsys, 3, exercises.check_gates_of_torch, answer)


@pytest.mark.parametrize(
    "answer, words",
    [
        (lambda W: W, "elsewhere"),
        (lambda W: W.unflatten(0, (4, -1))[[0, 3, 1, 2]].flatten(0, 1), "the other way"),
        (lambda W: W.unflatten(0, (4, -1))[[0, 2, 1, 3]].flatten(0, 1), "elsewhere"),
        (lambda W: by_chunks(W).T, "has shape|elsewhere"),
        (lambda W: by_chunks(W).unflatten(0, (4, -1)), "has shape"),
        (lambda W: None, "must be a tensor"),
    ],
)
def test_the_third_rejects(answer, words):
    with pytest.raises(AssertionError, match=f"not yet: .*({words})"):
        exercises.check_gates_of_torch(answer)


def walked(f):
    rows = [torch.ones_like(f[-1])]
    for gate in reversed(f[1:].unbind()):
        rows.insert(0, rows[0] * gate)
    return torch.stack(rows)


def by_cumprod(f):
    after = torch.cat([f[1:], torch.ones_like(f[:1])])
    return after.flip(0).cumprod(0).flip(0)


def by_products(f):
    return torch.stack([f[t + 1 :].prod(0) for t in range(len(f))])


def in_numpy(f):
    found = [np.prod(f.numpy()[t + 1 :], axis=0) for t in range(len(f))]
    return torch.from_numpy(np.stack(found))


@pytest.mark.parametrize("answer", [walked, by_cumprod, by_products, in_numpy])
def test_the_fourth_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_kept, answer)


def by_division(f):
    """What a product from the front gives; a closed gate is 0/0."""
    return f.prod(0) / f.cumprod(0)


@pytest.mark.parametrize(
    "answer, words",
    [
        (lambda f: f.flip(0).cumprod(0).flip(0), "its own gate"),
        (lambda f: f.cumprod(0), "not what autograd|its own gate"),
        (by_division, "one gate closed"),
        (lambda f: walked(f).flip(0), "not what autograd"),
        (lambda f: torch.ones_like(f), "not what autograd"),
        (lambda f: walked(f)[0], "has shape"),
        (lambda f: None, "must be a tensor"),
    ],
)
def test_the_fourth_rejects(answer, words):
    with pytest.raises(AssertionError, match=f"not yet: .*({words})"):
        exercises.check_kept(answer)


def test_the_fifth_accepts_what_holds(capsys):
    assert set(exercises.CLAIMS) == set(CLAIMS)
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_the_fifth_refutes(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "cell")


@pytest.mark.parametrize("bad", no_verdicts(CLAIMS))
def test_the_fifth_wants_true_or_false(bad):
    assert_wants(exercises.check_claims, bad)


def test_the_loops_of_the_cells_are_those_of_torch():
    for cell in exercises.draw_cells(6):
        layers = nn.LSTM, nn.GRU
        ours = cell.read_lstm()[0], cell.read_gru()
        for kind, weights, states in zip(layers, (cell.lstm, cell.gru), ours, strict=True):
            layer = kind(2, cell.zeros.shape[1], batch_first=True).double()
            with torch.no_grad():
                for own, given in zip(layer.parameters(), weights, strict=True):
                    own.copy_(given)
            torch.testing.assert_close(states, layer(cell.x)[0])
