"""Tune and train the nets of the page on vision transformers: ``python -m tools.compare_vision``.

Each arm tries as many rates with the same seeds, for each number of training pictures; held-out
pictures choose, and test pictures are the score. Without positions the largest number alone is
tried. The result goes to ``utils/sequences/vision_runs.json``, which the page prints.
"""

import argparse
import functools
import json
from pathlib import Path

import torch

from utils.data.images import ImageSet, load_images
from utils.experiment import compare, log_grid
from utils.sequences.vision_runs import (
    ARMS,
    BATCH_SIZE,
    FILE,
    SIDE,
    SIZES,
    STEPS,
    accuracy_shuffled,
    network,
    parts,
    train_vision,
)
from utils.train import evaluate

SEEDS = 0, 1, 2
FASTER, SLOWER = log_grid(0.002, 0.08, 5), log_grid(0.0005, 0.02, 5)
RATES = dict(zip(ARMS, (FASTER, SLOWER, SLOWER), strict=True))
LISTS = "sizes", "lr", "at_edge", "validation", "test"


def run(
    arm: str,
    images: ImageSet,
    count: int,
    steps: int,
    kept: dict[tuple, float] | None,
    *,
    seed: int,
    lr: float,
) -> tuple[float, float]:
    """Train one net; return its accuracies, and keep the one on shuffled pictures if asked to."""
    train, held_out, test = parts(images, count)
    net = network(arm, seed)
    train_vision(net, train, seed=seed, lr=lr, steps=steps)
    if kept is not None:
        kept[arm, lr, seed] = accuracy_shuffled(net, test)
    return evaluate(net, held_out), evaluate(net, test)


def sweep(
    images: ImageSet, sizes: list[int], rates: dict[str, list[float]], steps: int
) -> dict[str, dict]:
    """Tune and train all arms on one set; return rows ready for JSON."""
    rows = {arm: {name: [] for name in LISTS} for arm in ARMS}
    for count in sizes:
        is_last = count == sizes[-1]
        arms, kept = (ARMS, {}) if is_last else (ARMS[:2], None)
        runs = {
            arm: (functools.partial(run, arm, images, count, steps, kept), {"lr": rates[arm]})
            for arm in arms
        }
        comparison = compare(runs, seeds=SEEDS)
        print(f"{images.name}, {count} pictures\n{comparison}\n", flush=True)
        for arm, result in comparison.arms.items():
            row = rows[arm]
            row["sizes"].append(count)
            row["lr"].append(result.setting["lr"])
            row["at_edge"].append(bool(result.at_edge))
            row["validation"].append([round(score, 4) for _, score in result.validation])
            row["test"].append([round(score, 4) for score in result.scores])
            if is_last:
                row["shuffled"] = [round(kept[arm, row["lr"][-1], seed], 4) for seed in SEEDS]
    return rows


def main(arguments: list[str] | None = None) -> None:
    """Run the sweeps, print their tables, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sets", nargs="+", choices=list(SIZES), default=list(SIZES))
    parser.add_argument("--sizes", nargs="+", type=int)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--file", type=Path, default=FILE)
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)  # such small products gain nothing from more
    facts = {"torch": torch.__version__, "seeds": SEEDS, "rates": RATES}
    facts |= {"steps": chosen.steps, "batch_size": BATCH_SIZE, "sets": {}}
    for name in chosen.sets:
        images = load_images(name, size=SIDE)
        sizes = chosen.sizes or list(SIZES[name])
        facts["sets"][name] = sweep(images, sizes, RATES, chosen.steps)
    chosen.file.write_text(json.dumps(facts, indent=1) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
