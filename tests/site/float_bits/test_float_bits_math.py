"""What the bits stand for, against torch."""

import math

import pytest
import torch

from utils.checks import assert_same

DTYPES = {"float16": torch.float16, "bfloat16": torch.bfloat16}


@pytest.fixture
def maths(open_module):
    return open_module("float_bits/math")


@pytest.fixture
def words(open_module):
    return open_module("float_bits/words")


@pytest.mark.parametrize("name", DTYPES)
def test_codes_are_the_numbers_of_torch(maths, name):
    codes = [*range(0, 2**16, 37), *range(0x0000, 0x0042), *range(0x7BF0, 0x7C10), 0xFF80, 0xFFFF]
    truth = torch.tensor(codes).to(torch.int16).view(DTYPES[name]).double()
    finite = [code for code, x in zip(codes, truth.tolist(), strict=True) if math.isfinite(x)]
    found = maths.call_each([("value", code, name) for code in finite])
    assert_same(torch.tensor(found, dtype=torch.float64), truth[truth.isfinite()], rtol=0, atol=0)


@pytest.mark.parametrize("name", DTYPES)
def test_ranges_are_those_of_finfo(maths, name):
    info = torch.finfo(DTYPES[name])
    assert maths.call("range", name) == [info.smallest_normal * info.eps, info.tiny, info.max]


@pytest.mark.parametrize(("name", "exponents"), [("float16", 5), ("bfloat16", 8)])
def test_bits_belong_to_three_fields(maths, name, exponents):
    parts = maths.call_each([("part", place, name) for place in range(16)])
    assert parts == ["sign"] + ["exponent"] * exponents + ["fraction"] * (15 - exponents)


def test_a_flip_turns_one_bit_round_and_back(maths):
    for place in range(16):
        once = maths.call("flipped", 0x2E66, place)
        assert once ^ 0x2E66 == 2 ** (15 - place)
        assert maths.call("flipped", once, place) == 0x2E66


@pytest.mark.parametrize(
    ("x", "wanted"),
    [
        (0.0999755859375, "0.099976"),
        (0.0, "0"),
        (-0.0, "minus 0"),
        (65504.0, "65504"),
        (-2.65e36, "−2.65 · 10³⁶"),
        (5.96e-8, "5.96 · 10⁻⁸"),
        (1.0, "1"),
    ],
)
def test_numbers_in_words(words, x, wanted):
    assert words.call("sizeWords", x) == wanted


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (0x2E66, "The next float16 is 6.1 · 10⁻⁵ away; the next bfloat16 is 2.27 · 10⁻¹³ away."),
        (0x3C00, "The next float16 is 9.77 · 10⁻⁴ away; the next bfloat16 is 6.1 · 10⁻⁵ away."),
        (0xE800, "The next float16 is 2 away; the next bfloat16 is 1.89 · 10²² away."),
        (0x7BFF, "The next float16 is infinity; the next bfloat16 is 1.04 · 10³⁴ away."),
        (0x7C00, "This float16 is infinite; the next bfloat16 is 2.08 · 10³⁴ away."),
        (0xFF80, "This float16 is no number; this bfloat16 is infinite."),
        (0x7F7F, "This float16 is no number; the next bfloat16 is infinity."),
    ],
)
def test_the_sentence_has_the_distances_to_the_next_numbers(words, code, wanted):
    assert words.call("sentence", {"code": code}) == wanted


@pytest.mark.parametrize(
    ("code", "name", "wanted"),
    [
        (0x2E66, "float16", "(1 + 614/1024) · 2⁻⁴"),
        (0x2E66, "bfloat16", "(1 + 102/128) · 2⁻³⁵"),
        (0xBC00, "float16", "−(1 + 0/1024) · 2⁰"),
        (0x0003, "float16", "3/1024 · 2⁻¹⁴"),
        (0x8003, "bfloat16", "−3/128 · 2⁻¹²⁶"),
        (0x7C00, "float16", "exponent all ones"),
        (0x8000, "float16", "all zeros"),
    ],
)
def test_formulas_are_written_from_the_fields(words, code, name, wanted):
    parts = words.call("formula", code, name)
    assert "".join(text for text, _ in parts) == wanted


def test_the_exponent_is_set_and_sign_and_fraction_stay(maths, words):
    for code, e in ((0x2E66, 0), (0xAE66, 31), (0x7FFF, 15)):
        there = maths.call("withExponent", code, e)
        assert there >> 10 & 31 == e and (there ^ code) & 0x83FF == 0
    said = [words.call("exponentWords", e) for e in (0, 1, 15, 30, 31)]
    assert said == ["2⁻¹⁴", "2⁻¹⁴", "2⁰", "2¹⁵", "∞, nan"]
