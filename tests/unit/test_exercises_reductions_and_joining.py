import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    no_verdicts,
)

from utils.exercises import reductions_and_joining as exercises
from utils.exercises.reductions_and_joining_sheets import HUGE, STUCK

SHAPES = [(2, 3, 5), (3, 4), (2, 3, 4, 1), (2, 3, 4, 5), (2, 6, 4, 5), (2, 2, 3, 4, 5)]
NUMBERS = [[5, 7, 9], [3, 6], [4, 9, 15], [3, 4], 5, [7, 16]]
CLAIMS = {
    "x.sum(dim=0).sum(dim=0) equals x.sum()": True,
    "x.mean(dim=1).mean() equals x.mean()": True,
    "the mean of x.mean() and y.mean() equals torch.cat([x, y]).mean()": False,
    "x.amax(dim=0) - v equals (x - v).amax(dim=0)": True,
    "x.reshape(3, 5) equals x.T": False,
    "x.cumsum(dim=0)[-1] equals x.sum(dim=0)": True,
}


def test_the_predictions_are_what_torch_finds():
    shape, total = exercises.predict.questions
    x = torch.zeros(2, 3, 4)
    assert tuple(shape["right"]) == x.sum(dim=1).shape
    slips = [tuple(value) for value, _ in shape["wrong"]]
    made = [x.sum(dim=0), x.sum(dim=2), x.sum(dim=1, keepdim=True), x.sum(dim=(0, 2))]
    assert sorted(slips) == sorted(tuple(slip.shape) for slip in made)
    count = torch.zeros((), dtype=torch.float16)
    for _ in range(10_000):
        count += 1
    assert f"{count.item():,.0f}" == total["right"] == STUCK
    whole = torch.arange(65_000.0, 66_000)
    first = whole[whole.half().isinf()][0].item()
    assert f"begins at {first:,.0f}," in dict(total["wrong"])[HUGE]


@pytest.mark.parametrize(
    "answers", [SHAPES, [list(s) for s in SHAPES], [torch.zeros(s).shape for s in SHAPES]]
)
def test_the_shapes_are_accepted(capsys, answers):
    assert_right(capsys, 1, exercises.check_shapes, answers)


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("wrong", [None, (2, 3), (1, 2, 3, 4, 5), "2, 3", 3])
def test_a_wrong_shape_is_named(place, wrong):
    answers = list(SHAPES)
    answers[place] = wrong
    with pytest.raises(AssertionError, match="^not yet: the shape of"):
        exercises.check_shapes(answers)
    with pytest.raises(AssertionError, match="^not yet: 6 shapes are wanted, got 5"):
        exercises.check_shapes(SHAPES[:5])


@pytest.mark.parametrize(
    "answers",
    [NUMBERS, [torch.tensor(part) for part in NUMBERS], [np.array(part) for part in NUMBERS]],
)
def test_the_numbers_are_accepted(capsys, answers):
    assert_right(capsys, 2, exercises.check_numbers, answers)


@pytest.mark.parametrize(
    ("place", "wrong", "name"),
    [
        (0, [6, 15], r"x.sum\(dim=0\)"),
        (1, [4, 5, 6], r"x.amax\(dim=1\)"),
        (2, [5, 7, 9], r"x.cumsum"),
        (3, [2, 5], r"x.reshape"),
        (4, 6, r"x.argmax"),
        (4, None, r"x.argmax\(\) needs a number"),
        (5, [5, 7, 9], r"torch.einsum"),
        (5, [7, 15], r"torch.einsum"),
    ],
)
def test_wrong_numbers_are_named(place, wrong, name):
    answers = list(NUMBERS)
    answers[place] = wrong
    with pytest.raises(AssertionError, match=f"^not yet: {name}"):
        exercises.check_numbers(answers)
    with pytest.raises(AssertionError, match="^not yet: 6 answers are wanted, got 7"):
        exercises.check_numbers([*NUMBERS, 1])


def even_out(images):
    centred = images - images.mean(dim=(0, 2, 3), keepdim=True)
    return centred / centred.abs().amax(dim=(0, 2, 3), keepdim=True)


def by_flattening(images):
    flat = images.transpose(0, 1).flatten(1)
    flat = flat - flat.mean(1)[:, None]
    flat = flat / flat.abs().max(dim=1, keepdim=True).values
    batch, channels, height, width = images.shape
    return flat.view(channels, batch, height, width).transpose(0, 1)


def by_extremes(images):
    centred = images - images.mean((0, 2, 3))[:, None, None]
    high, low = centred.amax((0, 2, 3)), centred.amin((0, 2, 3))
    return centred / torch.maximum(high, -low).view(1, -1, 1, 1)


@pytest.mark.parametrize("answer", [even_out, by_flattening, by_extremes])
def test_even_out_accepts_the_right_function(capsys, answer):
    assert_right(capsys, 3, exercises.check_even_out, answer)


def by_loop(images):
    return torch.stack([even_out(images[:, [c]])[:, 0] for c in range(images.shape[1])], dim=1)


def scaled_by_largest(images):
    centred = images - images.mean(dim=(0, 2, 3), keepdim=True)
    return centred / centred.amax(dim=(0, 2, 3), keepdim=True)


def per_picture(images):
    centred = images - images.mean(dim=(2, 3), keepdim=True)
    return centred / centred.abs().amax(dim=(0, 2, 3), keepdim=True)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda images: None, "a tensor is wanted"),
        (lambda images: even_out(images)[0], "the shape is"),
        (scaled_by_largest, "the number furthest from 0"),
        (lambda images: images - images.mean(dim=(0, 2, 3), keepdim=True), "the number furthest"),
        (lambda images: even_out(images.transpose(0, 1)).transpose(0, 1), "a channel does not"),
        (lambda images: images / images.abs().amax(dim=(0, 2, 3), keepdim=True), "a channel does"),
        (per_picture, "(a channel is bent|a channel does not|the number furthest)"),
        (lambda images: -even_out(images), "a channel is bent or turned round"),
        (by_loop, "even_out has a loop"),
        (lambda images: torch.tensor(even_out(images).tolist()).double(), "(a channel|even_out)"),
    ],
)
def test_even_out_refuses_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: {hint}"):
        exercises.check_even_out(wrong)


def sheet(images, columns):
    count, height, width = images.shape
    split = images.reshape(count // columns, columns, height, width)
    return split.permute(0, 2, 1, 3).reshape(-1, columns * width)


def by_cat(images, columns):
    rows = [torch.cat(list(row), dim=1) for row in images.split(columns)]
    return torch.cat(rows)


def by_writing(images, columns):
    count, height, width = images.shape
    result = images.new_zeros(count // columns * height, columns * width)
    tiles = result.view(count // columns, height, columns, width).transpose(1, 2)
    tiles[:] = images.view(count // columns, columns, height, width)
    return result


@pytest.mark.parametrize("answer", [sheet, by_cat, by_writing])
def test_the_sheet_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_sheet, answer)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda images, columns: images.reshape(-1, columns * images.shape[2]), "picture 0 does"),
        (lambda images, columns: sheet(images, columns).T, "(the shape is|picture 0)"),
        (lambda images, columns: sheet(images.flip(0), columns), "picture 0 does not stand in"),
        (lambda images, columns: sheet(images, len(images) // columns), "(the shape|picture)"),
        (lambda images, columns: torch.cat(list(images)), "the shape is"),
        (lambda images, columns: sheet(images, columns).tolist(), "a tensor is wanted"),
    ],
)
def test_a_wrong_sheet_is_refused(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: {hint}"):
        exercises.check_sheet(wrong)


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_claim_is_named_with_a_reason(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "table")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_even_out(even_out))
