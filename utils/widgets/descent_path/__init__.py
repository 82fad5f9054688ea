"""Gradient-descent path: where step after step against the gradient leads."""

import functools
import math
from collections.abc import Iterator

import torch
import traitlets

from utils.widgets.kit.base import BookWidget, Numbers

BOUND = 3  # of a start, on every axis
EDGES = {"parabola": 3.2, "bowl": 3.2, "data": 4.0}  # from the minimum to the picture's edge
EXAMPLES = 64
SLOW = 0.9  # a path is slow if a step keeps more of the distance than this
ROUNDING = 1e-9
_PARABOLA = {"surface": "parabola", "curvature": 4.0, "start": (2.5, 1.5)}
_DATA = {"surface": "data", "start": (-2.5, -2.0), "lr": 0.2}
PRESETS = {
    "slow": {**_PARABOLA, "lr": 0.02},
    "fast": {**_PARABOLA, "lr": 0.15},
    "one step": {**_PARABOLA, "lr": 0.25},
    "bouncing": {**_PARABOLA, "lr": 0.45},
    "diverging": {**_PARABOLA, "start": (0.5, 1.5), "lr": 0.6},
    "stretched bowl": {"surface": "bowl", "curvature": 10.0, "start": (-2.8, 1.5), "lr": 0.18},
    "data, all examples": _DATA,
    "data, minibatches": {**_DATA, "batch_size": 4},
    "data, one example": {**_DATA, "batch_size": 1},
}
COMMON = {"batch_size": "full", "seed": 0, "steps": 25}


def mulberry32(seed: int) -> Iterator[int]:
    """Yield pseudo-random integers from 0 to 2**32 - 1, the same as the demo's JavaScript.

    Small, exact in both languages, and good enough to shuffle 64 examples; for anything
    else take ``torch.Generator``. Source: T. Ettinger's mulberry32 (public domain).

    Args:
        seed: any integer; only its last 32 bits count.

    >>> generator = mulberry32(0)
    >>> [next(generator) for _ in range(2)]
    [1144304738, 1416247]
    """
    state = seed & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        again = ((mixed ^ (mixed >> 7)) * (mixed | 61)) & 0xFFFFFFFF
        mixed ^= (mixed + again) & 0xFFFFFFFF
        yield mixed ^ (mixed >> 14)


def minibatch_indices(length: int, batch_size: int, *, steps: int, seed: int) -> list[list[int]]:
    """Return the examples of each step: shuffled once an epoch, then sliced.

    The order of an epoch comes from Fisher and Yates: from the last place down, swap
    with place ``random * (place + 1) >> 32`` of :func:`mulberry32`.

    Args:
        length: number of examples.
        batch_size: examples a step; the last minibatch of an epoch may be smaller.
        steps: number of minibatches to return.
        seed: of the generator.

    Raises:
        ValueError: if ``length`` or ``batch_size`` is below 1.

    >>> minibatch_indices(5, 2, steps=4, seed=0)
    [[4, 2], [3, 0], [1], [0, 3]]
    """
    if length < 1 or batch_size < 1:
        raise ValueError(f"both must be at least 1: {length=}, {batch_size=}")
    generator, batches = mulberry32(seed), []
    while len(batches) < steps:
        order = list(range(length))
        for place in range(length - 1, 0, -1):
            other = (next(generator) * (place + 1)) >> 32
            order[place], order[other] = order[other], order[place]
        batches += [order[at : at + batch_size] for at in range(0, length, batch_size)]
    return batches[:steps]


@functools.cache
def _columns() -> torch.Tensor:
    from sklearn.datasets import load_diabetes

    inputs, targets = map(torch.from_numpy, load_diabetes(return_X_y=True))
    columns = torch.column_stack([inputs[:, 2:4], targets])[:EXAMPLES]
    return (columns - columns.mean(0)) / columns.std(0, correction=0)


def regression_data() -> tuple[torch.Tensor, torch.Tensor]:
    """Return the demo's data: 64 patients of scikit-learn's diabetes data, standardised.

    Returns:
        Inputs ``(64, 2)``, body-mass index and blood pressure, and targets ``(64,)``, the
        progress of the disease; float64, each column with mean 0 and standard deviation 1.
    """
    columns = _columns().clone()
    return columns[:, :2], columns[:, 2]


class DescentPath(BookWidget):
    """Where does gradient descent go, and from which learning rate on does it diverge?

    Three losses: ``"parabola"``, half of ``curvature`` times w squared; ``"bowl"``, which adds
    half of the square of a first coordinate; and ``"data"``, half the mean squared error of a
    linear model on :func:`regression_data`. Only the last has examples, and so minibatches.

    Attributes:
        surface: ``"parabola"``, ``"bowl"`` or ``"data"``.
        curvature: the largest curvature of parabola and bowl, 1 to 50.
        start: both coordinates from -3 to 3; a parabola uses the first.
        lr: learning rate, 0.001 to 3.
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

    surface = traitlets.Enum(tuple(EDGES), "bowl").tag(sync=True)
    curvature = traitlets.Float(10.0, min=1, max=50).tag(sync=True)
    start = Numbers((-2.8, 1.5), shape=(2,), bound=BOUND)
    lr = traitlets.Float(0.18, min=0.001, max=3).tag(sync=True)
    batch_size = traitlets.Enum(("full", 16, 4, 1), "full").tag(sync=True)
    seed = traitlets.Int(0, min=0, max=99).tag(sync=True)
    steps = traitlets.Int(25, min=0, max=60).tag(sync=True)
    data = traitlets.Dict(read_only=True).tag(sync=True)
    presets = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("data")
    def _data(self) -> dict[str, list]:
        inputs, targets = regression_data()
        return {"inputs": inputs.tolist(), "targets": targets.tolist()}

    @traitlets.default("presets")
    def _presets(self) -> dict[str, dict]:
        return {name: {**COMMON, **settings} for name, settings in PRESETS.items()}

    @traitlets.validate("curvature", "lr")
    def _is_number(self, proposal: dict) -> float:
        if math.isnan(proposal["value"]):  # traitlets lets it pass any bound
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got nan")
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

    @property
    def path(self) -> torch.Tensor:
        """The places from the start on, ``(steps + 1, n)``; it ends outside the picture."""
        inputs, targets = regression_data()
        size = EXAMPLES if self.batch_size == "full" else self.batch_size
        hessian, minimum, edge = self.hessian, self.minimum, EDGES[self.surface]
        w = torch.tensor(self.start[: len(minimum)], dtype=torch.float64)
        places = [w]
        for batch in minibatch_indices(EXAMPLES, size, steps=self.steps, seed=self.seed):
            if self.surface == "data":
                x, y = inputs[batch], targets[batch]
                gradient = x.T @ (x @ w - y) / len(batch)
            else:
                gradient = hessian @ w
            w = w - self.lr * gradient
            places.append(w)
            if (w - minimum).abs().max() > edge:
                break
        return torch.stack(places)

    @property
    def losses(self) -> torch.Tensor:
        """The loss of all examples at every place of the path, ``(steps + 1,)``."""
        return self.loss(self.path)

    @property
    def left_picture(self) -> bool:
        """Whether the last step led out of the picture, where the path ends."""
        away = (self.path[-1] - self.minimum).abs().max()
        return bool(away > EDGES[self.surface])

    @property
    def curvatures(self) -> list[float]:
        """Curvatures along the axes on which the start is off the minimum, smallest first."""
        values, vectors = torch.linalg.eigh(self.hessian)
        start = torch.tensor(self.start[: len(values)], dtype=torch.float64)
        is_off = (vectors.T @ (start - self.minimum)).abs() > ROUNDING
        return values[is_off].tolist()

    @property
    def regime(self) -> str:
        """What the learning rate does, given the curvatures; the name in the demo's sentence."""
        if not self.curvatures:
            return "at rest"
        kept = [1 - self.lr * curvature for curvature in self.curvatures]
        if min(kept) < -1 - ROUNDING:
            return "diverging"
        if self.surface == "data" and self.batch_size != "full":
            return "noisy"
        if min(kept) < -1 + ROUNDING:
            return "on the bound"
        if max(map(abs, kept)) < ROUNDING:
            return "one step"
        if min(kept) < -ROUNDING:
            return "bouncing"
        return "slow" if max(kept) > SLOW else "fast"
