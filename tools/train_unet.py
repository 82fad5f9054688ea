"""Train U-Nets that the book shows and does not train in sight: ``python -m tools.train_unet``.

``runs`` compares three losses, and a net without skips, each tuned on one grid of rates, over
three seeds. ``demo`` trains the net of the demo of the skips.
"""

import argparse
import functools
import itertools
import json

import torch
from torch import nn

from utils.data.scenes import load_scenes
from utils.experiment import compare
from utils.repro import seeded
from utils.segmentation.losses import both_losses
from utils.segmentation.training import held_out, score, train_segmenter
from utils.segmentation.unet import UNet
from utils.segmentation.unet_runs import ARMS, FILE, train_arm
from utils.widgets.kit.ink import as_text
from utils.widgets.skip_switches import network

RATES = 0.002, 0.005, 0.0141, 0.04
CUT = 0.25  # how often a skip of the demo's net is cut in training
SCENES = 0, 14, 43, 56  # test scenes of the demo: three classes, four objects


def write_runs() -> None:
    """Run the sweep, print its table, and keep what it found."""
    grid = {"lr": RATES}
    result = compare({arm: (functools.partial(train_arm, arm), grid) for arm in ARMS})
    print(result)
    runs = {
        name: {
            "lr": arm.setting["lr"],
            "validation": [[setting["lr"], round(mean, 4)] for setting, mean in arm.validation],
            "scores": [round(score, 4) for score in arm.scores],
        }
        for name, arm in result.arms.items()
    }
    FILE.write_text(json.dumps(runs, indent=1) + "\n", encoding="ascii")


class CutAtTimes(nn.Module):
    """A U-Net of which each skip is cut in one of four training steps, drawn by torch's state.

    So a net that lacks a skip later lacks what the skip knew, and is not just taken by surprise.
    """

    def __init__(self, net: UNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return logits; in evaluation mode all skips are there."""
        skips = torch.rand(len(self.net.up)) >= CUT
        return self.net(x, skips.tolist() if self.training else None)


def write_demo(scenes: int, epochs: int) -> None:
    """Train the net of the demo, keep it with 8 bits a weight, and print what that costs."""
    classes = network.CLASSES
    setting = {"classes": range(classes - 1)}
    seeded(0)
    net = UNet(classes, network.WIDTHS)
    train = load_scenes(scenes, **setting)
    training = {"epochs": epochs, "batch_size": 8, "lr": 0.02, "seed": 0, "device": "cpu"}
    train_segmenter(CutAtTimes(net), train, loss=both_losses, **training)
    parts, test = network.packed_of(net), load_scenes(100, split="test", **setting)
    print(f"mean IoU {held_out(net, test, classes=classes).mean:.3f}; with 8 bits a weight:")
    for skips in itertools.product((True, False), repeat=network.SKIPS):
        found = network.maps_of(parts, test.images.double(), list(skips))[-1].argmax(1)
        print(skips, f"{score(found, test.masks, classes=classes).mean:.3f}")
    chosen = test[list(SCENES)]
    pictures = [
        [as_text(image[0]), as_text(mask / 255)]
        for image, mask in zip(chosen.images, chosen.masks, strict=True)
    ]
    for file, content in ((network.FILE, parts), (network.SCENES, pictures)):
        file.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="ascii")


def main() -> None:
    """Train what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("part", choices=("runs", "demo"), nargs="?", default="runs")
    parser.add_argument("--scenes", type=int, default=800, help="of the demo's training")
    parser.add_argument("--epochs", type=int, default=8, help="of the demo's training")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    if chosen.part == "runs":
        write_runs()
    else:
        write_demo(chosen.scenes, chosen.epochs)


if __name__ == "__main__":
    main()
