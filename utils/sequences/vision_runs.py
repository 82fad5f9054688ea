"""A vision transformer beside a convolutional net: equal size, equal steps, tuned rates.

What the whole sweep found lies in ``vision_runs.json``; ``python -m tools.compare_vision`` writes
it, and ``python -m tools.compare_guides`` writes ``vision_guides.json``.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from utils.data.images import ImageSet, Split
from utils.memory import keep_freed_memory
from utils.repro import seeded
from utils.sequences.vision_transformer import (
    VisionTransformer,
    cut,
    joined,
    rollout,
    shuffled,
)
from utils.train import evaluate

FILE = Path(__file__).with_suffix(".json")
SIDE, PATCH = 16, 4  # pixels
ARMS = "convolution", "transformer", "no positions"
SIZES = {"digits": (100, 350, 1150)}
HELD_OUT = {"digits": 287}
STEPS, BATCH_SIZE, WARM_UP = 500, 32, 0.15
ORDERS = 5  # in which patches are laid
HIDDEN = 4  # patches of a picture
GUIDES = "rollout", "ink", "random"
GUIDES_FILE = FILE.with_name("vision_guides.json")


def parts(images: ImageSet, count: int) -> tuple[Split, Split, Split]:
    """Return what a net is trained on, what chooses its rate, and what it is tested on.

    Args:
        images: one of the sets in ``SIZES``; those for a smaller count are among the larger.
        count: training pictures.

    Raises:
        ValueError: if there are not so many pictures.
    """
    draw = torch.Generator().manual_seed(3)  # so that no seed of the caller's is disturbed
    order = torch.randperm(len(images.train_labels), generator=draw)
    held, kept = order.tensor_split([HELD_OUT[images.name]])
    if not 0 < count <= len(kept):
        raise ValueError(f"{images.name} has 1 to {len(kept)} training pictures, got {count}")
    data, labels = images.train
    chosen = [index.to(labels.device) for index in (kept[:count], held)]
    train, held_out = ((data[index], labels[index]) for index in chosen)
    return train, held_out, images.test


def convolution() -> nn.Sequential:
    """Return the opponent: as many parameters, to 3 %, and as many multiply-adds, to 6 %."""
    return nn.Sequential(
        *(nn.Conv2d(1, 12, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(12, 24, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(24 * 4**2, 20), nn.ReLU(), nn.Linear(20, 10)),
    )


def network(arm: str, seed: int = 0) -> nn.Module:
    """Return an untrained net of one of the ``ARMS``, for grey pictures of ``SIDE`` pixels."""
    if arm not in ARMS:
        raise ValueError(f"there is no arm {arm!r}: take one of {', '.join(ARMS)}")
    seeded(seed)
    if arm == "convolution":
        return convolution()
    return VisionTransformer(SIDE, PATCH, positions=arm == "transformer")


def train_vision(
    net: nn.Module, train: Split, *, seed: int, lr: float, steps: int = STEPS
) -> None:
    """Train by Adam on random minibatches; the rate rises for a while, then falls to nearly 0.

    Args:
        net: maps pictures to logits; it is changed.
        train: pictures and labels on its device.
        seed: of the minibatches.
        lr: the highest rate.
        steps: updates.

    Raises:
        FloatingPointError: if a loss is infinite or NaN.
    """
    keep_freed_memory()
    generator, (data, labels) = seeded(seed), train
    # One call for all weights, where torch has it.
    fused = labels.device.type in ("cpu", "cuda") or None
    adam = torch.optim.Adam(net.parameters(), lr=lr, fused=fused)
    options = {"total_steps": steps, "pct_start": WARM_UP, "cycle_momentum": False}
    schedule = torch.optim.lr_scheduler.OneCycleLR(adam, lr, **options)
    for step in range(steps):
        picks = torch.randint(len(labels), (BATCH_SIZE,), generator=generator).to(labels.device)
        loss = F.cross_entropy(net(data[picks]), labels[picks])
        if not loss.isfinite():
            raise FloatingPointError(f"the loss became {loss.item()} in step {step + 1}")
        adam.zero_grad()
        loss.backward()
        adam.step()
        schedule.step()


def accuracy_shuffled(net: nn.Module, examples: Split) -> float:
    """Return the accuracy on pictures whose patches lie in another order, the mean of several."""
    pictures, labels = examples
    draw, scores = torch.Generator().manual_seed(5), []
    for _ in range(ORDERS):
        order = torch.randperm((SIDE // PATCH) ** 2, generator=draw).to(labels.device)
        scores.append(evaluate(net, (shuffled(pictures, PATCH, order), labels)))
    return sum(scores) / len(scores)


def guides(net: VisionTransformer, pictures: torch.Tensor) -> dict[str, torch.Tensor]:
    """Return three guesses of how much each patch matters, ``(batch, patches)`` each.

    The share of the class token by rollout, the ink (which needs no net), and random numbers.
    """
    ink = cut(pictures, net.patch).sum(-1)
    noise = torch.rand(ink.shape, generator=torch.Generator().manual_seed(4)).to(ink.device)
    shares = rollout(net.weights(pictures))[:, 0, 1:]
    return dict(zip(GUIDES, (shares, ink, noise), strict=True))


def blanked(pictures: torch.Tensor, side: int, guess: torch.Tensor) -> torch.Tensor:
    """Return pictures without their ``HIDDEN`` patches of the highest guess: these are 0."""
    patches = cut(pictures, side)
    chosen = guess.topk(HIDDEN, dim=1).indices[..., None].expand(-1, -1, patches.shape[2])
    return joined(patches.scatter(1, chosen, 0), side)


def scores_blanked(net: VisionTransformer, examples: Split) -> dict[str, float]:
    """Return the accuracy without the patches that each guide finds most important."""
    pictures, labels = examples
    return {
        name: evaluate(net, (blanked(pictures, net.patch, guess), labels))
        for name, guess in guides(net, pictures).items()
    }


def guides_found() -> dict[str, list[float]]:
    """Return the scores of ``scores_blanked`` and of ``whole`` pictures, one entry a seed."""
    return json.loads(GUIDES_FILE.read_text(encoding="ascii"))


def found(data_set: str) -> dict[str, dict]:
    """Return what the sweep found on a data set, by the names of the arms.

    Each arm has lists, one entry a size: ``sizes``, the ``lr`` that held-out pictures chose,
    ``at_edge`` whether it is the first or last of its grid, and ``test``, the accuracies of the
    seeds. ``shuffled`` are those of the largest size on pictures with shuffled patches.
    """
    return json.loads(FILE.read_text(encoding="ascii"))["sets"][data_set]
