import math

import pytest
import torch
import torch.nn.functional as F
from exercise_checks import in_every_form, in_form

from utils.exercises import image_features as exercises

ANSWERS = {"histogram": [2, 2, 1, 3], "length": 5, "bin": 2, "numbers": 3780}
KEPT = {
    "shuffled": ["histogram"],
    "brighter by 0.2": ["HOG"],
    "half the contrast": ["HOG"],
    "inverted": ["HOG"],
    "mirrored": ["histogram"],
}


def shared_votes(angle, orientations, middle=0.5):
    position = angle * orientations / 180 - middle
    lower = position.floor()
    share = (position - lower)[:, None]
    below = F.one_hot(lower.long() % orientations, orientations)
    above = F.one_hot((lower.long() + 1) % orientations, orientations)
    return below * (1 - share) + above * share


def hard_votes(angle, orientations):
    return F.one_hot((angle * orientations / 180).long(), orientations).double()


def not_circular(angle, orientations):
    position = (angle * orientations / 180 - 0.5).clamp(0, orientations - 1)
    lower = position.floor()
    share = (position - lower)[:, None]
    last = orientations - 1
    below = F.one_hot(lower.long(), orientations)
    above = F.one_hot((lower.long() + 1).clamp(max=last), orientations)
    return below * (1 - share) + above * share


@in_every_form
def test_by_hand_accepts_the_right_numbers(form, capsys):
    exercises.check_by_hand(in_form(form, ANSWERS))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("histogram", [None] * 4, "histogram needs 4 numbers, got .None"),
        ("histogram", [2, 2, 4], "histogram needs 4 numbers"),
        ("histogram", 8, "histogram needs 4 numbers, got 8"),
        ("histogram", [3, 1, 1, 3], "bin 0 does not hold 3 pixels"),
        ("histogram", [2, 2, 2, 2], "bin 2 does not hold 2 pixels"),
        ("histogram", [2, 2, 1, 1], "8 pixels make 8 counts"),
        ("length", None, "length needs a number, got None"),
        ("length", 7, "length is not 7"),
        ("length", True, "length needs a number, got True"),
        ("bin", 3, "bin is not 3"),
        ("bin", 1, "bin is not 1"),
        ("numbers", 16 * 8 * 9, "numbers is not 1152"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_by_hand({**ANSWERS, name: answer})


def test_by_hand_names_an_answer_that_is_missing():
    with pytest.raises(AssertionError, match="histogram needs 4 numbers, got None"):
        exercises.check_by_hand({})


def by_triangles(angle, orientations):
    middles = (torch.arange(orientations, dtype=angle.dtype) + 0.5) * 180 / orientations
    turns = torch.tensor([-180.0, 0.0, 180.0], dtype=angle.dtype)
    distance = (angle[:, None, None] - middles[:, None] - turns).abs() * orientations / 180
    return (1 - distance).clamp(min=0).sum(2)


def by_loop(angle, orientations):
    shares = torch.zeros(len(angle), orientations, dtype=angle.dtype)
    for i, position in enumerate((angle * orientations / 180 - 0.5).tolist()):
        lower = math.floor(position)
        shares[i, lower % orientations] += 1 - (position - lower)
        shares[i, (lower + 1) % orientations] += position - lower
    return shares


@pytest.mark.parametrize("answer", [shared_votes, by_triangles, by_loop])
def test_shared_votes_accepts_the_right_function(answer, capsys):
    exercises.check_shared_votes(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda angle, orientations: None, "a tensor is wanted, got None"),
        (lambda angle, orientations: angle, r"the shape is \(8, 9\)"),
        (hard_votes, "bin . gets 1.00 of the vote"),
        (not_circular, "of 0° with 9 bins, but should get 0.50"),
        (lambda a, o: shared_votes(a, o, middle=0.0), "should get 0.50"),
        (lambda a, o: shared_votes(a, o) / 2, "sum to 0.50"),
        (lambda a, o: torch.full((len(a), o), 1 / o).double(), "of the vote of 0° with 9 bins"),
    ],
)
def test_shared_votes_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_shared_votes(wrong)


def test_kept_features_accepts_the_right_lists(capsys):
    exercises.check_kept_features(KEPT)
    for form in (set, tuple, frozenset):
        exercises.check_kept_features({change: form(kept) for change, kept in KEPT.items()})
    assert capsys.readouterr().out == 4 * "Exercise 3 is right.\n"


@pytest.mark.parametrize("change", KEPT)
@pytest.mark.parametrize("name", exercises.FEATURES)
def test_kept_features_rejects_every_other_list(change, name):
    swapped = sorted({name} ^ set(KEPT[change]))
    verb = "stays as it is" if name in KEPT[change] else "changes"
    with pytest.raises(AssertionError) as error:
        exercises.check_kept_features({**KEPT, change: swapped})
    assert str(error.value) == f"not yet: {name} {verb} when a picture is {change}"


@pytest.mark.parametrize("answer", [None, "HOG", ["hog"]])
def test_kept_features_wants_a_list_of_names(answer):
    with pytest.raises(AssertionError, match="'inverted' needs a list of pixels, histogram, HOG"):
        exercises.check_kept_features({**KEPT, "inverted": answer})
