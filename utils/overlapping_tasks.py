"""Two tasks that share classes, and a small network in five layers for both."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import nn

from utils.data.images import ImageSet
from utils.data.subsets import Examples, of_classes

SOURCE, TARGET = tuple(range(5)), tuple(range(3, 10))
MOST = 1437  # training images that are used; the embedded digits have as many
MOST_TESTED = 2000


class Tasks(NamedTuple):
    """The examples of both tasks; no image belongs to two of the four parts.

    Attributes:
        source: what the first network learns from, labels counted from 0 in the source's order.
        pool: where the few training images of the target task are drawn from.
        validation: images of the target task that choose settings.
        test: images of the target task that choose nothing.
    """

    source: Examples
    pool: Examples
    validation: Examples
    test: Examples


def overlapping_tasks(
    images: ImageSet, source: Sequence[int] = SOURCE, target: Sequence[int] = TARGET
) -> Tasks:
    """Split a set of images in two tasks whose classes may overlap.

    Half of the training images are the source's, a third is the pool, a sixth for validation.

    Args:
        images: any set; of a large one a part that is always the same is taken.
        source: the classes of the first task.
        target: the classes of the second one.
    """
    draw = torch.Generator().manual_seed(4)  # so that no seed of the caller's is disturbed
    order = torch.randperm(len(images.train_labels), generator=draw)[:MOST]
    half, sixth = len(order) // 2, len(order) // 6
    rows = order.to(images.train_labels.device).split([half, sixth, len(order) - half - sixth])
    first, held, rest = ((images.train_images[r], images.train_labels[r]) for r in rows)
    tested = images.test_images[:MOST_TESTED], images.test_labels[:MOST_TESTED]
    return Tasks(
        of_classes(first, source), *(of_classes(part, target) for part in (rest, held, tested))
    )


def five_layers(
    c_in: int, classes: int, channels: Sequence[int] = (8, 8, 16, 16)
) -> nn.Sequential:
    """Return a network for 8×8 images: four blocks with a convolution each, and a linear layer.

    Args:
        c_in: channels of the images.
        classes: how many logits come out.
        channels: what the four convolutions put out; the second and the fourth have stride 2.

    >>> len(five_layers(1, 6)), five_layers(1, 6)(torch.zeros(3, 1, 8, 8)).shape
    (5, torch.Size([3, 6]))
    """
    blocks = []
    for place, c_out in enumerate(channels):
        conv = nn.Conv2d(c_in, c_out, 3, stride=1 + place % 2, padding=1)
        blocks.append(nn.Sequential(conv, nn.ReLU()))
        c_in = c_out
    blocks[-1].append(nn.Flatten())
    return nn.Sequential(*blocks, nn.Linear(4 * c_in, classes))
