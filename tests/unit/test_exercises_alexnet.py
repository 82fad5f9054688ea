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
from torch import nn
from torchvision.transforms import v2

from utils.conv import conv_output_size
from utils.exercises import alexnet as exercises
from utils.exercises.alexnet_sheets import FITS, SHARES

BY_HAND = [[23, 11, 5, 2], 34_944, [0, 0.6, 0.8]]
SETTINGS = [1, 307_200, FITS[True, False]]
TRUTH = (True, False, True, True, False, True)
CLAIMS = dict(zip(exercises._CLAIMS, TRUTH, strict=True))


def test_the_predictions_are_those_of_torch():
    places, share = (question["right"] for question in exercises.predict.questions)
    with torch.device("meta"):
        assert places == nn.Conv2d(3, 1, 11, 4)(torch.empty(1, 3, 227, 227)).shape[-1]
    linear = 9216 * 4096 + 4096 * 4096 + 4096 * 1000
    assert share == SHARES[2] and 0.93 < linear / 61e6 < 0.97


@in_every_form
def test_by_hand_accepts_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(answer) for answer in BY_HAND])


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, [22, 10, 4, 1], "the list of sides is not"),
        (0, [23, 12, 6, 3], "the list of sides is not"),
        (0, [23, 11, 5], "the list of sides needs 4 numbers"),
        (1, 34_848, "the count of parameters is not"),
        (1, 11_712, "the count of parameters is not"),
        (1, None, "the count of parameters needs a number"),
        (2, [0, 0.06, 0.08], "what is left of 0, 6 and 8 is not"),
        (2, [0, 0.43, 0.57], "what is left of 0, 6 and 8 is not"),
    ],
)
def test_by_hand_rejects(place, wrong, hint):
    answers = [*BY_HAND[:place], wrong, *BY_HAND[place + 1 :]]
    with pytest.raises(AssertionError, match=f"^not yet: {hint}"):
        exercises.check_by_hand(answers)


@in_every_form
def test_settings_accept_the_right_answers(form, capsys):
    answers = [form(1), form(307_200), SETTINGS[2]]
    assert_right(capsys, 2, exercises.check_settings, answers)


@pytest.mark.parametrize(
    ("place", "wrong"),
    [(0, 0), (0, 3), (1, 614_400), (1, 153_600), (2, FITS[True, True]), (2, None), (0, None)],
)
def test_settings_reject(place, wrong):
    answers = [*SETTINGS[:place], wrong, *SETTINGS[place + 1 :]]
    with pytest.raises(AssertionError, match="^not yet: (the|which) "):
        exercises.check_settings(answers)


def test_a_sheet_of_another_length_is_refused():
    for check in (exercises.check_by_hand, exercises.check_settings):
        with pytest.raises(AssertionError, match="not yet: 3 answers are wanted, got 2"):
            check([1, 2])


def backwards(layers, last):
    for window, stride, padding in reversed(layers):
        last = (last - 1) * stride + window - 2 * padding
    return last


def recursive(layers, last):
    if not layers:
        return last
    *before, (k, s, p) = layers
    return recursive(before, s * last - s + k - 2 * p)


def searching(layers, last):
    for side in range(1, 2000):
        size = side
        for k, s, p in layers:
            if size + 2 * p < k:
                break
            size = conv_output_size(size, k, stride=s, padding=p)
        else:
            if size == last:
                return side


@pytest.mark.parametrize("photograph_side", [backwards, recursive, searching])
def test_sides_of_photographs_are_accepted(photograph_side, capsys):
    assert_right(capsys, 3, exercises.check_photograph_side, photograph_side)


def in_the_wrong_order(layers, last):
    return backwards(list(reversed(layers)), last)


NO_SIDES = {
    "wrong order": in_the_wrong_order,
    "padding once": lambda layers, last: backwards([(k, s, p / 2) for k, s, p in layers], last),
    "padding left out": lambda layers, last: backwards([(k, s, 0) for k, s, _ in layers], last),
    "one more": lambda layers, last: backwards(layers, last) + 1,
    "the next side": lambda layers, last: backwards(layers, last + 1) - 1,
    "nothing": lambda layers, last: None,
}


@pytest.mark.parametrize("wrong", NO_SIDES.values(), ids=NO_SIDES)
def test_other_sides_are_rejected(wrong):
    with pytest.raises(AssertionError, match=r"^not yet: photograph_side"):
        exercises.check_photograph_side(wrong)


def by_slices(photo, side):
    down, right = (size - side for size in photo.shape[1:])
    places = [(0, 0), (0, right), (down, 0), (down, right), (down // 2, right // 2)]
    crops = torch.stack([photo[:, i : i + side, j : j + side] for i, j in places])
    return torch.cat([crops, crops.flip(3)])


def by_crop(photo, side):
    down, right = (size - side for size in photo.shape[1:])
    found = []
    for top, left in ((down // 2, right // 2), (0, 0), (down, 0), (0, right), (down, right)):
        crop = v2.functional.crop(photo, top, left, side, side)
        found += [v2.functional.horizontal_flip(crop), crop]
    return torch.stack(found)


def mirrored_first(photo, side):
    down, right = (size - side for size in photo.shape[1:])
    places = [(0, 0), (0, right), (down, 0), (down, right)]
    turned = photo.flip(2)
    crops = [y[:, i : i + side, j : j + side] for y in (photo, turned) for i, j in places]
    middle = photo[:, down // 2 :, right // 2 :][:, :side, :side]
    return torch.stack([*crops, middle, middle.flip(-1)])


@pytest.mark.parametrize("ten_crops", [by_slices, by_crop, mirrored_first])
def test_crops_are_accepted_in_any_order(ten_crops, capsys):
    assert_right(capsys, 4, exercises.check_ten_crops, ten_crops)


def one_twice(photo, side):
    crops = by_slices(photo, side)
    return torch.cat([crops[:1], crops[:-1]])


NO_CROPS = {
    "ready made": lambda photo, side: torch.stack(v2.functional.ten_crop(photo, [side, side])),
    "ready middle": lambda photo, side: torch.cat(
        [by_slices(photo, side)[:9], v2.functional.center_crop(photo, [side, side])[None]]
    ),
    "upside down": lambda photo, side: torch.cat(
        [by_slices(photo, side)[:5], by_slices(photo, side)[:5].flip(2)]
    ),
    "no mirror": lambda photo, side: by_slices(photo, side)[:5].repeat(2, 1, 1, 1),
    "one twice": one_twice,
    "a list": lambda photo, side: [*by_slices(photo, side)],
    "channels turned": lambda photo, side: by_slices(photo.flip(0), side),
    "nothing": lambda photo, side: None,
}


@pytest.mark.parametrize("wrong", NO_CROPS.values(), ids=NO_CROPS)
def test_other_crops_are_rejected(wrong):
    with pytest.raises(AssertionError, match="^not yet: ten_crops of 7×9 pixels"):
        exercises.check_ten_crops(wrong)


def test_claims_are_judged(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for claim in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, claim, "photograph")
    for answers in no_verdicts(CLAIMS):
        assert_wants_true_or_false(exercises.check_claims, answers)


def test_the_checks_draw_no_number_of_their_readers():
    assert_leaves_the_generator_alone(lambda: exercises.check_by_hand(BY_HAND))
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_ten_crops(by_slices))
    assert_leaves_the_generator_alone(lambda: exercises.check_photograph_side(backwards))
