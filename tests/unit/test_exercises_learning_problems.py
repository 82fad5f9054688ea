from fractions import Fraction

import numpy as np
import pytest
import torch
from exercise_checks import in_every_form

from utils.exercises import learning_problems as exercises

CENTROIDS = [(1, 1), (6, 2)]


def hide_middle(images, size):
    height, width = images.shape[-2:]
    top, left = (height - size) // 2, (width - size) // 2
    square = (..., slice(top, top + size), slice(left, left + size))
    hidden = images.clone()
    hidden[square] = 0
    return hidden, images[square].flatten(1)


@in_every_form
def test_centroids_accepts_the_right_answer(form, capsys):
    exercises.check_centroids_by_hand(form(CENTROIDS), form([1, 0]))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("centroids", "classes", "hint"),
    [
        ([None, None], [1, 0], "class 0 needs 2 numbers, got None"),
        ([(3, 3), (6, 2)], [1, 0], "not the mean of the points of class 0"),
        ([(1, 1), (12, 4)], [1, 0], "not the mean of the points of class 1"),
        (CENTROIDS, [None, 0], "is 0 or 1, got None"),
        ([(1, True), (6, 2)], [1, 0], "class 0 needs 2 numbers, got"),
        (CENTROIDS, [True, False], "is 0 or 1, got True"),
        (CENTROIDS, [1, False], "is 0 or 1, got False"),
        (CENTROIDS, [0, 0], r"the centroid nearer to \[4.0, 1.0\]"),
        (CENTROIDS, [1, 1], r"the centroid nearer to \[3.0, 2.0\]"),
    ],
)
def test_centroids_rejects_a_wrong_answer(centroids, classes, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_centroids_by_hand(centroids, classes)


def by_mask(images, size):
    height, width = images.shape[-2:]
    top, left = (height - size) // 2, (width - size) // 2
    hidden = torch.zeros(height, width, dtype=torch.bool)
    hidden[top : top + size, left : left + size] = True
    labels = images[..., hidden].reshape(len(images), -1)
    return images.masked_fill(hidden, 0.0), labels


@pytest.mark.parametrize("answer", [hide_middle, by_mask, lambda *given: list(by_mask(*given))])
def test_hide_middle_accepts_the_right_answer(answer, capsys):
    exercises.check_hide_middle(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


def in_place(images, size):
    inputs, labels = hide_middle(images, size)
    images.copy_(inputs)
    return images, labels


def all_channels_in_one(images, size):
    inputs, labels = hide_middle(images, size)
    return inputs, labels.view(-1, size * size)


def at_the_corner(images, size):
    hidden = images.clone()
    hidden[..., :size, :size] = 0
    return hidden, images[..., :size, :size].flatten(1)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (lambda images, size: None, "inputs and labels are wanted"),
        (in_place, "the pictures themselves were changed"),
        (lambda images, size: (images[:1, :, 1:], images), "inputs have shape"),
        (all_channels_in_one, "labels have shape"),
        (at_the_corner, "the wrong pixels are hidden"),
        (
            lambda images, size: (hide_middle(images, size)[0], hide_middle(images + 1, size)[1]),
            "the labels are not the hidden pixels",
        ),
    ],
)
def test_hide_middle_rejects_a_wrong_answer(answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_hide_middle(answer)


@pytest.mark.parametrize("form", [float, np.float32, torch.tensor, Fraction])
def test_step_factors_accepts_the_right_answer(form, capsys):
    exercises.check_step_factors(form(1) / 20, form(1))
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ((None, None), "factor_for_sum needs a number, got None"),
        ((20, 1), "factor_for_sum = 20 does not keep"),
        ((1, 1), "factor_for_sum = 1 does not keep"),
        ((0.0502, 1), "factor_for_sum = 0.0502 does not keep"),
        ((0.05, True), "factor_for_mean needs a number, got True"),
        ((0.05, None), "factor_for_mean needs a number"),
        ((0.05, 0.05), "factor_for_mean = 0.05 does not keep"),
    ],
)
def test_step_factors_rejects_a_wrong_answer(answers, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_step_factors(*answers)
