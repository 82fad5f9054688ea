"""A small SSD: anchors on several maps, a class and an offset for each, in one pass.

Labels are 0 for background and 1 + class for an object; offsets are those of
:mod:`utils.boxes.offsets`.
"""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import nn
from torchvision.ops import sigmoid_focal_loss

from utils.boxes.anchors import anchors
from utils.boxes.offsets import detections
from utils.detection.backbone import Backbone
from utils.metrics.mean_average_precision import Record

SIZES = {16: (10, 14), 8: (18, 22), 4: (26, 30)}  # by cells along a side: roots of areas, pixels
RATIOS = (0.6, 1.0)  # width over height
SIDE = 64  # of a scene, in pixels
Said = tuple[torch.Tensor, torch.Tensor]


def laid_anchors(
    sizes: Mapping[int, Sequence[float]] = SIZES,
    ratios: Sequence[float] = RATIOS,
    side: int = SIDE,
    device: torch.device | str | None = None,
) -> torch.Tensor:
    """Return the anchors of all maps, map by map, ``(anchors, 4)``.

    Args:
        sizes: for each map, by its cells along a side, the sizes of its anchors in pixels.
        ratios: width over height, for all maps.
        side: of the picture, in pixels.
        device: where they are made.
    """
    laid = [
        anchors((grid, grid), (side, side), part, ratios, device=device)
        for grid, part in sizes.items()
    ]
    return torch.cat(laid)


def joined(outputs: Sequence[torch.Tensor], columns: int) -> torch.Tensor:
    """Return the outputs of heads as one table a picture, in the order of the anchors.

    Args:
        outputs: one a map, ``(batch, anchors of a cell * columns, height, width)``.
        columns: numbers for an anchor.

    Returns:
        ``(batch, anchors, columns)``.
    """
    moved = [out.permute(0, 2, 3, 1).reshape(len(out), -1, columns) for out in outputs]
    return torch.cat(moved, dim=1)


class SSD(nn.Module):
    """Backbone, and on each map two 3×3 convolutions: one for classes, one for offsets.

    Args:
        classes: how many, without the background.
        sizes: as for :func:`laid_anchors`; the maps' cells along a side of ``SIDE`` pixels.
        ratios: likewise.
        prior: probability of an object that each class says at first, for losses of sigmoids;
            by default the convolutions begin as torch has them.
    """

    def __init__(
        self,
        classes: int = 10,
        *,
        sizes: Mapping[int, Sequence[float]] = SIZES,
        ratios: Sequence[float] = RATIOS,
        prior: float | None = None,
    ) -> None:
        super().__init__()
        self.columns = classes + 1
        self.backbone = Backbone([SIDE // grid for grid in sizes])
        counts = [len(part) + len(ratios) - 1 for part in sizes.values()]
        both = list(zip(self.backbone.channels, counts, strict=True))
        self.class_heads = nn.ModuleList(nn.Conv2d(c, n * self.columns, 3, 1, 1) for c, n in both)
        self.offset_heads = nn.ModuleList(nn.Conv2d(c, n * 4, 3, 1, 1) for c, n in both)
        if prior is not None:
            for head in self.class_heads:
                nn.init.constant_(head.bias, torch.tensor(prior).logit().item())
        self.to(memory_format=torch.channels_last)  # a sixth less time on a CPU

    def forward(self, images: torch.Tensor) -> Said:
        """Return logits ``(batch, anchors, 1 + classes)`` and offsets ``(batch, anchors, 4)``."""
        maps = self.backbone(images)
        said = [head(m) for head, m in zip(self.class_heads, maps, strict=True)]
        moves = [head(m) for head, m in zip(self.offset_heads, maps, strict=True)]
        return joined(said, self.columns), joined(moves, 4)


def hardest(losses: torch.Tensor, labels: torch.Tensor, ratio: float = 3) -> torch.Tensor:
    """Return which anchors count: those with an object, and the hardest of the background.

    Args:
        losses: of each anchor, ``(batch, anchors)``.
        labels: likewise.
        ratio: anchors of background for each with an object, picture by picture.
    """
    is_object = labels > 0
    ordered = losses.detach().masked_fill(is_object, -torch.inf).sort(1, descending=True).indices
    return is_object | (ordered.argsort(1) < ratio * is_object.sum(1, keepdim=True))


def ssd_loss(
    said: Said, labels: torch.Tensor, offsets: torch.Tensor, *, mined: bool = True
) -> torch.Tensor:
    """Return cross-entropy plus smooth L1, for each anchor with an object.

    Args:
        said: what the network gives: logits and offsets.
        labels: ``(batch, anchors)``.
        offsets: the true ones, ``(batch, anchors, 4)``; they count where there is an object.
        mined: whether only the hardest of the background count, three for each object.

    Source: Liu et al. (2016), arXiv:1512.02325, as torchvision computes it.
    """
    logits, moves = said
    losses = F.cross_entropy(logits.transpose(1, 2), labels, reduction="none")
    counted = hardest(losses, labels) if mined else torch.ones_like(labels, dtype=torch.bool)
    return (losses[counted].sum() + _moved(moves, labels, offsets)) / _count(labels)


def focal_ssd_loss(said: Said, labels: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
    """Return the focal loss of a sigmoid for each class, plus smooth L1.

    Takes what :func:`ssd_loss` does; column 0 of the logits is not used.
    """
    logits, moves = said
    wanted = F.one_hot(labels, logits.shape[2])[..., 1:].to(logits.dtype)
    focal = sigmoid_focal_loss(logits[..., 1:], wanted, reduction="sum")
    return (focal + _moved(moves, labels, offsets)) / _count(labels)


def _moved(moves: torch.Tensor, labels: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
    mine = labels > 0
    return F.smooth_l1_loss(moves[mine], offsets[mine], reduction="sum")


def _count(labels: torch.Tensor) -> torch.Tensor:
    return (labels > 0).sum().clamp(min=1)


def detector(
    net: nn.Module, laid: torch.Tensor, *, sigmoid: bool = False, **settings: float
) -> Callable[[torch.Tensor], list[Record]]:
    """Return a function that maps images to records of boxes, scores and labels from 0 on.

    Args:
        net: gives logits and offsets for each anchor.
        laid: the anchors.
        sigmoid: whether each class has a sigmoid of its own, as the focal loss teaches it.
        settings: ``score`` and ``overlap``, as :func:`utils.boxes.offsets.detections` has them.
    """

    def detect(images: torch.Tensor) -> list[Record]:
        logits, moves = net(images)
        sure = logits.sigmoid() if sigmoid else logits.softmax(-1)
        seen = [detections(laid, *pair, **settings) for pair in zip(sure, moves, strict=True)]
        return [dict(zip(("boxes", "scores", "labels"), part, strict=True)) for part in seen]

    return detect
