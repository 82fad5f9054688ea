"""Patch gazer: a vision transformer reads a digit, and where each patch looks."""

import base64

import torch
import traitlets

from utils.sequences.vision_transformer import VisionTransformer, shuffled
from utils.widgets.kit.base import BookWidget
from utils.widgets.patch_gazer.network import (
    ACROSS,
    BLOCKS,
    HEADS,
    ORDER,
    PATCH,
    packed,
    pictures,
    unpacked,
    with_positions,
)

POSITIONS = "of the places", "of the patches", "none"


class PatchGazer(BookWidget):
    """Where does a patch of a digit look, and does the net know the order of the patches?

    Attributes:
        digit: which picture, 0 to 9.
        token: who looks: 0 is the class token, 1 to 49 are the places, row by row.
        layer, head: whose weights are shown, from 1.
        shuffle: whether the patches lie in another order.
        positions: ``"of the places"``: each place keeps its own, whichever patch lies there;
            ``"of the patches"``: they travel with the patches; ``"none"``: they are zero.

    >>> demo = PatchGazer(digit=3)
    >>> int(demo.probabilities.argmax())
    3
    """

    module = "patch_gazer/view"
    heights = 590, 670
    growth = 0.471
    phone_growth = 0.81
    summary = (
        "A digit is cut into 49 patches. For a chosen patch, layer and head the demo shows how "
        "much it looks at each other one, and which digit the net names, also when the patches "
        "are shuffled."
    )
    assets = ("net",)

    digit = traitlets.Int(7, min=0, max=9).tag(sync=True)
    token = traitlets.Int(0, min=0, max=ACROSS**2).tag(sync=True)
    layer = traitlets.Int(1, min=1, max=BLOCKS).tag(sync=True)
    head = traitlets.Int(2, min=1, max=HEADS).tag(sync=True)
    shuffle = traitlets.Bool(False).tag(sync=True)
    positions = traitlets.Enum(POSITIONS, POSITIONS[0]).tag(sync=True)
    net = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("net")
    def _net(self) -> dict[str, object]:
        pixels = base64.b64encode(pictures().numpy().tobytes()).decode("ascii")
        return {"weights": packed(), "order": ORDER.tolist(), "pictures": pixels}

    def _prepared(self) -> tuple[VisionTransformer, torch.Tensor]:
        image = pictures()[self.digit][None, None].double() / 255
        image = shuffled(image, PATCH, ORDER) if self.shuffle else image
        mode = POSITIONS.index(self.positions)
        order = ORDER if self.shuffle and mode == 1 else None
        return with_positions(unpacked(), none=mode == 2, order=order), image

    @property
    def weights(self) -> torch.Tensor:
        """How much each token looks at each, float64 ``(layers, heads, 50, 50)``."""
        net, image = self._prepared()
        return net.weights(image)[:, 0]

    @property
    def gaze(self) -> torch.Tensor:
        """How much the chosen token looks at each in the chosen head, float64 ``(50,)``."""
        return self.weights[self.layer - 1, self.head - 1, self.token]

    @property
    def probabilities(self) -> torch.Tensor:
        """What the net thinks of each digit, float64 ``(10,)``."""
        net, image = self._prepared()
        with torch.no_grad():
            return net(image)[0].softmax(0)
