"""A training loop for models whose data already sit on the device."""

import math
from collections.abc import Callable

import torch
from torch import nn

from utils.data.batches import minibatches
from utils.history import History
from utils.memory import keep_freed_memory
from utils.number_formats import laid_out, matmul_precision_set_to, rounding_to
from utils.progress import training_display

Examples = tuple[torch.Tensor, torch.Tensor]
Metric = Callable[[torch.Tensor, torch.Tensor], float]


def accuracy(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """Return the fraction of examples whose largest logit is the true class.

    Args:
        logits: ``(batch, classes)``, any floating dtype.
        labels: ``(batch,)`` class indices.

    Raises:
        ValueError: if shapes, devices or the labels' dtype do not fit, there is no
            example, or a logit is NaN.

    >>> accuracy(torch.tensor([[2.0, 1.0], [0.0, 3.0]]), torch.tensor([0, 0]))
    0.5
    """
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError(
            "logits must be (batch, classes) and labels (batch,), "
            f"got {tuple(logits.shape)} and {tuple(labels.shape)}"
        )
    if not len(labels):
        raise ValueError("logits and labels are empty: the accuracy of no example is undefined")
    if logits.device != labels.device:
        raise ValueError(
            f"logits and labels must be on one device, got {logits.device} and {labels.device}"
        )
    if labels.is_floating_point():
        raise ValueError(f"labels must be class indices, integers, got {labels.dtype}")
    if logits.isnan().any():
        raise ValueError("logits holds NaN: the largest of them has no meaning")
    return (logits.argmax(dim=1) == labels).double().mean().item()


@torch.no_grad()
def evaluate(
    model: Callable[[torch.Tensor], torch.Tensor],
    examples: Examples,
    *,
    metric: Metric = accuracy,
    batch_size: int = 4096,
) -> float:
    """Return the mean metric of a model over examples, without gradients.

    An ``nn.Module`` is switched to evaluation mode and back.

    Args:
        model: maps ``(batch, ...)`` inputs to predictions.
        examples: inputs and targets, each with one row an example.
        metric: maps predictions and targets to a mean over the examples.
        batch_size: examples a forward pass; only memory depends on it.

    Raises:
        ValueError: if there are no examples.
    """
    if not len(examples[0]):
        raise ValueError("examples is empty: there is nothing to evaluate")
    was_training = isinstance(model, nn.Module) and model.training
    if was_training:
        model.eval()
    total = 0.0
    for inputs, targets in minibatches(*examples, batch_size=batch_size, shuffle=False):
        total += metric(model(inputs), targets) * len(inputs)
    if was_training:
        model.train()
    return total / len(examples[0])


def fit(
    model: Callable[[torch.Tensor], torch.Tensor],
    train: Examples,
    *,
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    optimizer: torch.optim.Optimizer,
    epochs: int,
    batch_size: int,
    generator: torch.Generator | None = None,
    metric: Metric = accuracy,
    validation: Examples | None = None,
    matmul_precision: str | None = None,
    memory_format: torch.memory_format = torch.preserve_format,
    dtype: torch.dtype | None = None,
    live: bool = True,
) -> History:
    """Train a model on minibatches and return what was recorded.

    From the first call on, the process keeps the memory that it frees
    (:func:`utils.memory.keep_freed_memory`): each step needs the same again.

    Args:
        model: maps ``(batch, ...)`` inputs to predictions; its parameters are
            those that ``optimizer`` updates.
        train: training inputs and targets on the model's device.
        loss: maps predictions and targets to a scalar mean loss.
        optimizer: any torch optimiser.
        epochs: passes over the training examples, at least 1.
        batch_size: examples a step; the last minibatch of an epoch may be smaller.
        generator: CPU generator that draws the order of the examples.
        metric: maps predictions and targets to a mean, for example accuracy.
        validation: held-out inputs and targets, evaluated after every epoch. The
            test set is for the end: call :func:`evaluate` on it once.
        matmul_precision: how float32 products may be computed meanwhile, as
            ``torch.set_float32_matmul_precision`` names it: ``"highest"``, ``"high"`` or
            ``"medium"``, which may round their factors. By default what is set stays.
        memory_format: ``torch.channels_last`` puts the channels of a pixel side by side in
            images and kernels, in the model for good; by default all stays as it lies.
        dtype: ``torch.bfloat16`` lets the model's products and convolutions round to it, by
            ``torch.autocast``; weights, loss and updates keep their own.
        live: show a progress bar and, in a notebook, a curve that grows.

    Raises:
        ValueError: if ``epochs`` or ``batch_size`` is below 1, an integer label
            is outside the model's classes, the data are empty, or there is no such
            precision, format or dtype.
        FloatingPointError: as soon as the loss is infinite or NaN.
    """
    if isinstance(epochs, bool) or not isinstance(epochs, int) or epochs < 1:
        raise ValueError(f"epochs must be an integer of at least 1, got {epochs!r}")
    if not len(train[0]):
        raise ValueError("train is empty: there is nothing to learn from")
    _check_labels(model, train, "train")
    if validation is not None:
        _check_labels(model, validation, "validation")
    keep_freed_memory()
    history = History()
    laid_out(model, memory_format)
    with (
        matmul_precision_set_to(matmul_precision),
        training_display(epochs, history, live=live) as display,
    ):
        for epoch in range(epochs):
            loss_sum = metric_sum = 0.0
            for inputs, targets in minibatches(*train, batch_size=batch_size, generator=generator):
                with rounding_to(dtype, inputs.device):
                    predictions = model(laid_out(inputs, memory_format))
                value = loss(predictions if dtype is None else predictions.float(), targets)
                step_loss = value.item()
                if not math.isfinite(step_loss):
                    raise FloatingPointError(
                        f"the loss became {step_loss} in epoch {epoch + 1}: lower the learning "
                        "rate, or look for log(0), a division by zero or NaN in the data"
                    )
                optimizer.zero_grad()
                value.backward()
                optimizer.step()
                loss_sum += step_loss * len(inputs)
                metric_sum += metric(predictions.detach(), targets) * len(inputs)
            history.train_loss.append(loss_sum / len(train[0]))
            history.train_metric.append(metric_sum / len(train[0]))
            if validation is not None:
                history.validation_metric.append(evaluate(model, validation, metric=metric))
            display.epoch_done()
    return history


@torch.no_grad()
def _check_labels(
    model: Callable[[torch.Tensor], torch.Tensor], examples: Examples, name: str
) -> None:
    """Refuse labels that a loss would read outside the logits (on a GPU: crash the process)."""
    inputs, labels = examples
    if labels.dtype != torch.int64 or not len(labels):
        return
    was_training = isinstance(model, nn.Module) and model.training
    if was_training:
        model.eval()  # so that batch statistics and random states stay as they are
    classes = model(inputs[:1]).shape[1]
    if was_training:
        model.train()
    outside = (labels < 0) | (labels >= classes)
    if outside.any():
        at = tuple(outside.nonzero()[0].tolist())
        raise ValueError(
            f"{name} has label {labels[at].item()} at index {at[0] if len(at) == 1 else at}, "
            "but the model has "
            f"{classes} outputs: labels must lie between 0 and {classes - 1}"
        )
