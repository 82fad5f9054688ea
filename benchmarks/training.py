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
    """One model, d2l's rate for it, and the settings that the book trains it with."""

    name: str
    build: Callable[[], nn.Module]
    d2l_lr: float
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
    return normal(nn.Sequential(nn.Flatten(), nn.Linear(784, 10)))


def mlp() -> nn.Module:
    """Return d2l's multilayer perceptron with 256 hidden units."""
    hidden = nn.Linear(784, 256)
    return normal(nn.Sequential(nn.Flatten(), hidden, nn.ReLU(), nn.Linear(256, 10)))


def lenet() -> nn.Module:
    """Return d2l's LeNet: sigmoids and average pooling."""
    return xavier(lenet_with(lambda channels: [], lambda width: []))


def lenet_normalised() -> nn.Module:
    """Return d2l's LeNet with batch normalisation."""
    return xavier(
        lenet_with(
            lambda channels: [nn.BatchNorm2d(channels)], lambda width: [nn.BatchNorm1d(width)]
        )
    )


def lenet_with(maps: Callable[[int], list], units: Callable[[int], list]) -> nn.Sequential:
    """Return LeNet with further layers before each sigmoid, for maps and for units."""
    return nn.Sequential(
        *[nn.Conv2d(1, 6, 5, padding=2), *maps(6), nn.Sigmoid(), nn.AvgPool2d(2)],
        *[nn.Conv2d(6, 16, 5), *maps(16), nn.Sigmoid(), nn.AvgPool2d(2), nn.Flatten()],
        *[nn.Linear(400, 120), *units(120), nn.Sigmoid()],
        *[nn.Linear(120, 84), *units(84), nn.Sigmoid(), nn.Linear(84, 10)],
    )


def normal(net: nn.Module) -> nn.Module:
    """Give linear layers the weights that d2l's chapters 3 and 4 start from."""
    for layer in net.modules():
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, std=0.01)
    return net


def xavier(net: nn.Module) -> nn.Module:
    """Give layers the weights that d2l's chapter 6 starts from."""
    for layer in net.modules():
        if isinstance(layer, (nn.Linear, nn.Conv2d)):
            nn.init.xavier_uniform_(layer.weight)
    return net


RACES = (
    Race("softmax regression", softmax, d2l_lr=0.1, lr=0.2, momentum=0.9, batch_size=1024),
    Race("MLP, 256 units", mlp, d2l_lr=0.1, lr=0.2, momentum=0.9, batch_size=512),
    Race("LeNet", lenet, d2l_lr=0.9, lr=0.5, momentum=0.9, batch_size=64),
    Race("LeNet, normalised", lenet_normalised, d2l_lr=1.0, lr=0.1, momentum=0.9, batch_size=128),
)


def d2l_run(race: Race) -> tuple[float, float]:
    """Return seconds and test accuracy of d2l's training as its chapters write it."""
    from d2l import torch as d2l

    seeded(0)
    start = time.perf_counter()
    train_iter, test_iter = d2l.load_data_fashion_mnist(256)
    net = race.build()
    loss = nn.CrossEntropyLoss()
    trainer = torch.optim.SGD(net.parameters(), lr=race.d2l_lr)
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


def table(races: list[Result], verified: float) -> list[str]:
    """Return the results as lines of Markdown."""
    return [
        f"d2l trains {EPOCHS} epochs with its own loader and loop. The book's `fit` stops after",
        "the first epoch that reaches d2l's final accuracy. Both times include loading the data.",
        "",
        "| model | d2l, s | d2l accuracy | ours, s | our accuracy | times faster |",
        "|---|---|---|---|---|---|",
        *(
            f"| {race.name} | {race.d2l_seconds:.1f} | {race.d2l_accuracy:.3f} | "
            f"{race.our_seconds:.1f} | {race.our_accuracy:.3f} | "
            f"{race.d2l_seconds / race.our_seconds:.1f} |"
            for race in races
        ),
        "",
        f"Verifying the files of Fashion-MNIST by their SHA-256 takes {verified:.2f} s.",
    ]
