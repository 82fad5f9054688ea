"""The arithmetic and the words of the image kernel explorer, in Chromium, against torch."""

import re

import pytest
import torch
import torch.nn.functional as F
from module_page import ModulePage

from utils.widgets.image_kernel import PRESETS, ImageKernel, kernel_preset
from utils.widgets.kit.photographs import SIDE, grey_levels

CASES = 600
SIZES = (3, 5)
BATCH = """(cases) => cases.map(({ pixels, width, height, kernel, options, place }) => {
    const { correlate2d, productsAt, toGrey } = window.module;
    const bytes = Uint8Array.from(pixels);
    const output = correlate2d(bytes, width, height, kernel, options);
    const greys = (view) => [...toGrey(output.values, view).greys];
    return {
        values: [...output.values], rows: output.rows, columns: output.columns,
        products: productsAt(bytes, width, height, kernel, options, place),
        clipped: greys("clipped"), raw: greys("raw"),
    };
})"""
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


def random_case(generator):
    """One setting; every second kernel holds integers, so that sums can end in .5 exactly."""

    def integer(low, high):
        return int(torch.randint(low, high, (), generator=generator))

    height, width = integer(5, 15), integer(5, 15)
    pixels = torch.randint(0, 256, (height, width), generator=generator, dtype=torch.uint8)
    size = SIZES[integer(0, 2)]
    if integer(0, 2):
        kernel = torch.randint(-4, 5, (size, size), generator=generator).double()
        divisor = float(2 ** integer(0, 5))
    else:
        kernel = torch.randn(size, size, generator=generator, dtype=torch.float64)
        divisor = float(torch.randn((), generator=generator, dtype=torch.float64))
    if integer(0, 4) == 0:
        kernel = kernel.abs()  # nothing negative: the other kind of raw picture
    options = {"padding": integer(0, 3), "stride": integer(1, 5), "divisor": divisor}
    rows, columns = by_torch(pixels, kernel, options).shape
    place = (integer(0, rows), integer(0, columns))
    return pixels, kernel, options, place


def by_torch(pixels, kernel, options):
    sums = F.conv2d(
        pixels.double()[None, None],
        kernel[None, None],
        padding=options["padding"],
        stride=options["stride"],
    )
    return sums[0, 0] / options["divisor"]


def raw_by_torch(values):
    """Grey levels before rounding."""
    low, high = values.min(), values.max()
    if low < 0:
        return 127.5 * (1 + values / values.abs().max())
    return 255 * (values - low) / (high - low) if high > low else torch.full_like(values, 127.5)


def as_json(pixels, kernel, options, place):
    return {
        "pixels": pixels.flatten().tolist(),
        "height": pixels.shape[0],
        "width": pixels.shape[1],
        "kernel": kernel.tolist(),
        "options": options,
        "place": place,
    }


@pytest.fixture(scope="module")
def cases():
    generator = torch.Generator().manual_seed(11)
    return [random_case(generator) for _ in range(CASES)]


@pytest.fixture(scope="module")
def answers(browser, cases):
    """What the module makes of all cases, asked for in one call."""
    page = browser.new_page()
    ModulePage(page, "image_kernel/math")
    found = page.evaluate(BATCH, [as_json(*case) for case in cases])
    page.close()
    assert len(found) == CASES >= 500
    return found


def test_every_output_is_that_of_torch(cases, answers):
    for (pixels, kernel, options, _), answer in zip(cases, answers, strict=True):
        expected = by_torch(pixels, kernel, options)
        assert (answer["rows"], answer["columns"]) == expected.shape
        ours = torch.tensor(answer["values"], dtype=torch.float64).reshape(expected.shape)
        # Where products cancel, the error is one of the products that went into the sum.
        scale = by_torch(pixels, kernel.abs(), options).abs().max()
        torch.testing.assert_close(ours, expected, rtol=1e-12, atol=1e-12 * float(scale))


def test_the_products_are_the_window_times_the_kernel(cases, answers):
    for (pixels, kernel, options, (row, column)), answer in zip(cases, answers, strict=True):
        padding, stride, size = options["padding"], options["stride"], len(kernel)
        padded = F.pad(pixels.double(), [padding] * 4)
        inside = F.pad(torch.ones_like(pixels), [padding] * 4).bool()
        window = (slice(row * stride, row * stride + size),)
        window += (slice(column * stride, column * stride + size),)
        cells = answer["products"]["cells"]

        def table(name, cells=cells):
            return [[cell[name] for cell in cells_in_row] for cells_in_row in cells]

        assert table("pixel") == padded[window].tolist()
        assert table("weight") == kernel.tolist()
        assert table("product") == (padded[window] * kernel).tolist()
        assert table("inside") == inside[window].tolist()
        total = sum(map(sum, table("product")))
        assert answer["products"]["sum"] == pytest.approx(total, rel=1e-12, abs=1e-9)
        assert answer["products"]["sum"] / options["divisor"] == answer["products"]["result"]
        value = answer["values"][row * answer["columns"] + column]
        assert answer["products"]["result"] == pytest.approx(value, rel=1e-12, abs=1e-9)


def test_clipped_pictures_are_rounded_and_clamped_as_torch_does(cases, answers):
    ties = 0
    for answer in answers:
        values = torch.tensor(answer["values"], dtype=torch.float64)
        ties += int(((values - values.floor() == 0.5) & (values > 0) & (values < 255)).sum())
        assert answer["clipped"] == values.round().clamp(0, 255).int().tolist()
    assert ties > 100  # enough values lie exactly between two grey levels


def test_raw_pictures_span_all_greys_with_zero_in_the_middle(cases, answers):
    signs = set()
    for answer in answers:
        values = torch.tensor(answer["values"], dtype=torch.float64)
        greys = torch.tensor(answer["raw"], dtype=torch.float64)
        # Half a level of rounding, and nothing more than the order of operations besides.
        assert (greys - raw_by_torch(values)).abs().max() <= 0.5 + 1e-9
        negative = bool(values.min() < 0)
        signs.add(negative)
        if negative:
            assert (greys[values == 0] == 128).all()
            assert {0.0, 255.0} & set(greys.tolist())
        elif values.max() > values.min():
            assert (greys.min(), greys.max()) == (0, 255)
    assert signs == {True, False}


def test_a_picture_without_contrast_is_mid_grey(open_module):
    grey = open_module("image_kernel/math").page.evaluate(
        "() => { const g = module.toGrey([0, 0, 0], 'raw'); return {...g, greys: [...g.greys]}; }"
    )
    assert grey["greys"] == [128, 128, 128]
    assert (grey["low"], grey["high"], grey["lost"]) == (0, 0, 0)


def test_presets_are_the_same_in_both_languages(open_module):
    wanted = [(name, size) for name in PRESETS for size in SIZES]
    found = open_module("image_kernel/math").call_each(
        [("kernelPreset", *pair) for pair in wanted]
    )
    for pair, ours in zip(wanted, found, strict=True):
        kernel, divisor = kernel_preset(*pair)
        assert ours == {"kernel": [list(row) for row in kernel], "divisor": divisor}, pair


def test_every_preset_has_a_line_of_explanation(open_module):
    page = open_module("image_kernel/words").page
    assert page.evaluate("Object.keys(module.MEANINGS)") == [*PRESETS, "custom"]


def test_the_pixels_travel_unchanged(open_module):
    page = open_module("kit/pixels").page
    for name, asset in ImageKernel().photos.items():
        sent = page.evaluate("(text) => [...module.decodePixels(text)]", asset["pixels"])
        assert sent == grey_levels(name).flatten().tolist()
        assert (asset["width"], asset["height"]) == (SIDE, SIDE)


def test_a_custom_kernel_is_framed_or_cropped_around_its_centre(open_module):
    small = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    module = open_module("image_kernel/math")
    large = module.call("resized", small, 5)
    assert large == F.pad(torch.tensor(small), [1] * 4).tolist()
    assert module.call("resized", large, 3) == small


STATE = {"padding": 1, "stride": 2, "divisor": 4}


@pytest.mark.parametrize("preset", ["Sobel x", "box blur"])
@pytest.mark.parametrize("view", ["clipped", "raw"])
@pytest.mark.parametrize("size", SIZES)
def test_the_torch_code_draws_the_output_picture(open_module, preset, view, size):
    x = grey_levels("coffee").double()[None, None]
    kernel = [list(row) for row in kernel_preset(preset, size)[0]]
    page = open_module("image_kernel/words").page
    expected = by_torch(x[0, 0], torch.tensor(kernel).double(), STATE)
    shape = {"width": SIDE, "height": SIDE}
    low, high = float(expected.min()), float(expected.max())
    code = page.evaluate(
        "([state, shape, range]) => module.torchCode(state, shape, range)",
        [{**STATE, "kernel": kernel, "view": view}, shape, {"low": low, "black": 0, "white": 1}],
    )
    scope = {"torch": torch, "F": F, "x": x}
    exec(code, scope)
    torch.testing.assert_close(scope["y"][0, 0], expected, rtol=1e-12, atol=1e-9)
    drawn = expected.round().clamp(0, 255) if view == "clipped" else raw_by_torch(expected)
    torch.testing.assert_close(scope["shown"][0, 0], drawn, rtol=1e-12, atol=1e-9)
    assert f"(1, 1, {SIDE}, {SIDE})" in code
    assert high > low


def test_the_torch_code_has_no_division_by_a_missing_contrast(open_module):
    flat = {"low": 0, "black": 0, "white": 0}
    code = open_module("image_kernel/words").call(
        "torchCode",
        {**STATE, "kernel": [[0] * 3] * 3, "view": "raw"},
        {"width": 8, "height": 8},
        flat,
    )
    scope = {"torch": torch, "F": F, "x": torch.zeros(1, 1, 8, 8)}
    exec(code, scope)
    assert (scope["shown"] == 127.5).all()


@pytest.mark.parametrize(("values", "view", "sentence"), RANGES)
def test_the_range_is_told_in_a_sentence(open_module, values, view, sentence):
    numbers = open_module("image_kernel/math")
    grey = numbers.page.evaluate(
        "([values, view]) => ({...module.toGrey(values, view), greys: 0})", [values, view]
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
