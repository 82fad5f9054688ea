"""Scenes with what a detector sees in them, and the scenes in which it errs most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from utils.boxes.drawing import draw_boxes
from utils.boxes.overlap import iou
from utils.data.samples import Scenes
from utils.metrics.matching import match
from utils.metrics.mean_average_precision import Record
from utils.plots import COLOURS, new_axes

TRUE, SEEN = COLOURS[2], COLOURS[1]  # green and vermilion
POOR = 0.1  # a box that overlaps its object less than this is no attempt at it


@dataclass(frozen=True)
class Mistakes:
    """What went wrong in one scene.

    Attributes:
        index: the scene's number.
        reasons: one text a mistake.
    """

    index: int
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        counts = {reason: self.reasons.count(reason) for reason in self.reasons}
        return ", ".join(f"{n} × {what}" if n > 1 else what for what, n in counts.items())


def mistakes(
    record: Record,
    boxes: torch.Tensor,
    classes: torch.Tensor,
    *,
    score: float = 0.5,
    threshold: float = 0.5,
) -> tuple[str, ...]:
    """Name what a detector got wrong in one scene.

    An object is found by a detection of its class with an IoU of ``threshold``; each detection
    finds one object at most, as in average precision. An object that is not found was given the
    ``"wrong class"`` if another detection lies that close, a ``"poor box"`` if one of its class
    touches it with an IoU of 0.1 at least, and was ``"missed"`` else. A detection that found
    nothing is a ``"found twice"`` if it lies that close to an object of its class, and a
    ``"false alarm"`` if it explains none of the mistakes so far.

    Args:
        record: what the detector returned: ``boxes``, ``scores`` and ``labels``.
        boxes: the true boxes ``(k, 4)``.
        classes: their classes ``(k,)``.
        score: detections below it are left out.
        threshold: the IoU that counts as found.

    Returns:
        One text a mistake; none if all is right.
    """
    order = record["scores"].argsort(descending=True, stable=True)
    order = order[record["scores"][order] >= score]
    seen, labels = record["boxes"][order], record["labels"][order]
    overlaps = iou(seen, boxes)
    same = labels[:, None] == classes
    found = match(torch.where(same, overlaps, -1.0), threshold).to(boxes.device)
    reasons, explained = [], found >= 0
    for number in range(len(boxes)):
        if (found == number).any():
            continue
        free = found < 0
        near = free & ~same[:, number] & (overlaps[:, number] >= threshold)
        poor = free & same[:, number] & (overlaps[:, number] >= POOR)
        reasons.append("wrong class" if near.any() else "poor box" if poor.any() else "missed")
        explained = explained | (near if near.any() else poor)
    for row in (~explained).nonzero()[:, 0].tolist():
        twice = (same[row] & (overlaps[row] >= threshold)).any()
        reasons.append("found twice" if twice else "false alarm")
    return tuple(reasons)


def worst(
    records: Sequence[Record], scenes: Scenes, count: int = 4, *, score: float = 0.5
) -> list[Mistakes]:
    """Return the scenes with the most mistakes, worst first; fewer if fewer have any.

    Args:
        records: what the detector saw, one record a scene.
        scenes: the truth.
        count: how many scenes at most.
        score: see :func:`mistakes`.
    """
    triples = zip(records, scenes.boxes, scenes.classes, strict=True)
    found = [
        Mistakes(index, mistakes(record, boxes, classes, score=score))
        for index, (record, boxes, classes) in enumerate(triples)
    ]
    found = [each for each in found if each.reasons]
    return sorted(found, key=lambda each: -len(each.reasons))[:count]


def plot_detections(
    scenes: Scenes,
    records: Sequence[Record],
    *,
    titles: Sequence[str] | None = None,
    score: float = 0.5,
    columns: int = 4,
) -> np.ndarray:
    """Draw scenes side by side: true boxes green, detections vermilion with class and score.

    Args:
        scenes: at most a few, for example ``scenes[[3, 8]]``.
        records: one a scene.
        titles: one text a scene.
        score: detections below it are not drawn.
        columns: scenes in a row.

    Returns:
        The Axes; those without a scene are empty.
    """
    if len(records) != len(scenes) or not len(scenes):
        raise ValueError(f"need one record a scene, got {len(records)} for {len(scenes)} scenes")
    columns = min(columns, len(scenes))
    rows = -(-len(scenes) // columns)
    height = rows * (2.15 if titles is None else 2.45)  # a title takes 0.3 inches
    axes = np.atleast_1d(new_axes(rows, columns, size=(2.15 * columns, height))).reshape(-1)
    for ax in axes:
        ax.set_axis_off()
        ax.set_anchor("S")
    for number, (sample, record) in enumerate(zip(scenes, records, strict=True)):
        ax = axes[number]
        ax.imshow(sample.image.mean(0).cpu().numpy(), cmap="gray", vmin=0, vmax=1)
        shown = record["scores"] >= score
        pairs = zip(
            record["labels"][shown].tolist(), record["scores"][shown].tolist(), strict=True
        )
        labels = [f"{label}: {value:.2f}" for label, value in pairs]
        draw_boxes(ax, sample.boxes, colours=TRUE, linewidth=1.2)
        draw_boxes(ax, record["boxes"][shown], labels, colours=SEEN, linewidth=1.6)
        for mark in (*ax.patches, *ax.texts):  # they may reach beyond the picture
            mark.set_in_layout(False)
        if titles is not None:
            ax.set_title(titles[number], fontsize=9)
    return axes
