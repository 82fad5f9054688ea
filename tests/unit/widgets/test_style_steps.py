"""The Python side of the demo of style transfer, and the pictures that it shows."""

import base64
import io

import pytest
import torch
import traitlets
from PIL import Image

from tools.train_style import atlas, numbers, prepared
from utils.style import descend
from utils.widgets.style_steps import FILE, SIDE, SMOOTHS, STOPS, STYLES, StyleSteps, pictures


@pytest.fixture(scope="module")
def painter():
    return prepared()


def decoded(text):
    """The picture behind a WebP in base64, ``(3, height, width)``, 0 to 1."""
    with Image.open(io.BytesIO(base64.b64decode(text))) as file:
        levels = torch.tensor(list(file.convert("RGB").tobytes())) / 255
        return levels.view(file.height, file.width, 3).permute(2, 0, 1)


@pytest.fixture(scope="module")
def tile():
    """A function of row and column that returns a stored picture."""
    whole = decoded(pictures()["atlas"])
    assert whole.shape == (3, SIDE * len(STYLES) * len(SMOOTHS), SIDE * len(STOPS))
    rows = [row.chunk(len(STOPS), dim=2) for row in whole.chunk(len(STYLES) * len(SMOOTHS), dim=1)]
    return lambda row, column: rows[row][column]


def off(one, other):
    """The mean distance in levels of 255."""
    return 255 * (one - other).abs().mean().item()


def test_the_file_is_small_and_complete():
    assert FILE.stat().st_size < 235_000
    assert len(pictures()["losses"]) == len(STYLES) * len(SMOOTHS)
    assert all(len(row) == len(STOPS) for row in pictures()["losses"])


def stored(picture):
    """The picture as WebP leaves it, which rounds colours of small places by many levels."""
    return decoded(atlas([[picture]]))


def test_the_first_column_holds_photograph_and_painting(painter, tile):
    content, style, _ = painter
    # What WebP rounds depends on the neighbours in the atlas.
    assert off(tile(0, 0), stored(content)) < 6 and off(tile(7, 0), stored(content)) < 6
    assert off(tile(1, 0), stored(style)) < 8


def test_a_stored_picture_and_its_losses_are_those_of_torch(painter, tile):
    content, _, targets = painter
    ours = descend(targets, content, (1, 40, 1), stops=STOPS[:3])
    for column, picture in enumerate(ours):
        shown = StyleSteps(style=40, smooth=1, step=STOPS[column]).losses
        found = numbers(targets.losses(picture))
        # Rounding differs between processors, and 80 steps of training and 30 of painting spread
        # it; settings and stops beside each other differ by far more.
        assert found == pytest.approx(shown, rel=0.1, abs=1e-3), column
        assert off(tile(7, column), stored(picture)) < 9, column
    assert off(tile(7, 1), stored(ours[2])) > 15 and off(tile(7, 0), stored(ours[1])) > 15
    assert off(tile(8, 2), stored(ours[2])) > 9


def test_what_the_page_says_of_the_losses_holds():
    def last(style, smooth):
        return StyleSteps(style=style, smooth=smooth, step=300).losses

    for smooth in SMOOTHS:
        runs = [last(style, smooth) for style in STYLES]
        assert [run[1] for run in runs] == sorted((run[1] for run in runs), reverse=True)
        assert [run[0] for run in runs] == sorted(run[0] for run in runs)
    for style in STYLES:
        rough = [last(style, smooth)[2] for smooth in SMOOTHS]
        assert rough == sorted(rough, reverse=True)
    photograph = StyleSteps(step=0).losses[2]
    assert last(10, 10)[1] > 0.003 and last(200, 10)[2] > photograph
    assert last(40, 10)[1] < 0.003 and last(40, 10)[2] < photograph


@pytest.mark.parametrize(
    "bad", [{"style": 3}, {"smooth": 3}, {"step": 50}, {"curtain": 101}, {"curtain": -1}]
)
def test_what_is_not_stored_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        StyleSteps(**bad)
