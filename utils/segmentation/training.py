"""Training of networks that give a class to each pixel, and their score on held-out scenes."""

from collections.abc import Callable
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from utils.data.samples import Scenes
from utils.history import History
from utils.metrics.segmentation import class_iou, confusion, mean_iou
from utils.repro import seeded
from utils.train import fit

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


class Score(NamedTuple):
    """How well masks agree with the truth, counted over all pixels of all scenes at once.

    Attributes:
        iou: float64, ``(classes,)``: the intersection over union of each class, background
            first; NaN for a class that is neither in the truth nor predicted.
        mean: the mean of those that are not NaN.
    """

    iou: torch.Tensor
    mean: float


def share_right(logits: torch.Tensor, masks: torch.Tensor) -> float:
    """Return the share of pixels whose largest logit is their class.

    Args:
        logits: ``(batch, classes, height, width)``.
        masks: ``(batch, height, width)``, class indices.

    >>> share_right(torch.eye(2).view(1, 2, 1, 2), torch.tensor([[[0, 0]]]))
    0.5
    """
    return (logits.argmax(1) == masks).double().mean().item()


def train_segmenter(
    net: nn.Module,
    scenes: Scenes,
    *,
    epochs: int,
    batch_size: int,
    lr: float,
    seed: int,
    device: torch.device | str,
    loss: Loss = F.cross_entropy,
    fused: bool = True,
    after_epoch: Callable[[nn.Module], float] | None = None,
) -> History:
    """Train by Adam, its rate raised and lowered once (``OneCycleLR``).

    The seed draws the order of the scenes, alike on each device. The first weights are those
    that ``net`` comes with: seed before it is made.

    Args:
        net: maps ``(batch, channels, height, width)`` to ``(batch, classes, height, width)``;
            it is moved to ``device``.
        scenes: with masks.
        epochs: passes over the scenes, at least 1.
        batch_size: scenes a step.
        lr: the highest rate, reached after three tenths of the steps.
        seed: of the order, 0 to 2**32 - 1; torch's own random state is set by it, too.
        device: where to compute.
        loss: maps logits and masks to a scalar mean loss.
        fused: whether Adam changes all weights in one call, where the device can; it rounds
            otherwise then.
        after_epoch: is called with the net, in evaluation mode, after each epoch; what it returns
            is kept in ``validation_metric``.

    Returns:
        Loss and pixel accuracy of each epoch, as they were met.

    Raises:
        ValueError: if the scenes have no masks, the logits have not the masks' size, a mask has a
            class that the net has no logit for, or a number is out of its range.
        FloatingPointError: as soon as the loss is infinite or NaN.
    """
    for name, value in {"epochs": epochs, "batch_size": batch_size}.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(f"{name} must be an integer of at least 1, got {value!r}")
    images, masks = _with_masks(scenes, device)
    net.to(device)
    _check_size(net, images, masks)
    generator = seeded(seed)
    in_one = fused and images.device.type in ("cpu", "cuda")
    adam = torch.optim.Adam(net.parameters(), lr=lr, fused=in_one or None)
    steps = epochs * -(-len(images) // batch_size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(adam, lr, total_steps=steps)
    adam.register_step_post_hook(lambda *_: schedule.step())
    history = History()
    for _ in range(epochs):
        part = fit(
            net,
            (images, masks),
            loss=loss,
            optimizer=adam,
            epochs=1,
            batch_size=batch_size,
            generator=generator,
            metric=share_right,
            live=False,
        )
        history.train_loss += part.train_loss
        history.train_metric += part.train_metric
        if after_epoch is not None:
            net.eval()
            history.validation_metric.append(after_epoch(net))
            net.train()
    return history


@torch.no_grad()
def predict(net: nn.Module, images: torch.Tensor, *, batch_size: int = 50) -> torch.Tensor:
    """Return the class of each pixel.

    The net is switched to evaluation mode and back.

    Args:
        net: maps ``(batch, channels, height, width)`` to ``(batch, classes, height, width)``.
        images: ``(scenes, channels, height, width)``; they are moved to the net's device.
        batch_size: pictures a forward pass; only memory depends on it.

    Returns:
        int64, ``(scenes, height, width)``, on the net's device.

    Raises:
        ValueError: if there is no picture.
    """
    if not len(images):
        raise ValueError("images is empty: there is nothing to predict")
    home = next((weight.device for weight in net.parameters()), images.device)
    was_training = net.training
    net.eval()
    masks = [net(part.to(home)).argmax(1) for part in images.split(batch_size)]
    net.train(was_training)
    return torch.cat(masks)


def held_out(net: nn.Module, scenes: Scenes, *, classes: int = 11) -> Score:
    """Return the score of a net on scenes that it has not learned from.

    Args:
        net: as in :func:`predict`.
        scenes: with masks.
        classes: how many there are, background included.

    Raises:
        ValueError: if the scenes have no masks, or there is none.
    """
    images, masks = _with_masks(scenes, "cpu")
    return score(predict(net, images).cpu(), masks, classes=classes)


def score(predicted: torch.Tensor, masks: torch.Tensor, *, classes: int = 11) -> Score:
    """Return the score of masks ``(scenes, height, width)`` against true ones.

    >>> truth = torch.tensor([[[0, 1], [1, 1]]])
    >>> score(torch.tensor([[[0, 0], [1, 1]]]), truth, classes=2).iou.tolist()
    [0.5, 0.6666666666666666]
    """
    table = confusion(predicted, masks, classes)
    return Score(class_iou(table), mean_iou(table).item())


def _with_masks(scenes: Scenes, device: torch.device | str) -> tuple[torch.Tensor, torch.Tensor]:
    if scenes.masks is None:
        raise ValueError("the scenes have no masks: take some that load_scenes made")
    return scenes.images.to(device), scenes.masks.to(device)


@torch.no_grad()
def _check_size(net: nn.Module, images: torch.Tensor, masks: torch.Tensor) -> None:
    """Refuse logits of another size, which a loss would report less clearly."""
    was_training = net.training
    net.eval()
    found = tuple(net(images[:1]).shape[2:])
    net.train(was_training)
    if found != masks.shape[1:]:
        raise ValueError(
            f"the net gives logits of {found} pixels for masks of {tuple(masks.shape[1:])}: "
            "enlarge or crop them"
        )
