"""A fair training of SSD with three ways to weigh the background: all of it, mined, focal.

What the whole sweep found lies in ``imbalance.json``; ``python -m tools.compare_imbalance``
writes it.
"""

import functools
import json
from pathlib import Path

import torch

from utils.boxes.labels import batched_targets
from utils.data.scenes import Scenes, load_scenes
from utils.detection.multibox import SSD, detector, focal_ssd_loss, laid_anchors, ssd_loss
from utils.detection.training import held_out, train_detector
from utils.repro import device, seeded

FILE = Path(__file__).with_name("imbalance.json")
WAYS = "all", "mined", "focal"
TRAINED, SCORED = 400, 200  # scenes; the second number twice, to choose a rate and to test it
BATCH_SIZE, EPOCHS = 16, 8
PRIOR = 0.01  # Lin et al. (2017), section 3.3: without it the background drowns the first steps

LOSSES = {
    "all": functools.partial(ssd_loss, mined=False),
    "mined": ssd_loss,
    "focal": focal_ssd_loss,
}


@functools.lru_cache(maxsize=4)
def parts(trained: int = TRAINED, scored: int = SCORED) -> tuple[Scenes, Scenes, Scenes]:
    """Return scenes to train on, to choose a rate by, and to test on."""
    counts = {"train": trained, "validation": scored, "test": scored}
    return tuple(load_scenes(count, split=split).to(device()) for split, count in counts.items())


def train_ssd(
    way: str,
    *,
    seed: int,
    lr: float,
    epochs: int = EPOCHS,
    scenes: tuple[Scenes, Scenes, Scenes] | None = None,
) -> tuple[float, float]:
    """Train a small SSD; return its mAP@0.5 on validation and on test scenes.

    Args:
        way: which anchors of background count, one of ``WAYS``.
        seed: of the initial weights and of the order of the scenes.
        lr: the largest rate of the cycle.
        epochs: passes over the training scenes.
        scenes: as :func:`parts` gives them, by default.
    """
    train, *others = scenes or parts()
    is_focal = way == "focal"
    seeded(seed)
    laid = laid_anchors(device=train.images.device)
    net = SSD(prior=PRIOR if is_focal else None).to(train.images.device)
    data = train.images, *batched_targets(laid, *train.padded())
    train_detector(net, LOSSES[way], data, epochs=epochs, lr=lr, batch_size=BATCH_SIZE, seed=seed)
    detect = detector(net, laid, sigmoid=is_focal)
    return tuple(held_out(detect, other, thresholds=[0.5]).mean for other in others)


def found() -> dict[str, dict]:
    """Return what the sweep found on scenes of digits, by the ways.

    Each has its ``lr``, its ``validation``, pairs of a rate and a mean score, and its scores on
    ``test`` scenes, one a seed.
    """
    return json.loads(FILE.read_text(encoding="ascii"))["ways"]


def scores(way: str) -> torch.Tensor:
    """Return the test scores of a way, one a seed."""
    return torch.tensor(found()[way]["test"], dtype=torch.float64)
