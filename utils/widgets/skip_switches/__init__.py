"""Skip switches: a U-Net at work on a scene, and what becomes of the mask when skips are cut."""

import torch
import torch.nn.functional as F
import traitlets

from utils.metrics.segmentation import confusion, mean_iou
from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.ink import LEVELS, as_picture
from utils.widgets.skip_switches.network import CLASSES, SKIPS, Packed, maps_of, packed, scenes

LAST = 8  # moments of the story: seven blocks, then the mask
SCENES = 4


class SkipSwitches(BookWidget):
    """What does each skip of a U-Net bring to the mask?

    Attributes:
        skips: for each skip, the finest first, whether it is there.
        scene: which of four scenes, 0 to 3.
        step: how far the picture has come, 0 to 8: seven blocks, then the mask.

    >>> demo = SkipSwitches(skips=[True, True, True])
    >>> demo.iou > SkipSwitches(skips=[False, True, True]).iou
    True
    """

    module = "skip_switches/view"
    heights = 643, 616
    summary = (
        "A picture runs down the left arm of a U and comes up the right arm as a mask in colours. "
        "Three skips lead across; each can be cut, and the maps and the mask change."
    )
    assets = ("net", "scenes")

    skips = traitlets.List(traitlets.Bool(), [True, True, True], minlen=SKIPS, maxlen=SKIPS).tag(
        sync=True
    )
    scene = traitlets.Int(0, min=0, max=SCENES - 1).tag(sync=True)
    step = traitlets.Int(LAST, min=0, max=LAST).tag(sync=True)
    net = traitlets.Dict(read_only=True).tag(sync=True)
    scenes = traitlets.List(read_only=True).tag(sync=True)

    @traitlets.default("net")
    def _net(self) -> Packed:
        return packed()

    @traitlets.default("scenes")
    def _scenes(self) -> list[list[str]]:
        return scenes()

    @property
    def picture(self) -> torch.Tensor:
        """The scene, float64 ``(64, 64)`` in [0, 1]."""
        return as_picture(self.scenes[self.scene][0])

    @property
    def truth(self) -> torch.Tensor:
        """The true mask, int64 ``(64, 64)``: 0 for background, 1 to 3 for the digits 0 to 2."""
        return (as_picture(self.scenes[self.scene][1]) * LEVELS).round().long()

    @property
    def maps(self) -> list[torch.Tensor]:
        """What each block gives, then the logits, float64 ``(channels, side, side)``."""
        return [part[0] for part in maps_of(self.net, self.picture[None, None], self.skips)]

    @property
    def mask(self) -> torch.Tensor:
        """The mask of the net, int64 ``(64, 64)``."""
        return self.maps[-1].argmax(0)

    @property
    def iou(self) -> float:
        """The mean IoU of the mask, background included."""
        return mean_iou(confusion(self.mask, self.truth, CLASSES)).item()

    @property
    def border(self) -> float:
        """The share of right pixels among those with another class beside or diagonal to them."""
        truth = self.truth.double()[None, None]
        largest, least = (sign * F.max_pool2d(sign * truth, 3, 1, 1) for sign in (1, -1))
        edge = (largest != least)[0, 0]
        return (self.mask == self.truth)[edge].double().mean().item()
