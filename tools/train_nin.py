"""Train the network of the class maps, and keep its weights: ``python -m tools.train_nin``.

It learns from the embedded digits, resized to 14×14 and a little turned, sheared and scaled anew
each time. One or two of them lie somewhere on a black picture, whose size changes from step to
step. The target is the class of the digit, or half and half. The command prints how often the
largest scores are those of the digits, for pictures of several sizes.
"""

import argparse
import json

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from tools.train_lenet import varied
from utils.data.batches import minibatches
from utils.data.images import load_images
from utils.repro import seeded
from utils.widgets.class_maps.network import DIGIT, FILE, STEP, nin, trained
from utils.widgets.kit.convnet import pack

SIDES = range(20, 52, STEP)  # of the pictures
TRIES = 9  # places that are drawn for each picture
RATE = 1e-2  # the largest learning rate


def scenes(
    digits: torch.Tensor, labels: torch.Tensor, side: int, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return pictures with one or two digits that do not touch, and what share each class has.

    Args:
        digits: ``(batch, 1, 14, 14)``; each picture has its own digit, and every other one that
            of its neighbour as well, where there is room.
        labels: their classes, ``(batch,)``.
        side: pixels along either side of the pictures.
        generator: draws the places.

    Returns:
        pictures ``(batch, 1, side, side)`` and shares ``(batch, 10)``.
    """
    pictures = torch.zeros(len(digits), 1, side, side)
    shares = F.one_hot(labels, 10).float()
    places = torch.randint(0, side - DIGIT + 1, (len(digits), TRIES, 2), generator=generator)
    for index, (one, *others) in enumerate(places.tolist()):
        laid = [(digits[index], one)]
        free = [at for at in others if max(abs(at[0] - one[0]), abs(at[1] - one[1])) >= DIGIT]
        if index % 2 and free:
            laid.append((digits[index - 1], free[0]))
            shares[index] = (shares[index] + F.one_hot(labels[index - 1], 10)) / 2
        for digit, (top, left) in laid:
            pictures[index, :, top : top + DIGIT, left : left + DIGIT] += digit
    return pictures, shares


def normed(net: nn.Sequential) -> nn.Sequential:
    """Return the same layers with batch normalisation behind each convolution but the last."""
    layers = []
    for layer in net[:-1]:
        layers.append(layer)
        if isinstance(layer, nn.Conv2d):
            layers.append(nn.BatchNorm2d(layer.out_channels))
    return nn.Sequential(*layers, net[-1])


def folded(net: nn.Sequential) -> nn.Sequential:
    """Return a network in which batch normalisation is part of the convolutions."""
    net.eval()
    layers = []
    for layer in net:
        if isinstance(layer, nn.BatchNorm2d):
            layers[-1] = fuse_conv_bn_eval(layers[-1], layer)
        else:
            layers.append(layer)
    return nn.Sequential(*layers)


def train(epochs: int, seed: int) -> nn.Sequential:
    """Return a network trained on the embedded digits on the CPU."""
    draw = seeded(seed)
    digits, net = load_images("digits", size=DIGIT), normed(nin())
    steps = epochs * -(-len(digits.train_labels) // 64)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for _ in range(epochs):
        for images, labels in minibatches(*digits.train, batch_size=64, generator=draw):
            side = SIDES[torch.randint(len(SIDES), (), generator=draw)]
            pictures, shares = scenes(varied(images, draw), labels, side, draw)
            loss = F.cross_entropy(net(pictures).mean((2, 3)), shares)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    net = folded(net)
    with torch.no_grad():  # softmax does not see what all classes share, so it is taken away
        net[-1].weight -= net[-1].weight.mean(0)
        net[-1].bias -= net[-1].bias.mean()
    return net


@torch.no_grad()
def report(net: nn.Sequential) -> None:
    """Print how often the classes of the digits lead, for one digit and for two."""
    digits = load_images("digits", size=DIGIT)
    for side in SIDES:
        pictures, shares = scenes(*digits.test, side, seeded(1))
        scores = net(pictures).mean((2, 3))
        for count in (1, 2):
            rows = (shares > 0).sum(1) == count
            if rows.any():
                lead = scores[rows].topk(count).indices
                right = shares[rows].gather(1, lead).gt(0).all(1).float().mean()
                print(f"{side}×{side}, {count} digits: {right:.1%} of {rows.sum()}")


def main() -> None:
    """Train, report, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    net = train(chosen.epochs, chosen.seed)
    FILE.write_text(json.dumps(pack(net), separators=(",", ":")) + "\n", encoding="ascii")
    report(trained())
    print(f"{FILE.name}: {FILE.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
