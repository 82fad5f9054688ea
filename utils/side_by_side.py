"""Small convolutional networks side by side: the groups of a convolution keep them apart.

Nine networks are trained in the time of three, since each operation is called once for all. The
channels of a network stay together: its own come first, then those of the next network.
"""

from collections.abc import Callable, Iterator, Sequence

import torch
from torch import nn


def beside(nets: int, c_in: int, c_out: int, k: int, stride: int = 1) -> nn.Sequential:
    """Return a convolution with a ReLU for each network, of ``c_in`` and ``c_out`` channels each.

    >>> beside(2, 3, 4, 1)(torch.zeros(1, 6, 5, 5)).shape
    torch.Size([1, 8, 5, 5])
    """
    conv = nn.Conv2d(nets * c_in, nets * c_out, k, stride, k // 2, groups=nets)
    return nn.Sequential(conv, nn.ReLU())


def dense(nets: int, c_in: int, outputs: int, side: int) -> nn.Sequential:
    """Return a dense layer for each network that reads ``c_in`` maps of ``side`` × ``side``."""
    conv = nn.Conv2d(nets * c_in, nets * outputs, side, groups=nets)
    return nn.Sequential(conv, nn.Flatten())


def joined(nets: int, parts: Sequence[torch.Tensor]) -> torch.Tensor:
    """Join maps along the channels of each network, channels last in memory.

    Args:
        nets: how many networks there are.
        parts: ``(batch, nets * channels, height, width)`` each.
    """
    last = [part.permute(0, 2, 3, 1).unflatten(3, (nets, -1)) for part in parts]
    return torch.cat(last, dim=4).flatten(3).permute(0, 3, 1, 2)


def start_alike(model: nn.Module, groups: int) -> None:
    """Give all groups of networks the first weights of the first group."""
    with torch.no_grad():
        for part in model.parameters():
            first = part[: len(part) // groups].clone()
            part.copy_(first.repeat(groups, *[1] * (part.dim() - 1)))


def batches(
    rows: int, seeds: Sequence[int], groups: int, *, epochs: int, batch_size: int
) -> Iterator[torch.Tensor]:
    """Yield indices ``(batch, groups * seeds)``; a seed has its own order, in each group alike."""
    draws = [torch.Generator().manual_seed(seed) for seed in seeds]
    for _ in range(epochs):
        orders = torch.stack([torch.randperm(rows, generator=draw) for draw in draws], dim=1)
        yield from orders.repeat(1, groups).split(batch_size)


@torch.no_grad()
def step_apart(model: nn.Module, adam: torch.optim.Optimizer, rates: torch.Tensor) -> None:
    """Take one step of Adam, each network with a learning rate of its own.

    Args:
        model: its parameters have the networks along their first axis.
        adam: has the rate 1; its step is then the direction, of which each network goes a share.
        rates: ``(nets,)``.
    """
    before = [part.clone() for part in model.parameters()]
    adam.step()
    for part, old in zip(model.parameters(), before, strict=True):
        share = rates.repeat_interleave(len(part) // len(rates))
        part.copy_(old.lerp(part, share.view(-1, *[1] * (part.dim() - 1))))


@torch.no_grad()
def accuracies(
    model: nn.Module, nets: int, images: torch.Tensor, labels: torch.Tensor
) -> list[float]:
    """Return the accuracy of each network on the same images, in evaluation mode.

    Args:
        model: gives logits ``(batch, nets * classes)``.
        nets: how many networks there are.
        images: ``(batch, 1, height, width)``.
        labels: int64, ``(batch,)``.
    """
    wide = images.expand(-1, nets, -1, -1).contiguous(memory_format=torch.channels_last)
    found = model.eval()(wide).unflatten(1, (nets, -1)).argmax(2)
    return (found == labels[:, None]).double().mean(0).tolist()


def looked_up(
    scores: Sequence[Sequence[float]], rates: Sequence[float], seeds: Sequence[int]
) -> Callable[[int, float], tuple[float, ...]]:
    """Return a run for :func:`utils.experiment.compare` that looks its scores up.

    Args:
        scores: a list for validation and one for test, of all networks: first all seeds of the
            first rate.
        rates: the learning rates.
        seeds: the seeds.
    """

    def run(seed: int, lr: float) -> tuple[float, ...]:
        place = rates.index(lr) * len(seeds) + seeds.index(seed)
        return tuple(some[place] for some in scores)

    return run
