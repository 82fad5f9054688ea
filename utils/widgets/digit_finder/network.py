"""The grid detector of the demo as the browser runs it: norms folded in, weights of 8 bits.

``python -m tools.train_finder`` trains it on scenes of the embedded digits, and writes its weights
and the backgrounds of the demo into ``finder.json``.
"""

import functools
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from utils.detection.grid import records_of
from utils.detection.yolo import GridNet, LaterYolo
from utils.metrics.mean_average_precision import Record
from utils.widgets.kit.convnet import pack, unpack

FILE = Path(__file__).with_name("finder.json")
KIND = LaterYolo()
WIDTHS = 12, 24, 48
LEAST, OVERLAP = 0.02, 0.5  # smaller scores are not reported; suppression within a class from

Packed = list[dict[str, object]]


def as_layers(net: GridNet) -> nn.Sequential:
    """Return a trained network layer by layer, each norm folded into its convolution."""
    net.eval()
    layers = []
    for stage in net.backbone.stages:
        for conv, norm, act in zip(stage[::3], stage[1::3], stage[2::3], strict=True):
            layers += [fuse_conv_bn_eval(conv, norm), act]
    return nn.Sequential(*layers, net.head)


def packed_of(net: GridNet) -> Packed:
    """Return a trained network as ``kit/convnet`` packs it."""
    return pack(as_layers(net))


@functools.cache
def _kept() -> dict[str, list]:
    return json.loads(FILE.read_text(encoding="ascii"))


def packed() -> Packed:
    """Return the network that is kept, for the browser."""
    return _kept()["net"]


def grounds() -> list[str]:
    """Return the backgrounds, of test scenes without objects: texts of a byte a pixel."""
    return _kept()["grounds"]


def cells_of(images: torch.Tensor, layers: Packed | None = None) -> torch.Tensor:
    """Return the numbers of each cell, float64 ``(batch, 8, 8, 15)``.

    Args:
        images: ``(batch, 1, 64, 64)`` in [0, 1].
        layers: as :func:`packed_of` returns them; those that are kept by default.
    """
    net = unpack(packed() if layers is None else layers, torch.float64)
    with torch.no_grad():
        return net(images.double().cpu()).permute(0, 2, 3, 1)


def reports(cells: torch.Tensor, *, suppressed: bool = True) -> list[Record]:
    """Return what the cells report, one record a picture, by falling score.

    Args:
        cells: as :func:`cells_of` returns them.
        suppressed: whether suppression among the boxes of one class ends it.
    """
    if suppressed:
        return KIND.read(cells.permute(0, 3, 1, 2))
    scores = cells[..., 4:5].sigmoid() * cells[..., 5:].softmax(-1)
    boxes = KIND.boxes(cells)
    # No IoU exceeds 1, so nothing is suppressed.
    return records_of(boxes.flatten(1, 2), scores.flatten(1, 2), least=LEAST, iou_threshold=1.0)
