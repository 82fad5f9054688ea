"""The arithmetic and the words of the padding and stride explorer, in Chromium, against torch."""

import re

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.widgets.padding_stride import PaddingStride, input_values, kernel_values

RANGES = {
    name: (trait.min, trait.max)
    for name, trait in PaddingStride.class_traits(sync=True).items()
    if hasattr(trait, "max") and name in PaddingStride.controls() and name != "position"
}
CALLED = {False: ("conv2d", F.conv2d), True: ("convTranspose2d", F.conv_transpose2d)}


def draw_settings(generator):
    drawn = {
        name: torch.randint(low, high + 1, (2,), generator=generator).tolist()
        for name, (low, high) in RANGES.items()
    }
    return {**drawn, "transposed": bool(torch.rand((), generator=generator) < 0.5)}


def options_of(settings):
    names = ["padding", "stride", "dilation"] + ["output_padding"] * settings["transposed"]
    return {name: settings[name] for name in names}


def with_torch(settings, x, kernel):
    """The output by torch, or None where torch refuses the settings."""
    try:
        operation = CALLED[settings["transposed"]][1]
        return operation(x[None, None], kernel[None, None], **options_of(settings))[0, 0]
    except RuntimeError:
        return None


def counts_by_torch(settings):
    ones = torch.ones(settings["input_size"], dtype=torch.float64, requires_grad=True)
    sums = with_torch(settings, ones, torch.ones(settings["kernel_size"], dtype=torch.float64))
    return sums.detach() if settings["transposed"] else torch.autograd.grad(sums.sum(), ones)[0]


@pytest.fixture(scope="module")
def cases():
    """Settings with random numbers: at least 300 legal and 100 illegal ones of either kind."""
    generator = torch.Generator().manual_seed(7)
    legal = {False: [], True: []}
    illegal = {False: [], True: []}
    while min(map(len, legal.values())) < 300 or min(map(len, illegal.values())) < 100:
        settings = draw_settings(generator)
        numbers = {"dtype": torch.float64, "generator": generator}
        x = torch.randn(settings["input_size"], **numbers)
        kernel = torch.randn(settings["kernel_size"], **numbers)
        output = with_torch(settings, x, kernel)
        place = illegal if output is None else legal
        place[settings["transposed"]].append((settings, x, kernel, output))
    return legal[False] + legal[True], illegal[False] + illegal[True]


def test_outputs_sizes_and_use_counts_are_those_of_torch(open_module, cases):
    legal, _ = cases
    calls = []
    for settings, x, kernel, _ in legal:
        function = CALLED[settings["transposed"]][0]
        calls += [
            (function, x.tolist(), kernel.tolist(), options_of(settings)),
            ("outputShape", settings),
            ("useCounts", settings),
        ]
    results = open_module("kit/convolution").call_each(calls)
    assert len(results) == 3 * len(legal) >= 1500
    for (settings, _, _, expected), output, shape, counts in zip(
        legal, results[::3], results[1::3], results[2::3], strict=True
    ):
        assert shape == list(expected.shape), settings
        assert counts == counts_by_torch(settings).tolist(), settings
        assert_same(torch.tensor(output, dtype=torch.float64), expected, rtol=1e-12, atol=1e-12)


def test_a_problem_is_told_exactly_where_torch_refuses(open_module, cases):
    legal, illegal = cases
    found = open_module("padding_stride/words").call_each(
        [("problem", settings) for settings, *_ in legal + illegal]
    )
    for (settings, _, _, expected), sentence in zip(legal + illegal, found, strict=True):
        assert (sentence == "") == (expected is not None), (settings, sentence)
        assert not re.search(r"NaN|undefined|null|-\d", sentence), (settings, sentence)


def test_the_demos_numbers_are_the_same_in_python(open_module):
    module = open_module("kit/convolution")
    shapes = [(12, 12), (1, 1), (3, 7), (8, 2)]
    for name, ours in (("inputValues", input_values), ("kernelValues", kernel_values)):
        for shape, values in zip(
            shapes, module.call_each([(name, *shape) for shape in shapes]), strict=True
        ):
            assert values == ours(*shape).tolist()


def test_the_products_that_are_spelled_out_add_up_to_the_output(open_module, cases):
    legal, _ = cases
    places = [
        (settings, [int(size) - 1 - (index % 2) * (int(size) // 2) for size in expected.shape])
        for index, (settings, _, _, expected) in enumerate(legal)
    ]
    cells = open_module("kit/convolution").call_each(
        [
            ("contributions" if settings["transposed"] else "windowCells", settings, place)
            for settings, place in places
        ]
    )
    shown = open_module("padding_stride/words").call_each(
        [
            (
                "products",
                found,
                input_values(*settings["input_size"]).tolist(),
                kernel_values(*settings["kernel_size"]).tolist(),
            )
            for (settings, _), found in zip(places, cells, strict=True)
        ]
    )
    for (settings, place), spelled in zip(places, shown, strict=True):
        x, kernel = input_values(*settings["input_size"]), kernel_values(*settings["kernel_size"])
        terms = [term for line in spelled["lines"] for term in line]
        products = [int(a) * int(b) for a, b in (term["text"].split("·") for term in terms)]
        assert spelled["sum"] == sum(products) == with_torch(settings, x, kernel)[tuple(place)]
        if not settings["transposed"]:
            assert len(terms) == kernel.numel()
            assert all(term["text"].startswith("0·") for term in terms if term["padding"])


def test_the_torch_line_runs_and_gives_the_shape_it_names(open_module, cases):
    legal, illegal = cases
    chosen = legal[::6] + illegal[::6]
    lines = open_module("padding_stride/words").call_each(
        [("torchCode", settings) for settings, *_ in chosen]
    )
    for (_, x, kernel, expected), code in zip(chosen, lines, strict=True):
        names = {"F": F, "x": x[None, None], "kernel": kernel[None, None]}
        if expected is None:
            assert code.endswith("# raises RuntimeError")
            with pytest.raises(RuntimeError):
                eval(code, names)
        else:
            output = eval(code, names)
            assert_same(output[0, 0], expected)
            assert code.endswith(f"# has shape {tuple(output.shape)}")
        assert code.startswith(f"# x: {tuple(names['x'].shape)}, kernel: (1, 1,")


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
    sentences = open_module("padding_stride/words").call_each(
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
        "The other input cells are used 1 or 2 times.",
    ),
    (
        {"input_size": [9, 8], "stride": [1, 2]},
        "The last column is never used. The other input cells are used 1 to 6 times.",
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
    assert open_module("padding_stride/words").call("useSentence", PLAIN | changes) == sentence


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


def test_a_click_on_the_input_finds_the_nearest_window(open_module, cases):
    legal, _ = cases
    calls = []
    for settings, _, _, expected in legal:
        axis = {name: value[0] for name, value in settings.items() if isinstance(value, list)}
        axis["transposed"] = settings["transposed"]
        reach = 0 if settings["transposed"] else axis["padding"]
        for cell in range(-reach, axis["input_size"] + reach):
            calls.append((axis, cell, expected.shape[0]))
    found = open_module("kit/convolution").call_each(
        [("positionNear", axis, cell) for axis, cell, _ in calls]
    )
    for (axis, cell, size), position in zip(calls, found, strict=True):
        middle = axis["dilation"] * (axis["kernel_size"] - 1) / 2
        if axis["transposed"]:
            away = [abs(cell * axis["stride"] - axis["padding"] + middle - p) for p in range(size)]
        else:
            away = [abs(p * axis["stride"] - axis["padding"] + middle - cell) for p in range(size)]
        assert away[position] == min(away), (axis, cell)
