"""Ink in the browser: the brush, and the text that a drawing is kept as."""

import base64

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.feature_maps import FeatureMaps
from utils.widgets.kit.ink import as_picture, as_text

DOUBLE = torch.float64


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("kit/ink")


def test_the_brush_leaves_a_line_without_gaps_and_takes_no_ink_away(module):
    blank = [0.0] * 784
    line = torch.tensor(module.call("brushed", blank, [4.5, 10.5], [20.5, 10.5])).view(28, 28)
    assert torch.equal(line[10, 4:21], torch.ones(17))
    assert torch.equal(line[9, 4:21], torch.ones(17))
    assert line[10, 6] > line[8, 6] > 0 == line[7, 6]
    assert not line[:, 24:].any()
    again = torch.tensor(module.call("brushed", line.flatten().tolist(), [5.5, 8.5], [5.5, 8.5]))
    assert (again.view(28, 28) >= line).all()
    # The distance to a slanted stroke, worked out anew.
    slanted = torch.tensor(module.call("brushed", blank, [3.0, 5.0], [9.0, 13.0]), dtype=DOUBLE)
    y, x = torch.meshgrid(torch.arange(28) + 0.5, torch.arange(28) + 0.5, indexing="ij")
    along = ((x - 3) * 0.6 + (y - 5) * 0.8).clamp(0, 10)
    far = torch.hypot(x - 3 - 0.6 * along, y - 5 - 0.8 * along).double()
    assert_same(slanted.view(28, 28), ((2.4 - far) / 1.2).clamp(0, 1), atol=1e-6)


def test_a_drawing_becomes_the_text_that_python_keeps(module):
    picture = torch.rand(28, 28, generator=torch.Generator().manual_seed(0), dtype=DOUBLE)
    text = module.call("textOf", picture.flatten().tolist())
    assert text == as_text(picture) == FeatureMaps(drawing=picture).drawing
    ink = module.call("inkOf", list(base64.b64decode(text)))
    assert_same(torch.tensor(ink, dtype=DOUBLE).view(28, 28), as_picture(text))
