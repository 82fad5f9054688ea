"""Train the LeNet that the demos show, and keep its weights: ``python -m tools.train_lenet``.

It learns from the embedded digits, resized to 28×28 and a little turned, sheared, scaled and moved
anew each time; half of them are hardened to strokes as a reader draws them. The command prints how
many of the test digits the network knows, as trained and with its weights kept in 8 bits.
"""

import argparse
import json

import torch
import torch.nn.functional as F

from utils.data.batches import minibatches
from utils.data.images import load_images
from utils.repro import seeded
from utils.train import evaluate
from utils.widgets.kit.convnet import pack
from utils.widgets.kit.lenet import FILE, SIDE, lenet, trained

TURN, SHEAR, MOVE = 0.25, 0.2, 0.15  # radians, shares of a side: at most, either way
SMALLER, SPREAD = 1.15, 0.3  # drawn by hand, a digit seldom fills the picture


def varied(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Return images ``(batch, 1, height, width)``, each turned, sheared, scaled, moved, hardened.

    >>> varied(torch.zeros(2, 1, 28, 28), torch.Generator().manual_seed(0)).shape
    torch.Size([2, 1, 28, 28])
    """
    drawn = 2 * torch.rand(8, len(images), generator=generator) - 1
    angle, shear, wide, high = drawn[0] * TURN, drawn[1] * SHEAR, drawn[2], drawn[3]
    across, down = drawn[4] * MOVE, drawn[5] * MOVE
    cosine, sine = angle.cos(), angle.sin()
    upper = torch.stack([(SMALLER + SPREAD * wide) * cosine, shear - sine, across])
    lower = torch.stack([sine, (SMALLER + SPREAD * high) * cosine, down])
    affine = torch.stack([upper, lower]).permute(2, 0, 1)
    grid = F.affine_grid(affine, images.shape, align_corners=False)
    moved = F.grid_sample(images, grid, align_corners=False)
    # A steep sigmoid around a drawn threshold makes thin or thick strokes of soft ink.
    threshold = (0.55 + 0.25 * drawn[6]).view(-1, 1, 1, 1)
    hard = torch.sigmoid(20 * (moved - threshold)) * (moved > 0.02)
    return torch.where(drawn[7].view(-1, 1, 1, 1) > 0, hard, moved)


def train(epochs: int, seed: int) -> torch.nn.Sequential:
    """Return a LeNet trained on the embedded digits on the CPU."""
    draw = seeded(seed)
    digits, net = load_images("digits", size=SIDE), lenet()
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    for _ in range(epochs):
        for images, labels in minibatches(*digits.train, batch_size=64, generator=draw):
            loss = F.cross_entropy(net(varied(images, draw)), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
    return net


def main() -> None:
    """Train, report, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--epochs", type=int, default=80)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    net = train(chosen.epochs, chosen.seed)
    FILE.write_text(json.dumps(pack(net), separators=(",", ":")) + "\n", encoding="ascii")
    test = load_images("digits", size=SIDE).test
    print(f"test accuracy as trained: {evaluate(net, test):.1%}")
    print(f"test accuracy in 8 bits:  {evaluate(trained(), test):.1%}")
    print(f"{FILE.name}: {FILE.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
