"""Linear classifier in the plane: three weight vectors, their regions, and their training."""

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget, Numbers

Point = tuple[float, float, int]
Table = tuple

BOUND = 4  # of every weight and bias; the plane shows as much
CLASSES = ("A", "B", "C")
START = {
    "weights": ((0.3, 0.9), (0.9, -0.7), (-0.8, -0.4)),  # most points are wrong
    "biases": (0.0, 0.0, 0.0),
}
# Eight steps later the borders are on their way; rounded to four digits.
OPEN = {
    "weights": ((-0.1652, 0.8172), (1.0397, -0.2823), (-0.4761, -0.7341)),
    "biases": (-0.0233, -0.01, 0.0333),
    "steps": 8,
}
# Fifteen points each: x, y and class.
PRESETS: dict[str, tuple[Point, ...]] = {
    "separable": (
        *((-2.6, 1.5, 0), (-1.9, 2.5, 0), (-3.1, 0.6, 0), (-1.3, 1.2, 0), (-2.2, 0.5, 0)),
        *((2.1, 2.4, 1), (2.9, 1.3, 1), (1.4, 1.5, 1), (3.2, 2.2, 1), (2.2, 0.6, 1)),
        *((0.2, -1.4, 2), (-0.9, -2.3, 2), (1.1, -2.6, 2), (0.4, -3.1, 2), (1.6, -1.5, 2)),
    ),
    "overlapping": (
        *((-2.0, 1.3, 0), (-0.9, 1.9, 0), (-1.4, 0.2, 0), (0.5, 0.9, 0), (-2.5, -0.6, 0)),
        *((1.7, 1.8, 1), (2.4, 0.5, 1), (0.2, 1.5, 1), (1.1, -0.5, 1), (-0.5, 0.4, 1)),
        *((0.1, -1.2, 2), (-1.0, -1.9, 2), (1.5, -2.1, 2), (1.9, -0.1, 2), (-0.7, -0.3, 2)),
    ),
    "one class in the middle": (
        *((-3.0, -1.0, 0), (-2.2, -0.2, 0), (-2.4, -1.9, 0), (3.0, -1.0, 0), (2.3, -0.3, 0)),
        *((2.5, -1.8, 0), (0.0, -1.0, 1), (-0.7, -0.6, 1), (0.6, -0.5, 1), (0.4, -1.7, 1)),
        *((-0.5, -1.6, 1), (-1.1, 2.6, 2), (0.3, 3.1, 2), (1.3, 2.4, 2), (0.1, 2.0, 2)),
    ),
}


class LinearClassifier(BookWidget):
    """Which regions do three weighted sums cut out of a plane, and what does a loss make of them?

    Without settings it opens in the midst of a training, with ``OPEN``. A preset brings its
    points, and takes weights and biases back to the start; weights and biases that are given
    beside it have the last word. A step of gradient descent on all points that leads beyond -4
    or 4 is cut off there.

    Attributes:
        preset: one of ``PRESETS``.
        weights: three rows of two numbers from -4 to 4, one row a class.
        biases: three numbers from -4 to 4.
        kind: ``"hinge"``, summed over the wrong classes with margin 1, or ``"cross-entropy"``.
        decay: the factor λ of the penalty λ/2 · Σ w², from 0 to 1; biases are not penalised.
        lr: learning rate, from 0.001 to 1.
        selected: index of the chosen point, from 0 to 14.
        steps: how many steps were taken since the start, or since a hand moved an arrow or a bias.

    >>> demo = LinearClassifier(weights=[[0, 0], [0, 0], [0, 0]])
    >>> round(demo.loss, 6), round(15 * demo.accuracy)
    (2.0, 5)
    """

    module = "linear_classifier/view"
    summary = (
        "Fifteen points of three classes; the regions, the loss, the accuracy and the scores of "
        "one point follow three weight vectors, which are dragged or trained."
    )
    assets = ("presets", "start")
    heights = (622, 730)
    growth = 0.53

    preset = traitlets.Enum(tuple(PRESETS), "separable").tag(sync=True)
    weights = Numbers(START["weights"], shape=(3, 2), bound=BOUND)
    biases = Numbers(START["biases"], shape=(3,), bound=BOUND)
    kind = traitlets.Enum(("hinge", "cross-entropy"), "hinge").tag(sync=True)
    decay = traitlets.Float(0.01, min=0, max=1).tag(sync=True)
    lr = traitlets.Float(0.05, min=0.001, max=1).tag(sync=True)
    selected = traitlets.Int(7, min=0, max=14).tag(sync=True)
    steps = traitlets.Int(0, min=0).tag(sync=True)
    presets = traitlets.Dict(read_only=True).tag(sync=True)
    start = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state: object) -> None:
        state = state or dict(OPEN)
        given = {name: state.pop(name) for name in ("weights", "biases", "steps") if name in state}
        super().__init__(**state)
        for name, value in given.items():
            setattr(self, name, value)

    @traitlets.default("presets")
    def _presets(self) -> dict[str, tuple[Point, ...]]:
        return PRESETS

    @traitlets.default("start")
    def _start(self) -> dict[str, Table]:
        return START

    @traitlets.validate("decay", "lr")
    def _refuse_nan(self, proposal: dict) -> float:
        if proposal["value"] != proposal["value"]:
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got NaN")
        return proposal["value"]

    @traitlets.observe("preset")
    def _fill(self, change: dict) -> None:
        self.restart()

    def restart(self) -> None:
        """Take weights, biases and the count of steps back to the start."""
        self.weights, self.biases, self.steps = START["weights"], START["biases"], 0

    @property
    def points(self) -> torch.Tensor:
        """The points of the preset, float64 of shape ``(15, 2)``."""
        return torch.tensor(PRESETS[self.preset], dtype=torch.float64)[:, :2]

    @property
    def labels(self) -> torch.Tensor:
        """The classes of the points, int64 of shape ``(15,)``."""
        return torch.tensor([point[2] for point in PRESETS[self.preset]])

    @property
    def scores(self) -> torch.Tensor:
        """The scores of all points, float64 of shape ``(15, 3)``."""
        return F.linear(self.points, *self._parameters())

    @property
    def data_loss(self) -> float:
        """The mean loss over the points, without the penalty."""
        return self._data_loss(self.scores).item()

    @property
    def penalty(self) -> float:
        """λ/2 times the sum of the squared weights."""
        return self.decay / 2 * self._parameters()[0].square().sum().item()

    @property
    def loss(self) -> float:
        """Data loss and penalty together."""
        return self.data_loss + self.penalty

    @property
    def accuracy(self) -> float:
        """The fraction of points whose largest score is that of their class."""
        return (self.scores.argmax(dim=1) == self.labels).double().mean().item()

    @property
    def gradient(self) -> tuple[torch.Tensor, torch.Tensor]:
        """The gradient of ``loss`` for weights ``(3, 2)`` and biases ``(3,)``, float64."""
        weights, biases = (part.requires_grad_() for part in self._parameters())
        data = self._data_loss(F.linear(self.points, weights, biases))
        penalty = self.decay / 2 * weights.square().sum()
        return torch.autograd.grad(data + penalty, [weights, biases])

    def step(self) -> None:
        """Take one step of gradient descent on all points; what leads beyond the bound is cut."""
        pairs = zip(self._parameters(), self.gradient, strict=True)
        weights, biases = ((part - self.lr * by).clamp(-BOUND, BOUND) for part, by in pairs)
        self.weights, self.biases, self.steps = weights, biases, self.steps + 1

    def _parameters(self) -> tuple[torch.Tensor, torch.Tensor]:
        double = torch.float64
        return torch.tensor(self.weights, dtype=double), torch.tensor(self.biases, dtype=double)

    def _data_loss(self, scores: torch.Tensor) -> torch.Tensor:
        if self.kind == "hinge":
            # torch divides by the number of classes as well.
            return len(CLASSES) * F.multi_margin_loss(scores, self.labels)
        return F.cross_entropy(scores, self.labels)
