"""Time to d2l's accuracy on Fashion-MNIST: d2l's own loop and loader beside the book's."""

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from utils.data.download import fetch
from utils.data.images import load_images
from utils.data.registry import downloads
from utils.repro import device, seeded
from utils.train import evaluate, fit

EPOCHS = 10  # of d2l, as in its chapters
MAX_EPOCHS = 30  # of ours, before giving up


@dataclass(frozen=True)
class Race:
    """One model and the settings that the book trains it with."""

    name: str
    build: Callable[[], nn.Module]
    lr: float
    momentum: float
    batch_size: int


@dataclass(frozen=True)
class Result:
    """Seconds of both sides until the accuracy that d2l ends with."""

    name: str
    d2l_seconds: float
    d2l_accuracy: float
    our_seconds: float
    our_accuracy: float


def softmax() -> nn.Module:
    """Return d2l's softmax regression."""
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))


def mlp() -> nn.Module:
    """Return d2l's multilayer perceptron with 256 hidden units."""
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))


RACES = (
    Race("softmax regression", softmax, lr=0.1, momentum=0.9, batch_size=512),
    Race("MLP, 256 units", mlp, lr=0.2, momentum=0.9, batch_size=512),
)


def initialise(layer: nn.Module) -> None:
    """Give a linear layer the weights that d2l starts from."""
    if isinstance(layer, nn.Linear):
        nn.init.normal_(layer.weight, std=0.01)


def d2l_run(race: Race) -> tuple[float, float]:
    """Return seconds and test accuracy of d2l's training as its chapters write it."""
    from d2l import torch as d2l

    seeded(0)
    start = time.perf_counter()
    train_iter, test_iter = d2l.load_data_fashion_mnist(256)
    net = race.build()
    net.apply(initialise)
    loss = nn.CrossEntropyLoss()
    trainer = torch.optim.SGD(net.parameters(), lr=0.1)
    accuracy = 0.0
    for _ in range(EPOCHS):
        d2l.train_epoch_ch3(net, train_iter, loss, trainer)
        accuracy = d2l.evaluate_accuracy(net, test_iter)
    return time.perf_counter() - start, accuracy


def our_run(race: Race, target: float) -> tuple[float, float]:
    """Return seconds and test accuracy of the book's ``fit`` once it reaches the target.

    Raises:
        RuntimeError: if the target is not reached in ``MAX_EPOCHS`` epochs.
    """
    generator = seeded(0)
    start = time.perf_counter()
    data = load_images("fashion_mnist", device=device())
    net = race.build().to(device())
    net.apply(initialise)
    optimizer = torch.optim.SGD(net.parameters(), lr=race.lr, momentum=race.momentum)
    for _ in range(MAX_EPOCHS):
        fit(
            net,
            data.train,
            loss=nn.CrossEntropyLoss(),
            optimizer=optimizer,
            epochs=1,
            batch_size=race.batch_size,
            generator=generator,
            live=False,
        )
        accuracy = evaluate(net, data.test)
        if accuracy >= target:
            return time.perf_counter() - start, accuracy
    raise RuntimeError(f"{race.name}: {target:.3f} not reached in {MAX_EPOCHS} epochs")


def verify() -> float:
    """Return the seconds that it takes to verify the files of Fashion-MNIST by their SHA-256."""
    source = downloads()["fashion_mnist"]
    fetch(source)
    start = time.perf_counter()
    fetch(source)
    return time.perf_counter() - start


def run() -> list[Result]:
    """Run every race, d2l first, because its accuracy is our target."""
    results = []
    home = Path.cwd()
    root = fetch(downloads()["fashion_mnist"])
    with tempfile.TemporaryDirectory() as folder:
        # d2l reads ../data; give it the files that the book uses.
        (Path(folder) / "data").symlink_to(root)
        (Path(folder) / "work").mkdir()
        for race in RACES:
            os.chdir(Path(folder) / "work")
            try:
                d2l_seconds, target = d2l_run(race)
            finally:
                os.chdir(home)
            our_seconds, accuracy = our_run(race, target)
            results.append(Result(race.name, d2l_seconds, target, our_seconds, accuracy))
    return results
