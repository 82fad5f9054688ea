"""A small detector of two stages: proposals from anchors, then a look at each proposal.

Boxes are rows ``(x1, y1, x2, y2)`` in pixels, regions are rows ``(image, x1, y1, x2, y2)``.
"""

from typing import NamedTuple

import torch
from torch import nn
from torchvision import ops

from utils.boxes.anchors import anchors
from utils.boxes.offsets import decode
from utils.detection.backbone import Backbone
from utils.detection.training import Detect
from utils.metrics.mean_average_precision import Record

SIDE = 64  # of a scene, in pixels
STRIDE = 4
PARTS = 5  # rows and columns that a region is cut into
SIZES, RATIOS = (11.0, 16.0, 22.0), (0.7, 1.2)
LOOKED_AT = 48  # anchors of an image that take part in suppression
PROPOSALS = 16  # boxes of an image that reach the second stage
TOO_CLOSE = 0.7  # of two proposals with a larger IoU the better one stays


class Outputs(NamedTuple):
    """What the first stage returns.

    Attributes:
        maps: features, ``(batch, channels, rows, columns)``.
        objectness: a logit an anchor, ``(batch, anchors)``.
        offsets: ``(batch, anchors, 4)``.
    """

    maps: torch.Tensor
    objectness: torch.Tensor
    offsets: torch.Tensor


class TwoStage(nn.Module):
    """A region proposal network, and a head that looks at its proposals through RoI align.

    Called with scenes of 64×64 pixels, it returns the :class:`Outputs` of the first stage.

    Args:
        classes: of the objects.
        hidden: units of the head.

    Attributes:
        anchors: ``(anchors, 4)``: row by row of the map, cell by cell.

    Source: Ren et al., Faster R-CNN, arXiv:1506.01497; RoI align from arXiv:1703.06870.
    """

    def __init__(self, classes: int = 10, hidden: int = 128) -> None:
        super().__init__()
        self.backbone = Backbone((STRIDE,), widths=(16, 32))
        (channels,) = self.backbone.channels
        each = len(SIZES) + len(RATIOS) - 1  # anchors a cell
        self.rpn = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU())
        self.objectness = nn.Conv2d(channels, each, 1)
        self.offsets = nn.Conv2d(channels, 4 * each, 1)
        self.head = nn.Sequential(nn.Flatten(), nn.Linear(channels * PARTS**2, hidden), nn.ReLU())
        self.classes = nn.Linear(hidden, 1 + classes)  # the background is number 0
        self.corrections = nn.Linear(hidden, 4 * (1 + classes))
        cells = SIDE // STRIDE
        laid = anchors((cells, cells), (SIDE, SIDE), SIZES, RATIOS)
        self.register_buffer("anchors", laid, persistent=False)

    def forward(self, images: torch.Tensor) -> Outputs:
        """Return the features of images ``(batch, 1, 64, 64)``, and what each anchor predicts."""
        (maps,) = self.backbone(images)
        hidden = self.rpn(maps)
        # A cell's channels are its anchors' numbers: put them behind the cells, then unroll.
        objectness = self.objectness(hidden).permute(0, 2, 3, 1).flatten(1)
        offsets = self.offsets(hidden).permute(0, 2, 3, 1).reshape(len(images), -1, 4)
        return Outputs(maps, objectness, offsets)

    def look(self, maps: torch.Tensor, regions: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what the second stage says about regions.

        Args:
            maps: as in :class:`Outputs`.
            regions: ``(n, 5)``.

        Returns:
            Class logits ``(n, 1 + classes)``, and offsets for each class,
            ``(n, 1 + classes, 4)``.
        """
        features = ops.roi_align(maps, regions, PARTS, 1 / STRIDE, 1, True)
        hidden = self.head(features)
        return self.classes(hidden), self.corrections(hidden).unflatten(1, (-1, 4))


@torch.no_grad()
def propose(net: TwoStage, outputs: Outputs, count: int = PROPOSALS) -> torch.Tensor:
    """Return the regions that the first stage proposes, at most ``count`` an image.

    The anchors with the largest objectness are moved by their offsets, cut off at the picture's
    edge, and thinned out by suppression, image by image.

    Returns:
        Regions ``(n, 5)``, those of the largest objectness first.
    """
    scores, places = outputs.objectness.topk(LOOKED_AT, dim=1)
    offsets = outputs.offsets.gather(1, places[..., None].expand(-1, -1, 4))
    boxes = decode(net.anchors[places], offsets).clamp(0, SIDE).flatten(0, 1)
    numbers = torch.arange(len(scores), device=scores.device).repeat_interleave(LOOKED_AT)
    # Far apart, so that boxes of different images leave each other alone.
    kept = ops.nms(boxes + 2 * SIDE * numbers[:, None], scores.flatten(), TOO_CLOSE)
    is_of = numbers[kept] == torch.arange(len(scores), device=scores.device)[:, None]
    rank = is_of.cumsum(1)[numbers[kept], torch.arange(len(kept), device=scores.device)]
    kept = kept[rank <= count]
    return torch.cat([numbers[kept, None].to(boxes.dtype), boxes[kept]], dim=1)


@torch.no_grad()
def results(
    net: TwoStage, images: torch.Tensor, *, count: int = PROPOSALS, score: float = 0.05
) -> list[Record]:
    """Return what a detector sees in images: ``boxes``, ``scores`` and ``labels`` of each.

    Args:
        net: in evaluation mode.
        images: ``(batch, 1, 64, 64)``.
        count: proposals an image.
        score: less probable detections are left out.
    """
    outputs = net(images)
    regions = propose(net, outputs, count)
    logits, offsets = net.look(outputs.maps, regions)
    scores, labels = logits.softmax(1)[:, 1:].max(1)
    mine = offsets[torch.arange(len(offsets), device=offsets.device), labels + 1]
    boxes = decode(regions[:, 1:], mine).clamp(0, SIDE)
    records = []
    for number in range(len(images)):
        own = (regions[:, 0] == number) & (scores >= score)
        parts = boxes[own], scores[own], labels[own]
        kept = ops.batched_nms(*parts, 0.5)
        named = zip(("boxes", "scores", "labels"), parts, strict=True)
        records.append({name: part[kept] for name, part in named})
    return records


def detector(net: TwoStage, **settings: float) -> Detect:
    """Return :func:`results` as a function of images alone, for ``held_out``."""
    return lambda images: results(net, images, **settings)
