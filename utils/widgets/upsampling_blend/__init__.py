"""Up-sampling: class scores at a few places become a mask of the whole picture."""

import base64
import itertools
import statistics

import torch
import torch.nn.functional as F
import traitlets

from utils.metrics.segmentation import class_iou, confusion
from utils.segmentation.fcn import CLASSES
from utils.transposed import bilinear_kernel
from utils.widgets.kit.base import BookWidget, Pair
from utils.widgets.kit.ink import as_picture
from utils.widgets.upsampling_blend.frames import kept, unpacked

SIDE, EPOCHS, SKIPS = 64, 4, 2


def block_kernel(stride: int) -> torch.Tensor:
    """Return the kernel of an enlarging in blocks, with the room of a bilinear one around it.

    >>> block_kernel(2)[1]
    tensor([0., 1., 1., 0.])
    """
    return F.pad(torch.ones(stride, stride), [stride // 2] * 4)


class UpsamplingBlend(BookWidget):
    """How does a coarse grid of scores become a mask?

    Three networks, without a skip, with one and with two, have learned from scenes. The demo has
    the scores that they give on one scene after each epoch, and the kernels that they learned.

    Attributes:
        skips: how many finer maps of scores are added: 0, 1 or 2.
        way: how scores are enlarged: 0 in blocks, 1 bilinear, 2 by the learned kernel; between
            them mixtures.
        epoch: how many epochs the networks have learned for, 0 to 4.
        pixel: row and column of the pixel whose scores are shown, 0 to 63.
        strength: how much of the picture the mask covers, 0 to 1.

    >>> UpsamplingBlend(skips=0).logits.shape
    torch.Size([11, 64, 64])
    """

    module = "upsampling_blend/view"
    heights = 615, 697
    summary = (
        "A mask over a scene of digits, made from class scores on a coarse grid: enlarged in "
        "blocks, bilinear or by a learned kernel, with finer scores added, epoch by epoch."
    )
    assets = ("kept",)

    skips = traitlets.Int(0, min=0, max=SKIPS).tag(sync=True)
    way = traitlets.Float(1.0, min=0, max=2).tag(sync=True)
    epoch = traitlets.Int(EPOCHS, min=0, max=EPOCHS).tag(sync=True)
    pixel = Pair((53, 47), min=0, max=SIDE - 1)
    strength = traitlets.Float(0.6, min=0, max=1).tag(sync=True)
    kept = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("kept")
    def _kept(self) -> dict[str, object]:
        return kept()

    @property
    def picture(self) -> torch.Tensor:
        """The scene, float64 ``(64, 64)`` in [0, 1]."""
        return as_picture(self.kept["picture"])

    @property
    def truth(self) -> torch.Tensor:
        """The true mask, int64 ``(64, 64)``: 0 for background, digit + 1."""
        return torch.tensor([*base64.b64decode(self.kept["truth"])]).view(SIDE, SIDE)

    @property
    def maps(self) -> list[torch.Tensor]:
        """The scores, the coarsest first, float64 ``(11, side, side)``."""
        return self._frame()[0]

    @property
    def kernels(self) -> list[torch.Tensor]:
        """The kernels of the way up, mixed as ``way`` says, float64 ``(11, 1, size, size)``."""
        mixed = []
        for learned in self._frame()[1]:
            stride = learned.shape[-1] // 2
            tent = bilinear_kernel(1, stride)[0, 0].double()
            low, high = (tent, learned) if self.way > 1 else (block_kernel(stride).double(), tent)
            share = self.way - (self.way > 1)
            mixed.append((low + share * (high - low)).expand(CLASSES, *tent.shape)[:, None])
        return mixed

    @property
    def logits(self) -> torch.Tensor:
        """A score for each class and pixel, float64 ``(11, 64, 64)``."""
        total = torch.zeros(())
        for scores, kernel in zip(self.maps, self.kernels, strict=True):
            stride = kernel.shape[-1] // 2
            settings = {"stride": stride, "padding": stride // 2, "groups": CLASSES}
            total = F.conv_transpose2d((scores + total)[None], kernel, **settings)[0]
        return total

    @property
    def mask(self) -> torch.Tensor:
        """The class with the largest score, int64 ``(64, 64)``."""
        return self.logits.argmax(0)

    @property
    def iou(self) -> dict[int, float]:
        """The IoU of each class of the true mask, by its number there."""
        found = class_iou(confusion(self.mask, self.truth, CLASSES))
        return {kind: found[kind].item() for kind in self.truth.unique().tolist()}

    @property
    def mean_iou(self) -> float:
        """The mean of these."""
        return statistics.fmean(self.iou.values())

    def _frame(self) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
        return unpacked(self.kept["nets"][str(self.skips)][self.epoch])

    @classmethod
    def settings(cls) -> list[dict[str, object]]:
        """Return all settings of skips and epochs, and the three pure ways."""
        choices = itertools.product(range(SKIPS + 1), range(EPOCHS + 1), (0.0, 1.0, 2.0))
        return [dict(zip(("skips", "epoch", "way"), choice, strict=True)) for choice in choices]
