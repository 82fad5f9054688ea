"""Tune and train SSD with three ways to weigh background: ``python -m tools.compare_imbalance``.

Each way tries as many learning rates with the same seeds; validation scenes choose, and test
scenes are the score. The result goes to ``utils/detection/imbalance.json``, which a page prints.
"""

import argparse
import functools
import json
from pathlib import Path

import torch

from tools.compare_networks import rows
from utils.detection.imbalance import BATCH_SIZE, EPOCHS, FILE, TRAINED, WAYS, train_ssd
from utils.experiment import compare

SEEDS = 0, 1, 2
# As many for each way, placed so that none chooses the first or the last one.
RATES = {
    "all": (0.016, 0.05, 0.16, 0.5),
    "mined": (0.005, 0.016, 0.05, 0.16),
    "focal": (0.005, 0.016, 0.05, 0.16),
}


def main(arguments: list[str] | None = None) -> None:
    """Run the sweep, print its table, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rates", nargs="+", type=float, help="the same for each way")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--file", type=Path, default=FILE)
    chosen = parser.parse_args(arguments)
    runs = {}
    for way in WAYS:
        grid = {"lr": chosen.rates or RATES[way]}
        runs[way] = functools.partial(train_ssd, way, epochs=chosen.epochs), grid
    result = compare(runs, seeds=SEEDS)
    print(result)
    facts = {"torch": torch.__version__, "seeds": SEEDS, "epochs": chosen.epochs}
    facts |= {"batch_size": BATCH_SIZE, "scenes": TRAINED, "ways": rows(result)}
    chosen.file.write_text(json.dumps(facts, indent=1) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
