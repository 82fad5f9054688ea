"""What a detector of two stages is trained on: labels, samples, and a loss of four parts.

The boxes of a batch are ``(batch, most, 4)`` and its classes ``(batch, most)``, with -1 where a
scene has fewer objects than the fullest one, as ``Scenes.padded`` returns them.
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F

from utils.boxes.offsets import encode
from utils.boxes.overlap import iou
from utils.data.samples import Scenes
from utils.detection.training import train_detector
from utils.detection.two_stage import Outputs, TwoStage, propose
from utils.history import History
from utils.repro import seeded

HIGH, LOW = 0.7, 0.3  # an anchor with such an IoU is an object, or background
SAMPLED = 32  # anchors an image in the loss, at most half of them objects
FOUND = 0.5  # IoU from which on a region stands for an object
LEARNED_FROM = 8  # proposals an image that the second stage learns from, next to the true boxes
BETA = 1 / 9  # where the smooth L1 loss of offsets becomes straight, as in Faster R-CNN


def anchor_labels(overlaps: torch.Tensor) -> torch.Tensor:
    """Return what anchors are: 1 for an object, 0 for background, -1 for neither.

    Args:
        overlaps: IoUs ``(..., objects, anchors)``; a row of zeros is no object.

    Returns:
        int64 ``(..., anchors)``: 1 from an IoU of 0.7 on, and for all anchors that share the
        largest IoU of an object; 0 below 0.3.
    """
    if not overlaps.shape[-2]:
        return overlaps.new_zeros(overlaps.shape[:-2] + overlaps.shape[-1:]).long()
    best = overlaps.amax(-2)
    labels = torch.where(best >= HIGH, 1, torch.where(best < LOW, 0, -1))
    own = overlaps.amax(-1, keepdim=True)
    return labels.masked_fill(((overlaps == own) & (own > 0)).any(-2), 1)


def balanced(labels: torch.Tensor, count: int, keys: torch.Tensor) -> torch.Tensor:
    """Choose ``count`` anchors of each image: objects for up to half of it, then background.

    Args:
        labels: ``(batch, anchors)``, as from :func:`anchor_labels`.
        count: how many of each image.
        keys: random numbers from 0 to 1 in the shape of ``labels``; the smallest are chosen.

    Returns:
        bool ``(batch, anchors)``.
    """
    ranks = torch.arange(min(count, keys.shape[1]), device=keys.device).expand(len(keys), -1)

    def smallest(among: torch.Tensor, most: int | torch.Tensor) -> torch.Tensor:
        first = keys.masked_fill(~among, 2).topk(ranks.shape[1], largest=False).indices
        return among & torch.zeros_like(among).scatter(1, first, ranks < most)

    objects = smallest(labels == 1, count // 2)
    return objects | smallest(labels == 0, count - objects.sum(1, keepdim=True))


def region_targets(
    regions: torch.Tensor, boxes: torch.Tensor, classes: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the labels of regions ``(n,)``, 0 for background, and their offsets ``(n, 4)``."""
    image = regions[:, 0].long()
    overlaps, which = iou(regions[:, None, 1:], boxes[image])[:, 0].max(1)
    labels = torch.where(overlaps >= FOUND, classes[image, which] + 1, 0)
    wanted = torch.zeros_like(regions[:, 1:])
    seen = labels > 0
    wanted[seen] = encode(regions[seen, 1:], boxes[image[seen], which[seen]])
    return labels, wanted


def head_loss(
    logits: torch.Tensor, offsets: torch.Tensor, labels: torch.Tensor, wanted: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the losses of the second stage: of the classes, and of the offsets of objects."""
    (seen,) = torch.where(labels > 0)
    mine = offsets[seen, labels[seen]]
    placed = F.smooth_l1_loss(mine, wanted[seen], beta=BETA, reduction="sum") / len(labels)
    return F.cross_entropy(logits, labels), placed


def two_stage_loss(net: TwoStage, seed: int = 0) -> Callable[..., torch.Tensor]:
    """Return the loss for ``train_detector``; ``seed`` draws the anchors that count.

    Both stages learn at once. No gradient flows through the corners of the proposals.
    """
    generator = seeded(seed)

    def loss(outputs: Outputs, boxes: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
        overlaps = iou(boxes, net.anchors)  # rows of zeros where there is no object
        labels = anchor_labels(overlaps)
        keys = torch.rand(labels.shape, generator=generator).to(labels.device)
        chosen = balanced(labels, SAMPLED, keys)
        target = labels[chosen].to(outputs.objectness.dtype)
        found = F.binary_cross_entropy_with_logits(outputs.objectness[chosen], target)
        image, anchor = torch.where(chosen & (labels == 1))
        own = overlaps[image, :, anchor].argmax(1)
        aim = encode(net.anchors[anchor], boxes[image, own])
        placed = F.smooth_l1_loss(
            outputs.offsets[image, anchor], aim, beta=BETA, reduction="sum"
        ) / max(1, int(chosen.sum()))
        # The true boxes are proposals as well: early on, the first stage finds few of them.
        image, number = torch.where(classes >= 0)
        true = torch.cat([image[:, None].to(boxes.dtype), boxes[image, number]], dim=1)
        regions = torch.cat([propose(net, outputs, LEARNED_FROM), true])
        told = region_targets(regions, boxes, classes)
        return found + placed + sum(head_loss(*net.look(outputs.maps, regions), *told))

    return loss


def trained_two_stage(
    scenes: Scenes, *, epochs: int = 4, lr: float = 0.005, seed: int = 0
) -> tuple[TwoStage, History]:
    """Return a detector that was trained on scenes, on their device, and its losses."""
    seeded(seed)
    net = TwoStage(len(scenes.class_names)).to(scenes.images.device)
    settings = {"epochs": epochs, "lr": lr, "batch_size": 16, "seed": seed}
    return net, train_detector(net, two_stage_loss(net, seed), scenes, **settings)
