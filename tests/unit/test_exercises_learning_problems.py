from fractions import Fraction

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import in_every_form

from utils.data.photos import photo
from utils.exercises import learning_problems as exercises

CENTROIDS = [(1, 1), (6, 2)]
RIGHT_KINDS = [
    "self-supervised",
    "supervised",
    "unsupervised",
    "reinforcement",
    "regression",
    0.5,
]


def hide_middle(images, size):
    height, width = images.shape[-2:]
    top, left = (height - size) // 2, (width - size) // 2
    square = (..., slice(top, top + size), slice(left, left + size))
    hidden = images.clone()
    hidden[square] = 0
    return hidden, images[square].flatten(1)


@in_every_form
def test_centroids_accepts_the_right_answer(form, capsys):
    exercises.check_centroids_by_hand([*map(form, CENTROIDS), 9, 1, 0])
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize("one", [float, Fraction, np.int64, torch.tensor])
def test_centroids_takes_numbers_of_other_types(one, capsys):
    exercises.check_centroids_by_hand([*CENTROIDS, one(9), one(1), one(0)])
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ([None, None, 9, 1, 0], "class 0 needs 2 numbers, got None"),
        ([(3, 3), (6, 2), 9, 1, 0], "not the mean of the points of class 0"),
        ([(1, 1), (12, 4), 9, 1, 0], "not the mean of the points of class 1"),
        ([*CENTROIDS, 3, 1, 0], "the squared distance is not 3"),
        ([*CENTROIDS, 9, None, 0], "is 0 or 1, got None"),
        ([(1, True), (6, 2), 9, 1, 0], "class 0 needs 2 numbers, got"),
        ([*CENTROIDS, 9, True, False], "is 0 or 1, got True"),
        ([*CENTROIDS, 9, 1, False], "is 0 or 1, got False"),
        ([*CENTROIDS, 9, 0, 0], r"the centroid nearer to \[4.0, 1.0\]"),
        ([*CENTROIDS, 9, 1, 1], r"the centroid nearer to \[3.0, 2.0\]"),
        (CENTROIDS, "5 answers are wanted, got 2"),
    ],
)
def test_centroids_rejects_a_wrong_answer(answers, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_centroids_by_hand(answers)


@pytest.mark.parametrize("form", [list, tuple, lambda answers: answers])
def test_kinds_accepts_the_right_answer(form, capsys):
    exercises.check_kinds(form(RIGHT_KINDS))
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("place", "answer", "hint"),
    [
        (0, "unsupervised", "'guess the next word of a text' is not unsupervised"),
        (1, "self-supervised", "is not self-supervised"),
        (2, None, "needs one of supervised, unsupervised, self-supervised, reinforcement, got"),
        (3, "supervised", "pay for each metre' is not supervised"),
        (4, "classification", "'predict the price of a house' is not classification"),
        (4, "supervised", "needs one of regression, classification"),
        (5, 1, "the empirical risk is not 1"),
        (5, None, "the empirical risk needs a number"),
    ],
)
def test_kinds_rejects_a_wrong_answer(place, answer, hint):
    answers = [*RIGHT_KINDS]
    answers[place] = answer
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_kinds(answers)


def test_kinds_wants_six_answers():
    with pytest.raises(AssertionError, match="6 answers are wanted"):
        exercises.check_kinds(RIGHT_KINDS[:5])


def test_the_sheets_hold_what_their_checks_accept(capsys):
    for sheet, check in (
        (exercises.by_hand, exercises.check_centroids_by_hand),
        (exercises.kinds, exercises.check_kinds),
    ):
        check([question["right"] for question in sheet.questions])
    assert capsys.readouterr().out == "Exercise 1 is right.\nExercise 2 is right.\n"


def test_the_predictions_are_what_the_page_measures():
    cat = photo("cat", size=96)[0]
    moved = F.pad(cat[None], (8, 0), mode="replicate")[0, :, :96]
    versions = torch.stack([moved, cat / 2, cat.mean().expand_as(cat)])
    gaps = (versions - cat).abs().mean((1, 2))
    nearest, row, _ = exercises.predict.questions
    assert nearest["right"] == nearest["options"][gaps.argmin()]
    stripes, after = torch.tensor([[0.0, 1, 0, 1], [0, 0, 1, 0]])
    assert row["right"] == F.l1_loss(after, stripes)


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
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


def in_place(images, size):
    inputs, labels = hide_middle(images, size)
    images.copy_(inputs)
    return images, labels


def all_channels_in_one(images, size):
    inputs, labels = hide_middle(images, size)
    return inputs, labels.view(-1, size * size)


def channels_last(images, size):
    inputs, labels = hide_middle(images, size)
    return inputs, labels.view(len(images), images.shape[1], -1).mT.flatten(1)


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
        (channels_last, "the labels are not the hidden pixels"),
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
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


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


def moved_by(image, columns):
    return image[:, (torch.arange(image.shape[1]) - columns).clamp(min=0)]


def columns_to_card(image):
    card = (image - image.mean()).abs().mean()
    for columns in range(1, image.shape[1]):
        if (image - moved_by(image, columns)).abs().mean() > card:
            return columns
    return None


def by_list(image):
    gaps = [F.l1_loss(moved_by(image, by), image).item() for by in range(image.shape[1])]
    card = F.l1_loss(torch.full_like(image, image.mean().item()), image).item()
    return next((by for by, gap in enumerate(gaps) if gap > card), None)


def as_tensor(image):
    found = columns_to_card(image)
    return found if found is None else torch.tensor(found)


@pytest.mark.parametrize("answer", [columns_to_card, by_list, as_tensor])
def test_columns_to_card_accepts_the_right_answer(answer, capsys):
    exercises.check_columns_to_card(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


def with_ties(image):
    card = (image - image.mean()).abs().mean()
    return next(
        (b for b in range(1, image.shape[1]) if F.l1_loss(moved_by(image, b), image) >= card), None
    )


def down(image):
    return columns_to_card(image.T)


def rolled(image):
    card = F.l1_loss(image.mean().expand_as(image), image)
    gaps = [F.l1_loss(image.roll(by, 1), image) for by in range(image.shape[1])]
    return next((by for by, gap in enumerate(gaps) if gap > card), None)


def by_squares(image):
    card = F.mse_loss(image.mean().expand_as(image), image)
    gaps = [F.mse_loss(moved_by(image, by), image) for by in range(image.shape[1])]
    return next((by for by, gap in enumerate(gaps) if gap > card), None)


def by_median(image):
    card = (image - image.median()).abs().mean()
    gaps = [F.l1_loss(moved_by(image, by), image) for by in range(image.shape[1])]
    return next((by for by, gap in enumerate(gaps) if gap > card), None)


def one_column_short(image):
    found = columns_to_card(image)
    return None if found == image.shape[1] - 1 > 1 else found


def in_the_picture(image):
    image -= image.mean()
    return columns_to_card(image)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (with_ties, "is not the number of columns"),
        (down, "is not the number of columns"),
        (rolled, "is not the number of columns"),
        (by_squares, "is not the number of columns"),
        (by_median, "is not the number of columns"),
        (one_column_short, "None is not the number of columns"),
        (lambda image: columns_to_card(image) or 0, "0 is not the number of columns"),
        (lambda image: columns_to_card(image) or image.shape[1], "is not the number of columns"),
        (lambda image: None, "None is not the number of columns"),
        (in_the_picture, "the picture itself was changed"),
    ],
)
def test_columns_to_card_rejects_a_wrong_answer(answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_columns_to_card(answer)
