import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)

from utils.exercises import universal_approximation as exercises

BY_HAND = [[-20, -50], [3, -3], 1.5, 14]
BOUNDS = [0.1, 50, 0.5, 64, 63]
CLAIMS = {
    "all heights doubled: the output doubles": True,
    "all heights raised by 1: the output rises by 1": True,
    "the output stays between the smallest and the largest height": True,
    "the steepness doubled: the output stays": False,
    "two neighbours of equal height: one wide bump does the same": True,
    "twice as many bumps for a curve: the largest error is smaller": False,
}


def test_the_prediction_is_what_torch_finds():
    numbers, _ = exercises.predict.questions
    x = torch.tensor([0.1, 0.45, 0.9], dtype=torch.float64)
    found = torch.sigmoid(200 * (x - 0.3)) - torch.sigmoid(200 * (x - 0.6))
    assert numbers["right"] == pytest.approx(found.tolist(), abs=0.01)


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(answer) for answer in BY_HAND])
    assert_right(capsys, 2, exercises.check_bounds, [form(answer) for answer in BOUNDS])


@pytest.mark.parametrize(
    ("check", "answers", "place", "wrong"),
    [
        (exercises.check_by_hand, BY_HAND, 0, [20, 50]),
        (exercises.check_by_hand, BY_HAND, 0, [-50, -20]),
        (exercises.check_by_hand, BY_HAND, 1, [3, 3]),
        (exercises.check_by_hand, BY_HAND, 1, [-3, 3]),
        (exercises.check_by_hand, BY_HAND, 2, 3),
        (exercises.check_by_hand, BY_HAND, 3, 8),
        (exercises.check_by_hand, BY_HAND, 3, None),
        (exercises.check_bounds, BOUNDS, 0, 0.2),
        (exercises.check_bounds, BOUNDS, 1, 100),
        (exercises.check_bounds, BOUNDS, 1, 49),
        (exercises.check_bounds, BOUNDS, 2, 0),
        (exercises.check_bounds, BOUNDS, 3, 32),
        (exercises.check_bounds, BOUNDS, 4, 64),
        (exercises.check_bounds, BOUNDS, 4, None),
    ],
)
def test_a_wrong_number_is_named(check, answers, place, wrong):
    answers = list(answers)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=r"^not yet: the .*(is not|need)"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_bounds])
def test_all_answers_are_wanted(check):
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


def test_half_a_jump_is_the_best_that_boxes_can_do():
    for count in (1, 2, 9, 1000):
        error = exercises.box_error(lambda x: (x >= 0.5).double(), count)
        assert error >= 0.5


def shared(heights, steepness):
    heights = torch.as_tensor(heights).double()
    h = len(heights)
    edges = torch.arange(1, h).double() / h
    W1 = torch.full((h - 1, 1), float(steepness)).double()
    return W1, -steepness * edges, heights.diff()[None], heights[:1]


def shared_in_lists(heights, steepness):
    return [part.tolist() for part in shared(heights, steepness)]


def shared_in_numpy(heights, steepness):
    return tuple(part.float().numpy() for part in shared(heights, steepness))


def shared_mirrored(heights, steepness):
    """Steps that come down: they start at the last height and end at the first."""
    W1, b1, W2, _ = shared(heights, steepness)
    return -W1, -b1, -W2, torch.as_tensor(heights[-1:])


@pytest.mark.parametrize("answer", [shared, shared_in_lists, shared_in_numpy, shared_mirrored])
def test_a_right_staircase_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_share_edges, answer)


def with_part(make, index, change):
    def changed(*given):
        parts = list(make(*given))
        parts[index] = change(parts[index])
        return parts

    return changed


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda heights, steepness: None, "four things"),
        (with_part(shared, 1, torch.neg), "the output at"),
        (with_part(shared, 2, torch.neg), "the output at"),
        (with_part(shared, 3, torch.zeros_like), "the output at"),
        (with_part(shared, 1, lambda b: b.roll(1)), "the output at"),
        (with_part(shared, 0, lambda W: W / 2), "the output at"),
        (with_part(shared, 0, lambda W: W.T), r"W1, for 2 hidden units, needs numbers"),
        (with_part(shared, 2, lambda W: W[0]), r"W2, for 1 hidden units, needs numbers"),
        (
            lambda heights, steepness: shared([*heights, heights[-1]], steepness),
            "W1, for 1 hidden",
        ),
    ],
)
def test_a_wrong_staircase_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_share_edges(wrong)


def kinked(xs, ys):
    xs, ys = torch.as_tensor(xs).double(), torch.as_tensor(ys).double()
    slopes = ys.diff() / xs.diff()
    changes = torch.cat([slopes[:1], slopes.diff()])
    return torch.ones(len(xs) - 1, 1), -xs[:-1], changes[None], ys[:1]


def kinked_in_lists(xs, ys):
    return [part.tolist() for part in kinked(xs, ys)]


def kinked_and_scaled(xs, ys):
    W1, b1, W2, b2 = kinked(xs, ys)
    return (4 * W1).numpy(), np.asarray(4 * b1), W2 / 4, b2


def kinked_from_the_right(xs, ys):
    """Units that are on to the left of their points."""
    W1, b1, W2, b2 = kinked([-x for x in xs[::-1]], ys[::-1])
    return -W1, b1, W2, b2


@pytest.mark.parametrize(
    "answer", [kinked, kinked_in_lists, kinked_and_scaled, kinked_from_the_right]
)
def test_a_right_polyline_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_polyline, answer)


def slopes_instead_of_changes(xs, ys):
    W1, b1, W2, b2 = kinked(xs, ys)
    return W1, b1, W2.cumsum(1), b2


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda xs, ys: kinked(xs, ys)[:3], "four things"),
        (slopes_instead_of_changes, "the output is"),
        (with_part(kinked, 1, torch.neg), "the output is"),
        (with_part(kinked, 2, torch.neg), "the output is"),
        (with_part(kinked, 3, torch.zeros_like), "the output is"),
        (lambda xs, ys: kinked(ys, xs), "the output is"),
        (with_part(kinked, 2, lambda W: W.T), "W2, for 2 hidden units, needs numbers"),
        (with_part(kinked, 1, lambda b: b[:, None]), "b1, for 1 hidden units, needs"),
    ],
)
def test_a_wrong_polyline_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_polyline(wrong)


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
    assert_leaves_the_generator_alone(lambda: exercises.check_share_edges(shared))
    assert_leaves_the_generator_alone(lambda: exercises.check_polyline(kinked))
