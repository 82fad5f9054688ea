"""Training a detector on scenes, and its score on scenes that it has not seen."""

import math
from collections.abc import Callable, Sequence

import torch
from torch import nn

from utils.data.batches import minibatches
from utils.data.samples import Scenes
from utils.history import History
from utils.memory import keep_freed_memory
from utils.metrics.matching import COCO_THRESHOLDS
from utils.metrics.mean_average_precision import (
    MeanAveragePrecision,
    Record,
    mean_average_precision,
)
from utils.repro import seeded

Detect = Callable[[torch.Tensor], Sequence[Record]]


def train_detector(
    net: nn.Module,
    loss: Callable[..., torch.Tensor],
    data: Scenes | Sequence[torch.Tensor],
    *,
    epochs: int,
    lr: float,
    batch_size: int = 32,
    seed: int = 0,
    weight_decay: float = 0.0,
) -> History:
    """Train a detector by Adam with a one-cycle schedule and return its loss by epoch.

    All data are moved to the network's device once; afterwards no step waits for a copy. The
    network is in evaluation mode when it comes back.

    Args:
        net: maps images ``(batch, channels, height, width)`` to predictions of any kind.
        loss: called as ``loss(net(images), *targets)``; returns a scalar, a mean over the batch.
        data: scenes, whose targets are ``boxes, classes = scenes.padded()``: boxes
            ``(batch, most, 4)`` and classes ``(batch, most)`` with -1 where a scene has fewer
            objects. Or the images and targets themselves, one row a scene in each tensor, where
            targets are better computed once than at each step.
        epochs: passes over the data, at least 1.
        lr: the largest learning rate of the cycle.
        batch_size: scenes a step; scenes that do not fill a last batch wait for the next epoch.
        seed: draws the order of the scenes; the weights are the caller's.
        weight_decay: of AdamW, which with 0 is Adam.

    Returns:
        A history with ``train_loss`` alone.

    Raises:
        ValueError: if there is not one batch of data, or ``epochs`` is below 1.
        FloatingPointError: as soon as the loss is infinite or NaN.
    """
    tensors = (data.images, *data.padded()) if isinstance(data, Scenes) else tuple(data)
    device = next(net.parameters()).device
    tensors = tuple(tensor.to(device) for tensor in tensors)
    steps = len(tensors[0]) // batch_size
    if epochs < 1 or steps < 1:
        raise ValueError(
            f"need one epoch and one batch at least, got {epochs=} and {len(tensors[0])} scenes "
            f"for {batch_size=}"
        )
    keep_freed_memory()
    optimizer = torch.optim.AdamW(net.parameters(), lr=lr, weight_decay=weight_decay)
    # Left to itself, the schedule would change Adam's first beta as well.
    cycle = {"epochs": epochs, "steps_per_epoch": steps, "cycle_momentum": False}
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=lr, **cycle)
    generator, history = seeded(seed), History()
    net.train()
    for epoch in range(epochs):
        total = torch.zeros((), device=device)
        batches = minibatches(*tensors, batch_size=batch_size, generator=generator, drop_last=True)
        for images, *targets in batches:
            value = loss(net(images), *targets)
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            schedule.step()
            total += value.detach()
        history.train_loss.append(total.item() / steps)
        if not math.isfinite(history.train_loss[-1]):
            raise FloatingPointError(
                f"the loss became {history.train_loss[-1]} in epoch {epoch + 1}: lower the "
                "learning rate, or look for log(0), a division by zero or NaN in the targets"
            )
    net.eval()
    return history


@torch.no_grad()
def detected(detect: Detect, scenes: Scenes, *, batch_size: int = 128) -> list[Record]:
    """Return what a detector sees in scenes, one record a scene, without gradients.

    Args:
        detect: maps images to one record each, with ``boxes``, ``scores`` and ``labels``, the
            classes from 0 on; its network should be in evaluation mode.
        scenes: on the detector's device.
        batch_size: scenes a call; only memory depends on it.
    """
    parts = scenes.images.split(batch_size)
    return [record for part in parts for record in detect(part)]


def held_out(
    detect: Detect,
    scenes: Scenes,
    *,
    thresholds: Sequence[float] = COCO_THRESHOLDS,
    batch_size: int = 128,
) -> MeanAveragePrecision:
    """Score a detector on scenes that it has not been trained on.

    Args:
        detect: as for :func:`detected`.
        scenes: of another split than those of the training.
        thresholds: the IoU from which on an object counts as found.
        batch_size: likewise as for :func:`detected`.

    Returns:
        ``.at(0.5)`` is mAP@0.5, ``.mean`` mAP over the thresholds, ``.table`` all by class.
    """
    records = detected(detect, scenes, batch_size=batch_size)
    return mean_average_precision(records, truths(scenes), thresholds=thresholds)


def truths(scenes: Scenes) -> list[Record]:
    """Return the objects of scenes as records, one a scene, with ``boxes`` and ``labels``."""
    pairs = zip(scenes.boxes, scenes.classes, strict=True)
    return [{"boxes": boxes, "labels": classes} for boxes, classes in pairs]
