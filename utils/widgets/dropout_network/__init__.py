"""Dropout network: units blink out, and the mean of all outputs is compared with eval mode."""

import itertools

import torch
import traitlets

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.random import mulberry32

INPUTS = (1.0, 2.0)
FIRST = ((1.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 1.0), (2.0, -0.5), (-0.5, 0.5))
SECOND = (
    (-0.25, -0.25, 0.5, 0.25, -0.5, 0.25),
    (0.75, 0.25, 0.75, -0.5, -0.5, -0.5),
    (-0.25, 0.75, -0.5, 0.75, 0.5, -0.25),
)
UNITS = len(FIRST)
MOST_PASSES = 60


class DropoutNetwork(BookWidget):
    """Does eval mode give the mean of all thinned networks?

    Two inputs, six hidden units with ReLU and dropout, three units behind them, with or without
    ReLU, and an output that adds these three. Weights and inputs are fixed.

    Attributes:
        p: drop probability, 0 to 0.6.
        training: as in ``nn.Module``; in eval mode nothing is dropped.
        relu: whether the three units behind the dropout have a ReLU.
        scaled: whether the units that stay are divided by ``1 - p``.
        passes: forward passes so far, 1 to ``MOST_PASSES``.
        seed: of the masks, 0 to 99.

    >>> demo = DropoutNetwork(p=0.5)
    >>> demo.eval_output, demo.mean_of_all
    (2.0, 2.0)
    >>> DropoutNetwork(p=0.5, relu=True).mean_of_all > 3
    True
    """

    module = "dropout_network/view"
    heights = 469, 692
    growth = 0.31
    phone_growth = 1.23
    summary = (
        "In each forward pass some units of a small network are switched off; the outputs of the "
        "thinned networks are dots, and their mean is drawn beside the output of eval mode."
    )

    p = traitlets.Float(0.5, min=0.0, max=0.6).tag(sync=True)
    training = traitlets.Bool(True).tag(sync=True)
    relu = traitlets.Bool(False).tag(sync=True)
    scaled = traitlets.Bool(True).tag(sync=True)
    passes = traitlets.Int(35, min=1, max=MOST_PASSES).tag(sync=True)
    seed = traitlets.Int(0, min=0, max=99).tag(sync=True)

    @traitlets.validate("p")
    def _refuse_nan(self, proposal: dict) -> float:
        if proposal["value"] != proposal["value"]:  # traitlets lets it pass any bound
            raise traitlets.TraitError("p must be a number, got nan")
        return proposal["value"]

    @property
    def hidden(self) -> torch.Tensor:
        """What the hidden units give before dropout, float64 ``(UNITS,)``."""
        return torch.relu(_double(FIRST) @ _double(INPUTS))

    @property
    def kept(self) -> torch.Tensor:
        """1 where a unit stays and 0 where it is dropped, float64 ``(passes, UNITS)``."""
        integers = mulberry32(self.seed)
        shares = [next(integers) / 2**32 for _ in range(self.passes * UNITS)]
        stays = _double(shares).view(self.passes, UNITS) >= self.p
        return stays.double() if self.training else torch.ones_like(stays.double())

    def outputs_of(self, kept: torch.Tensor) -> torch.Tensor:
        """Return the output for each mask, ``(masks, UNITS)`` to ``(masks,)``."""
        scale = 1 / (1 - self.p) if self.training and self.scaled else 1.0
        sums = (kept * self.hidden * scale) @ _double(SECOND).T
        return (torch.relu(sums) if self.relu else sums).sum(1)

    @property
    def outputs(self) -> torch.Tensor:
        """The output of each pass, float64 ``(passes,)``."""
        return self.outputs_of(self.kept)

    @property
    def mean_of_all(self) -> float:
        """The mean over all 64 masks, each weighted by its probability."""
        if not self.training:
            return self.eval_output
        masks = _double(list(itertools.product((0, 1), repeat=UNITS)))
        chances = (masks * (1 - self.p) + (1 - masks) * self.p).prod(1)
        return (chances @ self.outputs_of(masks)).item()

    @property
    def eval_output(self) -> float:
        """The output when nothing is dropped and nothing is scaled."""
        sums = _double(SECOND) @ self.hidden
        return (torch.relu(sums) if self.relu else sums).sum().item()


def _double(numbers: object) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)
