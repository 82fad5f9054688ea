"""utils.segmentation.drawing: each pixel has its class's colour."""

import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.colors import to_hex, to_rgb

from utils.plots import COLOURS, new_axes
from utils.segmentation.drawing import (
    BACKGROUND,
    IGNORED,
    PALETTE,
    colour_of,
    in_colour,
    legend,
    overlay,
)


def test_numbers_have_their_colours():
    assert PALETTE[: len(COLOURS)] == COLOURS
    assert len(set(PALETTE)) == len(PALETTE) == 10
    mask = torch.tensor([[0, 1, 10], [11, 12, 255]])
    shown = in_colour(mask)
    assert shown.shape == (3, 2, 3) and shown.dtype == torch.float32
    found = [to_hex(pixel.tolist()) for pixel in shown.flatten(1).T]
    wanted = [BACKGROUND, PALETTE[0], PALETTE[9], PALETTE[0], PALETTE[1], IGNORED]
    assert found == [colour.lower() for colour in wanted]
    assert torch.equal(in_colour(torch.stack([mask, mask]))[1], shown)
    assert torch.equal(in_colour(mask.byte()), shown)
    assert in_colour(mask > 20).shape == (3, 2, 3)
    assert in_colour(mask[:0]).shape == (3, 0, 3)


def test_the_picture_shows_through_and_the_background_stays():
    image = torch.tensor([[[0.2, 0.4, 1.0]]])
    mask = torch.tensor([[0, 2, 255]])
    shown = overlay(image, mask, strength=0.25)
    assert torch.equal(shown[:, 0, 0], torch.full((3,), 0.2))
    for column, name in ((1, colour_of(2)), (2, IGNORED)):
        wanted = 0.75 * image[0, 0, column] + 0.25 * torch.tensor(to_rgb(name))
        torch.testing.assert_close(shown[:, 0, column], wanted)
    assert torch.equal(overlay(image, mask, strength=0), image.expand(3, 1, 3))
    assert torch.equal(overlay(image[0], mask), overlay(image.expand(3, 1, 3), mask))
    assert overlay(torch.rand(5, 1, 4, 6), torch.zeros(5, 4, 6, dtype=torch.int64)).shape == (
        (5, 3, 4, 6)
    )


def test_a_legend_names_the_numbers():
    axes = new_axes()
    assert legend(axes, ["ball", "cat"], torch.tensor([0, 2, 255]), ncols=2) is axes
    drawn = axes.get_legend()
    assert [text.get_text() for text in drawn.get_texts()] == ["background", "cat", "ignored"]
    colours = [to_hex(patch.get_facecolor()) for patch in drawn.get_patches()]
    assert colours == [BACKGROUND, PALETTE[1].lower(), IGNORED]
    with pytest.raises(ValueError, match="no name for number 3: 2 names"):
        legend(axes, ["ball", "cat"], [1, 3])
    plt.close(axes.figure)


@pytest.mark.parametrize(
    "draw, message",
    [
        (lambda: in_colour(torch.zeros(2, 2)), "mask must hold integers"),
        (lambda: in_colour(torch.zeros(2, dtype=torch.int64)), r"of shape \(2,\)"),
        (lambda: in_colour(torch.tensor([[0, 256]])), r"from 0 to 255, got \[0, 256\]"),
        (lambda: in_colour(torch.tensor([[-1]])), "from 0 to 255"),
        (lambda: overlay(torch.zeros(1, 2, 2), torch.zeros(2, 3).long()), "must have one size"),
        (lambda: overlay(torch.zeros(2, 2), torch.zeros(2, 2).long(), strength=2), "between 0 an"),
    ],
)
def test_what_is_no_mask_is_refused(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
