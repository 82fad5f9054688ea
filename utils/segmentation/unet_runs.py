"""A fair training of U-Nets: three losses, and the same net without its skips.

What the whole sweep found lies in ``unet_runs.json``; ``python -m tools.train_unet`` writes it.
"""

import json
from pathlib import Path

import torch.nn.functional as F

from utils.data.scenes import load_scenes
from utils.repro import device, seeded
from utils.segmentation.losses import both_losses, dice_loss
from utils.segmentation.training import held_out, train_segmenter
from utils.segmentation.unet import UNet, WithoutSkips

FILE = Path(__file__).with_name("unet_runs.json")
SETTING = {"classes": range(2), "objects": (1, 2)}
COUNTS = {"train": 240, "validation": 80, "test": 120}
EPOCHS, BATCH_SIZE = 5, 8
LOSSES = {"cross-entropy": F.cross_entropy, "Dice": dice_loss, "both": both_losses}
NO_SKIPS = "both, no skips"
ARMS = *LOSSES, NO_SKIPS


def train_arm(arm: str, *, seed: int, lr: float) -> tuple[float, float]:
    """Train a U-Net; return its mean IoU on validation scenes and on test scenes.

    Args:
        arm: one of :data:`ARMS`. The net without skips learns by both losses.
        seed: of the first weights, and of the order of the scenes.
        lr: the highest learning rate.
    """
    if arm not in ARMS:
        raise ValueError(f"there is no arm {arm!r}: take one of {', '.join(ARMS)}")
    train, *judges = (load_scenes(n, split=split, **SETTING) for split, n in COUNTS.items())
    classes = len(SETTING["classes"]) + 1
    seeded(seed)
    net = UNet(classes)
    if arm == NO_SKIPS:
        net = WithoutSkips(net, [False] * len(net.up))
    train_segmenter(
        net,
        train,
        epochs=EPOCHS,
        batch_size=BATCH_SIZE,
        lr=lr,
        seed=seed,
        device=device(),
        loss=LOSSES.get(arm, both_losses),
    )
    validation, test = (held_out(net, scenes, classes=classes).mean for scenes in judges)
    return validation, test


def found() -> dict[str, dict]:
    """Return what the sweep found on scenes of digits, by arm.

    ``lr`` is the rate with the best mean on validation scenes, ``validation`` has that mean for
    each rate, and ``scores`` are the mean IoUs on test scenes, one a seed.
    """
    return json.loads(FILE.read_text(encoding="ascii"))
