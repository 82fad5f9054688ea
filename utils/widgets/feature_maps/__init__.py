"""Feature maps: a LeNet looks at a drawn digit, and every number of it can be traced."""

import torch
import traitlets
from torch import nn

from utils.widgets.feature_maps.traits import LeNet
from utils.widgets.kit.base import BookWidget, Pair
from utils.widgets.kit.convnet import unpack
from utils.widgets.kit.drawing import Drawing, examples
from utils.widgets.kit.ink import as_picture
from utils.widgets.kit.lenet import SIDE, packed

LAYERS = 1, 2, 4, 5, 8, 10, 11  # whose outputs are drawn: layers of lenet()
OPENS_WITH = "3"


class FeatureMaps(BookWidget):
    """Draw a digit, watch a LeNet read it, and point at a pixel to see the products behind it.

    Without ``model`` it shows the LeNet that the book has trained.

    Attributes:
        drawing: 28×28 numbers from 0 to 1, or a digit from "0" to "9"; kept as base64 of one
            byte a pixel.
        layer: the layer of the network that is pointed at: 1 and 4 are the convolutions after
            their activation, 2 and 5 the pooled maps, 8 and 10 the hidden units, 11 the logits.
        channel: which of its maps or units; above the last one, the last.
        position: row and column of the pixel in that map; outside it, the last.
        layers: None for the book's network, or one of your own, an ``nn.Sequential`` with the
            layers of ``utils.widgets.kit.lenet.lenet()``; kept with 8 bits a weight.

    >>> FeatureMaps().probabilities.argmax().item()
    3
    """

    module = "feature_maps/view"
    heights = 667, 694
    growth = 0.31
    phone_growth = 0.27
    summary = (
        "A digit is drawn on 28 by 28 pixels, and a trained LeNet reads it at once. Each pixel of "
        "each of its feature maps shows the window and the products that it comes from."
    )
    assets = ("examples", "trained")

    drawing = Drawing().tag(sync=True)
    layer = traitlets.Enum(LAYERS, 1).tag(sync=True)
    channel = traitlets.Int(0, min=0, max=119).tag(sync=True)
    position = Pair((17, 14), min=0, max=SIDE - 1)
    layers = LeNet(None, allow_none=True).tag(sync=True)
    examples = traitlets.Dict(read_only=True).tag(sync=True)
    trained = traitlets.List(read_only=True).tag(sync=True)

    def __init__(self, model: nn.Sequential | None = None, **state: object) -> None:
        super().__init__(**({} if model is None else {"layers": model}), **state)

    @traitlets.default("drawing")
    def _opens_with(self) -> str:
        return examples()[OPENS_WITH]

    @traitlets.default("examples")
    def _examples(self) -> dict[str, str]:
        return examples()

    @traitlets.default("trained")
    def _trained(self) -> list[dict[str, object]]:
        return packed()

    @property
    def network(self) -> nn.Sequential:
        """The network as it is shown, with its weights of 8 bits, float64 on the CPU."""
        return unpack(self.layers or self.trained, torch.float64)

    @property
    def picture(self) -> torch.Tensor:
        """What the network gets, float64 ``(1, 1, 28, 28)`` in [0, 1]."""
        return as_picture(self.drawing)[None, None]

    @property
    @torch.no_grad()
    def maps(self) -> torch.Tensor:
        """What the layer pointed at gives: ``(channels, rows, columns)`` or ``(units,)``."""
        return self.network[: self.layer + 1](self.picture)[0]

    @property
    @torch.no_grad()
    def probabilities(self) -> torch.Tensor:
        """The probability of each class, float64 ``(10,)``."""
        return self.network(self.picture)[0].softmax(0)

    def __repr__(self) -> str:
        # Thousands of weights and pixels tell nobody much.
        names = [name for name, text in self.examples.items() if text == self.drawing]
        drawing = f"drawing of a {names[0]}" if names else "own drawing"
        whose = "the book's LeNet" if self.layers is None else "a LeNet of your own"
        return f"{type(self).__name__}({whose}, {drawing}, layer={self.layer})"
