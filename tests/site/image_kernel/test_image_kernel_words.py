"""The words of the image kernel demo: sentences, errors, and code that torch runs."""

import re

import pytest
import torch
import torch.nn.functional as F
from test_image_kernel_math import SIZES, by_torch, raw_by_torch

from utils.conv import conv_output_size
from utils.widgets.image_kernel import PRESETS, ImageKernel, kernel_preset
from utils.widgets.kit.photographs import SIDE, grey_levels

RANGES = [
    ([-3.0, 1.0, 2.0], "raw", "Values −3 … 2, rescaled: black is −3, mid-grey is 0, white is 3."),
    ([0.0, 12.5], "raw", "Values 0 … 12.5, rescaled: black is 0, white is 12.5."),
    ([4.0, 4.0], "raw", "Every value is 4, drawn as mid-grey."),
    (
        [-4.0, -4.0],
        "raw",
        "Every value is −4, rescaled: black is −4, mid-grey is 0, white is 4.",
    ),
    ([0.0, 255.0], "clipped", "Values 0 … 255; nothing is cut off."),
    (
        [-1.0, 7.0, 255.4, 8.0],
        "clipped",
        "Values −1 … 255.4; 50 % of them lie outside 0–255 and are cut off.",
    ),
    (
        [-1.0] + [9.0] * 300,
        "clipped",
        "Values −1 … 9; under 1 % of them lie outside 0–255 and are cut off.",
    ),
]


def test_every_preset_has_a_line_of_explanation(open_module):
    words = open_module("image_kernel/words").module
    assert words.evaluate("({ MEANINGS }) => Object.keys(MEANINGS)") == list(PRESETS)


STATE = {"padding": 1, "stride": 2, "divisor": 4}


@pytest.mark.parametrize("preset", ["Sobel x", "box blur"])
@pytest.mark.parametrize("view", ["clipped", "raw"])
@pytest.mark.parametrize("size", SIZES)
def test_the_torch_code_draws_the_output_picture(open_module, preset, view, size):
    x = grey_levels("coffee").double()[None, None]
    kernel = [list(row) for row in kernel_preset(preset, size)[0]]
    words = open_module("image_kernel/words").module
    expected = by_torch(x[0, 0], torch.tensor(kernel).double(), STATE)
    low, high = float(expected.min()), float(expected.max())
    code = words.evaluate(
        "({ torchCode }, [state, range]) => torchCode(state, range)",
        [
            {**STATE, "photo": "coffee", "kernel": kernel, "view": view},
            {"low": low, "black": 0, "white": 1},
        ],
    )
    scope = {"torch": torch, "F": F}
    exec(code, scope)
    torch.testing.assert_close(scope["y"][0, 0], expected, rtol=1e-12, atol=1e-9)
    drawn = expected.round().clamp(0, 255) if view == "clipped" else raw_by_torch(expected)
    torch.testing.assert_close(scope["shown"][0, 0], drawn, rtol=1e-12, atol=1e-9)
    assert high > low


def test_the_torch_code_has_no_division_by_a_missing_contrast(open_module):
    flat = {"low": 0, "black": 0, "white": 0}
    code = open_module("image_kernel/words").call(
        "torchCode",
        {**STATE, "photo": "cat", "kernel": [[0] * 3] * 3, "view": "raw"},
        flat,
    )
    scope = {"torch": torch, "F": F}
    exec(code, scope)
    assert (scope["shown"] == 127.5).all()


@pytest.mark.parametrize(("values", "view", "sentence"), RANGES)
def test_the_range_is_told_in_a_sentence(open_module, values, view, sentence):
    grey = open_module("image_kernel/math").module.evaluate(
        "({ toGrey }, [values, view]) => ({...toGrey(values, view), greys: 0})", [values, view]
    )
    words = open_module("image_kernel/words")
    assert words.call("rangeSentence", grey, len(values), view) == sentence


GOOD = [["0", "1", "-1"], ["1e-3", "0.5", "-7"], ["2", "1000000", "0"]]


def test_complete_kernels_are_no_problem(open_module):
    module = open_module("image_kernel/words")
    for divisor in ("1", "-0.5", "1e6", "0.000001"):
        assert module.call("problem", GOOD, divisor) == ""


@pytest.mark.parametrize(
    "bad", ["", " ", "-", "abc", "1,5", "NaN", "1e400", "Infinity", "1000001"]
)
def test_a_bad_weight_is_named_by_row_and_column(open_module, bad):
    weights = [list(row) for row in GOOD]
    weights[1][2] = bad
    sentence = open_module("image_kernel/words").call("problem", weights, "1")
    assert re.match(r"Kernel row 2 column 3 (needs a number|must lie between)", sentence), sentence
    assert sentence.endswith("the pictures still show the last complete kernel.")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("", "needs a number"),
        ("x", "needs a number"),
        ("0", "cannot be 0"),
        ("-0.0", "cannot be 0"),
    ]
    + [("1e-7", "must be at least 0.000001 away from 0"), ("2e6", "must lie between")],
)
def test_a_bad_divisor_is_explained(open_module, bad, reason):
    sentence = open_module("image_kernel/words").call("problem", GOOD, bad)
    assert sentence.startswith(f"“Divide by” {reason}"), sentence


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (255, "255"),
        (-1104, "−1104"),
        (1 / 3, "0.333"),
        (-17.625, "−17.63"),
        (2415.126, "2415.1"),
        (24150.126, "24150"),
        (0.0000123, "1.2e−5"),
        (2.5e8, "2.5e+8"),
        (-999999, "−999999"),
        (-1e6, "−1.0e+6"),
    ],
)
def test_numbers_are_written_short(open_module, value, text):
    assert open_module("image_kernel/words").call("tidy", value) == text


def test_the_sentence_gives_the_result_and_what_is_drawn(open_module):
    words = open_module("image_kernel/words")
    for name in PRESETS:
        demo = ImageKernel(preset=name)
        kernel = {"preset": name, "kernel": demo.kernel, "divisor": demo.divisor}
        told = words.call("sentence", kernel, {"result": -2.5, "grey": 0})
        assert told.endswith(" Here it is −2.5, drawn as 0.")
        assert len(told) < 100
    own = {"preset": "custom", "kernel": [[0.5, 0], [0, 1]], "divisor": 3}
    told = words.call("sentence", own, {"result": 300, "grey": 255})
    assert told == "Your own weights, which add up to 0.5. Here it is 300, drawn as 255."


@pytest.mark.parametrize(("padding", "stride"), [(0, 1), (1, 1), (2, 3), (0, 4)])
@pytest.mark.parametrize("size", SIZES)
def test_the_formula_says_how_many_windows_there_are(open_module, padding, stride, size):
    count = conv_output_size(SIDE, size, padding=padding, stride=stride)
    told = open_module("image_kernel/words").call(
        "formula",
        {"width": SIDE, "height": SIDE},
        {"rows": count, "columns": count},
        {"kernel": [[0] * size] * size, "padding": padding, "stride": stride},
    )
    steps = re.search(r"⌊(.+)⌋ \+ 1 = (\d+) windows a side", told)
    by_hand = re.sub("/", "//", steps[1].replace("×", "*").replace("−", "-"))
    assert eval(by_hand) + 1 == int(steps[2]) == count
    assert (f"padded to {SIDE + 2 * padding}" in told) == (padding > 0)
