import numpy as np
import pytest
import torch
import torch.nn.functional as F
from d2l import torch as d2l
from exercise_checks import (
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)

from utils import cases, conv
from utils.checks import assert_same
from utils.exercises import convolution as exercises

PLAIN, TURNED = [8, -1, 0, 7], [6, -3, 3, 7]
EFFECTS = ["to the left", "nothing", "its sign turns"]
RIGHT = dict(zip(exercises.CLAIMS, [True, False, True, False, True], strict=True))
ZEROS_AND_ONES = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0]]
ZEROS_AND_ONES.append([0, 1, 1, 0, 0])
CROSS = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]


def test_the_predictions_are_those_of_d2l():
    y = d2l.corr2d(torch.tensor(ZEROS_AND_ONES), torch.tensor(CROSS))
    first, count = (question["right"] for question in exercises.predict.questions)
    assert (first, count) == (y[0, 0], y.numel())


def test_windows_give_what_d2l_gives():
    for image, kernel, _ in cases.convolutions(dtype=torch.float32, device="cpu"):
        assert_same(conv.conv2d(image, kernel), d2l.corr2d(image, kernel))


@in_every_form
def test_by_hand_accepts_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(PLAIN), form(TURNED)])


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ([TURNED, PLAIN], "the output is not"),
        ([PLAIN, PLAIN], "the output of the turned kernel is not"),
        ([PLAIN, [7, 3, -3, 6]], "the output of the turned kernel is not"),
        ([PLAIN, None], "the output of the turned kernel needs 4 numbers"),
        ([[8, -1, 0], TURNED], "the output needs 4 numbers"),
        ([PLAIN], "2 lists are wanted, got 1"),
        (None, "answers needs a list"),
    ],
)
def test_by_hand_rejects_wrong_numbers(answers, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_by_hand(answers)


def test_effects_accepts_the_right_answers(capsys):
    for answers in (EFFECTS, tuple(EFFECTS), np.array(EFFECTS)):
        assert_right(capsys, 2, exercises.check_effects, answers)


@pytest.mark.parametrize(
    ("at", "wrong", "hint"),
    [
        (0, "to the right", "the direction is not 'to the right'"),
        (0, None, "the direction is not None"),
        (1, "it doubles", "what 50 more changes is not 'it doubles'"),
        (2, "it stays", "what the negative changes is not 'it stays'"),
    ],
)
def test_effects_rejects_a_wrong_answer(at, wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_effects([*EFFECTS[:at], wrong, *EFFECTS[at + 1 :]])


def test_effects_wants_three_answers():
    with pytest.raises(AssertionError, match="not yet: 3 answers are wanted, got 2"):
        exercises.check_effects(EFFECTS[:2])


def multiply(p, q):
    return F.conv1d(p[None, None], q.flip(0)[None, None], padding=len(q) - 1)[0, 0]


def by_hand_padding(p, q):
    room = len(q) - 1
    return F.conv1d(F.pad(p, (room, room))[None], q.flip(0)[None, None])[0]


@pytest.mark.parametrize(
    "answer",
    [
        multiply,
        lambda p, q: multiply(q, p),
        by_hand_padding,
        lambda p, q: multiply(p, q).reshape(-1).float(),
    ],
    ids=["plain", "swapped", "padded by hand", "float32"],
)
def test_multiply_accepts_right_functions(answer, capsys):
    assert_right(capsys, 3, exercises.check_multiply, answer)


def looped(p, q):
    out = F.conv1d(p[None, None], q[None, None].flip(-1), padding=len(q) - 1)[0, 0]
    for _ in range(2):
        out = out + 0
    return out


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda p, q: F.conv1d(p[None, None], q[None, None], padding=len(q) - 1)[0, 0], "is not"),
        (
            lambda p, q: F.conv1d(p[None, None], q.flip(0)[None, None], padding=1)[0, 0],
            "is not|need",
        ),
        (lambda p, q: torch.from_numpy(np.convolve(p.numpy(), q.numpy())), "out of torch"),
        (lambda p, q: F.conv1d(multiply(p, q)[None, None], p.new_ones(1, 1, 1))[0, 0], "once"),
        (looped, "has a loop in `looped`"),
        (lambda p, q: None, "must call `F.conv1d` once"),
        (3, "multiply needs a function"),
    ],
)
def test_multiply_rejects_wrong_functions(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*({hint})"):
        exercises.check_multiply(wrong)


def find_kernel(x, y, high, wide):
    rows = x.unfold(0, high, 1).unfold(1, wide, 1).reshape(-1, high * wide)
    return torch.linalg.lstsq(rows, y.reshape(-1, 1)).solution.view(high, wide)


def by_normal_equations(x, y, high, wide):
    rows = F.unfold(x[None, None], (high, wide))[0].T
    return torch.linalg.solve(rows.T @ rows, rows.T @ y.flatten()).view(high, wide)


@pytest.mark.parametrize(
    "answer",
    [
        find_kernel,
        by_normal_equations,
        lambda x, y, high, wide: find_kernel(x, y, high, wide).tolist(),
        lambda x, y, high, wide: find_kernel(x, y, high, wide).numpy(),
    ],
    ids=["least squares", "normal equations", "list", "array"],
)
def test_find_kernel_accepts_right_functions(answer, capsys):
    assert_right(capsys, 4, exercises.check_find_kernel, answer)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda x, y, high, wide: find_kernel(x, y, high, wide).flip(0, 1), "is not"),
        (lambda x, y, high, wide: find_kernel(x, y, high, wide) + 1e-3, "is not"),
        (lambda x, y, high, wide: find_kernel(x, y, high, wide).T, "is not|needs numbers"),
        (lambda x, y, high, wide: find_kernel(x, y, high, wide).flatten(), "needs numbers"),
        (lambda x, y, high, wide: None, "needs numbers"),
        (None, "find_kernel needs a function"),
    ],
)
def test_find_kernel_rejects_wrong_functions(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*({hint})"):
        exercises.check_find_kernel(wrong)


def test_claims_accepts_what_holds(capsys):
    assert_right(capsys, 5, exercises.check_claims, RIGHT)


@pytest.mark.parametrize("claim", RIGHT)
def test_claims_says_if_there_is_a_counterexample(claim):
    assert_refuted(exercises.check_claims, RIGHT, claim, "picture with two kernels")


@pytest.mark.parametrize("answers", no_verdicts(RIGHT))
def test_claims_needs_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)
