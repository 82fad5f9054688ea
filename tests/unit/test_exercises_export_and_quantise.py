import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.exercises import export_and_quantise as exercises

CLAIMS = {
    "weights twice as large become the same whole numbers": True,
    "weights that were rounded stay if they are rounded again": True,
    "with levels per channel no bound s/2 is larger": True,
    "with levels per channel no error is larger": False,
    "with one bit more no error is larger": False,
}


def test_the_predictions_hold():
    saved, furthest = (question["right"] for question in exercises.predict.questions)
    weights = torch.empty(1_000_000)
    assert saved == (weights.nbytes - weights.to(torch.int8).nbytes) / 1e6
    x = torch.linspace(-1, 1, 4001, dtype=torch.float64)
    assert furthest == pytest.approx(((x / 0.1).round() * 0.1 - x).abs().max().item())


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    hand = [form(0.3), [form(3), form(-1), form(-2)], [form(2), form(0)]]
    assert_right(capsys, 1, exercises.check_by_hand, hand)
    assert_right(capsys, 2, exercises.check_counts, [form(258_048), form(17), form(66_311)])


def test_the_fields_hold_the_right_numbers():
    for sheet, check in (
        (exercises.by_hand, exercises.check_by_hand),
        (exercises.counts, exercises.check_counts),
    ):
        check([question["right"] for question in sheet.questions])


@pytest.mark.parametrize(
    "wrong",
    [
        [0.9, [3, -1, -2], [2, 0]],
        [0.3, [3, -1, -1], [2, 0]],
        [0.3, [3, -1, -2], [2, 1]],
        [0.3, [3, -1, -2], [1.5, 1]],
        [0.3, [3, -1, -2], None],
        [0.3, [3, -1, -2]],
    ],
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: (the|three)"):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        [256_000, 17, 66_311],
        [258_048, 16, 66_311],
        [258_048, 17, 66_312],
        [None, 17, 1],
        [258_048, 17],
    ],
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: (the|three)"):
        exercises.check_counts(wrong)


def high_first(q):
    pairs = (q.int() + 8).view(-1, 2)
    return (16 * pairs[:, 0] + pairs[:, 1]).to(torch.uint8)


def from_high(packed):
    halves = torch.stack([packed // 16, packed % 16], dim=1)
    return (halves.int() - 8).flatten().to(torch.int8)


def halves(q):
    first, second = q.int().chunk(2)
    return ((first & 15) | ((second & 15) << 4)).to(torch.uint8)


def from_halves(packed):
    both = torch.cat([packed.int() & 15, packed.int() >> 4])
    return torch.where(both > 7, both - 16, both).to(torch.int8)


def by_loop(q):
    values = [int(value) % 16 for value in q]
    pairs = zip(values[::2], values[1::2], strict=True)
    return torch.tensor([low + 16 * high for low, high in pairs], dtype=torch.uint8)


def from_loop(packed):
    found = []
    for byte in packed.tolist():
        found += [byte % 16, byte // 16]
    return torch.tensor([v - 16 if v > 7 else v for v in found], dtype=torch.int8)


PACKERS = {"high": (high_first, from_high), "halves": (halves, from_halves)}
PACKERS["loop"] = by_loop, from_loop
NOT_PACKERS = {
    "does nothing": (lambda q: q, lambda q: q),
    "bytes alone": (lambda q: q.view(torch.uint8), lambda p: p.view(torch.int8)),
    "swapped": (high_first, from_loop),
    "no sign": (by_loop, lambda p: torch.stack([p % 16, p // 16], 1).flatten().to(torch.int8)),
    "another type": (high_first, lambda p: from_high(p).int()),
    "another shape": (high_first, lambda p: from_high(p).view(-1, 2)),
    "minus eight is lost": (lambda q: high_first(q.clamp(min=-7)), from_high),
    "nothing": (lambda q: None, from_high),
}


@pytest.mark.parametrize("pair", PACKERS.values(), ids=PACKERS)
def test_packing_accepts(pair, capsys):
    exercises.check_packed(*pair)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize("pair", NOT_PACKERS.values(), ids=NOT_PACKERS)
def test_packing_rejects(pair):
    with pytest.raises(AssertionError, match="not yet: (un)?pack"):
        exercises.check_packed(*pair)


def searched(w, bits, count=300, start=1.0, power=2):
    end = 2 ** (bits - 1) - 1
    scales = [start * w.abs().max() / end * part / count for part in range(1, count + 1)]
    return min(
        scales, key=lambda s: (w - s * (w / s).round().clamp(-end, end)).abs().pow(power).sum()
    )


SCALES = {
    "grid": searched,
    "a number": lambda w, bits: searched(w, bits).item(),
    "by halves": lambda w, bits: searched(w, bits, count=150),
}
NOT_SCALES = {
    "the largest": lambda w, bits: w.abs().max() / (2 ** (bits - 1) - 1),
    "three spreads": lambda w, bits: 5 * w.std() / (2 ** (bits - 1) - 1),
    "the mean": lambda w, bits: w.abs().mean() / (2 ** (bits - 1) - 1),
    "forgets bits": lambda w, bits: searched(w, 8),
    "coarse": lambda w, bits: searched(w, bits, count=2),
    "negative": lambda w, bits: -searched(w, bits),
    "nothing": lambda w, bits: None,
}


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_clipping_accepts(scale, capsys):
    assert_right(capsys, 4, exercises.check_clipped_scale, scale)


@pytest.mark.parametrize("scale", NOT_SCALES.values(), ids=NOT_SCALES)
def test_clipping_rejects(scale):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_clipped_scale(scale)


def test_the_claims_are_checked(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "matrix of weights")
