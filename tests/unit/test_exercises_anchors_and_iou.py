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
from torchvision import ops

from utils.exercises import anchors_and_iou as exercises
from utils.exercises.anchors_and_iou_claims import CLAIMS as TRIED
from utils.exercises.anchors_and_iou_claims import draw_pairs

BY_HAND = [1 / 7, -5 / 63, 2 / 63, 2 / 63]
COUNTS = [3000, 64, 16, -24]
CLAIMS = dict(zip(TRIED, [True, True, False, True, True, False, False, True], strict=True))


def test_the_predictions_are_what_torchvision_finds():
    half, far = exercises.predict.questions
    square = torch.tensor([[0.0, 0, 4, 4]])
    shift = torch.tensor([1.0, 0, 1, 0])
    assert half["right"] == pytest.approx(ops.box_iou(square, square + 2 * shift).item())
    near, away = (ops.box_iou(square, square + d * shift).item() for d in (12, 22))
    assert far["right"] == near - away == 0


def test_the_sheets_have_the_right_answers():
    for sheet, answers in ((exercises.by_hand, BY_HAND), (exercises.counts, COUNTS)):
        assert [question["right"] for question in sheet.questions] == pytest.approx(answers)


@in_every_form
def test_right_numbers_are_accepted_in_every_form(capsys, form):
    assert_right(capsys, 1, exercises.check_by_hand, [form(part) for part in BY_HAND])
    assert_right(capsys, 2, exercises.check_counts, [form(part) for part in COUNTS])


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_counts, COUNTS)]
)
def test_a_wrong_number_is_named(check, answers):
    for place, answer in enumerate(answers):
        for wrong in (None, "six", [1, 2], answer + 1, -answer):
            with pytest.raises(AssertionError, match="^not yet: .*(needs|is not)"):
                check([*answers[:place], wrong, *answers[place + 1 :]])
    with pytest.raises(AssertionError, match="4 answers are wanted, got 0"):
        check([])


def shared(a, b):
    start = torch.maximum(a[:, None, :2], b[:, :2])
    end = torch.minimum(a[:, None, 2:], b[:, 2:])
    return (end - start).clamp(min=0).prod(-1)


def from_iou(a, b):
    overlap, first = ops.box_iou(a, b), ops.box_area(a)[:, None]
    return overlap * (first + ops.box_area(b)) / (1 + overlap) / first


COVER = {
    "shared over the first": lambda a, b: shared(a, b) / ops.box_area(a)[:, None],
    "by rows": lambda a, b: (shared(a, b).T / ops.box_area(a)).T,
    "out of IoU": from_iou,
}


@pytest.mark.parametrize("cover", COVER.values(), ids=COVER)
def test_cover_accepts(capsys, cover):
    assert_right(capsys, 3, exercises.check_cover, cover)


def one_by_one(a, b):
    return torch.stack([shared(row[None], b)[0] / ops.box_area(row[None]) for row in a])


NOT_COVER = {
    "over the second": lambda a, b: shared(a, b) / ops.box_area(b),
    "IoU": ops.box_iou,
    "turned": lambda a, b: (shared(a, b) / ops.box_area(a)[:, None]).T,
    "no zero": lambda a, b: (
        (torch.minimum(a[:, None, 2:], b[:, 2:]) - torch.maximum(a[:, None, :2], b[:, :2])).prod(
            -1
        )
        / ops.box_area(a)[:, None]
    ),
    "over the smaller": lambda a, b: (
        shared(a, b) / torch.minimum(ops.box_area(a)[:, None], ops.box_area(b))
    ),
    "a loop": one_by_one,
    "nothing": lambda a, b: None,
}


@pytest.mark.parametrize("wrong", NOT_COVER.values(), ids=NOT_COVER)
def test_cover_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_cover(wrong)
    with pytest.raises(AssertionError, match="^not yet: cover needs a function"):
        exercises.check_cover(None)


def by_where(overlaps, low, high):
    best, number = overlaps.max(1)
    return torch.where(best >= high, number, torch.where(best < low, -1, -2))


def by_rows(overlaps, low, high):
    found = []
    for row in overlaps.tolist():
        best = max(row)
        found.append(row.index(best) if best >= high else -1 if best < low else -2)
    return found


def by_writing(overlaps, low, high):
    best, number = overlaps.max(1)
    number[best < high] = -2
    number[best < low] = -1
    return number


@pytest.mark.parametrize("three_ways", [by_where, by_rows, by_writing])
def test_three_ways_accepts(capsys, three_ways):
    assert_right(capsys, 4, exercises.check_three_ways, three_ways)


def other_order(overlaps, low, high):
    best, number = overlaps.max(1)
    number[best < low] = -1
    number[best < high] = -2
    return number


NOT_THREE_WAYS = {
    "the other order": other_order,
    "high itself left out": lambda t, low, high: by_where(t, low, high + 1e-6),
    "low itself background": lambda t, low, high: by_where(t, low + 1e-6, high),
    "swapped": lambda t, low, high: by_where(t, high, low),
    "two ways": lambda t, low, high: by_where(t, high, high),
    "columns": lambda t, low, high: by_where(t.T, low, high),
    "nothing": lambda t, low, high: None,
}


@pytest.mark.parametrize("wrong", NOT_THREE_WAYS.values(), ids=NOT_THREE_WAYS)
def test_three_ways_rejects(wrong):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_three_ways(wrong)


def test_the_claims(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "pair")
    for answers in no_verdicts(CLAIMS):
        assert_wants_true_or_false(exercises.check_claims, answers)
    assert len(draw_pairs(3)) == 8
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_cover(COVER["by rows"]))
