"""Two detectors with one output a cell: as the first YOLO learned, and as later ones do.

Both have one network up to the last layer. What differs is what the numbers of a cell mean, and
the loss. Predictions are ``(batch, numbers, side, side)``, as a 1×1 convolution makes them;
targets are those of ``utils.detection.grid.grid_targets``.

Sources: https://arxiv.org/abs/1506.02640 for the first loss; https://arxiv.org/abs/1804.02767 for
logits and sizes as factors; https://arxiv.org/abs/1911.08287 for the overlap as a loss.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

from utils.boxes.overlap import diou_loss, iou_loss
from utils.data.samples import Scenes
from utils.detection.backbone import Backbone
from utils.detection.grid import boxes_of, grid_targets, records_of
from utils.detection.training import train_detector
from utils.metrics.mean_average_precision import Record

PLACE, EMPTY = 5.0, 0.5  # the weights of the first loss: a box's place, an empty cell's confidence
BOX = 2.0  # the weight of the box in the later loss
RARE = -3.0  # logit of the confidence at the start: one cell in twenty


class GridNet(nn.Module):
    """A backbone of stride 8 and a 1×1 convolution: some numbers for each cell of 8×8 pixels.

    Args:
        numbers: how many numbers a cell has.
        confidence: what the fifth of them is at the start, about 0 by default.
        widths: channels of the stages.
    """

    def __init__(
        self, numbers: int, confidence: float = 0.0, widths: tuple[int, ...] = (16, 32, 64)
    ) -> None:
        super().__init__()
        self.backbone = Backbone((8,), widths=widths)
        self.head = nn.Conv2d(widths[2], numbers, 1)
        with torch.no_grad():
            self.head.bias[4] = confidence
        self.to(memory_format=torch.channels_last)  # a quarter less time on a CPU

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return ``(batch, numbers, height / 8, width / 8)``."""
        return self.head(self.backbone(images)[0])


@dataclass(frozen=True)
class FirstYolo:
    """Squared errors on everything, ``copies`` boxes a cell, roots of width and height.

    Attributes:
        size: height and width of a picture in pixels.
        num_classes: how many classes there are.
        copies: boxes that a cell predicts.
    """

    size: int = 64
    num_classes: int = 10
    copies: int = 2

    def net(self, **settings: tuple[int, ...]) -> GridNet:
        """Return a new network; draw its weights from a seed of yours."""
        return GridNet(5 * self.copies + self.num_classes, **settings)

    def targets(self, boxes: torch.Tensor, classes: torch.Tensor, side: int) -> torch.Tensor:
        """Return what the cells should say, for padded boxes and classes."""
        kinds = {"num_classes": self.num_classes, "copies": self.copies}
        return grid_targets(boxes, classes, size=self.size, side=side, **kinds)

    def _split(self, cells: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        five = 5 * self.copies
        return cells[..., :five].unflatten(-1, (self.copies, 5)), cells[..., five:]

    def loss(self, out: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Return the loss of a batch, a mean over its pictures."""
        cells, there = out.permute(0, 2, 3, 1), target[..., 4] == 1
        (boxes, names), (goals, right) = self._split(cells[there]), self._split(target[there])
        goal = torch.cat([goals[:, 0, :2], goals[:, 0, 2:4].sqrt()], dim=-1)
        overlaps = 1 - iou_loss(
            _shape(boxes.detach(), cells.shape[1]), _shape(goal, cells.shape[1])[:, None]
        )
        overlap, best = overlaps.max(dim=1)
        mine = boxes[torch.arange(len(boxes), device=best.device), best]
        place = (mine[:, :4] - goal).square().sum()
        sure = (mine[:, 4] - overlap).square().sum()
        all_sure = self._split(cells)[0][..., 4].square().sum()
        empty = all_sure - mine[:, 4].square().sum()
        kind = (names - right).square().sum()
        return (PLACE * place + sure + EMPTY * empty + kind) / len(cells)

    def read(self, out: torch.Tensor) -> list[Record]:
        """Return what the network reports."""
        boxes, names = self._split(out.permute(0, 2, 3, 1))
        parts = boxes.movedim(-2, 1)  # (batch, copies, side, side, 5)
        corners = boxes_of(parts[..., :2], parts[..., 2:4].square(), size=self.size)
        scores = parts[..., 4:].clamp(0, 1) * names.clamp(0, 1)[:, None]
        return records_of(corners.flatten(1, 3), scores.flatten(1, 3))


@dataclass(frozen=True)
class LaterYolo:
    """Logits, centres that stay in their cell, sizes as factors of a prior, the overlap as a loss.

    Attributes:
        size: height and width of a picture in pixels.
        num_classes: how many classes there are.
        prior: width and height of a usual object in pixels.
    """

    size: int = 64
    num_classes: int = 10
    prior: tuple[float, float] = (15.0, 20.0)

    def net(self, **settings: tuple[int, ...]) -> GridNet:
        """Return a new network; draw its weights from a seed of yours."""
        return GridNet(5 + self.num_classes, RARE, **settings)

    def targets(self, boxes: torch.Tensor, classes: torch.Tensor, side: int) -> torch.Tensor:
        """Return what the cells should say, for padded boxes and classes."""
        return grid_targets(
            boxes, classes, size=self.size, side=side, num_classes=self.num_classes
        )

    def boxes(self, cells: torch.Tensor) -> torch.Tensor:
        """Return the boxes of cells ``(batch, side, side, numbers)``, corners in pixels."""
        prior = torch.tensor(self.prior, device=cells.device) / self.size
        sizes = prior * cells[..., 2:4].clamp(max=3).exp()  # e³ is 20 times as large
        return boxes_of(cells[..., :2].sigmoid(), sizes, size=self.size)

    def loss(self, out: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Return the loss of a batch, a mean over its pictures."""
        cells, there = out.permute(0, 2, 3, 1), target[..., 4]
        owned = there == 1
        goals = boxes_of(target[..., :2], target[..., 2:4], size=self.size)
        box = diou_loss(self.boxes(cells)[owned], goals[owned]).sum()
        sure = F.binary_cross_entropy_with_logits(cells[..., 4], there, reduction="sum")
        kind = F.cross_entropy(
            cells[owned][:, 5:], target[owned][:, 5:].argmax(-1), reduction="sum"
        )
        return (BOX * box + sure + kind) / len(cells)

    def read(self, out: torch.Tensor) -> list[Record]:
        """Return what the network reports."""
        cells = out.permute(0, 2, 3, 1)
        scores = cells[..., 4:5].sigmoid() * cells[..., 5:].softmax(-1)
        return records_of(self.boxes(cells).flatten(1, 2), scores.flatten(1, 2))


def _shape(boxes: torch.Tensor, side: int) -> torch.Tensor:
    """Return corners, in shares of the picture and without the cell's own place."""
    centre, half = boxes[..., :2] / side, boxes[..., 2:4].square() / 2
    return torch.cat([centre - half, centre + half], dim=-1)


def train_yolo(
    kind: FirstYolo | LaterYolo,
    scenes: Scenes,
    *,
    epochs: int = 8,
    lr: float = 0.01,
    batch_size: int = 16,
    seed: int = 0,
    widths: tuple[int, ...] = (16, 32, 64),
) -> GridNet:
    """Return a network of this kind, trained on scenes; ``kind.read`` understands it.

    Args:
        kind: what its numbers mean.
        scenes: their side should be ``kind.size``, a multiple of 8.
        epochs: passes over the scenes.
        lr: the largest rate of the cycle.
        batch_size: scenes a step.
        seed: draws the first weights and the order of the scenes.
        widths: channels of the stages.
    """
    torch.manual_seed(seed)
    net = kind.net(widths=widths).to(scenes.images.device)
    data = scenes.images, kind.targets(*scenes.padded(), scenes.images.shape[-1] // 8)
    settings = {"epochs": epochs, "lr": lr, "batch_size": batch_size, "seed": seed}
    train_detector(net, kind.loss, data, **settings)
    return net
