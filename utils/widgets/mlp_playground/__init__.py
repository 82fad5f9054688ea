"""A playground for small networks: they learn to tell two classes of points in the plane apart."""

import copy
from functools import lru_cache

import torch
import torch.nn.functional as F
import traitlets
from torch import nn

from utils.widgets.kit.base import BookWidget
from utils.widgets.mlp_playground.data import PRESETS, Point, points_of
from utils.widgets.mlp_playground.network import ACTIVATIONS, untrained

MOST_STEPS = 1000


class MlpPlayground(BookWidget):
    """Which borders can a small network draw, and what do its hidden units do for it?

    The network has two inputs, ``depth`` hidden layers of ``width`` units each, and one logit. It
    minimises the mean binary cross-entropy of all points by ``torch.optim.Adam``; a step sees all
    points, so a step is an epoch. All settings together decide the weights after so many steps.

    Attributes:
        preset: ``"XOR"``, ``"rings"``, ``"spirals"`` or ``"two moons"``.
        width: hidden units in each layer, 1 to 8.
        activation: ``"none"``, ``"relu"``, ``"tanh"`` or ``"sigmoid"``.
        depth: hidden layers, 1 to 3.
        lr: learning rate, 0.001 to 0.3.
        seed: of the generator that draws the first weights, 0 to 99.
        steps: steps of training, 0 to 1000.

    >>> demo = MlpPlayground(preset="XOR", activation="none", steps=200)
    >>> demo.accuracy < 0.8
    True
    """

    module = "mlp_playground/view"
    heights = 668, 691
    growth = 0.25
    phone_growth = 0.12
    summary = (
        "A small network learns in the page to tell two classes of points apart. Data, width, "
        "depth and activation can be changed, and its hidden units are looked into."
    )
    assets = ("presets",)

    preset = traitlets.Enum(tuple(PRESETS), "XOR").tag(sync=True)
    width = traitlets.Int(4, min=1, max=8).tag(sync=True)
    activation = traitlets.Enum(tuple(ACTIVATIONS), "relu").tag(sync=True)
    depth = traitlets.Int(1, min=1, max=3).tag(sync=True)
    lr = traitlets.Float(0.03, min=0.001, max=0.3).tag(sync=True)
    seed = traitlets.Int(11, min=0, max=99).tag(sync=True)
    steps = traitlets.Int(40, min=0, max=MOST_STEPS).tag(sync=True)
    presets = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("presets")
    def _presets(self) -> dict[str, tuple[Point, ...]]:
        return PRESETS

    @traitlets.validate("lr")
    def _refuse_nan(self, proposal: dict) -> float:
        if proposal["value"] != proposal["value"]:  # traitlets lets it pass any bound
            raise traitlets.TraitError("lr must be a number, got nan")
        return proposal["value"]

    @property
    def points(self) -> torch.Tensor:
        """The points of the preset, float64 ``(n, 2)``."""
        return points_of(self.preset)[0]

    @property
    def labels(self) -> torch.Tensor:
        """Their classes, 0 or 1, int64 ``(n,)``."""
        return points_of(self.preset)[1]

    def model(self) -> nn.Sequential:
        """Return the network after ``steps`` steps, float64 on the CPU.

        It maps points ``(n, 2)`` to logits ``(n, 1)``: class 1 where a logit is positive.
        """
        return copy.deepcopy(self._trained()[0])

    @property
    def losses(self) -> torch.Tensor:
        """The loss before each step and after the last, float64 ``(steps + 1,)``."""
        return self._trained()[1].clone()

    @property
    def loss(self) -> float:
        """The mean binary cross-entropy of all points after ``steps`` steps."""
        return self.losses[-1].item()

    @property
    def accuracy(self) -> float:
        """The fraction of points on the right side of the border, where the logit is 0."""
        logits = self.model()(self.points).squeeze(1)
        return ((logits > 0) == (self.labels == 1)).double().mean().item()

    def _trained(self) -> tuple[nn.Sequential, torch.Tensor]:
        network = self.width, self.depth, self.activation, self.seed
        return _train(self.preset, network, steps=self.steps, lr=self.lr)


@lru_cache(maxsize=16)  # one setting is asked for its model, its losses and its accuracy
@torch.enable_grad()  # whoever asks may have switched gradients off
def _train(
    preset: str, network: tuple[int, int, str, int], *, steps: int, lr: float
) -> tuple[nn.Sequential, torch.Tensor]:
    width, depth, activation, seed = network
    net = untrained(width=width, depth=depth, activation=activation, seed=seed)
    points, labels = points_of(preset)
    targets = labels.double()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(net(points).squeeze(1), targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    losses.append(F.binary_cross_entropy_with_logits(net(points).squeeze(1), targets).detach())
    return net, torch.stack(losses)
