"""Train character models with three cells at equal weights: ``python -m tools.train_characters``.

It takes about twenty minutes of one core, and writes ``utils/sequences/cell_runs.json``.
"""

import json

import torch

from utils.sequences.cell_runs import EPOCHS, FILE, run
from utils.sequences.language_model import CELLS, bits


def main() -> None:
    """Train, keep, and print bits a character."""
    torch.set_num_threads(1)
    found = {cell: {} for cell in CELLS}
    for epochs in EPOCHS:
        for cell in CELLS:
            point = found[cell][epochs] = run(cell, epochs=epochs)
            losses = " ".join(f"{bits(loss):.3f}" for loss in point["losses"])
            print(f"{cell:4} {epochs:3} epochs, rate {point['rate']}: {losses} bits", flush=True)
    FILE.write_text(json.dumps(found) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
