"""Train the networks of the transfer curves: ``python -m tools.train_transfer``.

Each of three ways learns the digits 5 to 9 from a few pictures of each, with the learning rate
that held-out pictures choose at the last step. Five seeds make the curves; the first of them says
where sixty test pictures stand.
"""

import base64
import json
import math

import torch

from utils.data.images import load_images
from utils.experiment import log_grid
from utils.stack import Stack, stack_logits
from utils.transfer import CLASSES, Tasks, two_tasks
from utils.transfer_runs import (
    FRESH,
    source_networks,
    train_few,
    untrained,
    with_new_classifier,
)
from utils.widgets.transfer_curves.results import COUNTS, FILE, STEPS, WAYS

SEEDS = range(5)
RATES = log_grid(0.0003, 3, 7)
SHARES = 1.0, 0.0, 0.1  # of the rate, for the layers below the last, in the order of WAYS
EACH = 12  # dots of each class


def ways(tasks: Tasks) -> dict[str, tuple[Stack, float]]:
    """Return how each way starts, and its share of the rate below the last layer."""
    start = with_new_classifier(source_networks(tasks, SEEDS), tasks, SEEDS)
    scratch = untrained(tasks, [FRESH + seed for seed in SEEDS])
    return dict(zip(WAYS, zip((scratch, start, start), SHARES, strict=True), strict=True))


def chosen_rate(validation: torch.Tensor) -> int:
    """Return the row of accuracies ``(rates, seeds)`` with the best mean; NaN is no accuracy."""
    return int(validation.mean(1).nan_to_num(0).argmax())


def places(logits: torch.Tensor) -> torch.Tensor:
    """Return where pictures stand in a pentagon: the mean of its corners by probability.

    Args:
        logits: ``(pictures, 5)``.

    Returns:
        ``(pictures, 2)``, across and down from −1 to 1; class 0 is at the top, then clockwise.
    """
    turns = 2 * math.pi * torch.arange(CLASSES) / CLASSES
    corners = torch.stack([turns.sin(), -turns.cos()], 1)
    return logits.softmax(1) @ corners.to(logits)


def dots(logits: torch.Tensor) -> bytes:
    """Return three bytes for each picture: place across, place down, class said."""
    at = ((places(logits) + 1) / 2 * 255).round()
    return torch.cat([at, logits.argmax(1, keepdim=True)], 1).to(torch.uint8).numpy().tobytes()


def as_text(numbers: bytes) -> str:
    """Return bytes as base64."""
    return base64.b64encode(numbers).decode("ascii")


def shown_rows(labels: torch.Tensor) -> torch.Tensor:
    """Return the rows of the first pictures of each class, class by class."""
    return torch.cat([(labels == label).nonzero()[:EACH, 0] for label in range(CLASSES)])


def greys(tasks: Tasks, rows: torch.Tensor) -> bytes:
    """Return test pictures pixel by pixel, two to a byte: 0 is black, 15 is white."""
    mean, spread = tasks.statistics
    levels = ((tasks.test[0][rows] * spread + mean) * 15).round().to(torch.uint8).flatten()
    return (16 * levels[::2] + levels[1::2]).numpy().tobytes()


def train(tasks: Tasks) -> dict:
    """Return what ``results.json`` holds."""
    rows, starts = shown_rows(tasks.test[1]), ways(tasks)
    found = {"labels": as_text(bytes(tasks.test[1][rows].tolist()))}
    found["greys"] = as_text(greys(tasks, rows))
    found |= {part: {way: [] for way in WAYS} for part in ("rates", "curves", "dots")}
    for count in COUNTS:
        tried = train_few(starts, tasks, count, rates=RATES, seeds=SEEDS)
        for way in WAYS:
            rate = RATES[chosen_rate(tried[way].validation)]
            curve, stands = [], b""
            for steps in STEPS:
                one = {way: starts[way]}
                run = train_few(one, tasks, count, rates=[rate], seeds=SEEDS, steps=steps)[way]
                scores = run.test[0]
                curve.append([round(scores.mean().item(), 4), round(scores.std().item(), 4)])
                first = [part[:1] for part in run.stack]
                stands += dots(stack_logits(first, tasks.test[0][None, rows])[0])
            found["rates"][way].append(rate)
            found["curves"][way].append(curve)
            found["dots"][way].append(as_text(stands))
    return found


def main() -> None:
    """Train, and write the file."""
    found = train(two_tasks(load_images("digits", size=8)))
    FILE.write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="ascii")
    for way, curve in found["curves"].items():
        print(f"{way:13}", *(f"{points[-1][0]:.2f} ± {points[-1][1]:.2f}" for points in curve))
    print(f"{FILE.name}: {FILE.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
