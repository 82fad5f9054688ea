"""Frozen layers: what is saved, what moves and what is known when the first layers stand still."""

import functools
import json
from pathlib import Path

import torch
import traitlets
from torch.utils.flop_counter import FlopCounterMode

from utils.overlapping_tasks import TARGET, five_layers
from utils.widgets.kit.base import BookWidget

FILE = Path(__file__).with_name("runs.json")
LAYERS = 5
COUNTS = 1, 2, 4, 8, 16, 32  # images of a class


@functools.cache
def runs() -> dict[str, list[dict[str, object]]]:
    """Return what ``python -m tools.train_frozen`` found, by the images of a class.

    For each number of frozen layers, 0 to 4: the best ``lr``, the mean ``accuracy`` on test images
    and its ``spread`` over ten networks, and how far each layer ``moved``, as a share of its
    length, at the rate 0.01.
    """
    return json.loads(FILE.read_text(encoding="ascii"))


class FrozenLayers(BookWidget):
    """How many of the first layers can stand still, and what does that save?

    A network of five layers that knows the digits 0 to 4 is trained on for the digits 3 to 9.

    Attributes:
        frozen: how many layers are frozen, from below, 0 to 4.
        images: images a class to learn from: 1, 2, 4, 8, 16 or 32.

    >>> FrozenLayers(frozen=4).learning, FrozenLayers(frozen=4).work
    (455, 448)
    """

    module = "frozen_layers/view"
    heights = 563, 693
    summary = (
        "A tower of five layers, of which the first ones are frozen: bars show the backward work "
        "and how far each layer moves, and curves the accuracy for few and for many images."
    )
    assets = ("runs",)

    frozen = traitlets.Int(3, min=0, max=LAYERS - 1).tag(sync=True)
    images = traitlets.Enum(COUNTS, 8).tag(sync=True)
    runs = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("runs")
    def _runs(self) -> dict[str, list[dict[str, object]]]:
        return runs()

    def _net(self) -> torch.nn.Sequential:
        with torch.device("meta"):
            net = five_layers(1, len(TARGET))
        net[: self.frozen].requires_grad_(False)
        return net

    @property
    def learning(self) -> int:
        """How many numbers may change."""
        return sum(part.numel() for part in self._net().parameters() if part.requires_grad)

    @property
    def work(self) -> int:
        """The multiplications of the backward pass for an image, as torch counts them."""
        out = self._net()(torch.empty(1, 1, 8, 8, device="meta")).sum()
        with FlopCounterMode(display=False) as counter:
            out.backward()
        return counter.get_total_flops() // 2
