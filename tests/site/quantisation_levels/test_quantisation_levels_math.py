"""Levels and counts in the browser, against torch."""

import pytest
import torch

from utils.checks import assert_same
from utils.data.images import load_images
from utils.quantisation import fit_levels, rounded, weight_bytes, whole_range
from utils.repro import seeded
from utils.widgets.quantisation_levels.network import packed, right_count, unpacked

MODES = [(per_row, affine) for per_row in (False, True) for affine in (False, True)]


def tables(seed):
    """Random rows of weights: of one sign, of unlike sizes, zeros, and ends between levels."""
    draw = seeded(seed)
    rows = torch.randn(5, 7, generator=draw, dtype=torch.float64)
    rows = rows * torch.rand(5, 1, generator=draw).double() + (seed % 3 - 1)
    rows[1] = rows[1].abs()
    rows[2] = -rows[2].abs()
    rows[3] = 0
    # With 2 bits, seeds 0 and 7: an end that must be clipped, and a zero point in the middle.
    rows[4] = torch.tensor([-1.5, -1, -0.25, 0, 0.5, 1, 1.5]) - seed % 2
    return rows


def settings(bits, per_row, affine):
    return {"bits": bits, "per_row": per_row, "affine": affine}


@pytest.mark.parametrize(("per_row", "affine"), MODES)
def test_levels_are_those_of_torch(open_module, per_row, affine):
    calls, wanted = [], []
    for seed in range(12):
        rows, bits = tables(seed), 2 + seed % 7
        options = {"symmetric": not affine, "per_channel": per_row}
        for name in ("levelsOfRows", "rounded"):
            calls.append((name, rows.tolist(), settings(bits, per_row, affine)))
        scale, zero = (part.flatten().expand(5) for part in fit_levels(rows, bits, **options))
        wanted.append((scale, zero, rounded(rows, bits, **options)))
    found = open_module("quantisation_levels/math").call_each(calls)
    pairs = zip(found[::2], found[1::2], wanted, strict=True)
    for levels, rows, (scale, zero, moved) in pairs:
        assert_same(torch.tensor([level["scale"] for level in levels]).double(), scale, rtol=1e-6)
        assert [level["zero"] for level in levels] == zero.tolist()
        assert_same(torch.tensor(rows, dtype=torch.float64), moved, atol=1e-12)


def test_positions_are_all_levels(open_module):
    module = open_module("quantisation_levels/math")
    calls, wanted = [], []
    for bits in (2, 3, 8):
        for affine in (False, True):
            zero = 1 if affine else 0
            calls.append(
                ("positions", {"scale": 0.5, "zero": zero}, settings(bits, False, affine))
            )
            first, last = whole_range(bits, symmetric=not affine)
            wanted.append([(q - zero) * 0.5 for q in range(first, last + 1)])
    assert module.call_each(calls) == wanted


def test_halves_go_to_the_even_number(open_module):
    module = open_module("quantisation_levels/math")
    values = [-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49, -0.51, 7, 1e6 + 0.5, 0]
    found = module.call_each([("roundEven", value) for value in values])
    assert found == torch.tensor(values, dtype=torch.float64).round().tolist()


@pytest.mark.parametrize(("per_row", "affine"), MODES)
def test_as_many_are_right_as_in_torch(open_module, per_row, affine):
    digits = load_images("digits")
    images, labels = digits.test_images.flatten(1).tolist(), digits.test_labels.tolist()
    bits = range(2, 9)
    found = open_module("quantisation_levels/math").evaluate(
        """(module, [net, images, labels, all]) =>
            all.map((state) => module.rightCount(net, images, labels, state ?? undefined))""",
        [packed(), images, labels, [*(settings(b, per_row, affine) for b in bits), None]],
    )
    options = {"symmetric": not affine, "per_channel": per_row}
    assert found == [*(right_count(b, **options) for b in bits), right_count()]


def test_random_nets_name_the_classes_of_torch(open_module):
    draw = seeded(3)
    x = torch.rand(20, 64, generator=draw, dtype=torch.float64)
    shapes = {"W1": (12, 64), "b1": (12,), "W2": (10, 12), "b2": (10,)}
    net = {n: torch.randn(s, generator=draw, dtype=torch.float64) for n, s in shapes.items()}
    hidden = (x @ net["W1"].T + net["b1"]).relu()
    wanted = (hidden @ net["W2"].T + net["b2"]).argmax(1).tolist()
    numbers = {name: part.tolist() for name, part in net.items()}
    module = open_module("quantisation_levels/math")
    assert module.call_each([("named", numbers, row) for row in x.tolist()]) == wanted


@pytest.mark.parametrize(("per_row", "affine"), MODES)
def test_bytes_are_those_of_the_book(open_module, per_row, affine):
    calls = [("bytes", packed(), settings(bits, per_row, affine)) for bits in range(2, 9)]
    points = (22 if per_row else 2) if affine else 0
    wanted = [weight_bytes(unpacked(), b, per_channel=per_row) + points for b in range(2, 9)]
    assert open_module("quantisation_levels/math").call_each(calls) == wanted


def test_distances_and_small_parts(open_module):
    module = open_module("quantisation_levels/math")
    calls = [
        ("distance", [[1, 2], [3, 4]], [[1, 2], [3, 8]]),
        ("used", [1, 1, 0.5, 0]),
        ("nextBits", 3),
        ("nextBits", 7),
        ("nextBits", 8),
        ("furthest", [[1, -6], [2, 3]]),
    ]
    assert module.call_each(calls) == [2, 3, 4, 8, None, 8]


@pytest.mark.parametrize(("per_row", "affine"), MODES)
def test_no_weight_moves_out_of_sight(open_module, per_row, affine):
    rows = packed()["W1"]
    (reach,) = open_module("quantisation_levels/math").call_each([("furthest", rows)])
    options = {"symmetric": not affine, "per_channel": per_row}
    for bits in range(2, 9):
        moved = rounded(unpacked()[0].weight.detach(), bits, **options)
        assert moved.abs().max() <= reach
