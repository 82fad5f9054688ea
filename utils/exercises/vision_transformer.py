"""Checks for the exercises of the page on vision transformers, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.exercises.vision_transformer_sheets import halved_sheet, predict_sheet, tokens_sheet
from utils.sequences.vision_transformer import VisionTransformer, cut, rollout, shuffled

SIDE, CHANNELS, PATCH, WIDTH = 32, 3, 8, 10  # of exercise 1

Draw = tuple[VisionTransformer, torch.Tensor, torch.Tensor]


@exercise
def check_tokens(answers: Sequence) -> None:
    """Check exercise 1 by cutting a picture."""
    patches = cut(torch.zeros(1, CHANNELS, SIDE, SIDE), PATCH)
    layer = nn.Linear(patches.shape[2], WIDTH)
    parameters = sum(part.numel() for part in layer.parameters())
    names = "the tokens", "the numbers", "the parameters"
    wanted = patches.shape[1] + 1, patches.shape[2], parameters
    for name, given, target in zip(names, answers, wanted, strict=True):
        expect_number(name, given, target, within=1e-6)
    right(1)


@exercise
def check_halved(answers: Sequence) -> None:
    """Check exercise 2 by cutting a picture twice."""
    large, small = (cut(torch.zeros(1, 1, SIDE, SIDE), side).shape for side in (8, 4))
    grown = small[1] / large[1]
    names = "the factor of the patches", "the factor of the table", "the factor of the matrix"
    wanted = grown, grown**2, large[2] / small[2]
    for name, given, target in zip(names, answers, wanted, strict=True):
        expect_number(name, given, target, within=1e-6)
    right(2)


@exercise
def check_paste(paste: Callable[[torch.Tensor, int], object]) -> None:
    """Check exercise 3: pictures, cut and put together again."""
    for seed, (n, channels, height, width, side) in enumerate(
        ((2, 1, 8, 8, 2), (1, 3, 6, 6, 3), (3, 2, 4, 4, 4), (2, 3, 5, 5, 1))
    ):
        images = _normal(seed, n, channels, height, width)
        given = paste(cut(images, side), side)
        case = f"paste of {channels}×{height}×{width} pixels in patches of {side}"
        expect(isinstance(given, torch.Tensor), f"{case} must be a tensor, got {given!r}")
        shape = tuple(given.shape)
        expect(shape == tuple(images.shape), f"{case} has the shape {shape}")
        same = torch.allclose(given.double(), images, atol=1e-6)
        expect(same, f"{case} puts pixels in the wrong place")
    right(3)


def _resized(positions: torch.Tensor, across: int) -> torch.Tensor:
    """Return the solution of exercise 4."""
    first, patches = positions[:, :1], positions[:, 1:]
    old = round(patches.shape[1] ** 0.5)
    grid = patches.mT.unflatten(2, (old, old))
    grid = F.interpolate(grid, (across, across), mode="bilinear", align_corners=False)
    return torch.cat([first, grid.flatten(2).mT], dim=1)


@exercise
def check_resize_positions(resize_positions: Callable[[torch.Tensor, int], object]) -> None:
    """Check exercise 4 on grids that grow, stay and shrink."""
    for seed, (old, across, width) in enumerate(((2, 4, 3), (3, 3, 2), (4, 7, 5), (4, 2, 4))):
        positions = _normal(seed, 1, old**2 + 1, width)
        given = resize_positions(positions.clone(), across)
        case = f"resize_positions from {old}×{old} to {across}×{across}"
        expect(isinstance(given, torch.Tensor), f"{case} must be a tensor, got {given!r}")
        shape, wanted = tuple(given.shape), _resized(positions, across)
        expect(shape == tuple(wanted.shape), f"{case} has the shape {shape}")
        given = given.double()
        kept = torch.allclose(given[:, 0], positions[:, 0], atol=1e-6)
        expect(kept, f"{case} changes the place of the class token")
        expect(torch.allclose(given, wanted, atol=1e-5), f"{case} puts wrong numbers in the grid")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random nets and pictures."""
    holds = {
        "shuffled patches leave the logits, without positions": _shuffled,
        "patches and positions shuffled alike leave the logits": _shuffled_alike,
        "a mirrored picture leaves the logits, without positions": _mirrored,
        "the rows of a rollout add up to 1": _rows,
        "the columns of a rollout add up to 1": _columns,
    }
    expect_tried(claims, holds, [_draw(seed) for seed in range(8)], "net")
    right(5)


def _bag(draw: Draw) -> VisionTransformer:
    net = draw[0]
    with torch.no_grad():
        net.positions.zero_()
    return net


def _shuffled(draw: Draw) -> bool:
    net, (_, images, order) = _bag(draw), draw
    return torch.allclose(net(shuffled(images, 2, order)), net(images))


def _shuffled_alike(draw: Draw) -> bool:
    net, images, order = draw
    wanted = net(images)
    with torch.no_grad():
        net.positions[:, 1:] = net.positions[:, 1:][:, order]
    return torch.allclose(net(shuffled(images, 2, order)), wanted)


def _mirrored(draw: Draw) -> bool:
    net, images = _bag(draw), draw[1]
    return torch.allclose(net(images.flip(3)), net(images))


def _rows(draw: Draw) -> bool:
    sums = rollout(draw[0].weights(draw[1])).sum(-1)
    return torch.allclose(sums, torch.ones_like(sums))


def _columns(draw: Draw) -> bool:
    sums = rollout(draw[0].weights(draw[1])).sum(-2)
    return torch.allclose(sums, torch.ones_like(sums))


def _normal(seed: int, *shape: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


def _draw(seed: int) -> Draw:
    """Return a net with random weights, pictures, and an order that moves each patch."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        net = VisionTransformer(6, 2, width=6, heads=2).double()
        for parameter in net.parameters():
            nn.init.normal_(parameter)
    return net, _normal(seed, 2, 1, 6, 6), torch.arange(9).roll(1 + seed)


predict = predict_sheet()
tokens = tokens_sheet(check_tokens)
halved = halved_sheet(check_halved)
