"""Penalty geometry: the minimum of a loss, and where a price on the weights moves it."""

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget, Numbers

BOUND = 2  # of both weights at the minimum of the loss
STRONGEST = 4
CURVATURE = ((1.0, 0.6), (0.6, 1.0))
ROUNDS = 100  # of coordinate descent: each leaves 0.36 of what is missing


class PenaltyGeometry(BookWidget):
    """Where is the minimum of a loss plus λ times a penalty on two weights?

    The loss is ½ (w − c)ᵀ H (w − c) with the curvature H = ``CURVATURE``. The penalty is
    ‖w‖₁ = |w₁| + |w₂| ("L1") or ½ ‖w‖² ("L2").

    Attributes:
        minimum: c, two numbers from -2 to 2.
        penalty: "L1" or "L2".
        strength: λ, from 0 to 4.

    >>> demo = PenaltyGeometry(minimum=(2, 1), penalty="L1", strength=1.6)
    >>> [round(weight, 6) for weight in demo.solution.tolist()]
    [1.0, 0.0]
    >>> demo.penalty, demo.strength = "L2", 1
    >>> round(demo.radius, 3)
    1.321
    """

    module = "penalty_geometry/view"
    heights = 599, 604
    phone_growth = 0.33
    summary = (
        "Contours of a loss with two weights, and the diamond or the disc that its penalised "
        "minimum lies on; with the diamond a weight becomes exactly zero."
    )

    minimum = Numbers((2.0, 1.0), shape=(2,), bound=BOUND)
    penalty = traitlets.Enum(("L1", "L2"), "L1").tag(sync=True)
    strength = traitlets.Float(1.8, min=0.0, max=STRONGEST).tag(sync=True)

    @traitlets.validate("strength")
    def _finite(self, proposal: dict) -> float:
        # Bounds do not stop NaN: every comparison with it is false.
        if proposal["value"] != proposal["value"]:
            raise traitlets.TraitError("strength must be a number from 0 to 4, got NaN")
        return proposal["value"]

    @property
    def solution(self) -> torch.Tensor:
        """The penalised minimum, float64 of shape ``(2,)``."""
        H = torch.tensor(CURVATURE, dtype=torch.float64)
        pull = H @ torch.tensor(self.minimum, dtype=torch.float64)
        if self.penalty == "L2":
            return torch.linalg.solve(H + self.strength * torch.eye(2, dtype=torch.float64), pull)
        w = torch.zeros(2, dtype=torch.float64)
        for _ in range(ROUNDS):
            for side in range(2):
                alone = pull[side] - H[side] @ w + H[side, side] * w[side]
                w[side] = F.softshrink(alone, self.strength) / H[side, side]
        return w

    @property
    def loss(self) -> float:
        """The loss at the penalised minimum, without the penalty."""
        away = self.solution - torch.tensor(self.minimum, dtype=torch.float64)
        return (away @ torch.tensor(CURVATURE, dtype=torch.float64) @ away / 2).item()

    @property
    def radius(self) -> float:
        """The norm of the penalised minimum: how far the diamond or the disc reaches."""
        return self.solution.norm(p=1 if self.penalty == "L1" else 2).item()
