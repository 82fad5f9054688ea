"""Batch statistics: one image in many batches, before and after normalisation."""

import functools

import torch
import traitlets

from utils.data.images import load_images
from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.random import mulberry32, shuffled

IMAGES = 64
MARKED = 1  # a little brighter than most; no other one is as bright
ROWS = 12  # batches that are drawn
SIZES = (2, 4, 8, 16, 32, 64)
EPS = 1e-5


@functools.cache
def pixels() -> torch.Tensor:
    """Return the first 64 training images of the digits, 0 to 16, float64 ``(64, 8, 8)``."""
    return (load_images("digits").train_images[:IMAGES, 0].double() * 16).round()


@functools.cache
def brightness() -> tuple[float, ...]:
    """Return the mean of the pixels of each of these images."""
    return tuple(pixels().mean((1, 2)).tolist())


class BatchStatistics(BookWidget):
    """How far does the output of one image depend on the others of its batch?

    One feature, the brightness of an image, goes through batch normalisation with scale 1 and
    shift 0.
    The marked image is the first of each batch; the others are drawn without putting back.

    Attributes:
        batch_size: a power of two from 2 to 64.
        training: as in ``nn.Module``; in evaluation mode stored statistics are used, here mean
            and unbiased variance of all 64 images.
        seed: of the draws, 0 to 99.

    >>> demo = BatchStatistics(batch_size=4)
    >>> demo.batches.shape, demo.outputs.shape
    (torch.Size([12, 4]), torch.Size([12]))
    >>> len(set(BatchStatistics(training=False).outputs.tolist()))
    1
    """

    module = "batch_statistics/view"
    heights = 614, 652
    growth = 0.49
    phone_growth = 1.12
    assets = ("data",)
    summary = (
        "Lines lead from the brightness of images in twelve batches to the normalised numbers: "
        "the means of all batches meet in 0, and the lines of one marked image fan out from one "
        "place, widest in small batches."
    )

    batch_size = traitlets.Enum(SIZES, 8).tag(sync=True)
    training = traitlets.Bool(True).tag(sync=True)
    seed = traitlets.Int(0, min=0, max=99).tag(sync=True)
    data = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("data")
    def _data(self) -> dict:
        shown = pixels()[MARKED].flatten().int().tolist()
        return {"brightness": list(brightness()), "marked": MARKED, "picture": shown}

    @property
    def batches(self) -> torch.Tensor:
        """The brightness of each batch, the marked image first, float64 ``(12, batch_size)``."""
        generator, values = mulberry32(self.seed), brightness()
        others = [value for place, value in enumerate(values) if place != MARKED]
        rows = []
        for _ in range(ROWS):
            order = shuffled(IMAGES - 1, generator)[: self.batch_size - 1]
            rows.append([values[MARKED], *(others[place] for place in order)])
        return torch.tensor(rows, dtype=torch.float64)

    @property
    def statistics(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean and variance that each batch is normalised with, float64 ``(12,)`` each."""
        if self.training:
            return self.batches.mean(1), self.batches.var(1, correction=0)
        everything = torch.tensor(brightness(), dtype=torch.float64)
        return everything.mean().expand(ROWS), everything.var().expand(ROWS)

    @property
    def outputs(self) -> torch.Tensor:
        """What becomes of the marked image in each batch, float64 ``(12,)``."""
        mean, var = self.statistics
        return (brightness()[MARKED] - mean) / (var + EPS).sqrt()
