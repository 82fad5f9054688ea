"""The Python side of the image kernel explorer: presets, traits, and what torch makes of them."""

import base64
import itertools
import json
import math
import random

import numpy as np
import pytest
import torch
import torch.nn.functional as F
import traitlets

from utils.conv import conv_output_size
from utils.data import registry
from utils.widgets.image_kernel import LIMIT, PRESETS, ImageKernel, kernel_preset
from utils.widgets.kit.photographs import PHOTOS, SIDE, grey_levels

OWN = ((1, 2, 3), (4, 5, 6), (7, 8, 9.5))


def weights(name, size):
    kernel, divisor = kernel_preset(name, size)
    return torch.tensor(kernel, dtype=torch.float64) / divisor


@pytest.mark.parametrize("size", [3, 5])
@pytest.mark.parametrize("name", PRESETS)
def test_presets_keep_the_brightness_or_answer_nothing_to_a_flat_picture(name, size):
    kernel = weights(name, size)
    assert kernel.shape == (size, size)
    edges = ("Sobel x", "Sobel y", "Laplacian")
    assert kernel.sum().item() == pytest.approx(0 if name in edges else 1)


def test_small_presets_are_the_usual_ones():
    assert kernel_preset("Gaussian blur", 3) == (((1, 2, 1), (2, 4, 2), (1, 2, 1)), 16)
    assert kernel_preset("sharpen", 3) == (((0, -1, 0), (-1, 5, -1), (0, -1, 0)), 1)
    assert kernel_preset("Sobel x", 3) == (((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)), 1)
    assert kernel_preset("Laplacian", 3) == (((0, 1, 0), (1, -4, 1), (0, 1, 0)), 1)
    assert kernel_preset("emboss", 3) == (((-2, -1, 0), (-1, 1, 1), (0, 1, 2)), 1)


@pytest.mark.parametrize("size", [3, 5])
def test_presets_are_related_as_their_names_say(size):
    assert torch.equal(weights("Sobel y", size), weights("Sobel x", size).T)
    difference = weights("identity", size) - weights("Laplacian", size)
    assert torch.equal(weights("sharpen", size), difference)
    assert torch.equal(weights("box blur", size), torch.ones(size, size).double() / size**2)


@pytest.mark.parametrize("size", [3, 5])
def test_both_sizes_respond_alike_to_a_ramp_and_a_parabola(size):
    offset = torch.arange(size, dtype=torch.float64) - size // 2
    ramp, parabola = offset.expand(size, size), (offset**2).expand(size, size)
    assert (weights("Sobel x", size) * ramp).sum() == 8
    assert (weights("Laplacian", size) * parabola).sum() == 2


def test_a_preset_fills_kernel_and_divisor():
    demo = ImageKernel()
    for name, size in itertools.product(PRESETS, (3, 5)):
        demo.preset, demo.kernel_size = name, size
        assert (demo.preset, demo.kernel_size) == (name, size)
        assert (demo.kernel, demo.divisor) == kernel_preset(name, size)


def test_a_preset_may_be_written_without_capitals():
    assert ImageKernel(preset="gaussian blur").preset == "Gaussian blur"


@pytest.mark.parametrize("changes", [{"kernel": OWN}, {"divisor": 3}])
def test_editing_turns_the_preset_into_custom(changes):
    demo = ImageKernel(preset="sharpen")
    for name, value in changes.items():
        setattr(demo, name, value)
        assert getattr(demo, name) == value
    assert demo.preset == "custom"
    demo.preset = "sharpen"
    assert (demo.kernel, demo.divisor) == kernel_preset("sharpen", 3)


def test_a_kernel_of_the_other_size_brings_its_size():
    demo = ImageKernel(preset="sharpen")
    demo.kernel = torch.eye(5)
    assert (demo.preset, demo.kernel_size) == ("custom", 5)
    assert demo.kernel == tuple(map(tuple, torch.eye(5).int().tolist()))


def test_the_preset_custom_keeps_the_kernel():
    demo = ImageKernel(preset="emboss")
    demo.preset = "custom"
    assert demo.kernel == kernel_preset("emboss", 3)[0]


def test_a_custom_kernel_is_framed_and_cropped():
    demo = ImageKernel(kernel=OWN)
    demo.kernel_size = 5
    assert torch.equal(torch.tensor(demo.kernel), F.pad(torch.tensor(OWN), [1] * 4))
    demo.kernel_size = 3
    assert (demo.kernel, demo.preset) == (OWN, "custom")


def test_an_explicit_kernel_has_the_last_word_in_any_order():
    for order in itertools.permutations(
        [("preset", "box blur"), ("kernel", OWN), ("divisor", 2), ("kernel_size", 5)]
    ):
        demo = ImageKernel(**dict(order))
        assert (demo.kernel, demo.divisor) == (OWN, 2), order
        assert (demo.preset, demo.kernel_size) == ("custom", 3), order


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"preset": "Laplacian", "kernel_size": 5, "stride": 3, "padding": 2, "view": "clipped"},
        {"kernel": OWN, "divisor": -2.5, "photo": "cat", "position": (3, 4)},
    ],
)
def test_a_state_makes_the_same_demo_again(state):
    demo = ImageKernel(**state)
    assert ImageKernel(**demo.state()).state() == demo.state()
    assert ImageKernel(**json.loads(json.dumps(demo.state()))).state() == demo.state()
    assert repr(eval(repr(demo))) == repr(demo)
    for name, value in state.items():
        assert getattr(demo, name) == value


def test_what_a_view_sends_is_taken_as_it_is_sent():
    demo = ImageKernel()
    demo.set_state({"preset": "custom", "kernel": [list(row) for row in OWN], "divisor": 4})
    assert (demo.preset, demo.kernel, demo.divisor) == ("custom", OWN, 4)
    kernel, divisor = kernel_preset("Sobel y", 5)
    sent = {"kernel_size": 5, "preset": "Sobel y", "kernel": kernel, "divisor": divisor}
    for _ in range(4):
        pairs = random.sample(list(sent.items()), len(sent))
        demo = ImageKernel(kernel=OWN)
        demo.set_state(dict(pairs))
        assert {name: getattr(demo, name) for name in sent} == sent, pairs


@pytest.mark.parametrize(
    "bad",
    [
        [[1, 2], [3, 4]],
        [[1] * 4] * 4,
        [[1] * 5] * 3,
        [[1, 2, 3], [4, 5], [6, 7, 8]],
        [[0, 0, 0], [0, math.nan, 0], [0, 0, 0]],
        [[0, 0, 0], [0, math.inf, 0], [0, 0, 0]],
        [[0, 0, 0], [0, LIMIT + 1, 0], [0, 0, 0]],
        [["a"] * 3] * 3,
        [[None] * 3] * 3,
        torch.zeros(1, 1, 3, 3),
        np.zeros(3),
        [],
        7,
        "identity",
        None,
    ],
)
def test_a_bad_kernel_is_refused_in_a_sentence(bad):
    demo = ImageKernel(preset="emboss")
    before = demo.state()
    with pytest.raises(traitlets.TraitError, match="kernel must be 3×3 or 5×5 numbers from"):
        demo.kernel = bad
    with pytest.raises(traitlets.TraitError, match="kernel must be 3×3 or 5×5 numbers from"):
        ImageKernel(kernel=bad)
    assert demo.state() == before


@pytest.mark.parametrize("good", [np.ones((3, 3)), torch.ones(3, 3, requires_grad=True), OWN])
def test_arrays_and_tensors_are_kernels(good):
    assert ImageKernel(kernel=good).kernel in (((1, 1, 1),) * 3, OWN)


@pytest.mark.parametrize("bad", [0, -0.0, 1e-9, math.nan, math.inf, 2 * LIMIT, "2", None])
def test_a_bad_divisor_is_refused(bad):
    demo = ImageKernel()
    with pytest.raises(traitlets.TraitError, match="divisor"):
        demo.divisor = bad
    assert demo.divisor == 1


@pytest.mark.parametrize(
    ("name", "bad"),
    [("padding", 3), ("padding", -1), ("stride", 0), ("stride", 5), ("stride", 1.5)]
    + [("photo", "dog"), ("preset", "blurr"), ("view", "nice"), ("kernel_size", 4)]
    + [("position", (0, SIDE + 2)), ("position", (-1, 0))],
)
def test_other_settings_have_bounds(name, bad):
    with pytest.raises(traitlets.TraitError, match=name):
        ImageKernel(**{name: bad})


@pytest.mark.parametrize("preset", PRESETS)
def test_the_output_is_the_sum_of_the_products(preset):
    demo = ImageKernel(preset=preset)
    for photo, padding, stride, size in itertools.product(PHOTOS, (0, 2), (1, 3), (3, 5)):
        demo.photo, demo.padding, demo.stride, demo.kernel_size = photo, padding, stride, size
        side = conv_output_size(SIDE, size, padding=padding, stride=stride)
        assert demo.output.shape == (side, side)
        assert demo.output.dtype == torch.float64
        for place in ((0, 0), (side - 1, 4), (7, side // 2)):
            demo.position = place
            assert demo.products.shape == (size, size)
            assert demo.products.sum() / demo.divisor == demo.output[place]


def test_a_position_outside_a_small_output_means_its_last_row_and_column():
    demo = ImageKernel(padding=2, position=(SIDE + 1, SIDE + 1), preset="box blur")
    assert demo.output.shape == (SIDE + 2, SIDE + 2)
    demo.stride = 4
    assert demo.products.sum() / 9 == demo.output[-1, -1]


def test_the_kernel_is_not_flipped():
    kernel = [[0, 0, 0], [0, 0, 1], [0, 0, 0]]
    demo = ImageKernel(kernel=kernel, padding=0, photo="camera")
    assert torch.equal(demo.output, grey_levels("camera")[1:-1, 2:].double())


def test_the_photographs_are_free_and_small():
    photos = ImageKernel().photos
    assert tuple(photos) == PHOTOS
    assert sum(len(photo["pixels"]) for photo in photos.values()) <= 60_000
    for name, photo in photos.items():
        terms = registry.photographs()[name]
        assert terms.licence.startswith("CC0")
        assert terms.author in photo["credit"]
        assert terms.licence in photo["credit"]
        pixels = np.frombuffer(base64.b64decode(photo["pixels"]), dtype=np.uint8)
        assert pixels.reshape(SIDE, SIDE).tolist() == grey_levels(name).tolist()
        assert grey_levels(name).float().std() > 20  # a picture, not a blank


def test_a_pages_html_carries_the_settings_without_the_pixels():
    demo = ImageKernel()
    assert "photos" not in demo.state()
    assert len(demo.to_html()) < 1500
    assert tuple(demo.asset_values()) == ("photos",)
