import math

import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.detection.grid import boxes_of, owners
from utils.exercises import yolo as exercises

HAND = [2, 3, 0.8125, 0.90625, math.sqrt(160 / 448), math.sqrt(200 / 448)]
CLAIMS = {
    "twice as many cells a side: an object that is kept stays kept": True,
    "one cell more a side: no more objects are lost": False,
    "picture and boxes twice as large: the target stays": True,
    "the objects in another order: as many are lost": True,
    "the objects in another order: the same ones are lost": False,
    "a box twice as wide around its centre: its cell stays": True,
}


def test_the_predictions():
    column, numbers = (question["right"] for question in exercises.predict.questions)
    box = torch.tensor([[[30.0, 10, 50, 30]]])
    found = owners(box, torch.tensor([[0]]), size=64, side=4)
    assert found.cell[0, 0, 0] == column
    assert numbers == 2 * 5 + 20


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(value) for value in HAND])
    assert_right(capsys, 2, exercises.check_duty, [form(0), form(0.6), form(0.565)])


def test_the_sheets_say_what_the_checks_say():
    exercises.check_by_hand([question["right"] for question in exercises.by_hand.questions])
    exercises.check_duty([question["right"] for question in exercises.duty.questions])


@pytest.mark.parametrize("place", range(6))
def test_the_first_rejects(place):
    for wrong in (HAND[place] + 0.02, None):
        with pytest.raises(AssertionError, match="not yet: "):
            exercises.check_by_hand([*HAND[:place], wrong, *HAND[place + 1 :]])
    with pytest.raises(AssertionError, match="six"):
        exercises.check_by_hand(HAND[:5])


@pytest.mark.parametrize(
    "wrong", [[0.3, 0.6, 0.565], [0, 1, 0.565], [0, 0.6, 0.97], [0, 0.6, None], [0, 0.6]]
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_duty(wrong)


def decoding(*, flip=False, shift=0.0, half=2.0, scale=None):
    def decode(cells, size):
        side = cells.shape[0]
        line = torch.arange(side)
        ys, xs = torch.meshgrid(line, line, indexing="ij")
        place = torch.stack([ys, xs] if flip else [xs, ys], -1) + shift
        centre = (cells[..., :2] + place) * (scale or size / side)
        sides = cells[..., 2:] * size / half
        return torch.cat([centre - sides, centre + sides], -1)

    return decode


def decode_by_loop(cells, size):
    found = torch.zeros_like(cells)
    for row in range(len(cells)):
        for column in range(len(cells)):
            x, y, w, h = cells[row, column]
            x, y = (x + column) * size / len(cells), (y + row) * size / len(cells)
            w, h = w * size / 2, h * size / 2
            found[row, column] = torch.stack([x - w, y - h, x + w, y + h])
    return found


DECODES = {
    "meshgrid": decoding(),
    "loop": decode_by_loop,
    "the book's": lambda cells, size: boxes_of(cells[..., :2], cells[..., 2:], size=size).float(),
    "list": lambda cells, size: decoding()(cells, size).tolist(),
}
NOT_DECODES = {
    "rows for columns": decoding(flip=True),
    "half a cell off": decoding(shift=0.5),
    "twice as large": decoding(half=1.0),
    "cells of 16": decoding(scale=16),
    "nothing": lambda cells, size: None,
    "flat": lambda cells, size: decoding()(cells, size).flatten(0, 1),
}


@pytest.mark.parametrize("decode", DECODES.values(), ids=DECODES)
def test_decode_accepts(decode, capsys):
    assert_right(capsys, 3, exercises.check_decode, decode)


@pytest.mark.parametrize("decode", NOT_DECODES.values(), ids=NOT_DECODES)
def test_decode_rejects(decode):
    with pytest.raises(AssertionError, match="not yet: for"):
        exercises.check_decode(decode)


def ratios(sizes, priors):
    shared = torch.minimum(sizes[:, None], priors).prod(-1)
    return shared / (sizes.prod(-1)[:, None] + priors.prod(-1) - shared)


def overlap_of_sizes(sizes, priors):  # as the page calls it
    return ratios(sizes, priors)


NEARESTS = {
    "table": lambda sizes, priors: ratios(sizes, priors).argmax(1),
    "distance": lambda sizes, priors: (1 - ratios(sizes, priors)).min(1).indices,
    "loop": lambda sizes, priors: torch.stack(
        [ratios(s[None], priors)[0].argmax() for s in sizes]
    ),
    "list": lambda sizes, priors: ratios(sizes, priors).argmax(1).tolist(),
}
NOT_NEARESTS = {
    "euclid": lambda sizes, priors: torch.cdist(sizes, priors).argmin(1),
    "smallest": lambda sizes, priors: ratios(sizes, priors).argmin(1),
    "other axis": lambda sizes, priors: ratios(sizes, priors).argmax(0),
    "table itself": ratios,
    "the page's": lambda sizes, priors: overlap_of_sizes(sizes, priors).argmax(1),
    "nothing": lambda sizes, priors: None,
}


@pytest.mark.parametrize("nearest", NEARESTS.values(), ids=NEARESTS)
def test_nearest_accepts(nearest, capsys):
    assert_right(capsys, 4, exercises.check_nearest, nearest)


@pytest.mark.parametrize("nearest", NOT_NEARESTS.values(), ids=NOT_NEARESTS)
def test_nearest_rejects(nearest):
    with pytest.raises(AssertionError, match="not yet: for"):
        exercises.check_nearest(nearest)


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_reject(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "picture")
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_claims({**CLAIMS, claim: None})
