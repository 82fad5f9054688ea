"""Training small networks of one shape side by side: what takes long is the call, not the sum."""

from collections.abc import Callable, Sequence

import torch
from torch import nn
from torch.func import functional_call, vmap
from torch.nn.utils import parameters_to_vector

from utils.data.batches import minibatches
from utils.memory import keep_freed_memory
from utils.train import Examples


def fit_together(
    models: Sequence[nn.Module],
    train: Examples,
    *,
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    rates: Sequence[float],
    epochs: int,
    batch_size: int,
    generators: Sequence[torch.Generator],
) -> None:
    """Train networks that are built alike by Adam, each with its own rate and its own order.

    Each goes the way that it would go alone: the weights lie in one stack, and a step computes
    all networks in one call, as :func:`torch.vmap` does it. Dropout draws a mask for each.

    Args:
        models: on one device, without buffers; they hold the trained weights afterwards.
        train: inputs and targets on that device.
        loss: maps predictions and targets of one network to a scalar mean loss.
        rates: a learning rate for each network.
        epochs: passes over the training examples, at least 1.
        batch_size: examples a step and network.
        generators: a CPU generator for each network, which draws the order of its examples.

    Raises:
        ValueError: if the lists differ in length, or the networks in their parameters.
        FloatingPointError: if the loss of a network is infinite or NaN.
    """
    named = [[(name, p.shape) for name, p in model.named_parameters()] for model in models]
    if not len(models) == len(rates) == len(generators) or any(n != named[0] for n in named):
        raise ValueError(
            "each model needs a rate and a generator, and all the same parameters, got "
            f"{len(models)} models, {len(rates)} rates and {len(generators)} generators"
        )
    keep_freed_memory()
    flats = [parameters_to_vector(m.parameters()).detach().requires_grad_() for m in models]
    groups = [{"params": [flat], "lr": lr} for flat, lr in zip(flats, rates, strict=True)]
    adam = torch.optim.Adam(groups)

    def one(flat: torch.Tensor, inputs: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        parts = flat.split([shape.numel() for _, shape in named[0]])
        pairs = zip(named[0], parts, strict=True)
        weights = {name: part.view(shape) for (name, shape), part in pairs}
        return loss(functional_call(models[0], weights, (inputs,)), targets)

    for _ in range(epochs):
        orders = [minibatches(*train, batch_size=batch_size, generator=g) for g in generators]
        for batches in zip(*orders, strict=True):
            inputs, targets = (torch.stack(part) for part in zip(*batches, strict=True))
            losses = vmap(one, randomness="different")(torch.stack(flats), inputs, targets)
            if not losses.isfinite().all():
                raise FloatingPointError(f"a loss is no longer finite, got {losses.tolist()}")
            adam.zero_grad()
            losses.sum().backward()
            adam.step()
    with torch.no_grad():
        for model, flat in zip(models, flats, strict=True):
            parts = flat.split([shape.numel() for _, shape in named[0]])
            for parameter, part in zip(model.parameters(), parts, strict=True):
                parameter.copy_(part.view_as(parameter))
