"""Counting masks, and the book's segmenters: ``python -m benchmarks.segmentation``.

Ours and torchmetrics' functions get the same masks, take turns in random order and must find the
same numbers; what counts is the processor's time in the shortest of their turns, on one thread.
The segmenters learn from the same digit scenes, with three seeds; what counts is the mean IoU on
scenes that they have not seen.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn
from torchmetrics.functional.classification import multiclass_confusion_matrix as theirs_table
from torchmetrics.functional.classification import multiclass_jaccard_index as theirs_iou

from benchmarks.convolutions import shortest
from utils.data.samples import Scenes
from utils.data.scenes import load_scenes
from utils.metrics.segmentation import confusion, mean_iou
from utils.repro import seeded
from utils.segmentation.fcn import balanced, train_fcn
from utils.segmentation.training import held_out, train_segmenter
from utils.segmentation.unet import UNet

TURNS = 6
IGNORED = 255
SEEDS = (0, 1, 2)
TRAIN, TEST = 300, 100  # scenes
CLASSES = 11  # of digit scenes, with the background
# Name, masks, side, classes, type.
MASKS = (
    ("16 masks of 256×256, int64", 16, 256, 21, torch.int64),
    ("16 masks of 256×256, uint8", 16, 256, 21, torch.uint8),
    ("1 mask of 512×512, 150 classes", 1, 512, 150, torch.int64),
)


@dataclass(frozen=True)
class Count:
    """Seconds of one call: the book's, torchmetrics', and torchmetrics' without its checks."""

    name: str
    what: str
    ours: float
    theirs: float
    unchecked: float


@dataclass(frozen=True)
class Segmenter:
    """Mean IoU of a network on held-out scenes and seconds of its training, one of each a seed."""

    name: str
    weights: int
    scores: list[float]
    seconds: list[float]


def draw(count: int, side: int, classes: int, dtype: torch.dtype) -> tuple[torch.Tensor, ...]:
    """Return predicted and true masks of regions of 16×16, a twentieth of the pixels ignored."""
    generator = torch.Generator().manual_seed(0)
    coarse = torch.randint(classes, (2, count, side // 16, side // 16), generator=generator)
    predicted, target = coarse.repeat_interleave(16, -1).repeat_interleave(16, -2)
    ignored = torch.rand(target.shape, generator=generator) < 0.05
    kept = torch.rand(target.shape, generator=generator) < 0.7
    predicted = torch.where(kept, target, predicted)
    return predicted.to(dtype), target.masked_fill(ignored, IGNORED).to(dtype)


def count_masks() -> list[Count]:
    """Let both libraries count the masks, and see that they agree."""
    found = []
    for name, *size, classes, dtype in MASKS:
        pair = draw(*size, classes, dtype)
        settings = {"num_classes": classes, "ignore_index": IGNORED}
        quick = settings | {"validate_args": False}
        pairs: dict[str, tuple[Callable, Callable]] = {
            "confusion matrix": (
                lambda pair=pair, classes=classes: confusion(*pair, classes),
                lambda pair=pair, **more: theirs_table(*pair, **more),
            ),
            "mean IoU": (
                lambda pair=pair, classes=classes: mean_iou(confusion(*pair, classes)),
                lambda pair=pair, **more: theirs_iou(*pair, **more),
            ),
        }
        for what, (ours, theirs) in pairs.items():
            torch.testing.assert_close(
                ours(), theirs(**settings), rtol=1e-6, atol=0, check_dtype=False
            )
            times = shortest(
                {
                    "ours": ours,
                    "theirs": lambda f=theirs, s=settings: f(**s),
                    "unchecked": lambda f=theirs, s=quick: f(**s),
                },
                TURNS,
            )
            found.append(Count(name, what, *times.values()))
    return found


def windows(scenes: Scenes, seed: int) -> nn.Module:
    """Train three convolutions that see 5×5 pixels: what a network without a view can do."""
    seeded(seed)
    layers = nn.Conv2d(1, 16, 5, padding=2), nn.ReLU(), nn.Conv2d(16, 16, 1), nn.ReLU()
    net = nn.Sequential(*layers, nn.Conv2d(16, CLASSES, 1))
    train_segmenter(
        net, scenes, epochs=6, batch_size=10, lr=0.01, seed=seed, device="cpu", loss=balanced()
    )
    return net


def fcn(scenes: Scenes, seed: int) -> nn.Module:
    """Train the FCN of its page, with both skips."""
    return train_fcn(2, scenes, seed=seed, device="cpu")[0]


def unet(scenes: Scenes, seed: int) -> nn.Module:
    """Train a U-Net by cross-entropy."""
    seeded(seed)
    net = UNet(CLASSES)
    train_segmenter(net, scenes, epochs=16, batch_size=8, lr=0.01, seed=seed, device="cpu")
    return net


# A row of the table for each: a function of scenes and a seed that returns a trained network.
SEGMENTERS: dict[str, Callable[[Scenes, int], nn.Module]] = {
    "convolutions that see 5×5": windows,
    "FCN, two skips": fcn,
    "U-Net": unet,
}


def learn(segmenters: dict[str, Callable[[Scenes, int], nn.Module]]) -> list[Segmenter]:
    """Train each segmenter with each seed, and score it."""
    train, test = load_scenes(TRAIN), load_scenes(TEST, split="test")
    found = []
    for name, train_one in segmenters.items():
        scores, seconds = [], []
        for seed in SEEDS:
            start = time.thread_time()
            net = train_one(train, seed)
            seconds.append(time.thread_time() - start)
            scores.append(held_out(net, test, classes=CLASSES).mean)
        weights = sum(weight.numel() for weight in net.parameters())
        found.append(Segmenter(name, weights, scores, seconds))
    return found


def run() -> tuple[list[Count], list[Segmenter]]:
    """Measure everything on one thread."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return count_masks(), learn(SEGMENTERS)
    finally:
        torch.set_num_threads(threads)


def table(counts: list[Count], segmenters: list[Segmenter]) -> list[str]:
    """Return the lines of two Markdown tables."""
    lines = [
        f"Counting masks, a twentieth of the pixels ignored: the shortest of {TURNS} turns, one",
        "thread. Both find the same tables, and means that agree to 10⁻⁶. Ours looks for classes",
        "that do not exist, as torchmetrics does unless `validate_args=False`.",
        "",
        "| masks | what | ours, ms | torchmetrics, ms | times | without checks, ms | times |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in counts:
        row = f"| {each.name} | {each.what} | {1e3 * each.ours:.2f} "
        for seconds in (each.theirs, each.unchecked):
            row += f"| {1e3 * seconds:.2f} | {seconds / each.ours:.1f} "
        lines.append(row + "|")
    lines += [
        "",
        f"Segmenters, trained on {TRAIN} digit scenes: mean IoU of {CLASSES} classes on {TEST}",
        f"test scenes, mean ± standard deviation over {len(SEEDS)} seeds; seconds of one thread.",
        "",
        "| network | weights | mean IoU | seconds |",
        "|---|---|---|---|",
    ]
    for each in segmenters:
        mean, spread = statistics.fmean(each.scores), statistics.stdev(each.scores)
        seconds = statistics.fmean(each.seconds)
        lines.append(
            f"| {each.name} | {each.weights:,} | {mean:.3f} ± {spread:.3f} | {seconds:.1f} |"
        )
    return lines


if __name__ == "__main__":
    print("\n".join(table(*run())))
    sys.exit(0)
