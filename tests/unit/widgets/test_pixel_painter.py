"""The Python side of the pixel painter."""

import numpy as np
import pytest
import torch
import traitlets

from utils.widgets.pixel_painter import CHANNELS, ORDERS, PRESETS, SIDE, PixelPainter

RAMP = torch.arange(3 * SIDE * SIDE).view(3, SIDE, SIDE)  # every number another


def test_a_preset_fills_the_picture_and_a_picture_names_its_preset():
    demo = PixelPainter(preset="rainbow")
    assert demo.picture == PRESETS["rainbow"]
    demo.picture = PRESETS["black"]
    assert demo.preset == "black"
    demo.picture = RAMP
    assert demo.preset == "custom"
    demo.preset = "letter F"
    assert demo.picture == PRESETS["letter F"]
    demo.preset = "custom"
    assert demo.picture == PRESETS["letter F"]


def test_a_picture_given_with_a_preset_has_the_last_word():
    demo = PixelPainter(preset="rainbow", picture=RAMP)
    assert (demo.preset, demo.picture[2][7][7]) == ("custom", 191)


@pytest.mark.parametrize(
    "given",
    [RAMP.tolist(), RAMP.numpy(), RAMP.numpy().astype(np.uint8), RAMP.to(torch.uint8), RAMP]
    + [tuple(map(tuple, RAMP.tolist())), list(RAMP.numpy().astype(np.int16))],
    ids=["lists", "int64 array", "uint8 array", "uint8", "int64", "mixed", "list of arrays"],
)
@pytest.mark.filterwarnings("ignore:Creating a tensor from a list of numpy.ndarrays")
def test_a_picture_is_taken_from_sequences_arrays_and_tensors(given):
    demo = PixelPainter(picture=given)
    assert demo.picture == tuple(tuple(map(tuple, plane)) for plane in RAMP.tolist())
    assert type(demo.picture[0][0][0]) is int


@pytest.mark.parametrize("dtype", [np.int8, np.int32, np.uint16, np.uint32, np.uint64])
def test_every_type_of_integers_is_taken(dtype):
    numbers = (RAMP % 128).numpy()
    assert PixelPainter(picture=numbers.astype(dtype)).tensor.tolist() == numbers.tolist()


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (RAMP + 65, "numbers from 65 to 256"),
        (RAMP - 1, "numbers from -1 to 190"),
        (RAMP / 255, "numbers of type float32"),
        (RAMP > 9, "numbers of type bool"),
        (RAMP.to(torch.complex64), "numbers of type complex64"),
        (torch.full((3, SIDE, SIDE), torch.nan), "numbers of type float32"),
        (RAMP[:, :7], r"shape \(3, 7, 8\)"),
        (RAMP[:1], r"shape \(1, 8, 8\)"),
        (5, r"shape \(\)"),
        ([[1, 2], [3]], r"\[\[1, 2\], \[3\]\]"),
        ([[["1"] * 8] * 8] * 3, "'1'"),
        ("ab", "'ab'"),
        (None, "None"),
        ([[[2**70] * 8] * 8] * 3, str(2**70)),
    ],
)
def test_anything_else_is_refused_with_the_bounds(bad, told):
    demo = PixelPainter()
    with pytest.raises(traitlets.TraitError, match=f"3×8×8 integers from 0 to 255, got .*{told}"):
        demo.picture = bad
    assert demo.picture == PRESETS["sailing boat"]


def test_channels_last_are_refused_with_what_helps():
    with pytest.raises(traitlets.TraitError, match=r"channels last: permute\(2, 0, 1\) brings"):
        PixelPainter(picture=RAMP.permute(1, 2, 0))
    assert PixelPainter(picture=RAMP.permute(1, 2, 0).permute(2, 0, 1)).picture[1][0][0] == 64


@pytest.mark.parametrize("name", ["row", "column"])
def test_row_and_column_have_bounds(name):
    assert getattr(PixelPainter(**{name: 7}), name) == 7
    for bad in (-1, SIDE, 1.5, None):
        with pytest.raises(traitlets.TraitError):
            PixelPainter(**{name: bad})


@pytest.mark.parametrize(
    "bad", [{"order": "HWC"}, {"channel": "alpha"}, {"channel": 0}, {"preset": "cat"}]
)
def test_other_choices_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        PixelPainter(**bad)


@pytest.mark.parametrize("order", ORDERS)
def test_places_are_those_of_views_of_one_number(order):
    for row in range(SIDE):
        for column in range(SIDE):
            demo = PixelPainter(picture=RAMP, row=row, column=column, order=order)
            x = demo.tensor
            assert x.dtype == torch.uint8 and x.is_contiguous()
            ones = [x[index] for index in demo.indices]
            assert [one.storage_offset() for one in ones] == list(demo.places)
            assert [one.item() for one in ones] == list(demo.pixel)
            assert [x.untyped_storage()[place] for place in demo.places] == list(demo.pixel)


def test_the_tensor_has_the_chosen_order():
    demo = PixelPainter(picture=RAMP)
    assert torch.equal(demo.tensor, RAMP.to(torch.uint8))
    demo.order = "channels last"
    assert torch.equal(demo.tensor, RAMP.to(torch.uint8).permute(1, 2, 0))
    assert demo.tensor.stride() == (24, 3, 1)


@pytest.mark.parametrize(
    "light", [(1, 2, 3), [1, 2, 3], np.array([1, 2, 3], dtype=np.uint8), torch.tensor([1, 2, 3])]
)
def test_a_pixel_is_painted(light):
    demo = PixelPainter(row=7, column=0)
    before = demo.tensor
    demo.pixel = light
    assert (demo.pixel, demo.preset) == ((1, 2, 3), "custom")
    assert (demo.tensor != before).sum() == 3 and demo.tensor[:, 7, 0].tolist() == [1, 2, 3]
    demo.pixel = before[:, 7, 0]
    assert demo.preset == "sailing boat"


@pytest.mark.parametrize("bad", [(1, 2), (1, 2, 3, 4), 5, None, "abc", (0, 0, 256), (0, 0, 0.5)])
def test_no_other_light_is_painted(bad):
    demo = PixelPainter()
    with pytest.raises(traitlets.TraitError, match=r"three integers|3×8×8 integers"):
        demo.pixel = bad
    assert demo.preset == "sailing boat"


def test_the_boat_and_the_bars_are_what_they_should_be():
    boat = PixelPainter(order="channels last").tensor
    assert boat[5, 0].tolist() == [200, 40, 50] and boat[2, 2].tolist() == [255, 255, 255]
    letter = torch.tensor(PRESETS["letter F"])
    same_as_mirrored = [torch.equal(letter, letter.flip(dims)) for dims in (1, 2, (1, 2))]
    assert not any([*same_as_mirrored, torch.equal(letter, letter.transpose(1, 2))])
    bars = torch.tensor(PRESETS["colour bars"])[:, 0].T.tolist()
    assert len(set(map(tuple, bars))) == 8 and bars[0] == [255] * 3 and bars[-1] == [0] * 3
    rainbow = torch.tensor(PRESETS["rainbow"]).flatten(1).T.tolist()
    assert len(set(map(tuple, rainbow))) == SIDE * SIDE


def test_the_controls_the_assets_and_a_short_repr():
    demo = PixelPainter(channel=CHANNELS[2])
    assert demo.controls() == ["channel", "column", "order", "picture", "preset", "row"]
    assert demo.asset_values() == {"presets": PRESETS}
    with pytest.raises(traitlets.TraitError):
        demo.presets = {}
    wanted = "channel='blue', column=6, order='channels first', preset='sailing boat', row=2"
    assert repr(demo) == f"PixelPainter({wanted})"
