"""Products, shadows and angles of two arrows, against torch."""

import math

import pytest
import torch

from utils.checks import assert_same

GENERATOR = torch.Generator().manual_seed(0)
PAIRS = 4 * torch.rand(60, 2, 2, generator=GENERATOR, dtype=torch.float64) - 2
A, B = PAIRS.unbind(1)
NEGATIVE = ", and the product is negative."
ALONG = "One direction, the shadow is as long as b:"


@pytest.fixture
def maths(open_module):
    return open_module("dot_product/math")


@pytest.fixture
def words(open_module):
    return open_module("dot_product/words")


def of_pairs(maths, name, *more):
    calls = [(name, a, b, *more) for a, b in zip(A.tolist(), B.tolist(), strict=True)]
    return torch.tensor(maths.call_each(calls), dtype=torch.float64)


def test_product_length_and_shadow_are_those_of_torch(maths):
    products = (A[:, None] @ B[:, :, None]).flatten()
    assert_same(of_pairs(maths, "dot"), products)
    lengths = maths.call_each([("length", a) for a in A.tolist()])
    assert_same(torch.tensor(lengths, dtype=torch.float64), torch.linalg.vector_norm(A, dim=1))
    assert_same(of_pairs(maths, "shadow"), products / A.norm(dim=1))


def test_the_foot_of_the_shadow_is_the_nearest_place_on_the_line(maths):
    feet = of_pairs(maths, "foot")
    assert_same(((B - feet) * A).sum(1), torch.zeros(60).double(), atol=1e-12)
    assert_same(feet[:, 0] * A[:, 1], feet[:, 1] * A[:, 0], atol=1e-12)


def test_the_angle_gives_the_cosine_and_the_side(maths):
    angles = of_pairs(maths, "angle").deg2rad()
    assert (angles >= 0).all() and (angles < 2 * math.pi).all()
    assert_same(angles.cos(), torch.cosine_similarity(A, B), atol=1e-12)
    turned_left = torch.linalg.det(torch.stack([A, B], dim=2)) > 0
    assert torch.equal(angles.sin() > 0, turned_left)
    assert maths.call("angle", [2, 1], [2, 1]) == 0
    assert maths.call("angle", [1, 0], [1, -1e-15]) == 0


@pytest.mark.parametrize("degrees", [0, 5, 90, 200, 355])
def test_a_turned_arrow_keeps_its_length_and_has_the_angle(maths, degrees):
    turned = of_pairs(maths, "turned", degrees)
    assert_same(turned.norm(dim=1), B.norm(dim=1))
    wanted = A.norm(dim=1) * B.norm(dim=1) * math.cos(math.radians(degrees))
    assert_same((A * turned).sum(1), wanted, atol=1e-12)
    arrows = zip(A.tolist(), turned.tolist(), strict=True)
    found = maths.call_each([("angle", a, b) for a, b in arrows])
    assert found == pytest.approx([degrees] * 60, abs=1e-6)


def test_the_wave_is_the_product_of_a_turned_arrow(maths):
    for a, b in zip(A[:5].tolist(), B[:5].tolist(), strict=True):
        points = maths.call("wave", a, b)
        assert [degrees for degrees, _ in points] == list(range(0, 361, 5))
        turned = maths.call_each([("turned", a, b, degrees) for degrees, _ in points])
        products = maths.call_each([("dot", a, c) for c in turned])
        assert [product for _, product in points] == pytest.approx(products, abs=1e-12)
    ends = maths.call("wave", [2, 1], [1, 2], 90, 97)
    assert [ends[0][0], ends[-1][0]] == [90, 97]


def test_signs(maths):
    found = of_pairs(maths, "sign")
    assert torch.equal(found, (A * B).sum(1).sign())
    right = maths.call("turned", [2.5, 1.5], [0.5, 1.0], 90)
    assert maths.call("sign", [2.5, 1.5], right) == 0


def test_a_drag_puts_a_tip_on_the_half_grid_within_reach(maths):
    points = (4 * torch.randn(200, 2, generator=GENERATOR, dtype=torch.float64)).tolist()
    tips = torch.tensor(maths.call_each([("nearest", p) for p in points]), dtype=torch.float64)
    assert torch.equal(2 * tips, (2 * tips).round())
    assert (tips.norm(dim=1) <= 3).all()
    assert maths.call("nearest", [1.26, -0.74]) == [1.5, -0.5]
    assert maths.call("nearest", [40, 0]) == [3, 0]
    assert maths.call("nearest", [0, -40]) == [0, -3]
    assert maths.call("nearest", [1.1, 2.9]) == [1, 2.5]
    assert maths.call("nearest", [-0.1, 0.1]) == [0, 0]


def test_a_key_takes_a_tip_one_step_on_and_not_beyond_its_reach(maths):
    assert maths.call("stepped", [2, 1], 1, 0) == [2.5, 1]
    assert maths.call("stepped", [2.5, 1.5], 1, 0) == [2.5, 1.5]
    assert maths.call("stepped", [0, 3], 0, 1) == [0, 3]
    assert maths.call("stepped", [1.9, 1.1], 0, -1) == [2, 0.5]
    ends = [maths.call("stepped", [0, 1], way, 0) for way in ("-Infinity", "Infinity")]
    assert ends == [[-2.5, 1], [2.5, 1]]


def joined(parts):
    return "".join(text for text, _ in parts)


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ([2, 1], [1, 2], ["2 · 1 + 1 · 2", "2.24 · 2.24 · cos 37°", "2.24 · 1.79"]),
        ([2, 1], [-2, 1], ["2 · (−2) + 1 · 1", "2.24 · 2.24 · cos 127°", "2.24 · (−1.34)"]),
        ([1, 0], [0, -2], ["1 · 0 + 0 · (−2)", "1 · 2 · cos 90°", "1 · 0"]),
        ([0, 0], [0, 2], ["0 · 0 + 0 · 2", "0: an arrow is 0", "0: an arrow is 0"]),
    ],
)
def test_the_product_is_written_in_three_ways(words, a, b, wanted):
    assert [joined(parts) for parts in words.call("ways", {"a": a, "b": b})] == wanted


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ([2, 1], [1, 2], "The shadow of b reaches 1.79 along a, and the product is positive."),
        ([2, 1], [-2, 1], f"The shadow of b reaches 1.34 the other way{NEGATIVE}"),
        ([2, 1], [-1, 2], "A right angle: the shadow is a single point, and the product is 0."),
        ([2, 1], [1, 0.5], f"{ALONG} no turn makes the product larger."),
        ([2, 1], [-2, -1], "Opposite directions: no turn makes the product smaller."),
        ([0, 0], [1, 2], "a is 0: it has no direction, and the product is 0."),
        ([2, 1], [0, 0], "b is 0: it throws no shadow, and the product is 0."),
    ],
)
def test_the_sentence_says_where_the_shadow_lies(words, a, b, wanted):
    assert words.call("sentence", {"a": a, "b": b}) == wanted
