import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_refuted, assert_right, in_every_form
from torch import nn

from utils.exercises import u_net as exercises

CLAIMS = {
    "adding two maps, then a convolution, is a joined convolution": True,
    "a joined convolution is that of the sum of the maps": False,
    "the Dice loss has one slope by p at all pixels of the object": True,
    "background pixels with p = 0 leave Dice as it is": True,
    "background pixels with p = 0 leave the mean cross-entropy as it is": False,
}


def test_the_prediction_is_what_poolings_leave():
    pooled = nn.Sequential(*[nn.MaxPool2d(2)] * 3)(torch.zeros(1, 1, 64, 64))
    assert exercises.predict.questions[0]["right"] == pooled.shape[2]


@pytest.mark.parametrize(
    ("side", "levels", "wanted"), [(60, 2, (8, 20, 16)), (572, 4, (28, 388, 88))]
)
def test_sides_without_padding(side, levels, wanted):
    assert exercises.unpadded(side, levels) == wanted


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_sizes, [form(8), form(20), form(16)])
    assert_right(capsys, 2, exercises.check_dice, [form(0.75), form(-0.3125), form(0.1875)])


def test_the_fields_hold_the_right_numbers():
    for sheet, check in (
        (exercises.sizes, exercises.check_sizes),
        (exercises.dice, exercises.check_dice),
    ):
        check([question["right"] for question in sheet.questions])


@pytest.mark.parametrize(
    "wrong", [[15, 20, 16], [8, 24, 16], [8, 20, 32], [8.01, 20, 16], [None, 20, 16]]
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the rows"):
        exercises.check_sizes(wrong)


@pytest.mark.parametrize(
    "wrong",
    [[0.25, -0.3125, 0.1875], [0.75, 0.3125, 0.1875], [0.75, -0.5, 0.1875], [0.75, -0.3125, None]],
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (score|first|third)"):
        exercises.check_dice(wrong)


def by_slices(kept, raised):
    top, left = ((kept.shape[n] - raised.shape[n]) // 2 for n in (2, 3))
    height, width = raised.shape[2:]
    return torch.cat([kept[:, :, top : top + height, left : left + width], raised], 1)


def by_padding(kept, raised):
    gaps = [kept.shape[n] - raised.shape[n] for n in (3, 2)]
    pads = [-part for gap in gaps for part in (gap // 2, gap - gap // 2)]
    return torch.cat([F.pad(kept, pads), raised], 1)


def by_narrow(kept, raised):
    for axis in (2, 3):
        size = raised.shape[axis]
        kept = kept.narrow(axis, (kept.shape[axis] - size) // 2, size)
    return torch.cat((kept, raised), dim=-3)


JOINS = {"slices": by_slices, "padding": by_padding, "narrow": by_narrow}
NOT_JOINS = {
    "raised first": lambda k, r: torch.cat([r, by_slices(k, r)[:, :3]], 1),
    "upper left": lambda k, r: torch.cat([k[:, :, : r.shape[2], : r.shape[3]], r], 1),
    "added": lambda k, r: by_slices(k, r)[:, :3] + r,
    "shrunk": lambda k, r: torch.cat([F.interpolate(k, r.shape[2:]), r], 1),
    "nothing": lambda k, r: None,
}


@pytest.mark.parametrize("join", JOINS.values(), ids=JOINS)
def test_crop_and_join_accepts(join, capsys):
    assert_right(capsys, 3, exercises.check_crop_and_join, join)


@pytest.mark.parametrize("join", NOT_JOINS.values(), ids=NOT_JOINS)
def test_crop_and_join_rejects(join):
    with pytest.raises(AssertionError, match="not yet: for kept maps"):
        exercises.check_crop_and_join(join)


def tversky(p, t, alpha, beta):
    shared = (p * t).sum()
    return shared / (shared + alpha * (p * (1 - t)).sum() + beta * ((1 - p) * t).sum())


INDICES = {
    "sums": tversky,
    "dot": lambda p, t, a, b: (p @ t) / (p @ t + a * (p @ (1 - t)) + b * (t @ (1 - p))),
    "number": lambda *args: float(tversky(*args)),
}
NOT_INDICES = {
    "turned": lambda p, t, a, b: tversky(p, t, b, a),
    "Dice": lambda p, t, a, b: tversky(p, t, 0.5, 0.5),
    "the loss": lambda p, t, a, b: 1 - tversky(p, t, a, b),
    "hard": lambda p, t, a, b: tversky((p > 0.5).double(), t, a, b),
    "nothing": lambda p, t, a, b: None,
}


@pytest.mark.parametrize("index", INDICES.values(), ids=INDICES)
def test_tversky_accepts(index, capsys):
    assert_right(capsys, 4, exercises.check_tversky, index)


@pytest.mark.parametrize("index", NOT_INDICES.values(), ids=NOT_INDICES)
def test_tversky_rejects(index):
    with pytest.raises(AssertionError, match="not yet: the index"):
        exercises.check_tversky(index)


def test_the_claims_are_checked(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "pair")
