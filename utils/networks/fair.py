"""A fair training of the small networks: the same images, steps and optimiser, and tuned rates.

What the whole sweep found lies in ``fair.json``; ``python -m tools.compare_networks`` writes it.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

from utils.data.images import ImageSet, Split
from utils.networks.small import small
from utils.repro import seeded
from utils.train import evaluate, fit

FILE = Path(__file__).with_name("fair.json")
EXAMPLES, HELD_OUT, TESTED = 1437, 287, 2000  # at most; the embedded digits have 1,437 and 360
BATCH_SIZE, EPOCHS = 64, 6


def parts(images: ImageSet) -> tuple[Split, Split, Split]:
    """Return what a small network is trained on, what chooses its rate, and what it is tested on.

    Args:
        images: any set; of a large one a part that is always the same is taken.
    """
    draw = torch.Generator().manual_seed(3)  # so that no seed of the caller's is disturbed
    order = torch.randperm(len(images.train_labels), generator=draw)[:EXAMPLES]
    held, kept = order.to(images.train_labels.device).tensor_split([HELD_OUT])
    data, labels = images.train
    test = tuple(part[:TESTED] for part in images.test)
    return (data[kept], labels[kept]), (data[held], labels[held]), test


def train_small(
    name: str, images: ImageSet, *, seed: int, lr: float, epochs: int = EPOCHS
) -> tuple[float, float]:
    """Train a small network by Adam; return its accuracy on held-out and on test images.

    Args:
        name: a key of ``utils.networks.small.SMALL``.
        images: grey images of 16×16 pixels in ten classes, on the device to train on.
        seed: of the initial weights and of the order of the examples.
        lr: the learning rate.
        epochs: passes over the training part.
    """
    train, held_out, test = parts(images)
    net = small(name, seed).to(train[0].device)
    # One call for all weights, where torch has it: half the time of such a small network's step.
    fused = train[0].device.type in ("cpu", "cuda") or None
    adam = torch.optim.Adam(net.parameters(), lr=lr, fused=fused)
    settings = {"loss": F.cross_entropy, "optimizer": adam, "epochs": epochs, "live": False}
    fit(net, train, batch_size=BATCH_SIZE, generator=seeded(seed), **settings)
    return evaluate(net, held_out), evaluate(net, test)


def found(data_set: str) -> dict[str, dict]:
    """Return what the sweep found on a data set, by the names of the networks.

    Each has its ``lr``, its ``validation``, pairs of a rate and a mean accuracy on held-out
    images, and its accuracies on ``test`` images, one a seed.
    """
    return json.loads(FILE.read_text(encoding="ascii"))["sets"][data_set]
