"""Train the net of the demo that shows where a vision transformer looks: ``train_gazer``.

In half of the steps its positions are taken away, so that one net can do with them and without.
"""

import argparse
import json

import torch
import torch.nn.functional as F

from utils.data.images import load_images
from utils.repro import seeded
from utils.train import evaluate
from utils.widgets.patch_gazer.network import (
    FILE,
    SIDE,
    net_of,
    packed_state,
    unpacked,
    without_positions,
)

BATCH_SIZE, WARM_UP = 32, 0.15


def main(arguments: list[str] | None = None) -> None:
    """Train, round, keep, and print what the rounded net is worth."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--lr", type=float, default=0.006)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    images, generator = load_images("digits", size=SIDE), seeded(chosen.seed)
    net = net_of()
    adam = torch.optim.Adam(net.parameters(), lr=chosen.lr, fused=True)
    options = {"total_steps": chosen.steps, "pct_start": WARM_UP, "cycle_momentum": False}
    schedule = torch.optim.lr_scheduler.OneCycleLR(adam, chosen.lr, **options)
    data, labels = images.train
    for step in range(chosen.steps):
        picks = torch.randint(len(labels), (BATCH_SIZE,), generator=generator)
        model = without_positions(net) if step % 2 else net
        loss = F.cross_entropy(model(data[picks]), labels[picks])
        adam.zero_grad()
        loss.backward()
        adam.step()
        schedule.step()
    FILE.write_text(json.dumps(packed_state(net), separators=(",", ":")) + "\n", encoding="ascii")
    kept = unpacked().float()
    for name, model in (("with", kept), ("without", without_positions(kept))):
        print(f"{name} positions: {evaluate(model, images.test):.4f} of the test digits")


if __name__ == "__main__":
    main()
