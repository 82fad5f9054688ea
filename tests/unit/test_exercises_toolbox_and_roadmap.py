import csv
import io

import numpy as np
import pandas as pd
import pytest
import torch
from exercise_checks import (
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
    turned_round,
)

from utils.exercises import toolbox_and_roadmap as exercises

PICTURE = (921_600, 3_686_400, 3850, 308_483)
RESULTS = ((8, 8), (8, 3), 3)
CLAIMS = {
    "a PNG file gives back every number": True,
    "imshow draws a picture of the shape (3, 480, 640)": False,
    "a title that is set after showing is in the shown picture": False,
    "np.uint8(0.9) is 1": False,
    "the mean of a pandas column leaves gaps out": True,
    "the mean of a tensor leaves gaps out": False,
}


@in_every_form
def test_picture_accepts_every_form(form, capsys):
    exercises.check_picture([form(number) for number in PICTURE])
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("place", "answer", "hint"),
    [
        (0, 307_200, "the bytes is not 307200"),
        (1, 921_600, "the bytes of floats is not"),
        (2, 3849, "the place, channels last is not 3849"),
        (3, None, "the place, channels first needs a number"),
    ],
)
def test_picture_rejects_a_wrong_number(place, answer, hint):
    answers = list(PICTURE)
    answers[place] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_picture(answers)


def test_picture_wants_four():
    with pytest.raises(AssertionError, match="not yet: four numbers are wanted, got 3"):
        exercises.check_picture(PICTURE[:3])


@pytest.mark.parametrize(
    "results",
    [RESULTS, [[8, 8], [8, 3], 3.0], (np.array([8, 8]), torch.Size([8, 3]), torch.tensor(3))],
)
def test_results_accepts_the_right_ones(results, capsys):
    exercises.check_results(results)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("results", "hint"),
    [
        (((8, 8, 1), (8, 3), 3), r"the shape of x\[:, :, 0\] needs 2 numbers"),
        (((8, 8), (8, 8), 3), r"the shape of x\[2\] is not"),
        (((8, 8), (8, 3), 2), "the mean is not 2"),
        (((8, 8), (8, 3)), "three answers are wanted, got 2"),
    ],
)
def test_results_rejects_a_wrong_one(results, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_results(results)


@pytest.mark.parametrize(
    "negative",
    [
        lambda picture: 255 - picture,
        lambda picture: ~picture,
        lambda picture: np.array(
            [255 - int(number) for number in picture.flat], dtype=np.uint8
        ).reshape(picture.shape),
    ],
)
def test_negative_accepts_the_right_function(negative, capsys):
    exercises.check_negative(negative)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


def in_place(picture):
    picture[...] = 255 - picture
    return picture


@pytest.mark.parametrize(
    ("negative", "hint"),
    [
        (in_place, "the picture itself was changed"),
        (lambda picture: 256 - picture.astype(int), "the dtype is int64"),
        (lambda picture: (256 - picture.astype(int)).astype(np.uint8), "is wrong"),
        (lambda picture: -picture, "is wrong"),
        (lambda picture: (255 - picture)[::-1], "is wrong"),
        (lambda picture: (255 - picture)[0], "the shape is"),
        (lambda picture: (255 - picture).tolist(), "an array is wanted"),
    ],
)
def test_negative_rejects_a_wrong_function(negative, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_negative(negative)


def in_lists(lines, empty=None):
    lengths = {}
    for line in lines:
        if line["length"]:
            lengths.setdefault(line["kind"], []).append(float(line["length"]))
        elif empty is not None:
            lengths.setdefault(line["kind"], []).append(empty)
    return {kind: sum(each) / len(each) for kind, each in lengths.items()}


def by_pandas(lines):
    table = pd.DataFrame(lines)
    table["length"] = pd.to_numeric(table["length"])
    return table.groupby("kind")["length"].mean().to_dict()


def by_csv(lines):
    file = io.StringIO()
    writer = csv.DictWriter(file, ["kind", "length"])
    writer.writeheader()
    writer.writerows(lines)
    table = pd.read_csv(io.StringIO(file.getvalue()))
    return dict(table.groupby("kind")["length"].mean())


@pytest.mark.parametrize("means", [in_lists, by_pandas, by_csv])
def test_means_accepts_the_right_function(means, capsys):
    exercises.check_means(means)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


@pytest.mark.parametrize(
    ("means", "hint"),
    [
        (lambda lines: in_lists(lines, empty=0.0), "the mean of 'a' in"),
        (lambda lines: {k: 2 * v for k, v in in_lists(lines).items()}, "the mean of 'a'"),
        (lambda lines: dict([next(iter(in_lists(lines).items()))]), "the kinds are"),
        (lambda lines: list(in_lists(lines).values()), "a dictionary is wanted"),
    ],
)
def test_means_rejects_a_wrong_function(means, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_means(means)


def test_claims_accepts_the_right_answers(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_claims_rejects_each_answer_turned_round(name):
    said = turned_round(exercises.check_claims, CLAIMS, name)
    assert said == f"not yet: {name!r} is not {not CLAIMS[name]}: try it"


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_claims_wants_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_first_prediction_is_what_numpy_counts():
    count, _ = exercises.predict.questions
    assert count["right"] == np.zeros((8, 8, 3)).size
