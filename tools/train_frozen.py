"""Train for the demo of frozen layers, and keep the figures: ``python -m tools.train_frozen``.

Ten networks learn the source task on the embedded digits. Each is then trained on for the target
task with its first layers frozen, none to four of them, on a few images of each class. For each
number of images and of frozen layers, the rate is the best of five by the held-out images; the
accuracy that is kept is that of the test images. How far layers move is kept for one rate, so that
the distances can be compared.
"""

import argparse
import copy
import json
import statistics

import torch
import torch.nn.functional as F
from torch import nn

from utils.data.images import load_images
from utils.data.subsets import Examples, per_class
from utils.overlapping_tasks import TARGET, Tasks, five_layers, overlapping_tasks
from utils.repro import seeded
from utils.train import evaluate, fit
from utils.widgets.frozen_layers import COUNTS, FILE, LAYERS

RATES = 0.001, 0.003, 0.01, 0.03, 0.1
MOVED_AT = 0.01  # the rate of the distances
BATCH_SIZE = 32


def train(net: nn.Module, examples: Examples, *, lr: float, steps: int, seed: int) -> None:
    """Train by Adam for about as many steps."""
    adam = torch.optim.Adam(net.parameters(), lr=lr, fused=True)
    epochs = max(1, round(steps / -(-len(examples[1]) // BATCH_SIZE)))
    settings = {"batch_size": BATCH_SIZE, "generator": seeded(seed), "live": False}
    fit(net, examples, loss=F.cross_entropy, optimizer=adam, epochs=epochs, **settings)


def change(net: nn.Module, start: nn.Module) -> list[float]:
    """Return how far each layer has gone, as a share of the length of its first weights."""
    pairs = zip(net, start, strict=True)
    flat = [[nn.utils.parameters_to_vector(p.parameters()) for p in pair] for pair in pairs]
    return [((now - first).norm() / first.norm()).item() for now, first in flat]


def transfer(
    source: nn.Sequential, data: Tasks, frozen: int, count: int, *, lr: float, seed: int
) -> tuple[float, float, list[float]]:
    """Train on with the first layers frozen; return validation and test score, and the changes.

    The frozen layers are computed once, since what comes out of them stays the same.
    """
    draw = seeded(100 + seed)
    few = per_class(data.pool, count, generator=draw)
    start = copy.deepcopy(source)
    start[-1] = nn.Linear(start[-1].in_features, len(TARGET))
    with torch.no_grad():
        few, *judges = ((start[:frozen](x), y) for x, y in (few, data.validation, data.test))
    tail = copy.deepcopy(start)[frozen:]
    train(tail, few, lr=lr, steps=60, seed=seed)
    moved = [0.0] * frozen + change(tail, start[frozen:])
    return *(evaluate(tail, examples) for examples in judges), moved


def figures(sources: list[nn.Sequential], data: Tasks, frozen: int, count: int) -> dict:
    """Return what the demo shows for one setting."""
    tried = {
        lr: [
            transfer(source, data, frozen, count, lr=lr, seed=seed)
            for seed, source in enumerate(sources)
        ]
        for lr in RATES
    }
    lr = max(tried, key=lambda rate: statistics.fmean(run[0] for run in tried[rate]))
    scores = [run[1] for run in tried[lr]]
    moved = [
        statistics.fmean(parts) for parts in zip(*(run[2] for run in tried[MOVED_AT]), strict=True)
    ]
    return {
        "lr": lr,
        "accuracy": round(statistics.fmean(scores), 4),
        "spread": round(statistics.stdev(scores), 4),
        "moved": [round(part, 4) for part in moved],
    }


def main() -> None:
    """Train, report, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=10)
    chosen = parser.parse_args()
    data, sources = overlapping_tasks(load_images("digits", size=8)), []
    for seed in range(chosen.seeds):
        seeded(seed)
        sources.append(five_layers(1, len(data.source[1].unique())))
        train(sources[-1], data.source, lr=0.01, steps=130, seed=seed)
    runs = {}
    for count in COUNTS:
        runs[count] = [figures(sources, data, frozen, count) for frozen in range(LAYERS)]
        print(
            count,
            *(f"{run['accuracy']:.3f}±{run['spread']:.3f} at {run['lr']}" for run in runs[count]),
            sep="  ",
            flush=True,
        )
    FILE.write_text(json.dumps(runs, indent=1) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
