"""Train the grid detector of the demo that finds digits: ``python -m tools.train_finder``.

It learns from scenes of the embedded digits. Its weights are kept with 8 bits each; the command
prints how well it finds the digits of test scenes, as trained and as kept.
"""

import argparse
import json

import torch

from utils.data.scenes import load_scenes
from utils.detection.training import held_out
from utils.detection.yolo import GridNet, train_yolo
from utils.widgets.digit_finder.network import FILE, KIND, WIDTHS, cells_of, packed_of, reports
from utils.widgets.kit.ink import as_text

LR, SEED = 0.02, 0
GROUNDS = 4


def trained(scenes: int, epochs: int) -> GridNet:
    """Return a network trained on this many scenes of the training split, on the CPU."""
    return train_yolo(KIND, load_scenes(scenes), epochs=epochs, lr=LR, seed=SEED, widths=WIDTHS)


def backgrounds() -> list[str]:
    """Return the first test scenes that happen to have no object, as texts."""
    scenes = load_scenes(10 * GROUNDS, split="test", objects=(0, 1))
    empty = [one.image[0] for one in scenes if not len(one.classes)]
    return [as_text(image) for image in empty[:GROUNDS]]


def main() -> None:
    """Train, report, and write the weights and the backgrounds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scenes", type=int, default=2000)
    parser.add_argument("--epochs", type=int, default=10)
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    net = trained(chosen.scenes, chosen.epochs)
    layers, test = packed_of(net), load_scenes(250, split="test")
    for name, detect in (
        ("as trained", lambda images: KIND.read(net(images))),
        ("in 8 bits", lambda images: reports(cells_of(images, layers))),
    ):
        found = held_out(detect, test)
        print(f"{name}: mAP@0.5 {found.at(0.5):.3f}, mAP {found.mean:.3f}")
    content = {"net": layers, "grounds": backgrounds()}
    FILE.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="ascii")
    print(f"{FILE.name}: {FILE.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
