"""Gradient-descent path: where step after step against the gradient leads."""

import math

import torch
import traitlets

from utils.widgets.descent_path.examples import minibatch_indices
from utils.widgets.kit.base import BookWidget, Numbers
from utils.widgets.kit.patients import PATIENTS, regression_data

BOUNDS = (3, 1.3)  # of the coordinates of a start
# From the minimum to the picture's edge, across and up; a parabola has one coordinate only.
EDGES = {"parabola": (3.3,), "bowl": (3.36, 1.4), "data": (4.8, 2.0)}
SLOW = 0.9  # a path is slow if a step keeps more of the distance than this
ROUNDING = 1e-9
_PARABOLA = {"surface": "parabola", "curvature": 4.0, "start": (2.5, 1.0)}
_DATA = {"surface": "data", "start": (-2.5, -1.3), "lr": 0.2}
PRESETS = {
    "slow": {**_PARABOLA, "lr": 0.02},
    "fast": {**_PARABOLA, "lr": 0.15},
    "one step": {**_PARABOLA, "lr": 0.25},
    "bouncing": {**_PARABOLA, "lr": 0.45},
    "diverging": {**_PARABOLA, "start": (0.5, 1.0), "lr": 0.6},
    "stretched bowl": {"surface": "bowl", "curvature": 10.0, "start": (-2.8, 0.9), "lr": 0.19},
    "data, all examples": _DATA,
    "data, minibatches": {**_DATA, "batch_size": 4},
    "data, one example": {**_DATA, "batch_size": 1},
}
COMMON = {"batch_size": "full", "momentum": 0.0, "seed": 0, "steps": 25}


class DescentPath(BookWidget):
    """Where does gradient descent go, and from which learning rate on does it diverge?

    Three losses: ``"parabola"``, half of ``curvature`` times w squared; ``"bowl"``, which adds
    half of the square of a first coordinate; and ``"data"``, half the mean squared error of a
    linear model on :func:`regression_data`. Only the last has examples, and so minibatches.

    Attributes:
        surface: ``"parabola"``, ``"bowl"`` or ``"data"``.
        curvature: the largest curvature of parabola and bowl, 1 to 50.
        start: from -3 to 3 across and from -1.3 to 1.3 up; a parabola uses the first.
        lr: learning rate, 0.001 to 3.
        momentum: how much of the last step goes into the next, 0 to 0.99, as in
            ``torch.optim.SGD``; 0 is plain gradient descent.
        batch_size: examples a step, ``"full"``, 16, 4 or 1.
        seed: of the generator that shuffles the examples, 0 to 99.
        steps: 0 to 60; fewer are taken where the path leaves the picture.

    >>> demo = DescentPath(surface="parabola", curvature=4, start=(1, 0), lr=0.4, steps=2)
    >>> demo.regime, [round(w, 2) for w in demo.path[:, 0].tolist()]
    ('bouncing', [1.0, -0.6, 0.36])
    """

    module = "descent_path/view"
    summary = (
        "Steps against the gradient on a parabola, a bowl and the loss of a small data set: the "
        "learning rate makes the path slow, fast, bouncing or diverging."
    )
    assets = ("data", "presets")
    heights = (667, 634)
    growth = 0.417
    phone_growth = -0.01

    surface = traitlets.Enum(tuple(EDGES), "bowl").tag(sync=True)
    curvature = traitlets.Float(10.0, min=1, max=50).tag(sync=True)
    start = Numbers((-2.8, 0.9), shape=(2,), bound=max(BOUNDS))
    lr = traitlets.Float(0.19, min=0.001, max=3).tag(sync=True)
    momentum = traitlets.Float(0.0, min=0, max=0.99).tag(sync=True)
    batch_size = traitlets.Enum(("full", 16, 4, 1), "full").tag(sync=True)
    seed = traitlets.Int(0, min=0, max=99).tag(sync=True)
    steps = traitlets.Int(8, min=0, max=60).tag(sync=True)
    data = traitlets.Dict(read_only=True).tag(sync=True)
    presets = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("data")
    def _data(self) -> dict[str, list]:
        inputs, targets = regression_data()
        return {"inputs": inputs.tolist(), "targets": targets.tolist()}

    @traitlets.default("presets")
    def _presets(self) -> dict[str, dict]:
        return {name: {**COMMON, **settings} for name, settings in PRESETS.items()}

    @traitlets.validate("curvature", "lr", "momentum")
    def _is_number(self, proposal: dict) -> float:
        if math.isnan(proposal["value"]):  # traitlets lets it pass any bound
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got nan")
        return proposal["value"]

    @traitlets.validate("start")
    def _is_in_the_picture(self, proposal: dict) -> tuple[float, float]:
        up = proposal["value"][1]
        if abs(up) > BOUNDS[1]:
            raise traitlets.TraitError(
                f"the second number of start must be from {-BOUNDS[1]} to {BOUNDS[1]}, got {up}"
            )
        return proposal["value"]

    @property
    def hessian(self) -> torch.Tensor:
        """The second derivatives of the loss, the same everywhere; float64 ``(n, n)``."""
        if self.surface == "data":
            inputs, _ = regression_data()
            return inputs.T @ inputs / len(inputs)
        flat = [] if self.surface == "parabola" else [1.0]
        return torch.diag(torch.tensor([*flat, self.curvature], dtype=torch.float64))

    @property
    def minimum(self) -> torch.Tensor:
        """Where the loss is smallest, float64 ``(n,)``."""
        if self.surface == "data":
            return torch.linalg.lstsq(*regression_data()).solution
        return torch.zeros(len(self.hessian), dtype=torch.float64)

    def loss(self, w: torch.Tensor) -> torch.Tensor:
        """Return the loss of all examples at each ``w``, float64 ``(…, n)``, as ``(…)``."""
        if self.surface == "data":
            inputs, targets = regression_data()
            return ((w @ inputs.T - targets) ** 2).mean(-1) / 2
        return (w @ self.hessian * w).sum(-1) / 2

    def _is_outside(self, w: torch.Tensor) -> bool:
        edges = torch.tensor(EDGES[self.surface], dtype=torch.float64)
        return bool(((w - self.minimum).abs() > edges).any())

    @property
    def path(self) -> torch.Tensor:
        """The places from the start on, ``(steps + 1, n)``; it ends outside the picture."""
        inputs, targets = regression_data()
        size = PATIENTS if self.batch_size == "full" else self.batch_size
        hessian = self.hessian
        w = torch.tensor(self.start[: len(hessian)], dtype=torch.float64)
        places, velocity = [w], torch.zeros_like(w)
        for batch in minibatch_indices(PATIENTS, size, steps=self.steps, seed=self.seed):
            if self.surface == "data":
                x, y = inputs[batch], targets[batch]
                gradient = x.T @ (x @ w - y) / len(batch)
            else:
                gradient = hessian @ w
            velocity = self.momentum * velocity + gradient
            w = w - self.lr * velocity
            places.append(w)
            if self._is_outside(w):
                break
        return torch.stack(places)

    @property
    def losses(self) -> torch.Tensor:
        """The loss of all examples at every place of the path, ``(steps + 1,)``."""
        return self.loss(self.path)

    @property
    def left_picture(self) -> bool:
        """Whether the last step led out of the picture, where the path ends."""
        return self._is_outside(self.path[-1])

    @property
    def curvatures(self) -> list[float]:
        """Curvatures along the axes on which the start is off the minimum, smallest first."""
        values, vectors = torch.linalg.eigh(self.hessian)
        start = torch.tensor(self.start[: len(values)], dtype=torch.float64)
        is_off = (vectors.T @ (start - self.minimum)).abs() > ROUNDING
        return values[is_off].tolist()

    @property
    def kept(self) -> list[float]:
        """The share of the distance that a step keeps in the long run, for each curvature.

        With momentum the distance of two steps is a 2 × 2 matrix times that of the two before;
        the share is the size of its larger eigenvalue.
        """
        return [_kept(self.lr * value, self.momentum) for value in self.curvatures]

    @property
    def regime(self) -> str:
        """What the learning rate does, given the curvatures; the name in the demo's sentence."""
        if not self.curvatures:
            return "at rest"
        reach, momentum = self.lr * self.curvatures[-1], self.momentum
        if reach > 2 * (1 + momentum) + ROUNDING:
            return "diverging"
        if self.surface == "data" and self.batch_size != "full":
            return "noisy"
        if reach > 2 * (1 + momentum) - ROUNDING:
            return "on the bound"
        if max(self.kept) < ROUNDING:
            return "one step"
        if reach > (1 - math.sqrt(momentum)) ** 2 + ROUNDING:
            return "bouncing"
        return "slow" if max(self.kept) > SLOW else "fast"


def _kept(reach: float, momentum: float) -> float:
    """The larger root of z² - (1 + momentum - reach) z + momentum, in size."""
    middle = 1 + momentum - reach
    discriminant = middle**2 - 4 * momentum
    if discriminant < 0:
        return math.sqrt(momentum)
    return (abs(middle) + math.sqrt(discriminant)) / 2
