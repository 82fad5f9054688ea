"""The book's small detectors on scenes, and d2l's TinySSD: ``python -m benchmarks.detectors``.

Each detector is trained on the same scenes with three seeds and scored on scenes that it has not
seen; what counts is the processor's time of the training on one thread. For the race, d2l's loop
trains as long as it is given, and ours as few epochs as it takes to reach the same mAP@0.5.
"""

import statistics
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

import torch

from benchmarks.tiny_ssd import tiny_detector, train_tiny_ssd
from utils.boxes.labels import batched_targets
from utils.data.samples import Scenes
from utils.data.scenes import load_scenes
from utils.detection import two_stage
from utils.detection.multibox import SSD, detector, laid_anchors, ssd_loss
from utils.detection.training import Detect, held_out, train_detector
from utils.detection.two_stage_loss import trained_two_stage
from utils.detection.yolo import LaterYolo, train_yolo
from utils.repro import seeded

SEEDS = 0, 1, 2
TRAINED, SCORED = 1000, 300  # scenes
PEER_EPOCHS = 20  # of d2l's loop, the number of its chapter
OUR_EPOCHS = 1, 2, 3, 4, 6, 8, 12, 16

Train = Callable[[Scenes, int], Detect]


def train_ssd(scenes: Scenes, seed: int, epochs: int = 8) -> Detect:
    """Train the SSD of the page, targets and all."""
    seeded(seed)
    net, laid = SSD(len(scenes.class_names)), laid_anchors()
    data = scenes.images, *batched_targets(laid, *scenes.padded())
    train_detector(net, ssd_loss, data, epochs=epochs, lr=0.016, batch_size=16, seed=seed)
    return detector(net, laid)


def train_two(scenes: Scenes, seed: int) -> Detect:
    """Train the detector of two stages."""
    net, _ = trained_two_stage(scenes, seed=seed)
    return two_stage.detector(net)


def train_grid(scenes: Scenes, seed: int) -> Detect:
    """Train the grid detector as later YOLOs learn."""
    kind = LaterYolo()
    net = train_yolo(kind, scenes, seed=seed)
    return lambda images: kind.read(net(images))


DETECTORS: dict[str, Train] = {
    "two stages": train_two,
    "SSD": train_ssd,
    "YOLO, later form": train_grid,
}


@dataclass(frozen=True)
class Row:
    """One detector: seconds, mAP@0.5 and mAP, one a seed."""

    name: str
    seconds: list[float]
    half: list[float]
    mean: list[float]


@dataclass(frozen=True)
class Race:
    """Seconds of d2l's training and of ours to an mAP@0.5 of at least as much.

    ``ours`` is infinite where no number of epochs that was tried is enough.
    """

    theirs: float
    their_score: float
    ours: float
    our_score: float


def measured(name: str, train: Train, scenes: Scenes, others: Scenes, seeds=SEEDS) -> Row:
    """Train a detector with each seed."""
    row = Row(name, [], [], [])
    for seed in seeds:
        begin = process_time()
        detect = train(scenes, seed)
        row.seconds.append(process_time() - begin)
        found = held_out(detect, others)
        row.half.append(found.at(0.5))
        row.mean.append(found.mean)
    return row


def race(
    scenes: Scenes, others: Scenes, *, peer_epochs: int = PEER_EPOCHS, our_epochs=OUR_EPOCHS
) -> Race:
    """Let d2l's TinySSD train, and then ours to its best score."""
    from d2l import torch as d2l  # slow to import

    theirs, best = 0.0, -1.0
    for seconds, net in train_tiny_ssd(d2l, scenes, epochs=peer_epochs):
        score = held_out(tiny_detector(d2l, net), others, thresholds=[0.5], batch_size=16).mean
        if score > best:
            theirs, best = seconds, score
    for epochs in our_epochs:
        begin = process_time()
        detect = train_ssd(scenes, 0, epochs)
        ours, score = process_time() - begin, held_out(detect, others, thresholds=[0.5]).mean
        if score >= best:
            return Race(theirs, best, ours, score)
    return Race(theirs, best, float("inf"), score)


def run(trained: int = TRAINED, scored: int = SCORED) -> tuple[list[Row], Race]:
    """Measure everything on one thread."""
    scenes, others = load_scenes(trained), load_scenes(scored, split="test")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # d2l calls meshgrid as it was once
            rows = [measured(name, f, scenes, others) for name, f in DETECTORS.items()]
            return rows, race(scenes, others)
    finally:
        torch.set_num_threads(threads)


def _spread(values: list[float], digits: int) -> str:
    return f"{statistics.mean(values):.{digits}f} ± {statistics.pstdev(values):.{digits}f}"


def table(rows: list[Row], found: Race) -> list[str]:
    """Return the lines of two Markdown tables."""
    lines = [
        f"Scenes of digits of 64×64 pixels: {TRAINED:,} to train on, {SCORED} of the test split",
        "to score. Processor's seconds of the training on one thread; mean ± spread of 3 seeds.",
        "",
        "| detector | seconds | mAP@0.5 | mAP |",
        "|---|---|---|---|",
    ]
    for row in rows:
        numbers = (_spread(row.seconds, 1), _spread(row.half, 3), _spread(row.mean, 3))
        lines.append(f"| {row.name} | {' | '.join(numbers)} |")
    return [
        *lines,
        "",
        "d2l's TinySSD with its loop, on the same scenes at 256×256 pixels, until its best epoch;",
        "our SSD with the fewest epochs that reach that score:",
        "",
        "| | seconds | mAP@0.5 |",
        "|---|---|---|",
        f"| d2l | {found.theirs:.1f} | {found.their_score:.3f} |",
        f"| ours | {found.ours:.1f} | {found.our_score:.3f} |",
        f"| d2l / ours | {found.theirs / found.ours:.1f} | |",
    ]


if __name__ == "__main__":
    print("\n".join(table(*run())))
    sys.exit()
