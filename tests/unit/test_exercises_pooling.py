import itertools

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)

from utils.exercises import pooling as exercises

BY_HAND = [[2, 3, 5, 1], [1.25, 1.25, 2, 1], [5, 3, 5, 3], 2, [1, 0, 0, 0]]
SETTINGS = [27, 3, 0, 3, -5]
TRUTH = (True, False, True, True, False, True, False)
CLAIMS = dict(zip(exercises._CLAIMS, TRUTH, strict=True))


def test_the_predictions_are_those_of_torch():
    rows, depends = (question["right"] for question in exercises.predict.questions)
    assert rows == F.max_pool2d(torch.zeros(1, 1, 7, 7), 2).shape[2]
    same = set()
    for column in range(5):  # a pixel that windows see before and after
        spots = torch.zeros(2, 1, 7, 7)
        spots[0, 0, 2, column] = spots[1, 0, 2, column + 1] = 1
        before, after = F.max_pool2d(spots, 2)
        same.add(torch.equal(before, after))
    assert same == {True, False} and depends.startswith("it depends")


@in_every_form
def test_by_hand_accepts_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(answer) for answer in BY_HAND])


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, [1.25, 1.25, 2, 1], "max pooling is not"),
        (0, [2, 3, 5], "max pooling needs 4 numbers"),
        (1, [5, 5, 8, 4], "average pooling is not"),
        (1, [2, 3, 5, 1], "average pooling is not"),
        (2, [2, 3, 5, 1], "max pooling with window 3 is not"),
        (2, [5, 5, 3, 3], "max pooling with window 3 is not"),
        (3, 1, "the gradient of the 5 is not 1"),
        (3, None, "the gradient of the 5 needs a number"),
        (4, [0.25] * 4, "the gradients of the four equal pixels is not"),
        (4, [0, 0, 0, 1], "the gradients of the four equal pixels is not"),
    ],
)
def test_by_hand_rejects(place, wrong, hint):
    answers = [*BY_HAND[:place], wrong, *BY_HAND[place + 1 :]]
    with pytest.raises(AssertionError, match=f"^not yet: {hint}"):
        exercises.check_by_hand(answers)


@in_every_form
def test_settings_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 2, exercises.check_settings, [form(answer) for answer in SETTINGS])


@pytest.mark.parametrize(
    ("place", "wrong"),
    [(0, 26), (0, 18), (1, 8), (1, 4), (2, 9), (3, 2), (3, 6), (4, 0), (4, None)],
)
def test_settings_reject(place, wrong):
    answers = [*SETTINGS[:place], wrong, *SETTINGS[place + 1 :]]
    with pytest.raises(AssertionError, match="^not yet: the "):
        exercises.check_settings(answers)


def test_a_sheet_of_another_length_is_refused():
    for check in (exercises.check_by_hand, exercises.check_settings):
        with pytest.raises(AssertionError, match="not yet: 5 answers are wanted, got 2"):
            check([1, 2])


def by_windows(x, kernel_size, stride, padding):
    x = F.pad(x, (padding,) * 4, value=float("inf"))
    return x.unfold(2, kernel_size, stride).unfold(3, kernel_size, stride).amin((4, 5))


def by_columns(x, kernel_size, stride, padding):
    largest = x.amax() + 1
    x = F.pad(x, (padding,) * 4, value=largest.item())
    size = [(side - kernel_size) // stride + 1 for side in x.shape[2:]]
    columns = F.unfold(x, kernel_size, stride=stride).unflatten(1, (x.shape[1], -1))
    return columns.amin(2).unflatten(2, size)


MIN_POOLS = {
    "turned round": lambda x, *setting: -F.max_pool2d(-x, *setting),
    "windows": by_windows,
    "columns": by_columns,
}


@pytest.mark.parametrize("min_pool2d", MIN_POOLS.values(), ids=MIN_POOLS)
def test_min_pools_are_accepted(min_pool2d, capsys):
    assert_right(capsys, 3, exercises.check_min_pool2d, min_pool2d)


def with_zeros(x, kernel_size, stride, padding):
    return -F.max_pool2d(-F.pad(x, (padding,) * 4), kernel_size, stride)


NO_MIN_POOLS = {
    "max": F.max_pool2d,
    "sign": lambda x, *setting: F.max_pool2d(-x, *setting),
    "padded with zeros": with_zeros,
    "no padding": lambda x, k, s, p: -F.max_pool2d(-x, k, s),
    "stride forgotten": lambda x, k, s, p: -F.max_pool2d(-x, k, padding=p),
    "a loop": exercises.smallest,
    "channels mixed": lambda x, *setting: -F.max_pool2d(-x, *setting).amax(1, keepdim=True),
    "a list": lambda x, *setting: (-F.max_pool2d(-x, *setting)).tolist(),
    "nothing": lambda x, *setting: None,
}


@pytest.mark.parametrize("wrong", NO_MIN_POOLS.values(), ids=NO_MIN_POOLS)
def test_other_poolings_are_rejected(wrong):
    with pytest.raises(AssertionError, match=r"^not yet: min_pool2d\(x, "):
        exercises.check_min_pool2d(wrong)


def by_totals(x, k):
    total = F.pad(x, (1, 0, 1, 0)).cumsum(2).cumsum(3)
    rows = total[:, :, k:] - total[:, :, :-k]
    return (rows[..., k:] - rows[..., :-k]) / k**2


def by_corners(x, k):
    t = F.pad(x.cumsum(-1).cumsum(-2), (1, 0, 1, 0))
    return (t[..., k:, k:] - t[..., :-k, k:] - t[..., k:, :-k] + t[..., :-k, :-k]).div(k * k)


def one_axis(x, k):
    total = torch.cumsum(F.pad(x, (1, 0)), dim=-1)
    return (total[..., k:] - total[..., :-k]) / k


BOX_MEANS = {
    "totals": by_totals,
    "corners": by_corners,
    "axis by axis": lambda x, k: one_axis(one_axis(x, k).mT, k).mT,
}


@pytest.mark.parametrize("box_mean", BOX_MEANS.values(), ids=BOX_MEANS)
def test_box_means_are_accepted(box_mean, capsys):
    assert_right(capsys, 4, exercises.check_box_mean, box_mean)


def by_shifts(x, k):
    rows, columns = (side - k + 1 for side in x.shape[2:])
    places = itertools.product(range(k), repeat=2)
    return sum(x[:, :, i : i + rows, j : j + columns] for i, j in places) / k**2


NO_BOX_MEANS = {
    "ready made": lambda x, k: F.avg_pool2d(x, k, 1),
    "a convolution": lambda x, k: F.conv2d(
        x.flatten(0, 1)[:, None], torch.ones(1, 1, k, k).to(x) / k**2
    ).unflatten(0, x.shape[:2])[:, :, 0],
    "windows": lambda x, k: x.unfold(2, k, 1).unfold(3, k, 1).mean((4, 5)),
    "a pixel too far": lambda x, k: by_totals(x, k + 1),
    "sums": lambda x, k: by_totals(x, k) * k**2,
    "k shifts": by_shifts,
    "NumPy": lambda x, k: torch.from_numpy(
        np.lib.stride_tricks.sliding_window_view(x.numpy(), (k, k), (2, 3)).mean((4, 5))
    ),
    "nothing": lambda x, k: None,
}


@pytest.mark.parametrize("wrong", NO_BOX_MEANS.values(), ids=NO_BOX_MEANS)
def test_other_means_are_rejected(wrong):
    with pytest.raises(AssertionError, match=r"^not yet: box_mean"):
        exercises.check_box_mean(wrong)


def test_claims_are_judged(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for claim in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, claim, "picture")
    for answers in no_verdicts(CLAIMS):
        assert_wants_true_or_false(exercises.check_claims, answers)


def test_the_checks_draw_no_number_of_their_readers():
    assert_leaves_the_generator_alone(lambda: exercises.check_by_hand(BY_HAND))
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_box_mean(by_totals))
    assert_leaves_the_generator_alone(
        lambda: exercises.check_min_pool2d(MIN_POOLS["turned round"])
    )
