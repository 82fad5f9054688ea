"""Train the net of the demo of attention, which says words backwards: ``train_attention``."""

import argparse
import json

import torch

from utils.repro import seeded
from utils.sequences.reversal import TEST, draw_words, share_right, train_reverser
from utils.widgets.attention_map.network import FILE, PARTS, answer_of, unpacked

DIGITS = 3  # decimals of a weight


def main() -> None:
    """Train, round, keep, and print what the rounded net is worth."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--lr", type=float, default=0.02)
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    net = train_reverser(lr=chosen.lr, seed=0, steps=chosen.steps)
    state = net.state_dict()
    parts = {
        name: [
            [round(value, DIGITS) for value in row] for row in state[key].view(-1, size).tolist()
        ]
        for name, (key, size) in PARTS.items()
    }
    FILE.write_text(json.dumps(parts, separators=(",", ":")) + "\n", encoding="ascii")
    test = draw_words(1000, seeded(TEST))
    print(f"letters right: {share_right(net, test):.4f}, with {DIGITS} decimals:", end=" ")
    said = torch.stack([answer_of(unpacked(), word) for word in test])
    print(f"{(said == test.flip(1)).double().mean():.4f}")


if __name__ == "__main__":
    main()
