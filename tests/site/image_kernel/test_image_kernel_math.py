"""The arithmetic of the image kernel demo, in Chromium, against torch."""

import pytest
import torch
import torch.nn.functional as F

from utils.widgets.image_kernel import PRESETS, ImageKernel, kernel_preset
from utils.widgets.kit.photographs import SIDE, grey_levels

CASES = 200
SIZES = (3, 5)
BATCH = """(module, cases) => cases.map(({ pixels, width, height, kernel, options, place }) => {
    const { correlate2d, productsAt, toGrey } = module;
    const bytes = Uint8Array.from(pixels);
    const output = correlate2d(bytes, width, height, kernel, options);
    const greys = (view) => [...toGrey(output.values, view).greys];
    return {
        values: [...output.values], rows: output.rows, columns: output.columns,
        products: productsAt(bytes, width, height, kernel, options, place),
        clipped: greys("clipped"), raw: greys("raw"),
    };
})"""


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
def answers(open_module, cases):
    """What the module makes of all cases, asked for in one call."""
    math = open_module("image_kernel/math").module
    found = math.evaluate(BATCH, [as_json(*case) for case in cases])
    assert len(found) == CASES
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
    assert ties > 30  # enough values lie exactly between two grey levels


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
    grey = open_module("image_kernel/math").module.evaluate(
        """({ toGrey }) => {
            const { greys, ...rest } = toGrey([0, 0, 0], "raw");
            return { ...rest, greys: [...greys] };
        }"""
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


def test_the_pixels_travel_unchanged(open_module):
    pixels = open_module("kit/pixels").module
    for name, asset in ImageKernel().photos.items():
        sent = pixels.evaluate("(module, text) => [...module.decodePixels(text)]", asset["pixels"])
        assert sent == grey_levels(name).flatten().tolist()
        assert (asset["width"], asset["height"]) == (SIDE, SIDE)


def test_a_custom_kernel_is_framed_or_cropped_around_its_centre(open_module):
    small = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    module = open_module("image_kernel/math")
    large = module.call("resized", small, 5)
    assert large == F.pad(torch.tensor(small), [1] * 4).tolist()
    assert module.call("resized", large, 3) == small


def test_a_kernel_keeps_the_brightness_of_a_flat_picture_or_does_not(open_module):
    generator = torch.Generator().manual_seed(2)
    kernels = torch.randint(-3, 4, (300, 3, 3), generator=generator).double()
    sums = kernels.sum(dim=(1, 2))
    divisors = torch.where(torch.arange(300) % 2 == 0, sums, 2.0)
    divisors[divisors == 0] = 1.0
    given = [
        ("keepsBrightness", {"kernel": kernel.tolist(), "divisor": divisor.item()})
        for kernel, divisor in zip(kernels, divisors, strict=True)
    ]
    flat = torch.full((300, 1, 3, 3), 100.0, dtype=torch.float64)
    answers = F.conv2d(flat.view(1, 300, 3, 3), kernels[:, None], groups=300).flatten() / divisors
    expected = ((answers - 100).abs() < 1e-6).tolist()
    assert open_module("image_kernel/math").call_each(given) == expected
    assert 100 < sum(expected) < 250
    tenths = {"kernel": [[0.7, 0.2, 0.1], [0] * 3, [0] * 3], "divisor": 1}
    assert 0.7 + 0.2 + 0.1 != 1  # rounding must not matter
    assert open_module("image_kernel/math").call("keepsBrightness", tenths)


@pytest.mark.parametrize(
    ("place", "nearest"),
    [([3, 4], [3, 4]), ([-2, 9], [0, 6]), ([5, -1e9], [4, 0]), ([1e9, 0], [4, 0])],
)
def test_a_place_outside_an_output_means_the_nearest_one(open_module, place, nearest):
    size = {"rows": 5, "columns": 7}
    assert open_module("image_kernel/math").call("bounded", place, size) == nearest
