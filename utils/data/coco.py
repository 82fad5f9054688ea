"""COCO's JSON: boxes and masks through torchvision and pycocotools."""

import os
import warnings
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import torch
from torchvision.datasets import CocoDetection

from utils.boxes.formats import convert
from utils.data.annotated import UNDECIDED, Annotated, checked, opened
from utils.data.samples import Sample


def coco_detection(
    folder: str | Path, file: str | Path, *, keep_ignored: bool = False, masks: bool = False
) -> Annotated:
    """Open pictures that a JSON file of COCO's form describes.

    Their ``bbox`` is left, top, width and height, measured from the picture's edge. Category
    numbers have gaps (COCO's 80 go up to 90), so classes count the categories in the order of
    their numbers: class 0 is the smallest. Pictures come in the order of their numbers too,
    those without objects included.

    Args:
        folder: where the pictures lie.
        file: the JSON file.
        keep_ignored: whether to keep crowds (``iscrowd`` 1: one box around many), marked in
            :attr:`Sample.ignored`; COCO's score neither rewards nor punishes what is found there.
        masks: whether to draw ``segmentation`` into masks too. Where objects overlap, the
            smaller one wins; a crowd's pixels are ``UNDECIDED``.

    Returns:
        Samples, each read when it is asked for.

    Raises:
        FileNotFoundError: if the file is not there.
        ValueError: if it is not COCO's JSON, names a picture or category that it does not
            describe, or uses a number twice. Reading a sample raises FileNotFoundError where
            its picture is missing, and ValueError where it is damaged or does not fit.

    Warns:
        UserWarning: about an annotation numbered 0: it is read like others, but pycocotools
            never counts it as found when it scores detections.
    """
    dataset = _parsed(folder, file)
    coco = dataset.coco
    order = sorted(coco.cats)
    places = {number: place for place, number in enumerate(order)}

    def read(index: int) -> Sample:
        record = coco.imgs[dataset.ids[index]]
        name = os.path.join(folder, record["file_name"])
        image, annotations = opened(dataset, index, name)
        expected = record.get("width", image.width), record.get("height", image.height)
        if image.size != expected:
            raise ValueError(f"{name} measures {image.size}, but {file} says {expected}")
        objects = [
            (_corners(each, file), places[each["category_id"]], bool(each.get("iscrowd", 0)))
            for each in annotations
        ]
        found, kept = checked(image, objects, name, keep_ignored)
        if not masks:
            return found
        rows = dict(zip(kept.tolist(), range(1, len(kept) + 1), strict=True))
        drawn = [
            (_drawn(coco, each, image.size, name), kind + 1, rows.get(number), crowd)
            for number, (each, (_, kind, crowd)) in enumerate(
                zip(annotations, objects, strict=True)
            )
        ]
        mask, instances = _painted(drawn, image.size)
        return replace(found, mask=mask, instances=instances)

    return Annotated(dataset, read, tuple(coco.cats[number]["name"] for number in order))


def _parsed(folder: str | Path, file: str | Path) -> CocoDetection:
    if not os.path.isfile(file):
        raise FileNotFoundError(f"there is no file {file}: name COCO's instances_….json")
    try:
        with redirect_stdout(None):  # pycocotools reports how long it took
            dataset = CocoDetection(folder, str(file))
        everything = dataset.coco.dataset
        pictures, objects, kinds = (
            [each["id"] for each in everything[name]]
            for name in ("images", "annotations", "categories")
        )
        named = [(each["image_id"], each["category_id"]) for each in everything["annotations"]]
        for which, needed in (("images", "file_name"), ("categories", "name")):
            for each in everything[which]:
                each[needed]  # a KeyError here is clearer than one while a sample is read
    except (AssertionError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file} is not JSON of COCO's form: {error!r}") from error
    for what, numbers in (("image", pictures), ("annotation", objects), ("category", kinds)):
        twice = [number for number, times in Counter(numbers).items() if times > 1]
        if twice:
            raise ValueError(f"{file} uses the {what} id {twice[0]} more than once")
    for what, known, used in (("image", pictures, 0), ("category", kinds, 1)):
        unknown = {pair[used] for pair in named} - set(known)
        if unknown:
            raise ValueError(f"{file} has an annotation of {what} {min(unknown)}, which it lacks")
    if 0 in objects:
        warnings.warn(
            f"{file} has an annotation with id 0, which pycocotools never counts as found: "
            "number annotations from 1",
            stacklevel=3,
        )
    return dataset


def _corners(annotation: dict, file: str | Path) -> list[float]:
    try:
        box = torch.tensor([float(side) for side in annotation["bbox"]])
        return convert(box, "xywh", "xyxy").tolist()
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"{file}: annotation {annotation['id']} needs a bbox of four numbers, got "
            f"{annotation.get('bbox')}"
        ) from error


def _drawn(coco, annotation: dict, size: tuple[int, int], name: str) -> torch.Tensor:
    """Return where an annotation's object is, bool ``(height, width)``."""
    try:
        with warnings.catch_warnings():
            # pycocotools 2.0.11 decodes in a way that numpy 2 calls out of date.
            warnings.simplefilter("ignore", DeprecationWarning)
            pixels = torch.from_numpy(coco.annToMask(annotation)).bool()
    except Exception as error:  # pycocotools raises bare exceptions for what it does not know
        raise ValueError(
            f"{name}: annotation {annotation['id']} has no segmentation that can be drawn"
        ) from error
    if pixels.shape[::-1] != size:
        raise ValueError(
            f"{name}: annotation {annotation['id']} is drawn on {tuple(pixels.shape[::-1])} "
            f"pixels, the picture has {size}"
        )
    return pixels


def _painted(drawn, size: tuple[int, int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Paint crowds first, then objects from the largest to the smallest."""
    mask = torch.zeros(size[::-1], dtype=torch.int64)
    instances = torch.zeros_like(mask)
    for pixels, number, row, crowd in sorted(
        drawn, key=lambda each: (not each[3], -each[0].sum())
    ):
        if row is not None or crowd:
            mask[pixels] = UNDECIDED if crowd else number
            instances[pixels] = UNDECIDED if crowd else row
    return mask, instances
