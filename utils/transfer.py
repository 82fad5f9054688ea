"""Two tasks with one kind of image and no class in common: what one teaches may help the other."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from utils.data.images import ImageSet
from utils.data.subsets import of_classes, per_class
from utils.train import Examples

CLASSES = 5  # of each task: the first five of a set, and the next five
MOST = 1000  # images of a part of the target task, at most; of the source task twice as many
HELD_OUT = 300  # training images of the target task that choose settings


@dataclass(frozen=True)
class Tasks:
    """Standardised images ``(examples, pixels)`` with labels 0 to 4.

    Attributes:
        source: what the first network learns, classes 0 to 4 of the set.
        source_test: test images of these classes.
        pool: classes 5 to 9, from which a few are drawn to learn from.
        validation: other training images of these classes, which choose settings.
        test: test images of these classes.
        statistics: mean and standard deviation of all pixels of the source's images, before
            standardising; all parts are standardised by these two.
    """

    source: Examples
    source_test: Examples
    pool: Examples
    validation: Examples
    test: Examples
    statistics: tuple[float, float]


def anywhere(images: torch.Tensor, rim: int, generator: torch.Generator) -> torch.Tensor:
    """Return each image somewhere on a larger black one.

    Args:
        images: ``(batch, 1, height, width)``.
        rim: by how many pixels an image may lie off the middle, in either direction.
        generator: a CPU generator, which draws the places, all equally likely.

    Returns:
        ``(batch, 1, height + 2 * rim, width + 2 * rim)``.

    >>> anywhere(torch.ones(1, 1, 2, 2), 1, torch.Generator().manual_seed(0)).sum()
    tensor(4.)
    """
    wide = F.pad(images, (rim,) * 4)
    moves = torch.randint(-rim, rim + 1, (2, len(images), 1), generator=generator)
    rows, columns = (
        (torch.arange(side) - move) % side
        for side, move in zip(wide.shape[2:], moves, strict=True)
    )
    which = torch.arange(len(images))[:, None, None]
    at = (part.to(images.device) for part in (which, rows[:, :, None], columns[:, None, :]))
    return wide[:, 0][tuple(at)][:, None]


def two_tasks(images: ImageSet, *, rim: int = 1, copies: int = 16, seed: int = 0) -> Tasks:
    """Make a source task with many images and a target task of a set with ten classes.

    Args:
        images: a set of grey images with at least ten classes.
        rim: the images lie somewhere on a black ground with so many pixels more on each side.
        copies: how often each source image is laid down, each time somewhere else. Held-out
            images are laid down twice, those of the pool once.
        seed: draws who is held out, and the places.

    Raises:
        ValueError: if the set has fewer than ten classes.
    """
    if images.num_classes < 2 * CLASSES:
        raise ValueError(f"images must have at least 10 classes, got {images.num_classes}")
    draw = torch.Generator().manual_seed(seed)

    def part(split: Examples, first: int, most: int) -> Examples:
        x, labels = of_classes(split, range(first, first + CLASSES))
        return x[:most], labels[:most]

    def laid(examples: Examples, times: int) -> Examples:
        x, labels = (torch.cat([value] * times) for value in examples)
        return anywhere(x, rim, draw).flatten(1), labels

    target = part(images.train, CLASSES, HELD_OUT + MOST)
    order = torch.randperm(len(target[0]), generator=draw).to(target[1].device)
    parts = {
        "source": laid(part(images.train, 0, 2 * MOST), copies),
        "source_test": laid(part(images.test, 0, MOST), 1),
        "pool": laid(tuple(value[order[HELD_OUT:]] for value in target), 1),
        "validation": laid(tuple(value[order[:HELD_OUT]] for value in target), 2),
        "test": laid(part(images.test, CLASSES, MOST), 2),
    }
    seen = parts["source"][0]
    mean, std = seen.mean().item(), seen.std().item()
    return Tasks(
        **{name: ((x - mean) / std, labels) for name, (x, labels) in parts.items()},
        statistics=(mean, std),
    )


def draw_few(labels: torch.Tensor, count: int, generator: torch.Generator) -> torch.Tensor:
    """Return the rows of ``count`` examples of each class, ``(classes * count,)``, class by class.

    Args:
        labels: int64, ``(examples,)``, each class at least ``count`` times.
        count: examples a class, at least 1.
        generator: a CPU generator.

    Raises:
        ValueError: if a class has fewer examples.
    """
    rows = torch.arange(len(labels), device=labels.device)
    return per_class((rows, labels), count, generator=generator)[0]


def batches(
    chosen: torch.Tensor, steps: int, size: int, generator: torch.Generator
) -> torch.Tensor:
    """Return the rows of each step, drawn without repetition within a step.

    Args:
        chosen: int64, ``(networks, examples)``, the rows that each network may see.
        steps: how many.
        size: rows a step; at most ``examples`` are taken.
        generator: a CPU generator; all networks get the same places in their own list.

    Returns:
        ``(steps, networks, rows)``.
    """
    places = torch.rand(steps, chosen.shape[1], generator=generator).argsort(1)[:, :size]
    return chosen[:, places.to(chosen.device)].transpose(0, 1)
