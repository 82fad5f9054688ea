"""2×2 matrix explorer: what a matrix does to the unit circle and to one vector."""

import math

import torch
import traitlets

from utils.widgets.kit.base import BookWidget, Numbers

Rows = tuple[tuple[float, float], tuple[float, float]]

BOUND = 2  # keeps the image of the unit circle on the plane
VIEWS = "norms", "box", "area", "eigenvectors"
PRESETS: dict[str, Rows] = {
    "identity": ((1.0, 0.0), (0.0, 1.0)),
    "shear": ((1.0, 1.0), (0.0, 1.0)),
    # 0.6² + 0.8² = 1: exact rotations, reflections and projections without a root.
    "rotation": ((0.8, -0.6), (0.6, 0.8)),
    "reflection": ((0.6, 0.8), (0.8, -0.6)),
    "projection": ((0.8, 0.4), (0.4, 0.2)),
    "symmetric": ((0.5, 1.5), (1.5, 0.5)),
    "skew-symmetric": ((0.0, -1.0), (1.0, 0.0)),
    "permutation": ((0.0, 1.0), (1.0, 0.0)),
    "singular": ((1.2, 0.6), (0.8, 0.4)),
}


class MatrixExplorer(BookWidget):
    """How far does a 2×2 matrix stretch vectors, and which lines does it keep?

    A preset fills ``matrix``; a matrix of one's own turns ``preset`` into ``"custom"``.
    Given together, the matrix has the last word.

    Attributes:
        matrix: two rows of two numbers from -2 to 2.
        preset: one of ``PRESETS``, or ``"custom"``.
        angle: of the unit vector ``x``, in degrees counter-clockwise from the
            first axis; brought into 0 to 360.
        view: one story of the matrix: ``"norms"``, ``"box"`` (Frobenius norm), ``"area"``
            (determinant) or ``"eigenvectors"``.

    >>> demo = MatrixExplorer(preset="shear")
    >>> demo.angle = 90
    >>> [round(value, 6) for value in demo.image.tolist()]
    [1.0, 1.0]
    """

    module = "matrix_explorer/view"
    heights = 658, 718
    growth = 0.4
    summary = (
        "The unit circle becomes an ellipse, and the unit square a parallelogram; norms, areas, "
        "eigenvalues and the image of one vector follow the four entries of a matrix."
    )
    assets = ("presets",)

    matrix = Numbers(PRESETS["shear"], shape=(2, 2), bound=BOUND)
    preset = traitlets.Enum((*PRESETS, "custom"), "shear").tag(sync=True)
    angle = traitlets.Float(70.0).tag(sync=True)
    view = traitlets.Enum(VIEWS, "norms").tag(sync=True)
    presets = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state: object) -> None:
        matrix = state.pop("matrix", None)
        super().__init__(**state)
        if matrix is not None:
            self.matrix = matrix

    @traitlets.default("presets")
    def _presets(self) -> dict[str, Rows]:
        return PRESETS

    @traitlets.validate("angle")
    def _bring_round(self, proposal: dict) -> float:
        if not math.isfinite(proposal["value"]):
            raise traitlets.TraitError(
                f"angle must be a finite number of degrees, got {proposal['value']!r}"
            )
        return proposal["value"] % 360

    @traitlets.observe("preset")
    def _fill(self, change: dict) -> None:
        self.matrix = PRESETS.get(self.preset, self.matrix)

    @traitlets.observe("matrix")
    def _name(self, change: dict) -> None:
        names = (name for name, rows in PRESETS.items() if rows == self.matrix)
        self.preset = next(names, "custom")

    @property
    def x(self) -> torch.Tensor:
        """The unit vector at ``angle``, float64 of shape ``(2,)``."""
        radians = math.radians(self.angle)
        return torch.tensor([math.cos(radians), math.sin(radians)], dtype=torch.float64)

    @property
    def image(self) -> torch.Tensor:
        """The product of matrix and ``x``, float64 of shape ``(2,)``."""
        return self._tensor() @ self.x

    @property
    def operator_norm(self) -> float:
        """The longest half-axis of the ellipse."""
        return torch.linalg.matrix_norm(self._tensor(), 2).item()

    @property
    def frobenius_norm(self) -> float:
        """The root of the sum of the squared entries."""
        return torch.linalg.matrix_norm(self._tensor()).item()

    @property
    def determinant(self) -> float:
        """The factor by which areas grow, negative where the plane is turned over."""
        return torch.linalg.det(self._tensor()).item()

    @property
    def eigenvalues(self) -> torch.Tensor:
        """Both eigenvalues, complex128 of shape ``(2,)``, in no special order."""
        return torch.linalg.eigvals(self._tensor())

    def _tensor(self) -> torch.Tensor:
        return torch.tensor(self.matrix, dtype=torch.float64)
