"""Tune and train the chapter's small networks: ``python -m tools.compare_networks``.

Each network tries the same learning rates with the same seeds; held-out images choose, and test
images are the score. The result goes to ``utils/networks/fair.json``, which a page prints. The
set that is not embedded is read from ``BOOK_DATA`` or downloaded.
"""

import argparse
import functools
import json
from pathlib import Path

import torch

from utils.data.images import load_images
from utils.experiment import Comparison, compare, log_grid
from utils.networks.fair import BATCH_SIZE, EPOCHS, FILE, train_small
from utils.networks.small import SIDE, SMALL

SETS = "digits", "fashion_mnist"
SEEDS = 0, 1, 2
RATES = log_grid(0.001, 0.064, 7)


def rows(found: Comparison) -> dict[str, dict]:
    """Return the rate, the tuning and the scores of each network, ready for JSON."""
    return {
        name: {
            "lr": arm.setting["lr"],
            "validation": [[tried["lr"], round(score, 4)] for tried, score in arm.validation],
            "test": [round(score, 4) for score in arm.scores],
        }
        for name, arm in found.arms.items()
    }


def sweep(data_set: str, names: list[str], rates: list[float], epochs: int) -> Comparison:
    """Tune and train networks on one set."""
    images = load_images(data_set, size=SIDE)
    runs = {
        name: (functools.partial(train_small, name, images, epochs=epochs), {"lr": rates})
        for name in names
    }
    return compare(runs, seeds=SEEDS)


def main(arguments: list[str] | None = None) -> None:
    """Run the sweeps, print their tables, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    parser.add_argument("--names", nargs="+", choices=list(SMALL), default=list(SMALL))
    parser.add_argument("--rates", nargs="+", type=float, default=RATES)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--file", type=Path, default=FILE)
    chosen = parser.parse_args(arguments)
    facts = {"torch": torch.__version__, "seeds": SEEDS, "epochs": chosen.epochs}
    facts |= {"batch_size": BATCH_SIZE, "sets": {}}
    for name in chosen.sets:
        found = sweep(name, chosen.names, chosen.rates, chosen.epochs)
        print(f"{name}\n{found}\n", flush=True)
        facts["sets"][name] = rows(found)
    chosen.file.write_text(json.dumps(facts, indent=1) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
