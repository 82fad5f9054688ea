"""Style steps: a photograph on its way to a painting, for other weights of the losses."""

import functools
import json
from pathlib import Path

import traitlets

from utils.widgets.kit.base import BookWidget

FILE = Path(__file__).with_name("pictures.json")
SIDE = 112  # pixels, a multiple of WebP's blocks of 16: neighbours in the atlas do not mix
STOPS = 0, 10, 30, 100, 300  # steps of Adam after which a picture is kept
STYLES = 2, 10, 40, 200  # weights of the style loss; that of the content is 1
SMOOTHS = 0, 1, 10  # weights of the total variation


@functools.cache
def pictures() -> dict[str, object]:
    """Return what ``python -m tools.train_style`` found.

    ``losses`` has a row for each setting, smoothness running first, with the content, style and
    smoothness loss at each stop. ``atlas`` is a WebP in base64: its rows are the same settings,
    its columns the stops. The first column holds the content, in its second row the style.
    """
    return json.loads(FILE.read_text(encoding="ascii"))


class StyleSteps(BookWidget):
    """How does a photograph take on the style of a painting, and what do the weights change?

    Attributes:
        style: weight of the style loss, 2, 10, 40 or 200; that of the content is 1.
        smooth: weight of the total variation, 0, 1 or 10.
        step: how many steps Adam has made, 0, 10, 30, 100 or 300.
        curtain: how much of the picture is covered by the photograph, from the left, in per cent.

    >>> StyleSteps(style=200, smooth=1, step=300).losses
    [1.218, 0.0002145, 0.1168]
    """

    module = "style_steps/view"
    heights = 647, 698
    summary = (
        "A photograph of a cup turns into a painting of brush strokes, step by step. The weights "
        "of style and smoothness can be changed, and bars show the three losses."
    )
    assets = ("pictures",)

    style = traitlets.Enum(STYLES, 40).tag(sync=True)
    smooth = traitlets.Enum(SMOOTHS, 1).tag(sync=True)
    step = traitlets.Enum(STOPS, 300).tag(sync=True)
    curtain = traitlets.Int(0, min=0, max=100).tag(sync=True)
    pictures = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("pictures")
    def _pictures(self) -> dict[str, object]:
        return pictures()

    @property
    def losses(self) -> list[float]:
        """The losses of content, style and smoothness of the picture in sight."""
        row = STYLES.index(self.style) * len(SMOOTHS) + SMOOTHS.index(self.smooth)
        return self.pictures["losses"][row][STOPS.index(self.step)]
