"""Bump builder: steps of sigmoids add up to a curve, set by hand or found by training."""

import copy
from functools import lru_cache

import torch
import traitlets
from torch import nn

from utils.widgets.bump_builder.network import PLACES, SAMPLES, TARGETS, by_hand, places
from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.network import fill

__all__ = ["PLACES", "SAMPLES", "TARGETS", "BumpBuilder"]


class BumpBuilder(BookWidget):
    """How well can one hidden layer meet a curve, and does training find such weights?

    The network has ``2 * bumps`` hidden sigmoids and one linear output. Set by hand, each pair of
    units is a bump as high as the target in its middle. Trained, the same network starts from
    random weights and minimises the mean squared error at ``SAMPLES`` places by Adam.

    Attributes:
        target: ``"wave"``, ``"wiggles"``, ``"corner"`` or ``"jump"``, a curve from 0 to 1.
        weights: ``"by hand"`` or ``"trained"``.
        bumps: 1 to 40; half the number of hidden units.
        steepness: of the sigmoids set by hand, 10 to 2000.
        steps: of training, 0 to 2000.
        lr: learning rate, 0.001 to 0.3.
        seed: of the generator that draws the first weights, 0 to 99.

    >>> demo = BumpBuilder(target="wave", bumps=20, steepness=1000)
    >>> round(demo.error, 2)
    0.16
    """

    module = "bump_builder/view"
    heights = 646, 733
    phone_growth = -0.78
    summary = (
        "Pairs of steep sigmoids are bumps that add up to a curve; the same network can also be "
        "trained from random weights. The largest error is measured."
    )

    target = traitlets.Enum(tuple(TARGETS), "wiggles").tag(sync=True)
    weights = traitlets.Enum(("by hand", "trained"), "by hand").tag(sync=True)
    bumps = traitlets.Int(12, min=1, max=40).tag(sync=True)
    steepness = traitlets.Float(250.0, min=10, max=2000).tag(sync=True)
    steps = traitlets.Int(1000, min=0, max=2000).tag(sync=True)
    lr = traitlets.Float(0.1, min=0.001, max=0.3).tag(sync=True)
    seed = traitlets.Int(0, min=0, max=99).tag(sync=True)

    @traitlets.validate("lr", "steepness")
    def _refuse_nan(self, proposal: dict) -> float:
        if proposal["value"] != proposal["value"]:  # traitlets lets it pass any bound
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got nan")
        return proposal["value"]

    def model(self) -> nn.Sequential:
        """Return the network, float64 on the CPU; it maps places ``(n, 1)`` to ``(n, 1)``."""
        if self.weights == "by hand":
            return by_hand(TARGETS[self.target], bumps=self.bumps, steepness=self.steepness)
        return copy.deepcopy(
            _trained(self.target, self.bumps, steps=self.steps, lr=self.lr, seed=self.seed)
        )

    @property
    def errors(self) -> torch.Tensor:
        """The distance from the target at ``PLACES`` places from 0 to 1, float64 ``(PLACES,)``."""
        x = places(PLACES)
        with torch.no_grad():
            return (self.model()(x[:, None])[:, 0] - TARGETS[self.target](x)).abs()

    @property
    def error(self) -> float:
        """The largest of the errors."""
        return self.errors.max().item()


@lru_cache(maxsize=16)  # one setting is asked for its model, its errors and its lines of code
@torch.enable_grad()  # whoever asks may have switched gradients off
def _trained(target: str, bumps: int, *, steps: int, lr: float, seed: int) -> nn.Sequential:
    units = 2 * bumps
    net = nn.Sequential(nn.Linear(1, units), nn.Sigmoid(), nn.Linear(units, 1)).double()
    fill(net, seed=seed)
    x = places(SAMPLES)
    y = TARGETS[target](x)
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x[:, None])[:, 0], y).backward()
        optimizer.step()
    return net
