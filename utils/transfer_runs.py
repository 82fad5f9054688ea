"""Small networks that learn a target task from few images, from first or from copied weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import nn

from utils.stack import Stack, stack_accuracy, stacked, train_stack
from utils.train import Examples
from utils.transfer import CLASSES, Tasks, batches, draw_few

WIDTHS = 64, 32
MOMENTUM = 0.9
STEPS = 60  # on the few images
BATCH = 25
SOURCE_RATE, SOURCE_BATCH, SOURCE_EPOCHS = 0.1, 128, 5
FRESH = 1000  # seeds of the networks that replace copied ones start here


def network(inputs: int, seed: int) -> nn.Sequential:
    """Return an untrained network on the CPU: two layers of features, and one of classes.

    >>> [tuple(layer.weight.shape) for layer in network(100, 0)[::2]]
    [(64, 100), (32, 64), (5, 32)]
    """
    torch.manual_seed(seed)
    first, second = WIDTHS
    return nn.Sequential(
        *(nn.Linear(inputs, first), nn.ReLU()),
        *(nn.Linear(first, second), nn.ReLU()),
        nn.Linear(second, CLASSES),
    )


def untrained(tasks: Tasks, seeds: Sequence[int]) -> Stack:
    """Return a stack of untrained networks for the images of the tasks, one a seed."""
    images = tasks.source[0]
    return stacked([network(images.shape[1], seed) for seed in seeds], device=images.device)


def source_networks(tasks: Tasks, seeds: Sequence[int]) -> Stack:
    """Return a stack of networks that have learned the source task, one a seed."""
    images, labels = tasks.source
    each = len(labels) // SOURCE_BATCH * SOURCE_BATCH
    draws = [torch.Generator().manual_seed(seed) for seed in seeds]
    orders = [
        torch.stack([torch.randperm(len(labels), generator=draw)[:each] for draw in draws])
        for _ in range(SOURCE_EPOCHS)
    ]
    rows = torch.cat(orders, 1).unflatten(1, (-1, SOURCE_BATCH)).transpose(0, 1)
    lr = torch.full((len(seeds),), SOURCE_RATE, device=images.device)
    start = untrained(tasks, seeds)
    return train_stack(start, images, labels, rows.to(images.device), lr, momentum=MOMENTUM)


def with_new_classifier(source: Stack, tasks: Tasks, seeds: Sequence[int]) -> Stack:
    """Return the features of source networks under untrained last layers, one a seed."""
    return source[:-2] + untrained(tasks, [FRESH + seed for seed in seeds])[-2:]


@dataclass(frozen=True)
class FewRuns:
    """Networks of one way to start, trained at several rates.

    Attributes:
        stack: the trained networks, rate by rate, and within a rate seed by seed.
        validation: accuracy ``(rates, seeds)``, NaN where a run diverged.
        test: likewise, on the test images.
    """

    stack: Stack
    validation: torch.Tensor
    test: torch.Tensor


def train_few(
    ways: Mapping[str, tuple[Stack, float]],
    tasks: Tasks,
    count: int,
    *,
    rates: Sequence[float],
    seeds: Sequence[int],
    steps: int = STEPS,
) -> dict[str, FewRuns]:
    """Train networks on ``count`` images of each target class, all ways side by side.

    With one seed all ways learn from the same images in the same order.

    Args:
        ways: by name, a stack with one network a seed, and the learning rate of all tensors but
            the last two as a share of theirs; 0 freezes the features.
        tasks: as :func:`utils.transfer.two_tasks` makes them.
        count: images of each class.
        rates: learning rates of the last layer that are tried.
        seeds: draw the images.
        steps: of stochastic gradient descent with momentum.
    """
    each = len(rates) * len(seeds)
    starts = [start for start, _ in ways.values()]
    stack = [
        torch.cat([part for part in parts for _ in rates]) for parts in zip(*starts, strict=True)
    ]
    device = stack[0].device
    top = torch.tensor(rates, device=device).repeat_interleave(len(seeds)).repeat(len(ways))
    shares = torch.tensor([share for _, share in ways.values()], device=device)
    below = top * shares.repeat_interleave(each)
    lr = torch.stack([below] * (len(stack) - 2) + [top] * 2)
    drawn = [draw_few(tasks.pool[1], count, torch.Generator().manual_seed(s)) for s in seeds]
    chosen = torch.stack(drawn).repeat(len(ways) * len(rates), 1)
    rows = batches(chosen, steps, BATCH, torch.Generator().manual_seed(count))
    done = train_stack(stack, *tasks.pool, rows, lr, momentum=MOMENTUM)

    def scores(examples: Examples) -> torch.Tensor:
        wide = [part.expand(len(top), *part.shape) for part in examples]
        return stack_accuracy(done, *wide).view(len(ways), len(rates), len(seeds)).cpu()

    validation, test = scores(tasks.validation), scores(tasks.test)
    return {
        name: FewRuns([part.split(each)[way] for part in done], validation[way], test[way])
        for way, name in enumerate(ways)
    }
