"""Parts of a labelled set: some of its classes, and a few examples of each."""

from collections.abc import Sequence

import torch

Examples = tuple[torch.Tensor, torch.Tensor]


def of_classes(examples: Examples, classes: Sequence[int]) -> Examples:
    """Return the examples of some classes; the labels become places in that list.

    Args:
        examples: inputs and int64 labels, with one row an example.
        classes: the labels to keep, each once.

    Raises:
        ValueError: if no class is named, or one of them twice.

    >>> x, y = torch.arange(4), torch.tensor([7, 0, 3, 7])
    >>> of_classes((x, y), (3, 7))
    (tensor([0, 2, 3]), tensor([1, 0, 1]))
    """
    if not len(classes) or len(set(classes)) < len(classes):
        raise ValueError(f"classes must be different labels, at least one, got {list(classes)}")
    inputs, labels = examples
    is_one = labels[:, None] == torch.tensor(list(classes), device=labels.device)
    kept = is_one.any(1)
    return inputs[kept], is_one[kept].long().argmax(1)


def per_class(
    examples: Examples, count: int, *, generator: torch.Generator | None = None
) -> Examples:
    """Return some examples of each class, drawn at random; the classes stand one after another.

    Args:
        examples: inputs and int64 labels, with one row an example.
        count: how many of each class, at least 1.
        generator: CPU generator of the draws; torch's global one by default.

    Raises:
        ValueError: if there are none, or a class has fewer than ``count``.

    >>> y = torch.tensor([2, 0, 2, 0, 2])
    >>> per_class((y, y), 2)[1]
    tensor([0, 0, 2, 2])
    """
    inputs, labels = examples
    order = torch.randperm(len(labels), generator=generator).to(labels.device)
    rows = [order[labels[order] == label] for label in labels.unique()]
    fewest = min(map(len, rows), default=0)
    if not 1 <= count <= fewest:
        raise ValueError(f"count must be from 1 to {fewest}, the smallest class, got {count}")
    kept = torch.cat([some[:count] for some in rows])
    return inputs[kept], labels[kept]
