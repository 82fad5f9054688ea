"""Boxes of many images as long columns, and their matching image by image and class by class.

Groups, the boxes of one class on one image, are padded to powers of two and matched by the
hundred: a loop over single images would spend its time in Python.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from utils.metrics.matching import match, numbers, overlaps

_LARGEST = 2**20  # numbers in a padded table of overlaps


@dataclass(frozen=True)
class Columns:
    """Boxes sorted by class, image, and falling score.

    Attributes:
        boxes: float64 ``(n, 4)``; scores: float64 ``(n,)``; labels, images: int64 ``(n,)``;
        crowd: bool ``(n,)``.
    """

    boxes: np.ndarray
    scores: np.ndarray
    labels: np.ndarray
    images: np.ndarray
    crowd: np.ndarray

    @classmethod
    def of(
        cls, records: Sequence[Mapping[str, torch.Tensor]], kind: str, most: int | None = None
    ) -> "Columns":
        """Return the columns of one record an image; of a group at most ``most`` boxes.

        Raises:
            ValueError: naming the image whose record does not fit.
        """
        wanted = ("boxes", "labels", "scores") if most else ("boxes", "labels")
        for image, record in enumerate(records):
            missing = [name for name in wanted if name not in record]
            if missing:
                raise ValueError(f"{kind}: the record of image {image} lacks {missing[0]}")
            boxes, count = record["boxes"].shape, len(record["boxes"])
            if len(boxes) != 2 or boxes[1] != 4:
                raise ValueError(f"{kind}: image {image} needs boxes (n, 4), got {tuple(boxes)}")
            for name in (*wanted[1:], "iscrowd"):
                if name in record and record[name].shape != (count,):
                    raise ValueError(
                        f"{kind}: image {image} has {count} boxes and {name} of the shape "
                        f"{tuple(record[name].shape)}"
                    )
        sizes = [len(record["boxes"]) for record in records]

        def column(name: str, dtype: type, empty: tuple) -> np.ndarray:
            if not any(sizes):
                return np.zeros(empty, dtype)
            zeros = torch.zeros
            parts = [
                part[name] if name in part else zeros(n, device=part["boxes"].device)
                for part, n in zip(records, sizes, strict=True)
                if n
            ]
            return numbers(torch.cat(parts), dtype)

        boxes, scores = column("boxes", np.float64, (0, 4)), column("scores", np.float64, (0,))
        labels, crowd = column("labels", np.int64, (0,)), column("iscrowd", bool, (0,))
        images = np.repeat(np.arange(len(records)), sizes)
        if not np.isfinite(boxes).all() or np.isnan(scores).any():
            raise ValueError(f"{kind}: a number is NaN or a box is infinite")
        if (boxes[:, 2:] < boxes[:, :2]).any():
            image = images[(boxes[:, 2:] < boxes[:, :2]).any(1)][0]
            raise ValueError(
                f"{kind}: a box of image {image} ends before it begins; corners x1, y1, x2, y2 "
                "are wanted"
            )
        order = np.lexsort((-scores, images, labels))
        if most:
            order = order[_ranks(labels[order], images[order]) < most]
        return cls(*(each[order] for each in (boxes, scores, labels, images, crowd)))

    def groups(self) -> tuple[dict[tuple[int, int], int], np.ndarray, np.ndarray]:
        """Return the place of each (class, image) among the groups, their starts and sizes."""
        starts = _starts(self.labels, self.images)
        sizes = np.diff([*starts, len(self.labels)])
        keys = zip(self.labels[starts].tolist(), self.images[starts].tolist(), strict=True)
        return {key: place for place, key in enumerate(keys)}, starts, sizes


def _starts(labels: np.ndarray, images: np.ndarray) -> np.ndarray:
    """Return where in sorted columns a group begins."""
    changes = (np.diff(labels) != 0) | (np.diff(images) != 0)
    return np.flatnonzero(np.concatenate([[True], changes])[: len(labels)])


def _ranks(labels: np.ndarray, images: np.ndarray) -> np.ndarray:
    """Return the place of each box in its group."""
    starts = _starts(labels, images)
    sizes = np.diff([*starts, len(labels)])
    return np.arange(len(labels)) - np.repeat(starts, sizes)


def _padded(starts: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of groups' boxes, padded to a power of two, and which are no padding."""
    steps = np.arange(1 << int(sizes.max() - 1).bit_length())
    inside = steps < sizes[:, None]
    return np.where(inside, starts[:, None] + steps, 0), inside


def _batches(seen: Columns, real: Columns, levels: int) -> Iterator[tuple[np.ndarray, ...]]:
    """Yield groups of like sizes: places of detections and objects, padded, and what is real."""
    (ours, starts, sizes), (theirs, starts_, sizes_) = seen.groups(), real.groups()
    pairs = np.array([(place, theirs[key]) for key, place in ours.items() if key in theirs])
    if not len(pairs):
        return
    one, two = pairs.T
    bits = np.frexp(np.stack([sizes[one], sizes_[two]], 1) - 1.0)[1]
    for bucket in np.unique(bits, axis=0):
        here = np.flatnonzero((bits == bucket).all(1))
        step = max(1, _LARGEST // (levels << int(bucket.sum())))
        for part in np.split(here, range(step, len(here), step)):
            detections, objects = one[part], two[part]
            yield (
                *_padded(starts[detections], sizes[detections]),
                *_padded(starts_[objects], sizes_[objects]),
            )


def hits_of(
    seen: Columns, real: Columns, thresholds: np.ndarray, area_range: tuple[float, float] | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Match all groups.

    Returns:
        For each threshold and detection, bool ``(thresholds, detections)``, whether it found an
        object and whether it does not count; and which objects count, ``(objects,)``.
    """

    def outside(boxes: np.ndarray) -> np.ndarray:
        if area_range is None:
            return np.zeros(len(boxes), dtype=bool)
        area = (boxes[:, 2:] - boxes[:, :2]).prod(-1)
        return (area < area_range[0]) | (area > area_range[1])

    omitted = real.crowd | outside(real.boxes)
    hits = np.zeros((len(thresholds), len(seen.boxes)), dtype=bool)
    ignored = hits.copy()
    for places, inside, objects, are_real in _batches(seen, real, len(thresholds)):
        crowd = torch.from_numpy(real.crowd[objects])
        boxes = torch.from_numpy(seen.boxes[places]), torch.from_numpy(real.boxes[objects])
        overlap = overlaps(*boxes, crowd).numpy()
        overlap[~(inside[..., None] & are_real[:, None, :])] = -1
        found = match(overlap, thresholds, ignored=omitted[objects], crowd=crowd).numpy()
        rows = np.arange(len(found))[:, None, None]
        not_counted = omitted[objects][rows, found]
        hits[:, places[inside]] = (found >= 0).transpose(1, 0, 2)[:, inside]
        ignored[:, places[inside]] = ((found >= 0) & not_counted).transpose(1, 0, 2)[:, inside]
    ignored |= ~hits & outside(seen.boxes)
    return hits, ignored, ~omitted
