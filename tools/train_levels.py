"""Train the net of the demo of quantisation levels, which reads digits: ``train_levels``."""

import json

import torch

from utils.data.images import load_images
from utils.quantisation import folded, trained
from utils.widgets.quantisation_levels.network import FILE, HIDDEN, right_count

DIGITS = 4  # decimals of a weight
SEED = 4


def main() -> None:
    """Train, fold the batch norm, round, keep, and print what the net gets right."""
    torch.set_num_threads(1)
    net = folded(trained("MLP", load_images("digits"), seed=SEED, hidden=HIDDEN))
    parts = {"W1": net[1].weight, "b1": net[1].bias, "W2": net[3].weight, "b2": net[3].bias}
    rows = {
        name: (part * 10**DIGITS).round().double() / 10**DIGITS for name, part in parts.items()
    }
    kept = {name: part.tolist() for name, part in rows.items()}
    FILE.write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="ascii")
    print(f"right: {right_count()} of 360")


if __name__ == "__main__":
    main()
