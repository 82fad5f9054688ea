"""The U-Net of the demo as the browser runs it: norms folded in, weights of 8 bits.

``python -m tools.train_unet demo`` trains it on the embedded digits and writes ``unet.json``.
"""

import functools
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from utils.segmentation.unet import UNet
from utils.widgets.kit.convnet import pack, unpack

FILE, SCENES = (Path(__file__).with_name(f"{name}.json") for name in ("unet", "scenes"))
CLASSES = 4  # background, and the digits 0 to 2
WIDTHS = 8, 16, 24, 32
SKIPS = len(WIDTHS) - 1

Packed = dict[str, list[list[dict[str, object]]]]


def as_pointwise(up: nn.ConvTranspose2d) -> nn.Conv2d:
    """Return the 1×1 convolution that, with ``F.pixel_shuffle``, is an up-convolution of 2×2.

    Each pixel becomes a square of 2×2 by itself, so its four numbers are four channels first.
    """
    c_in, c_out = up.weight.shape[:2]
    layer = nn.Conv2d(c_in, 4 * c_out, 1)
    with torch.no_grad():
        layer.weight.copy_(up.weight.permute(1, 2, 3, 0).reshape(4 * c_out, c_in, 1, 1))
        layer.bias.copy_(up.bias.repeat_interleave(4))
    return layer


def packed_of(net: UNet) -> Packed:
    """Return a trained U-Net, one convolution a block, as plain numbers and texts."""
    net.eval()

    def block(layers: nn.Sequential) -> list[dict[str, object]]:
        conv, norm, act = layers
        return pack(nn.Sequential(fuse_conv_bn_eval(conv, norm), act))

    return {
        "down": [block(layers) for layers in net.down],
        "up": [pack(nn.Sequential(as_pointwise(up))) for up in net.up],
        "join": [block(layers) for layers in net.join],
        "head": [pack(nn.Sequential(net.head))],
    }


@functools.cache
def packed() -> Packed:
    """Return the trained net for the browser."""
    return json.loads(FILE.read_text(encoding="ascii"))


@functools.cache
def scenes() -> list[list[str]]:
    """Return test scenes as pairs of texts for the browser, a byte a pixel: picture and mask."""
    return json.loads(SCENES.read_text(encoding="ascii"))


def maps_of(parts: Packed, picture: torch.Tensor, skips: list[bool]) -> list[torch.Tensor]:
    """Return what each block gives for a picture, then the logits, as the browser computes them.

    Args:
        parts: as :func:`packed_of` returns it.
        picture: float64, ``(batch, 1, height, width)``.
        skips: for each skip, the finest first, whether it is there.
    """
    kinds = {
        kind: [unpack(layers, torch.float64) for layers in blocks]
        for kind, blocks in parts.items()
    }
    with torch.no_grad():
        maps = [kinds["down"][0](picture)]
        for down in kinds["down"][1:]:
            maps.append(down(F.max_pool2d(maps[-1], 2)))
        for level in reversed(range(SKIPS)):
            kept = maps[level] * skips[level]
            raised = F.pixel_shuffle(kinds["up"][level](maps[-1]), 2)
            maps.append(kinds["join"][level](torch.cat([kept, raised], dim=1)))
        return [*maps, kinds["head"][0](maps[-1])]
