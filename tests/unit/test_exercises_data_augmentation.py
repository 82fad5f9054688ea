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
from torchvision import tv_tensors
from torchvision.transforms.v2 import functional as V

from utils.augment import affine, move_boxes
from utils.exercises import data_augmentation as exercises
from utils.exercises.data_augmentation_claims import CLAIMS as TRIED
from utils.exercises.data_augmentation_claims import draw_pictures

BY_HAND = [[70, 20, 90, 60], [0, 20, 20, 80], 0.25, 0.875]
COUNTS = [10_000, 50, 1, 196]
CLAIMS = dict(zip(TRIED, [True, False, True, False, True, False, True, True], strict=True))


def test_the_predictions_are_what_torch_finds():
    flipped, turned = exercises.predict.questions
    box = torch.tensor([[10.0, 0, 30, 10]])
    box = tv_tensors.BoundingBoxes(box, format="XYXY", canvas_size=(50, 100))
    assert flipped["right"] == V.horizontal_flip(box)[0, 0].item()
    square = torch.tensor([[45.0, 45, 55, 55]], dtype=torch.float64)
    left, top, right, bottom = move_boxes(square, affine((100, 100), turn=45))[0].tolist()
    assert turned["right"] == pytest.approx((right - left) * (bottom - top))


@in_every_form
def test_right_numbers_are_accepted_in_every_form(capsys, form):
    assert_right(capsys, 1, exercises.check_by_hand, [form(part) for part in BY_HAND])
    assert_right(capsys, 2, exercises.check_counts, [form(part) for part in COUNTS])


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_counts, COUNTS)]
)
def test_a_wrong_number_is_named(check, answers):
    for place, answer in enumerate(answers):
        wrongs = [None, "x", [1, 2, 3]]
        wrongs += [answer[::-1]] if isinstance(answer, list) else [answer + 1, -answer]
        for wrong in wrongs:
            with pytest.raises(AssertionError, match="^not yet: .*(needs|is not)"):
                check([*answers[:place], wrong, *answers[place + 1 :]])
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


def by_order(points, pairs, width):
    order = list(range(len(points)))
    for one, other in pairs:
        order[one], order[other] = other, one
    x, y = points[order].unbind(1)
    return torch.stack([width - x, y], 1)


def by_copy(points, pairs, width):
    new = points.clone()
    new[:, 0] = width - points[:, 0]
    for one, other in pairs:
        new[[one, other]] = new[[other, one]]
    return new.numpy()


def by_list(points, pairs, width):
    names = {**dict(pairs), **{other: one for one, other in pairs}}
    rows = [points[names.get(row, row)].tolist() for row in range(len(points))]
    return [[width - x, y] for x, y in rows]


@pytest.mark.parametrize("answer", [by_order, by_copy, by_list])
def test_right_landmarks_are_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_flip_landmarks, answer)


def names_stay(points, pairs, width):
    return by_order(points, [], width)


def places_stay(points, pairs, width):
    return by_order(points, pairs, 2 * points[:, 0].max()) * 0 + points


def as_keypoints(points, pairs, width):
    return by_order(points, pairs, width - 1)


def up_and_down(points, pairs, width):
    x, y = by_order(points, pairs, 0).unbind(1)
    return torch.stack([-x, width - y], 1)


def in_place(points, pairs, width):
    points[:, 0] = width - points[:, 0]
    return by_order(points, pairs, 0).mul(torch.tensor([-1.0, 1]).double())


@pytest.mark.parametrize("answer", [names_stay, places_stay, as_keypoints, up_and_down, in_place])
def test_wrong_landmarks_are_turned_down(answer):
    with pytest.raises(AssertionError, match="^not yet: your answer for the pairs"):
        exercises.check_flip_landmarks(answer)


def two_losses(logits, labels, share):
    own, other = F.cross_entropy(logits, labels), F.cross_entropy(logits, labels.roll(1))
    return share * own + (1 - share) * other


def by_logs(logits, labels, share):
    logs = logits.log_softmax(1)
    rows = torch.arange(len(labels))
    before = labels[(rows - 1) % len(labels)]
    return -(share * logs[rows, labels] + (1 - share) * logs[rows, before]).mean()


def by_numpy(logits, labels, share):
    return two_losses(logits, labels, share).numpy()


@pytest.mark.parametrize("answer", [two_losses, by_logs, by_numpy])
def test_a_right_loss_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_mixed_loss, answer)


def own_alone(logits, labels, share):
    return F.cross_entropy(logits, labels)


def shares_swapped(logits, labels, share):
    return two_losses(logits, labels, 1 - share)


def next_one(logits, labels, share):
    other = F.cross_entropy(logits, labels.roll(-1))
    return share * F.cross_entropy(logits, labels) + (1 - share) * other


def a_sum(logits, labels, share):
    return len(labels) * two_losses(logits, labels, share)


def mixed_logits(logits, labels, share):
    return F.cross_entropy(share * logits + (1 - share) * logits.roll(1, 0), labels)


@pytest.mark.parametrize(
    "answer", [own_alone, shares_swapped, next_one, a_sum, mixed_logits, lambda *_: None]
)
def test_a_wrong_loss_is_turned_down(answer):
    with pytest.raises(AssertionError, match="^not yet: the loss of"):
        exercises.check_mixed_loss(answer)


def test_right_verdicts_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


def test_each_verdict_turned_round_is_refuted():
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "picture")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_verdicts_are_true_or_false(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_false_claims_have_many_counterexamples():
    pictures = draw_pictures(20)
    for name, holds in TRIED.items():
        assert CLAIMS[name] or sum(map(holds, pictures)) < 3


def test_checks_leave_the_random_numbers_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_mixed_loss(two_losses))
    assert_leaves_the_generator_alone(lambda: exercises.check_flip_landmarks(by_order))
