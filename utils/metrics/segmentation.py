"""How well two masks agree: one table of counts, and the scores that are read off it.

The table comes first because tables of parts add up to the table of the whole; scores of parts do
not. So pictures are counted one batch after the other, and scored once:

>>> predicted, target = torch.tensor([[0, 1, 1], [0, 0, 2]]), torch.tensor([[0, 1, 2], [0, 0, 2]])
>>> table = sum(confusion(*pair, 4) for pair in zip(predicted, target, strict=True))
>>> table.tolist()
[[3, 0, 0, 0], [0, 1, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]]
>>> class_iou(table).tolist(), mean_iou(table).item()
([1.0, 0.5, 0.5, nan], 0.6666666666666666)

Libraries agree on the table, and differ where a class is in neither mask:

- ``torchmetrics.functional.classification.multiclass_jaccard_index`` gives such a class 0, but
  leaves it out of the macro mean, as ``mean_iou`` does. Where no class is left, it says NaN as
  well. An ``ignore_index`` that is a class drops that class from its mean, even where other
  classes were taken for it; here its column counts as any other. It reckons in float32.
- ``torchmetrics.functional.segmentation.mean_iou`` scores each picture by itself and leaves such a
  class out, or gives it -1 if asked for each class; older versions gave 0. The class ``MeanIoU``
  averages over all pairs of a picture and a class that is there. Neither has an ``ignore_index``.
- ``torchmetrics.functional.segmentation.dice_score`` gives NaN, and leaves it out of its mean.
- ``sklearn.metrics.jaccard_score(average="macro")`` gives 0 and counts it, if the class is one of
  ``labels``; without ``labels`` only classes that occur are averaged. It has no ``ignore_index``.
"""

import torch

MOST = 2**15 - 1  # classes: the number of a cell fits into 32 bits


def confusion(
    predicted: torch.Tensor,
    target: torch.Tensor,
    classes: int,
    ignore_index: int | None = 255,
) -> torch.Tensor:
    """Count the pixels of each class that were taken for each class.

    Args:
        predicted: a class for each pixel, integers of any shape; what stands at ignored pixels
            does not matter.
        target: the true classes, of the same shape.
        classes: how many classes there are, background among them.
        ignore_index: the number in ``target`` that says "do not count this pixel"; None for none.

    Returns:
        int64 ``(classes, classes)``: the row is the true class, the column the predicted one.

    Raises:
        ValueError: if shapes differ, a mask does not hold integers, or a counted pixel has a
            class below 0 or not below ``classes``.

    >>> confusion(torch.tensor([0, 1, 1, 7]), torch.tensor([0, 0, 1, 255]), 2).tolist()
    [[1, 1], [0, 1]]
    """
    if not isinstance(classes, int) or not 1 <= classes <= MOST:
        raise ValueError(f"classes must be a whole number from 1 to {MOST}, got {classes!r}")
    if predicted.shape != target.shape:
        raise ValueError(
            f"predicted and target must have one shape, got {tuple(predicted.shape)} and "
            f"{tuple(target.shape)}: take the argmax over the channels of scores first"
        )
    for name, mask in (("predicted", predicted), ("target", target)):
        if mask.is_floating_point() or mask.is_complex():
            raise ValueError(f"{name} must hold class numbers, integers, got {mask.dtype}")
    predicted, target = predicted.detach().flatten(), target.detach().flatten()
    ignored = None if ignore_index is None else target == ignore_index
    _check_range("target", target, classes, ignored)
    _check_range("predicted", predicted, classes, ignored)
    # A byte is too small for the product, and 64 bits count more slowly than 32.
    cells = target.int() * classes + predicted.int()
    if ignored is not None:
        cells = cells.masked_fill(ignored, classes**2)  # one more bin, thrown away
    return cells.bincount(minlength=classes**2 + 1)[:-1].view(classes, classes)


def pixel_accuracy(table: torch.Tensor) -> torch.Tensor:
    """Return the share of counted pixels that have their true class, float64.

    Args:
        table: counts ``(…, classes, classes)``, as from :func:`confusion`.

    Returns:
        ``(…,)``, NaN where no pixel was counted.

    >>> pixel_accuracy(torch.tensor([[90, 0], [10, 0]])).item()
    0.9
    """
    right, _ = _sums(table)
    return right.sum(-1) / table.double().sum((-2, -1))


def class_iou(table: torch.Tensor) -> torch.Tensor:
    """Return each class's intersection over union, ``|A ∩ B| / |A ∪ B|``, float64.

    Args:
        table: as in :func:`pixel_accuracy`.

    Returns:
        ``(…, classes)``; 0 for a class in one of the masks only, NaN for one in neither.

    >>> class_iou(torch.tensor([[90, 0], [10, 0]])).tolist()
    [0.9, 0.0]
    """
    right, sizes = _sums(table)
    return right / (sizes - right)


def mean_iou(table: torch.Tensor) -> torch.Tensor:
    """Return the mean of :func:`class_iou` over the classes that are in at least one mask.

    Args:
        table: as in :func:`pixel_accuracy`.

    Returns:
        float64 ``(…,)``, NaN where no pixel was counted.

    >>> mean_iou(torch.tensor([[90, 0, 0], [10, 0, 0], [0, 0, 0]])).item()
    0.45
    """
    return class_iou(table).nanmean(-1)


def dice(table: torch.Tensor) -> torch.Tensor:
    """Return each class's Dice score, ``2 |A ∩ B| / (|A| + |B|)``, float64.

    It is 2 J / (1 + J) for an IoU of J, and the F1 score of the class.

    Args:
        table: as in :func:`pixel_accuracy`.

    Returns:
        ``(…, classes)``; 0 for a class in one of the masks only, NaN for one in neither.

    >>> dice(torch.tensor([[80, 10], [10, 0]])).tolist()
    [0.8888888888888888, 0.0]
    """
    right, sizes = _sums(table)
    return 2 * right / sizes


def _sums(table: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return per class how many pixels are right, and both masks' sizes added, in float64."""
    if table.ndim < 2 or table.shape[-1] != table.shape[-2]:
        raise ValueError(
            f"table must be (…, classes, classes), as from confusion, got {tuple(table.shape)}"
        )
    counts = table.double()
    return counts.diagonal(dim1=-2, dim2=-1), counts.sum(-1) + counts.sum(-2)


def _check_range(
    name: str, mask: torch.Tensor, classes: int, ignored: torch.Tensor | None
) -> None:
    """Refuse classes that do not exist; where the quick look finds some, look who counts."""
    if not mask.numel() or _fits(mask, classes):
        return
    if ignored is not None and _fits(mask.masked_fill(ignored, 0), classes):
        return
    counted = mask if ignored is None else mask[~ignored]
    least, most = (edge.item() for edge in counted.aminmax())
    raise ValueError(
        f"{name} holds classes from {least} to {most}, but there are {classes}, from 0 to "
        f"{classes - 1}: does ignore_index name the pixels that have none?"
    )


def _fits(mask: torch.Tensor, classes: int) -> bool:
    least, most = (edge.item() for edge in mask.aminmax())
    return least >= 0 and most < classes
