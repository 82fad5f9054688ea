"""Train the two networks that read drawn digits: ``python -m tools.train_reader``.

A LeNet and a network of fully connected layers learn from the embedded digits as MNIST would keep
them, centred by mass, after a little turning and shearing; neither sees a digit that is moved. The
command prints how many test digits each knows, as trained and with its weights kept in 8 bits.
"""

import argparse
import json

import torch
import torch.nn.functional as F
from torch import nn

from tools.train_lenet import varied
from utils.data.batches import minibatches
from utils.data.images import load_images
from utils.mnist_view import mnist_view
from utils.repro import seeded
from utils.train import evaluate
from utils.widgets.digit_reader.nets import FILE, NETS, trained
from utils.widgets.kit.convnet import pack
from utils.widgets.kit.lenet import SIDE


def views(images: torch.Tensor) -> torch.Tensor:
    """Return images ``(batch, 1, 28, 28)`` as MNIST would keep them."""
    return torch.stack([mnist_view(image[0]) for image in images])[:, None]


def train(name: str, epochs: int, seed: int) -> nn.Sequential:
    """Return one of ``NETS``, trained on the embedded digits on the CPU."""
    draw = seeded(seed)
    digits, net = load_images("digits", size=SIDE), NETS[name]()
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    for _ in range(epochs):
        images = views(varied(digits.train_images, draw))
        for x, labels in minibatches(images, digits.train_labels, batch_size=64, generator=draw):
            loss = F.cross_entropy(net(x), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
    return net


def main() -> None:
    """Train, report, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    nets = {name: train(name, chosen.epochs, chosen.seed) for name in NETS}
    packed = {name: pack(net) for name, net in nets.items()}
    FILE.write_text(json.dumps(packed, separators=(",", ":")) + "\n", encoding="ascii")
    digits = load_images("digits", size=SIDE)
    test = views(digits.test_images), digits.test_labels
    for name, net in nets.items():
        score, kept = evaluate(net, test), evaluate(trained(name), test)
        print(f"{name}: test accuracy {score:.1%} as trained, {kept:.1%} in 8 bits")
    print(f"{FILE.name}: {FILE.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
