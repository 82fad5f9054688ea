"""How does a 1×1 convolution mix the channels of a photograph? The mixer's Python side."""

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget, Numbers, Pair
from utils.widgets.kit.photographs import color_levels, photo_asset

PHOTOS = "astronaut", "coffee"
SIDE = 128  # pixels of a photograph
LIMIT = 2.0  # the largest weight
LUMA = 0.2125, 0.7154, 0.0721  # how bright red, green and blue look: Rec. 709
PRESETS = {
    "as it is": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "grey": (LUMA,) * 3,
    "sepia": ((0.393, 0.769, 0.189), (0.349, 0.686, 0.168), (0.272, 0.534, 0.131)),
    "swapped": ((0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)),
    "vivid": tuple(
        tuple(round(1.8 * (o == i) - 0.8 * LUMA[i], 4) for i in range(3)) for o in range(3)
    ),
    "colour only": tuple(tuple(2.0 if o == i else -1.0 for i in range(3)) for o in range(3)),
}


class ChannelMixer(BookWidget):
    """Mix red, green and blue by nine weights, and see each product as a picture.

    A preset fills ``matrix``; another matrix turns ``preset`` into ``"custom"``.

    Attributes:
        photo: ``"astronaut"`` or ``"coffee"``.
        preset: a name in ``PRESETS``, or ``"custom"``.
        matrix: weights, a row for each output channel, a column for each input channel.
        position: (row, column) of the pixel whose sums are shown.
        channel: the output channel whose sum is spelled out, 0 to 2.

    >>> ChannelMixer(preset="swapped").sums.tolist()
    [73.0, 105.0, 222.0]
    """

    module = "channel_mixer/view"
    summary = "Nine weights mix the channels of a photograph; each product is a picture."
    assets = ("photos", "recipes")
    heights = 531, 690
    phone_growth = 0.21

    photo = traitlets.Enum(PHOTOS, "astronaut").tag(sync=True)
    preset = traitlets.Enum((*PRESETS, "custom"), "sepia").tag(sync=True)
    matrix = Numbers(PRESETS["sepia"], shape=(3, 3), bound=LIMIT)
    position = Pair((90, 52), min=0, max=SIDE - 1)
    channel = traitlets.Int(0, min=0, max=2).tag(sync=True)
    photos = traitlets.Dict(read_only=True).tag(sync=True)
    recipes = traitlets.Dict(PRESETS, read_only=True).tag(sync=True)

    def __init__(self, **state: object) -> None:
        matrix = state.pop("matrix", None)
        super().__init__(**state)
        if matrix is not None:  # given together with a preset, the matrix has the last word
            self.matrix = matrix

    @traitlets.default("photos")
    def _photos(self) -> dict[str, dict[str, object]]:
        return {name: photo_asset(name, SIDE, gray=False) for name in PHOTOS}

    @traitlets.observe("preset")
    def _fill(self, change: dict) -> None:
        if self.preset != "custom":
            self.matrix = PRESETS[self.preset]

    @traitlets.observe("matrix")
    def _name(self, change: dict) -> None:
        if self.preset != "custom" and self.matrix != PRESETS[self.preset]:
            self.preset = "custom"

    @property
    def output(self) -> torch.Tensor:
        """What torch makes of the levels, neither clipped nor rounded, (3, 128, 128)."""
        weight = torch.tensor(self.matrix, dtype=torch.float64)
        levels = color_levels(self.photo, SIDE).double()
        return F.conv2d(levels[None], weight[:, :, None, None])[0]

    @property
    def products(self) -> torch.Tensor:
        """Weight × level at ``position``, (output channels, input channels)."""
        row, column = self.position
        pixel = color_levels(self.photo, SIDE)[:, row, column].double()
        return torch.tensor(self.matrix, dtype=torch.float64) * pixel

    @property
    def sums(self) -> torch.Tensor:
        """The three output channels at ``position``, (3,)."""
        return self.products.sum(1)
