"""Hide patches of digits, and see what is left of the score: ``python -m tools.compare_guides``.

Transformers of three seeds are trained as on the page on vision transformers, which prints what
comes out.
"""

import argparse
import json
from pathlib import Path

import torch

from utils.data.images import load_images
from utils.sequences import vision_runs as runs
from utils.train import evaluate

SEEDS = 0, 1, 2


def main(arguments: list[str] | None = None) -> None:
    """Train a net a seed, hide patches by each guide, and write the scores."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--steps", type=int, default=runs.STEPS)
    parser.add_argument("--file", type=Path, default=runs.GUIDES_FILE)
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    images = load_images("digits", size=runs.SIDE)
    table = runs.found(images.name)["transformer"]
    train, _, test = runs.parts(images, table["sizes"][-1])
    hidden = {name: [] for name in ("whole", *runs.GUIDES)}
    for seed in SEEDS:
        net = runs.network("transformer", seed)
        runs.train_vision(net, train, seed=seed, lr=table["lr"][-1], steps=chosen.steps)
        scores = {"whole": evaluate(net, test)} | runs.scores_blanked(net, test)
        for name, score in scores.items():
            hidden[name].append(round(score, 4))
        print(f"seed {seed}:", *(f"{name} {score:.3f}" for name, score in scores.items()))
    chosen.file.write_text(json.dumps(hidden, indent=1) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
