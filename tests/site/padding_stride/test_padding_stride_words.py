"""What the padding and stride explorer says, in Chromium, against torch."""

import re

import pytest
import torch
import traitlets
from random_settings import counts_by_torch, edited

from utils.checks import assert_same
from utils.widgets.padding_stride import PaddingStride, input_values


def test_a_problem_is_told_exactly_where_torch_refuses(open_module, cases):
    legal, illegal = cases
    found = open_module("padding_stride/words").call_each(
        [("problem", settings) for settings, *_ in legal + illegal]
    )
    for (settings, _, _, expected), sentence in zip(legal + illegal, found, strict=True):
        assert (sentence == "") == (expected is not None), (settings, sentence)
        assert not re.search(r"NaN|undefined|null|-\d", sentence), (settings, sentence)


def test_the_products_that_are_spelled_out_add_up_to_the_output(open_module, cases):
    chosen = [
        (settings, kernel, expected, [int(size) - 1 - k % 2 * (int(size) // 2) for size in shape])
        for k, (settings, kernel, expected) in enumerate(edited(cases, 2))
        for shape in [expected.shape]
    ]
    cells = open_module("kit/convolution").call_each(
        [
            ("contributions" if settings["transposed"] else "windowCells", settings, place)
            for settings, _, _, place in chosen
        ]
    )
    shown = open_module("padding_stride/words").call_each(
        [
            ("products", found, input_values(*settings["input_size"]).tolist(), kernel.tolist())
            for (settings, kernel, *_), found in zip(chosen, cells, strict=True)
        ]
    )
    for (settings, kernel, expected, place), spelled in zip(chosen, shown, strict=True):
        tiles = [tile for row in spelled["tiles"] for tile in row]
        assert len(tiles) == kernel.numel()
        total = 0
        for tile, weight in zip(tiles, kernel.flatten().tolist(), strict=True):
            if tile is None:
                assert settings["transposed"]
                continue
            value, factor = map(int, tile["text"].replace("\u2212", "-").split("·"))
            assert factor == weight
            assert value == 0 or not tile["isPadding"]
            total += value * factor
            assert tile["short"] == str(value * factor).replace("-", "\u2212")
        assert spelled["sum"] == total == expected[tuple(place)]


def test_the_torch_lines_give_the_same_numbers(open_module, cases, capsys):
    legal = list(edited(cases, 4))
    illegal = [(settings, torch.ones(settings["kernel_size"]), None) for settings, *_ in cases[1]]
    chosen = legal + illegal[::4]
    lines = open_module("padding_stride/code").call_each(
        [("torchCode", settings, kernel.int().tolist()) for settings, kernel, _ in chosen]
    )
    for (settings, _, expected), code in zip(chosen, lines, strict=True):
        names = {}
        if expected is None:
            assert code.endswith("# raises RuntimeError")
            with pytest.raises(RuntimeError):
                exec(code, names)
        else:
            exec(code, names)
            assert_same(names["y"][0, 0].double(), expected)
            assert code.endswith(f"# {capsys.readouterr().out.strip()}"), settings
        # Settings that torch presumes are not written out.
        for name, standard in (("padding", 0), ("stride", 1), ("dilation", 1)):
            assert (f" {name}=" in code) == (settings[name] != [standard, standard])


def test_the_fields_take_just_the_weights_that_python_takes(open_module):
    texts = ["0", "9", "-9", "10", "-10", "1.5", "", " ", "1e1", "-0", "abc", "9.0001", "7.0"]
    found = open_module("padding_stride/words").call_each(
        [("weightFault", text) for text in texts]
    )
    for text, fault in zip(texts, found, strict=True):
        try:
            PaddingStride(kernel=[[float(text)]])
        except (ValueError, traitlets.TraitError):
            assert fault == "A weight must be a whole number from \u22129 to 9.", text
        else:
            assert fault == "", text


def test_the_formulas_have_the_numbers_in_and_end_in_the_size(open_module, cases):
    legal, illegal = cases
    formulas = open_module("padding_stride/words").call_each(
        [("sizeFormulas", settings) for settings, *_ in legal + illegal]
    )
    for (*_, expected), lines in zip(legal + illegal, formulas, strict=True):
        assert [name for name, _ in lines] == ["size", "height", "width"]
        for side, (_, text) in enumerate(lines[1:]):
            left, right = text.split(" = ")
            plain = left.replace("·", "*").replace("−", "-").replace("/", "//")
            value = eval(plain.replace("⌊", "(").replace("⌋", ")"))
            assert value == int(right.split(",")[0].replace("−", "-"))
            if expected is not None:
                assert value == expected.shape[side]


def test_every_sentence_on_use_agrees_with_the_counts(open_module, cases):
    legal, _ = cases
    sentences = open_module("padding_stride/use").call_each(
        [("useSentence", settings) for settings, *_ in legal]
    )
    words = {"once": 1, "twice": 2}
    for (settings, *_), sentence in zip(legal, sentences, strict=True):
        counts = counts_by_torch(settings)
        used = counts[counts > 0]
        unused = int((counts == 0).sum())
        if settings["transposed"]:
            assert ("get nothing" in sentence) == (unused > 0)
            assert not unused or sentence.startswith(f"{unused} of the {counts.numel()} ")
        else:
            assert ("never used" in sentence or "No input cell" in sentence) == (unused > 0)
        if len(used):
            # The last sentence but the one on patterns ends in the range of the counts.
            told = sentence.split(" Even ")[0].split(". ")[-1]
            numbers = [int(words.get(n, n)) for n in re.findall(r"\d+|once|twice", told)]
            least, most = int(used.min()), int(used.max())
            assert {numbers[0], numbers[-1]} == {least, most}, (settings, sentence)


PLAIN = {
    "input_size": [8, 8],
    "kernel_size": [3, 3],
    "padding": [0, 0],
    "stride": [1, 1],
    "dilation": [1, 1],
    "output_padding": [0, 0],
    "transposed": False,
}
SENTENCES = [
    ({"padding": [1, 1]}, "The corners are used 4 times, the middle 9 times."),
    ({"padding": [2, 2]}, "All input cells are used 9 times."),
    (
        {"stride": [2, 3]},
        "The last row and the last 2 columns are never used. "
        "Each of the other input cells is used 1 or 2 times.",
    ),
    (
        {"input_size": [9, 8], "stride": [1, 2]},
        "The last column is never used. Each of the other input cells is used 1 to 6 times.",
    ),
    (
        {"kernel_size": [1, 1], "padding": [1, 0], "stride": [2, 1], "input_size": [3, 3]},
        "Rows 0 and 2 are never used. The other input cells are used once.",
    ),
    (
        {"kernel_size": [1, 1], "stride": [2, 1], "input_size": [12, 3]},
        "6 of the 12 rows are never used. The other input cells are used once.",
    ),
    (
        {"kernel_size": [1, 1], "padding": [1, 1], "stride": [2, 2], "input_size": [1, 1]},
        "No input cell is ever used: every window that fits sees padding only.",
    ),
    ({"transposed": True, "kernel_size": [1, 1]}, "Every output number is the sum of 1 product."),
    (
        {"transposed": True, "stride": [2, 2]},
        "Every output number is the sum of 1 to 4 products. Even away from the edges neighbours "
        "differ: a checkerboard, because the kernel size is not a multiple of the stride.",
    ),
    (
        {"transposed": True, "stride": [2, 1], "kernel_size": [3, 1]},
        "Every output number is the sum of 1 or 2 products. Even away from the edges neighbours "
        "differ: stripes, because the kernel size is not a multiple of the stride.",
    ),
    (
        {"transposed": True, "stride": [2, 2], "kernel_size": [4, 4]},
        "Every output number is the sum of 1 to 4 products.",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), SENTENCES)
def test_the_use_of_the_input_is_told_in_words(open_module, changes, sentence):
    assert open_module("padding_stride/use").call("useSentence", PLAIN | changes) == sentence


PROBLEMS = [
    (
        {"input_size": [7, 12], "kernel_size": [5, 5], "dilation": [2, 1]},
        "No window fits: the kernel spans 9 rows with dilation 2, but the padded input has 7. Add "
        "padding or enlarge the input, or make the kernel or the dilation smaller.",
    ),
    (
        {"input_size": [2, 1]},
        "No window fits: the kernel spans 3 × 3 cells, but the padded input has 2 × 1. Add "
        "padding or enlarge the input, or make the kernel smaller.",
    ),
    (
        {"transposed": True, "input_size": [4, 1], "kernel_size": [1, 1], "padding": [0, 1]},
        "Nothing is left: the padding cuts off 2 columns of the output, which has 1 column. Use "
        "less padding, or a larger input or kernel.",
    ),
    (
        {"transposed": True, "output_padding": [0, 2], "stride": [1, 2]},
        "The output padding must be smaller than the stride or the dilation, but for the width "
        "it is 2, with stride 2 and dilation 1. Lower the output padding, or raise the stride or "
        "the dilation.",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), PROBLEMS)
def test_a_problem_names_the_numbers_and_what_helps(open_module, changes, sentence):
    assert open_module("padding_stride/words").call("problem", PLAIN | changes) == sentence
