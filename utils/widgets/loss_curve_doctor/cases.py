"""What the patients of the doctor are: points, a network, and six ways to train it."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from utils.widgets.kit.dice import Dice
from utils.widgets.kit.network import fill
from utils.widgets.kit.random import mulberry32, shuffled

Point = tuple[float, float, int]

# How each patient is trained; the order is that of the patients, from 1.
CASES = (
    "not shuffled",
    "softmax twice",
    "nothing wrong",
    "never cleared",
    "labels mixed up",
    "rate too high",
)
EPOCHS = 30
EXAMPLES, CLASSES, BATCH_SIZE, HIDDEN = 90, 3, 10, 16
LR, HIGH_LR = 0.5, 20.0


def _arms(seed: int) -> tuple[Point, ...]:
    """Three arms that wind around the middle: x, y and class of each point, class by class."""
    dice, points = Dice(seed), []
    for label in range(CLASSES):
        for _ in range(EXAMPLES // CLASSES):
            radius = 0.25 + 1.25 * dice.uniform()
            angle = 2 * math.pi * label / CLASSES + 1.6 * radius + 0.25 * dice.normal()
            x, y = radius * math.cos(angle), radius * math.sin(angle)
            points.append((round(x, 3), round(y, 3), label))
    return tuple(points)


# Training and validation points, and the labels of the training points after a mix-up.
TRAINING, VALIDATION = _arms(1), _arms(2)
MIXED_UP = tuple(TRAINING[place][2] for place in shuffled(EXAMPLES, mulberry32(3)))


def split(points: tuple[Point, ...]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return places, float64 ``(n, 2)``, and classes, int64 ``(n,)``.

    >>> X, y = split(TRAINING)
    >>> X.shape, y.bincount().tolist()
    (torch.Size([90, 2]), [30, 30, 30])
    """
    places = torch.tensor([point[:2] for point in points], dtype=torch.float64)
    return places, torch.tensor([point[2] for point in points])


@torch.enable_grad()  # whoever asks may have switched gradients off
def curves(case: str, *, seed: int, epochs: int = EPOCHS) -> dict[str, list[float]]:
    """Train one patient with torch and return what its curves show.

    Args:
        case: one of ``CASES``.
        seed: of the first weights and of the orders, 0 to 99.
        epochs: passes over the training points.

    Returns:
        ``training``: the loss of each minibatch before its step; ``validation`` and ``accuracy``:
        loss and fraction of right validation points after each epoch.
    """
    X, y = split(TRAINING)
    V, v = split(VALIDATION)
    if case == "labels mixed up":
        y = torch.tensor(MIXED_UP)
    layers = nn.Linear(2, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, CLASSES)
    net = fill(nn.Sequential(*layers).double(), seed=seed)
    if case == "softmax twice":
        net.append(nn.Softmax(dim=1))
    lr = HIGH_LR if case == "rate too high" else LR
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    generator = mulberry32(seed + 1000)
    found = {"training": [], "validation": [], "accuracy": []}
    for _ in range(epochs):
        order = torch.tensor(shuffled(EXAMPLES, generator))
        if case == "not shuffled":
            order = torch.arange(EXAMPLES)
        for rows in order.split(BATCH_SIZE):
            if case != "never cleared":
                optimizer.zero_grad()
            loss = F.cross_entropy(net(X[rows]), y[rows])
            loss.backward()
            optimizer.step()
            found["training"].append(loss.item())
        with torch.no_grad():
            outputs = net(V)
        found["validation"].append(F.cross_entropy(outputs, v).item())
        found["accuracy"].append((outputs.argmax(1) == v).double().mean().item())
    return found
