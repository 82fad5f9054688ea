"""Gradient cloud: where the steps of many minibatches would lead, and the ellipse that says so."""

import itertools

import torch
import traitlets
from torch.func import grad, vmap

from utils.widgets.kit.base import BookWidget, Numbers
from utils.widgets.kit.patients import PATIENTS, regression_data
from utils.widgets.kit.random import mulberry32, shuffled

CLOUD = 150  # batches that are drawn
BOUNDS = (2.9, 2.1)  # of the two weights
SIZES = (1, 2, 4, 8, 16, 32, 64)


def _loss(w: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return (x @ w - y) ** 2 / 2


class GradientCloud(BookWidget):
    """How far are the gradients of minibatches from the full one, and in which directions?

    The loss is half the mean squared error of a linear model of 64 patients with two weights, see
    :func:`regression_data`.

    Attributes:
        point: the two weights, up to 2.9 and 2.1 in size.
        batch_size: a power of two from 1 to 64.
        put_back: whether an example may be drawn again in the same batch.
        seed: of the draws, 0 to 99.

    >>> demo = GradientCloud(point=(-2, -1), batch_size=64)
    >>> demo.cloud.shape, round(demo.noise, 6)
    (torch.Size([150, 2]), 0.0)
    """

    module = "gradient_cloud/view"
    heights = 616, 645
    growth = 0.5
    phone_growth = 1.07
    assets = ("data",)
    summary = (
        "Contours of a loss with two weights, the step of the full gradient from a point that can "
        "be moved, a cloud of the steps of minibatches, and the ellipse of their covariance."
    )

    point = Numbers((-2.0, -1.4), shape=(2,), bound=max(BOUNDS))
    batch_size = traitlets.Enum(SIZES, 4).tag(sync=True)
    put_back = traitlets.Bool(False).tag(sync=True)
    seed = traitlets.Int(0, min=0, max=99).tag(sync=True)
    data = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("data")
    def _data(self) -> dict[str, list]:
        inputs, targets = regression_data()
        return {"inputs": inputs.tolist(), "targets": targets.tolist()}

    @traitlets.validate("point")
    def _is_in_the_picture(self, proposal: dict) -> tuple[float, float]:
        up = proposal["value"][1]
        if abs(up) > BOUNDS[1]:
            raise traitlets.TraitError(
                f"the second number of point must be from {-BOUNDS[1]} to {BOUNDS[1]}, got {up}"
            )
        return proposal["value"]

    @property
    def each(self) -> torch.Tensor:
        """The gradient of each example, float64 ``(64, 2)``."""
        w = torch.tensor(self.point, dtype=torch.float64)
        return vmap(grad(_loss), in_dims=(None, 0, 0))(w, *regression_data())

    @property
    def gradient(self) -> torch.Tensor:
        """The full gradient, float64 ``(2,)``."""
        return self.each.mean(0)

    @property
    def covariance(self) -> torch.Tensor:
        """The covariance matrix of a batch's gradient, float64 ``(2, 2)``."""
        factor = 1 if self.put_back else (PATIENTS - self.batch_size) / (PATIENTS - 1)
        return torch.cov(self.each.T, correction=0) / self.batch_size * factor

    @property
    def noise(self) -> float:
        """The typical error of a batch's gradient: the root of its mean squared length."""
        return self.covariance.trace().sqrt().item()

    @property
    def minimum(self) -> torch.Tensor:
        """Where the loss is smallest, float64 ``(2,)``."""
        return torch.linalg.lstsq(*regression_data()).solution

    @property
    def cloud(self) -> torch.Tensor:
        """The gradients of the batches that are drawn, float64 ``(150, 2)``."""
        generator, rows = mulberry32(self.seed), []
        for _ in range(CLOUD):
            if self.put_back:
                drawn = itertools.islice(generator, PATIENTS)
                order = [(number * PATIENTS) >> 32 for number in drawn]
            else:
                order = shuffled(PATIENTS, generator)
            rows.append(order[: self.batch_size])
        return self.each[torch.tensor(rows)].mean(1)
