import math

import pytest
import torch
import torch.nn.functional as F
from exercise_checks import in_every_form, in_form

from utils.exercises import image_features as exercises
from utils.exercises.image_features_sheets import COLOURS

COUNTS = [[2, 2, 1, 3], 52, 512]
VOTES = [5, 2, 3780]
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


def test_the_predictions_and_the_sheets_are_what_torch_finds():
    shuffled, halved = exercises.predict.questions
    assert shuffled["right"] == COLOURS
    down, across = 1.5, 2.0
    angle = math.degrees(math.atan2(down, across))
    assert halved["right"] == [math.hypot(down, across), round(angle)]
    assert [question["right"] for question in exercises.counts.questions] == COUNTS
    assert [question["right"] for question in exercises.votes.questions] == VOTES


@in_every_form
def test_counts_accepts_the_right_numbers(form, capsys):
    exercises.check_counts(list(in_form(form, dict(enumerate(COUNTS))).values()))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("place", "answer", "hint"),
    [
        (0, [None] * 4, "the histogram needs 4 numbers, got .None"),
        (0, [2, 2, 4], "the histogram needs 4 numbers"),
        (0, 8, "the histogram needs 4 numbers, got 8"),
        (0, [3, 1, 1, 3], "bin 0 does not hold 3 pixels"),
        (0, [2, 2, 2, 2], "bin 2 does not hold 2 pixels"),
        (0, [2, 2, 1, 1], "8 pixels make 8 counts"),
        (1, 7, "the triple's number is not 7"),
        (1, None, "the triple's number needs a number, got None"),
        (2, 24, "the number of counts is not 24"),
    ],
)
def test_counts_rejects_a_wrong_answer(place, answer, hint):
    answers = list(COUNTS)
    answers[place] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_counts(answers)


@in_every_form
def test_votes_accepts_the_right_numbers(form, capsys):
    exercises.check_votes(list(in_form(form, dict(enumerate(VOTES))).values()))
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("place", "answer", "hint"),
    [
        (0, None, "the length needs a number, got None"),
        (0, 7, "the length is not 7"),
        (0, True, "the length needs a number, got True"),
        (1, 3, "the bin is not 3"),
        (1, 1, "the bin is not 1"),
        (2, 16 * 8 * 9, "the number of HOG's numbers is not 1152"),
    ],
)
def test_votes_rejects_a_wrong_answer(place, answer, hint):
    answers = list(VOTES)
    answers[place] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_votes(answers)


@pytest.mark.parametrize(
    ("check", "hint"),
    [(exercises.check_counts, "a list and two numbers"), (exercises.check_votes, "three numbers")],
)
def test_an_answer_that_is_missing_is_named(check, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint} are wanted, got 0"):
        check([])


def by_minimum(first, second):
    return torch.minimum(first / first.sum(), second / second.sum()).sum()


def by_distance(first, second):
    return 1 - (first / first.sum() - second / second.sum()).abs().sum().item() / 2


def by_shares(first, second):
    first, second = first.tolist(), second.tolist()
    pairs = zip(first, second, strict=True)
    return sum(min(a / sum(first), b / sum(second)) for a, b in pairs)


@pytest.mark.parametrize("answer", [by_minimum, by_distance, by_shares])
def test_intersection_accepts_the_right_function(answer, capsys):
    exercises.check_intersection(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda a, b: torch.minimum(a, b).sum(),
        lambda a, b: torch.minimum(a, b).sum() / b.sum(),
        lambda a, b: torch.maximum(a / a.sum(), b / b.sum()).sum(),
        lambda a, b: (a / a.sum()) @ (b / b.sum()),
        lambda a, b: 1.0,
        lambda a, b: None,
    ],
)
def test_intersection_rejects_a_wrong_function(wrong):
    with pytest.raises(AssertionError, match="not yet: what .* have in common"):
        exercises.check_intersection(wrong)


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
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


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
    assert capsys.readouterr().out == 4 * "Exercise 5 is right.\n"


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
