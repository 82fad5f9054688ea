"""The claims of exercise 5 of the page on semantic segmentation, and masks to try them on."""

from typing import NamedTuple

import torch

from utils.metrics.segmentation import class_iou, confusion, mean_iou, pixel_accuracy

CLASSES = 3


class Masks(NamedTuple):
    """A true mask and two predicted ones, int64 ``(4, 5)``; each class occurs in each of them."""

    target: torch.Tensor
    one: torch.Tensor
    other: torch.Tensor

    def tables(self) -> list[torch.Tensor]:
        """Return the table of counts of each prediction."""
        return [confusion(mask, self.target, CLASSES) for mask in (self.one, self.other)]


def draw_masks(count: int) -> list[Masks]:
    """Return masks at random, most of them background."""
    generator = torch.Generator().manual_seed(0)
    found = []
    while len(found) < count:
        shares = torch.tensor([0.6, 0.25, 0.15]).expand(3, -1)
        masks = shares.multinomial(20, replacement=True, generator=generator).view(3, 4, 5)
        if all(len(mask.unique()) == CLASSES for mask in masks):
            found.append(Masks(*masks))
    return found


def _swapped(masks: Masks) -> bool:
    turned = confusion(masks.target, masks.one, CLASSES)
    return torch.equal(class_iou(turned), class_iou(masks.tables()[0]))


def _ordered(masks: Masks) -> bool:
    tables = masks.tables()
    accuracy = [pixel_accuracy(table).item() for table in tables]
    means = [mean_iou(table).item() for table in tables]
    (low, less), (high, more) = sorted(zip(accuracy, means, strict=True))
    return low == high or less < more


def _between(masks: Masks) -> bool:
    tables = masks.tables()
    both = torch.stack([class_iou(table) for table in tables])
    whole = class_iou(tables[0] + tables[1])
    return bool(((both.amin(0) <= whole + 1e-9) & (whole <= both.amax(0) + 1e-9)).all())


def _merged(masks: Masks) -> bool:
    before = pixel_accuracy(masks.tables()[0])
    merged = confusion(masks.one.clamp(max=1), masks.target.clamp(max=1), CLASSES)
    return bool(pixel_accuracy(merged) >= before)


CLAIMS = {
    "swapping prediction and truth keeps each IoU": _swapped,
    "more pixels right means a larger mean IoU": _ordered,
    "of two pictures together, an IoU lies between theirs": _between,
    "merging two classes never lowers pixel accuracy": _merged,
}
