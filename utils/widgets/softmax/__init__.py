"""Softmax with temperature: logits, probabilities, two losses and what they push."""

import math

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget

Logits = tuple[float, ...]

FEWEST, MOST = 3, 5  # classes
BOUND = 6  # of every logit
OFFSET = 1000  # what can be added to every logit
KINK = 1e-9  # a lead that misses 1 by rounding alone counts as 1
# Logits and the true class.
PRESETS: dict[str, tuple[Logits, int]] = {
    "steps of one": ((2.0, 1.0, 0.0), 0),
    "untrained": ((0.0, 0.0, 0.0, 0.0), 0),
    "sure and right": ((5.0, 0.0, -1.0), 0),
    "sure and wrong": ((5.0, 0.0, -1.0), 1),
    "a tie": ((3.0, 3.0, -1.0), 0),
    "two close": ((2.4, 2.0, -3.0, -1.0), 0),
}


class LogitList(traitlets.TraitType):
    """One number for each class, kept as a tuple: a sequence, an array or a tensor."""

    def validate(self, obj: object, value: object) -> Logits:
        """Return ``value`` as a tuple, or raise a TraitError that gives the bounds."""
        try:
            row = torch.as_tensor(value, dtype=torch.float64)
        except (TypeError, ValueError, RuntimeError):  # no numbers
            row = torch.empty(0)
        # A comparison with NaN is false, so NaN is refused as well.
        if row.ndim != 1 or not FEWEST <= len(row) <= MOST or not (row.abs() <= BOUND).all():
            raise traitlets.TraitError(
                f"{self.name} must be {FEWEST} to {MOST} numbers from {-BOUND} to {BOUND}, "
                f"got {value!r}"
            )
        return tuple(row.tolist())


class Softmax(BookWidget):
    """What do logits become at a temperature, and when does a loss stop pushing them?

    A preset fills ``logits`` and ``true_class``; others turn ``preset`` into ``"custom"``.
    Given together, logits and class have the last word. With fewer classes than before,
    a true class that is gone becomes the last one.

    Attributes:
        logits: 3 to 5 numbers from -6 to 6, one for each class.
        true_class: index of the true class.
        temperature: from 0.1 to 10; softmax sees the logits divided by it.
        offset: 0 or 1000, added to every logit.
        hinge: whether the hinge loss is shown too. It looks at the logits themselves;
            the temperature has no part in it.
        preset: one of ``PRESETS``, or ``"custom"``.

    >>> demo = Softmax(logits=[2, 1, 0], true_class=0)
    >>> [round(p, 3) for p in demo.probabilities.tolist()], round(demo.loss, 3)
    ([0.665, 0.245, 0.09], 0.408)
    >>> demo.offset = 1000
    >>> round(demo.loss, 3), demo.hinge_loss
    (0.408, 0.0)
    """

    module = "softmax/view"
    heights = 529, 692
    summary = (
        "The probabilities of three to five classes as a stacked bar that rides on the river of "
        "probabilities at all temperatures. Sliders move logits and temperature."
    )
    assets = ("presets",)

    logits = LogitList(PRESETS["steps of one"][0]).tag(sync=True)
    true_class = traitlets.Int(0, min=0, max=MOST - 1).tag(sync=True)
    temperature = traitlets.Float(1.0, min=0.1, max=10.0).tag(sync=True)
    offset = traitlets.Enum((0, OFFSET), 0).tag(sync=True)
    hinge = traitlets.Bool(False).tag(sync=True)
    preset = traitlets.Enum((*PRESETS, "custom"), "steps of one").tag(sync=True)
    presets = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state: object) -> None:
        own = {name: state.pop(name) for name in ("logits", "true_class") if name in state}
        super().__init__(**state)
        with self.hold_trait_notifications():
            for name, value in own.items():
                setattr(self, name, value)

    @traitlets.default("presets")
    def _presets(self) -> dict[str, tuple[Logits, int]]:
        return PRESETS

    @traitlets.validate("temperature")
    def _is_number(self, proposal: dict) -> float:
        # The bounds let NaN pass, because every comparison with it is false.
        if math.isnan(proposal["value"]):
            raise traitlets.TraitError("temperature must be a number, got nan")
        return proposal["value"]

    @traitlets.validate("true_class")
    def _exists(self, proposal: dict) -> int:
        if proposal["value"] >= len(self.logits):
            raise traitlets.TraitError(
                f"true_class must be an index of the {len(self.logits)} logits, "
                f"got {proposal['value']}"
            )
        return proposal["value"]

    @traitlets.observe("preset")
    def _fill(self, change: dict) -> None:
        if self.preset in PRESETS:
            with self.hold_trait_notifications():
                self.logits, self.true_class = PRESETS[self.preset]

    @traitlets.observe("logits", "true_class")
    def _name(self, change: dict) -> None:
        self.true_class = min(self.true_class, len(self.logits) - 1)
        setting = (self.logits, self.true_class)
        self.preset = next((name for name, known in PRESETS.items() if known == setting), "custom")

    @property
    def scores(self) -> torch.Tensor:
        """The logits with the offset on them, float64 of shape ``(classes,)``."""
        return torch.tensor(self.logits, dtype=torch.float64) + self.offset

    @property
    def probabilities(self) -> torch.Tensor:
        """Softmax of the scores over the temperature, float64 of shape ``(classes,)``."""
        return F.softmax(self.scores / self.temperature, dim=0)

    @property
    def loss(self) -> float:
        """Cross-entropy: minus the logarithm of the true class's probability."""
        return self._cross_entropy(self.scores).item()

    @property
    def gradient(self) -> torch.Tensor:
        """Of ``loss`` by the logits: (softmax - one-hot) / temperature, shape ``(classes,)``."""
        scores = self.scores.requires_grad_()
        return torch.autograd.grad(self._cross_entropy(scores), scores)[0]

    @property
    def lead(self) -> float:
        """How far the true class's logit lies above the largest other one."""
        wrong = [score for j, score in enumerate(self.logits) if j != self.true_class]
        return self.logits[self.true_class] - max(wrong)

    @property
    def hinge_loss(self) -> float:
        """What the wrong classes lack to a margin of one, added up; no temperature."""
        return self._margins().sum().item()

    @property
    def hinge_gradient(self) -> torch.Tensor:
        """Of ``hinge_loss`` by the logits, float64 of shape ``(classes,)``; zero at its kink."""
        pushed = (self._margins() > 0).double()
        pushed[self.true_class] = 0 - pushed.sum()  # never "-0"
        return pushed

    def _cross_entropy(self, scores: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(scores / self.temperature, torch.tensor(self.true_class))

    def _margins(self) -> torch.Tensor:
        margins = self.scores - self.scores[self.true_class] + 1
        margins[self.true_class] = 0
        return torch.where(margins > KINK, margins, 0.0)
