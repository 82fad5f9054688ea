"""Digit scenes: real digits on real photographs, with exact boxes, masks and instances."""

import os
from collections.abc import Iterable
from functools import lru_cache

import torch

from utils.data.compose import MOST, compose, numbers_for
from utils.data.images import ImageSet, load_images
from utils.data.painting import tight
from utils.data.photos import photo
from utils.data.samples import Scenes, collate

__all__ = ["Scenes", "collate", "load_scenes"]

_SPLITS = ("train", "validation", "test")
_BANDS = {"train": (0, 3), "validation": (3, 4), "test": (4, 5)}  # columns, in scenes' widths
_PHOTOGRAPHS = ("brick", "camera", "cat", "clock", "coffee", "coins", "grass", "gravel", "rocket")
# Where less than this share of an image, seen small, is strong, as on photographs of dark or
# narrow clothes, next to nothing of it would be left in a scene; all digits have more.
_STRONG, _LEAST_INK = 0.45, 0.15
_CHUNK = 128  # scenes drawn at once: few enough for the processor's cache


def load_scenes(
    count: int,
    *,
    split: str = "train",
    seed: int = 0,
    size: int = 64,
    objects: tuple[int, int] = (1, 4),
    classes: Iterable[int] = range(10),
    texture: bool = True,
) -> Scenes:
    """Compose pictures of several digits, with the truth that detectors are trained on.

    Each scene is drawn on the CPU from its own numbers: the first ten of 500 scenes are those
    of ``load_scenes(10)``. An object's image has between 12/64 and 28/64 of the scene's side
    (less in a crowd). Two boxes share at most 0.15 of the smaller one; where the objects
    meet, the smaller covers the larger, and they are listed from the largest to the smallest.
    A box is tight around the pixels that the object has in ``instances``.

    Args:
        count: how many scenes, at least 1.
        split: ``"train"`` and ``"validation"`` (four fifths and one fifth of the set's training
            images) or ``"test"``; no digit and no part of a photograph is in two of them.
        seed: draws the scenes; the same seed gives other scenes in another split.
        size: height and width of a scene in pixels, at least 32.
        objects: the least and the greatest number of objects in a scene, from 0 to 18. Where no
            room is left, a scene has fewer, but never fewer than the least.
        classes: the classes to draw objects from, each as often as the others.
        texture: whether the background is a faded photograph, or one grey.

    Returns:
        The scenes on the CPU. With ``BOOK_DATASET=fashion_mnist`` the objects are clothes, without
        those that are too dark to be seen.

    Raises:
        ValueError: if an argument is out of its range, or there is no room for the objects.

    >>> scenes = load_scenes(2, objects=(3, 3))
    >>> scenes.images.shape, scenes.boxes[0].shape, scenes.classes[1].shape
    (torch.Size([2, 1, 64, 64]), torch.Size([3, 4]), torch.Size([3]))
    """
    _check(count, split, size, objects)
    source = _source(os.environ.get("BOOK_DATASET"), os.environ.get("BOOK_DATA"))
    labels = _checked_classes(classes, source)
    pools = _pools(source, split, labels)
    photographs = _photographs(split, size) if texture else None
    generator = torch.Generator().manual_seed(len(_SPLITS) * seed + _SPLITS.index(split))
    chances = torch.rand(count, numbers_for(objects[1]), generator=generator, dtype=torch.float64)
    parts = [compose(part, objects, size, pools, photographs) for part in chances.split(_CHUNK)]
    pixels, instances, kinds = (torch.cat(each) for each in zip(*parts, strict=True))
    ids = torch.arange(1, objects[1] + 1)
    boxes = tight(instances[:, None] == ids[:, None, None]).float()
    counts = (kinds >= 0).sum(1).tolist()
    kinds = torch.tensor([*labels, -1])[kinds]
    of_ids = torch.cat([torch.zeros(count, 1, dtype=torch.int64), kinds + 1], dim=1)
    return Scenes(
        # Bytes, as in a file: sums that differ in the last bit elsewhere give the same picture.
        ((pixels * 255).round() / 255).float()[:, None],
        [box[:n] for box, n in zip(boxes, counts, strict=True)],
        [kind[:n] for kind, n in zip(kinds, counts, strict=True)],
        of_ids.gather(1, instances.flatten(1)).reshape_as(instances),
        instances,
        source.class_names,
    )


@lru_cache(maxsize=1)
def _source(_name: str | None, _folder: str | None) -> ImageSet:
    """Return the set of objects; the two settings are there to notice that they changed."""
    return load_images(among=("digits", "fashion_mnist"))


def _pools(source: ImageSet, split: str, labels: list[int]) -> list[torch.Tensor]:
    images, targets = source.test if split == "test" else source.train
    if split != "test":  # both sets are shuffled once and for all, so a cut is a random part
        cut = len(targets) * 4 // 5
        part = slice(cut) if split == "train" else slice(cut, None)
        images, targets = images[part], targets[part]
    seen_small = torch.nn.functional.adaptive_avg_pool2d(images[:, 0], 8)
    seen = (seen_small >= _STRONG).float().mean((1, 2)) >= _LEAST_INK
    return [images[(targets == label) & seen, 0].double() for label in labels]


@lru_cache(maxsize=8)
def _photographs(split: str, size: int) -> torch.Tensor:
    """Return the split's part of each photograph: ``(photographs, 5 size, size or 3 size)``."""
    start, stop = _BANDS[split]
    squares = torch.cat([photo(name, size=5 * size) for name in _PHOTOGRAPHS])
    return (squares[..., start * size : stop * size].double() * 255).round() / 255


def _checked_classes(classes: Iterable[int], source: ImageSet) -> list[int]:
    known = range(source.num_classes)
    labels = list(classes) if isinstance(classes, Iterable) else []
    if not labels or len(set(labels)) < len(labels) or not set(labels) <= set(known):
        raise ValueError(
            f"classes must be different numbers from 0 to {known[-1]}, at least one, got "
            f"{labels or classes}"
        )
    return labels


def _check(count: int, split: str, size: int, objects: tuple[int, int]) -> None:
    if not isinstance(count, int) or count < 1:
        raise ValueError(f"count must be a whole number of at least 1, got {count!r}")
    if split not in _SPLITS:
        raise ValueError(f"there is no split {split!r}: split is one of {', '.join(_SPLITS)}")
    if not isinstance(size, int) or size < 32:
        raise ValueError(
            f"size must be a whole number of at least 32 pixels, so that digits can be read, got "
            f"{size!r}"
        )
    pair = isinstance(objects, (tuple, list)) and len(objects) == 2
    pair = pair and all(isinstance(number, int) for number in objects)
    if not pair or not 0 <= objects[0] <= objects[1] <= MOST or not objects[1]:
        raise ValueError(
            f"objects must be a pair of whole numbers, the least and the greatest, at most {MOST} "
            f"and not (0, 0), got {objects}"
        )
