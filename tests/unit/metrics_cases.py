"""Random detections of many images, with all kinds of ties."""

import numpy as np
import torch


def drawn(seed, images, classes, *, most=4, side=12, crowds=0.15, floats=False):
    """Return records of detections and of truths.

    Corners and scores come from few values, so that boxes, overlaps, thresholds and scores tie.
    Some images have no truth, some no detection. Half of the detections copy a truth or nearly.
    """
    random = np.random.default_rng(seed)

    def boxes(count):
        corners = random.integers(0, side, (count, 2, 2)).astype(np.float64)
        found = np.concatenate([corners.min(1), corners.max(1) + 1], 1)
        return found + random.random((count, 4)) * 0.5 * floats

    detections, truths = [], []
    for _ in range(images):
        count, seen = random.integers(0, (most * classes, most * classes))
        real = boxes(count)
        found = boxes(seen)
        if count and seen:
            source = random.integers(0, count, seen)
            copies = random.random(seen) < 0.6
            wider = random.integers(0, 2, (copies.sum(), 4)) * [0, 0, 1, 1]
            found[copies] = real[source[copies]] + wider
        labels = random.integers(0, classes, count)
        guessed = random.integers(0, classes, seen)
        if count and seen:
            guessed[copies] = labels[source[copies]]
        detections.append(
            {
                "boxes": torch.from_numpy(found),
                "labels": torch.from_numpy(guessed),
                "scores": torch.from_numpy(random.integers(0, 6, seen) / 8),
            }
        )
        truths.append(
            {
                "boxes": torch.from_numpy(real),
                "labels": torch.from_numpy(labels),
                "iscrowd": torch.from_numpy((random.random(count) < crowds).astype(np.int64)),
            }
        )
    return detections, truths
