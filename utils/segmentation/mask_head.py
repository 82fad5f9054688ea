"""What a mask head needs beside its loss: objects with their masks, the head, and its training.

Source: K. He, G. Gkioxari, P. Dollár, R. Girshick, Mask R-CNN, https://arxiv.org/abs/1703.06870.
"""

from collections.abc import Callable

import torch
from torch import nn
from torchvision.ops import roi_align

from utils.data.samples import Scenes
from utils.repro import seeded
from utils.segmentation.unet import UNet

Loss = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]


def new_head(c_in: int, classes: int, width: int = 24) -> nn.Sequential:
    """Return a head that doubles the sides and gives one mask of logits for each class.

    >>> new_head(8, 3)(torch.zeros(5, 8, 14, 14)).shape
    torch.Size([5, 3, 28, 28])
    """
    return nn.Sequential(
        *(nn.Conv2d(c_in, width, 3, padding=1), nn.ReLU()),
        *(nn.Conv2d(width, width, 3, padding=1), nn.ReLU()),
        *(nn.ConvTranspose2d(width, width, 2, stride=2), nn.ReLU()),
        nn.Conv2d(width, classes, 1),
    )


@torch.no_grad()
def last_maps(net: UNet, images: torch.Tensor, *, batch_size: int = 50) -> torch.Tensor:
    """Return what the last block of a U-Net gives in evaluation mode.

    Args:
        net: it is left in evaluation mode.
        images: ``(scenes, channels, height, width)``; they are moved to the net's device.
        batch_size: pictures a forward pass; only memory depends on it.

    Returns:
        ``(scenes, widths[0], height, width)``.
    """
    home = next(net.parameters()).device
    net.eval()
    return torch.cat([net.features(part.to(home))[-1] for part in images.split(batch_size)])


def owners(scenes: Scenes) -> torch.Tensor:
    """Return for each object the number of its scene, int64."""
    counts = torch.tensor([len(boxes) for boxes in scenes.boxes])
    return torch.arange(len(scenes)).repeat_interleave(counts)


def true_masks(scenes: Scenes) -> torch.Tensor:
    """Return the mask of each object in its picture, 0 or 1, ``(objects, height, width)``."""
    masks = [
        (sample.instances[None] == number).float()
        for sample in scenes
        for number in range(1, len(sample.boxes) + 1)
    ]
    return torch.cat(masks)


def targets_in(
    masks: torch.Tensor, boxes: torch.Tensor, *, side: int = 28, aligned: bool = True
) -> torch.Tensor:
    """Return what a head shall draw: each mask, read within its own box.

    Args:
        masks: 0 or 1, ``(objects, height, width)``; they are moved to the boxes' device.
        boxes: ``(left, top, right, bottom)`` in pixels, ``(objects, 4)``.
        side: of the answer.
        aligned: as in ``roi_align``; ``False`` reads half a pixel too far right and down.

    Returns:
        0 or 1, ``(objects, side, side)``.

    Raises:
        ValueError: if there is not one box for each mask.
    """
    if len(masks) != len(boxes):
        raise ValueError(f"give one box for each mask: {len(masks)} masks, {len(boxes)} boxes")
    own = torch.arange(len(boxes), device=boxes.device)[:, None]
    rois = torch.cat([own.to(boxes), boxes], dim=1)
    read = roi_align(masks[:, None].to(boxes), rois, side, aligned=aligned)
    return (read[:, 0] > 0.5).float()


def train_head(
    head: nn.Module,
    crops: torch.Tensor,
    labels: torch.Tensor,
    targets: torch.Tensor,
    *,
    loss: Loss,
    epochs: int,
    seed: int,
) -> float:
    """Train a head by Adam on crops in batches of 32; return the last batch's loss.

    Args:
        head: as :func:`new_head` makes it, on the device of the crops.
        crops: features within the boxes, ``(objects, channels, 14, 14)``.
        labels: classes from 0, ``(objects,)``.
        targets: as :func:`targets_in` gives them.
        loss: of logits, labels and targets.
        epochs: passes over the objects.
        seed: of their order, alike on each device.
    """
    generator = seeded(seed)
    adam = torch.optim.Adam(head.parameters(), lr=3e-3)
    for _ in range(epochs):
        for rows in torch.randperm(len(crops), generator=generator).split(32):
            rows = rows.to(crops.device)
            value = loss(head(crops[rows]), labels[rows], targets[rows])
            adam.zero_grad()
            value.backward()
            adam.step()
    return value.item()
