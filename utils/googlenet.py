"""The parts of GoogLeNet around its blocks: sizes, layers, stem and auxiliary heads."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils import repro
from utils.networks.branched import GOOGLENET

Layer = Callable[..., nn.Module]

# Channels of the 1×1 path, of 1×1 before 3×3, of 3×3, of 1×1 before 5×5, of 5×5, and of 1×1
# behind the maximum, by the paper's names of the blocks.
BLOCKS = {
    f"{stage}{letter}": (one, *three, *five, pool)
    for stage, blocks in enumerate(GOOGLENET, start=3)
    for letter, (one, three, five, pool) in zip("abcde", blocks, strict=False)
}


def made(widths: Sequence[int]) -> int:
    """Return how many channels come out of a block of six widths.

    >>> made(BLOCKS["3a"])
    256
    """
    return widths[0] + widths[2] + widths[4] + widths[5]


def plain(c_in: int, c_out: int, k: int, stride: int = 1) -> nn.Sequential:
    """Return a convolution as the paper has it: with a bias, and a ReLU behind it."""
    return nn.Sequential(nn.Conv2d(c_in, c_out, k, stride, k // 2), nn.ReLU())


def normed(c_in: int, c_out: int, k: int, stride: int = 1) -> nn.Sequential:
    """Return a convolution as torchvision has it: with batch normalisation, and a ReLU."""
    conv = nn.Conv2d(c_in, c_out, k, stride, k // 2, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(c_out, eps=0.001), nn.ReLU())


def trunk(block: Layer, layer: Layer, pool: int = 3) -> nn.ModuleDict:
    """Return the stem, the nine blocks, and the maxima between them, by name.

    Args:
        block: takes channels in and six widths, and returns an Inception block.
        layer: takes channels in and out, kernel size and stride, as :func:`plain` does.
        pool: side of the windows of the last maximum; torchvision has 2.
    """
    first, second = (nn.MaxPool2d(3, 2, ceil_mode=True) for _ in range(2))
    stem = layer(3, 64, 7, 2), first, layer(64, 64, 1), layer(64, 192, 3), second
    parts, c_in = {"stem": nn.Sequential(*stem)}, 192
    for name, widths in BLOCKS.items():
        parts[name] = block(c_in, widths)
        c_in = made(widths)
        if name in ("3b", "4e"):
            window = 3 if name == "3b" else pool
            parts[f"max {name[0]}"] = nn.MaxPool2d(window, 2, ceil_mode=True)
    return nn.ModuleDict(parts)


def auxiliary(c_in: int, layer: Layer, classes: int) -> nn.Sequential:
    """Return a head that reads maps half-way up and gives logits ``(batch, classes)``."""
    squeeze = nn.AdaptiveAvgPool2d(4), layer(c_in, 128, 1), nn.Flatten()
    dense = nn.Linear(128 * 16, 1024), nn.ReLU(), nn.Dropout(0.7)
    return nn.Sequential(*squeeze, *dense, nn.Linear(1024, classes))


def block_of_functions(x: torch.Tensor, *parts: torch.Tensor) -> torch.Tensor:
    """Return what an Inception block makes, by PyTorch's functions.

    Args:
        x: ``(batch, channels, height, width)``.
        parts: six weights ``(out, in, k, k)`` and six biases ``(out,)`` in turns: of 1×1, of 1×1
            before 3×3, of 3×3, of 1×1 before 5×5, of 5×5, and of 1×1 behind the maximum.
    """
    pairs = list(zip(parts[::2], parts[1::2], strict=True))

    def path(x: torch.Tensor, *layers: tuple) -> torch.Tensor:
        for W, b in layers:
            x = F.relu(F.conv2d(x, W, b, padding="same"))
        return x

    pooled = F.max_pool2d(x, 3, stride=1, padding=1)
    ends = path(x, pairs[0]), path(x, *pairs[1:3]), path(x, *pairs[3:5]), path(pooled, pairs[5])
    return torch.cat(ends, dim=1)


def block_cases(seed: int = 0) -> list[tuple]:
    """Return images and the parts of a block, in float64 and float32, on the device in use.

    Odd sides, a single row, one pixel, one channel on each path.
    """
    draw, found = torch.Generator().manual_seed(seed), []
    for c_in, widths, *shape in [
        (3, (2, 2, 3, 1, 2, 1), 2, 5, 7),
        (1, (1, 1, 1, 1, 1, 1), 1, 4, 4),
        (4, (3, 2, 4, 3, 2, 5), 1, 1, 6),
        (2, (1, 3, 2, 2, 1, 4), 3, 1, 1),
    ]:
        one, into3, three, into5, five, pool = widths
        sizes = [(one, c_in, 1), (into3, c_in, 1), (three, into3, 3)]
        sizes += [(into5, c_in, 1), (five, into5, 5), (pool, c_in, 1)]
        shapes = [(shape[0], c_in, *shape[1:])]
        for c_out, channels, k in sizes:
            shapes += [(c_out, channels, k, k), (c_out,)]
        parts = [torch.randn(s, generator=draw, dtype=torch.float64) for s in shapes]
        for dtype in (torch.float64, torch.float32):
            found.append(tuple(part.to(repro.device(), dtype) for part in parts))
    return found


def twins(ours: nn.Module, theirs: nn.Module) -> tuple[torch.Tensor, ...]:
    """Give two networks the same weights, in float64 and without dropout.

    Args:
        ours: on any device, ``meta`` as well; its parts come in the same order.
        theirs: whose weights both use from now on.

    Returns:
        two images, their labels, and all weights.
    """
    for part in [*ours.modules(), *theirs.modules()]:
        if isinstance(part, nn.Dropout):
            part.p = 0.0
    theirs.to(repro.device(), torch.float64)
    pairs = zip(ours.state_dict(), theirs.state_dict().values(), strict=True)
    ours.load_state_dict(dict(pairs), assign=True)
    draw = torch.Generator().manual_seed(1)
    x = torch.rand(2, 3, 64, 64, generator=draw).to(repro.device(), torch.float64)
    labels = torch.tensor([3, 7], device=repro.device())
    return x, labels, *(part.detach() for part in ours.parameters())


def of_weights(net: nn.Module, loss: Callable, order: Sequence[int]) -> Callable:
    """Return the loss of a network as a function of images, labels and all weights.

    Args:
        net: gives several outputs in training.
        loss: takes a list of outputs, and labels.
        order: the places of the outputs, in the order in which ``loss`` wants them.
    """
    names = [name for name, _ in net.named_parameters()]

    def loss_of_weights(x: torch.Tensor, labels: torch.Tensor, *weights: torch.Tensor):
        named = dict(zip(names, weights, strict=True))
        outputs = torch.func.functional_call(net, named, x)
        return loss([outputs[place] for place in order], labels)

    return loss_of_weights
