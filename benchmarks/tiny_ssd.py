"""TinySSD as d2l's chapter on SSD builds and trains it: ``benchmarks.detectors`` runs beside it.

Anchors, labels and decoding are d2l's functions; network and loop follow the chapter, on pictures
of 256×256 pixels in three colours. Source: https://d2l.ai/chapter_computer-vision/ssd.html.
"""

from collections.abc import Iterator
from time import process_time

import torch
import torch.nn.functional as F
from torch import nn

from utils.data.samples import Scenes
from utils.metrics.mean_average_precision import Record

SIDE = 256
SIZES = ((0.2, 0.272), (0.37, 0.447), (0.54, 0.619), (0.71, 0.79), (0.88, 0.961))
RATIOS = (1, 2, 0.5)
SHAPES = len(SIZES[0]) + len(RATIOS) - 1


def enlarged(scenes: Scenes) -> torch.Tensor:
    """Return the pictures as d2l's network wants them, ``(scenes, 3, 256, 256)``."""
    large = F.interpolate(scenes.images, (SIDE, SIDE), mode="bilinear")
    return large.expand(-1, 3, -1, -1).contiguous()


def rows_of(scenes: Scenes) -> torch.Tensor:
    """Return labels as d2l wants them: class and corners as shares, -1 where there is none."""
    boxes, classes = scenes.padded()
    rows = torch.cat([classes[..., None].float(), boxes / scenes.images.shape[-1]], -1)
    return rows.masked_fill(classes[..., None] < 0, -1)


def _halving(c_in: int, c_out: int) -> list[nn.Module]:
    layers = []
    for channels in (c_in, c_out):
        layers += [nn.Conv2d(channels, c_out, 3, padding=1), nn.BatchNorm2d(c_out), nn.ReLU()]
    return [*layers, nn.MaxPool2d(2)]


class TinySSD(nn.Module):
    """Five blocks, each with the anchors, classes and offsets of its map."""

    def __init__(self, d2l: object, classes: int) -> None:
        super().__init__()
        self.lay, self.columns = d2l.multibox_prior, classes + 1
        base = [layer for pair in ((3, 16), (16, 32), (32, 64)) for layer in _halving(*pair)]
        later = [_halving(64, 128), _halving(128, 128), _halving(128, 128)]
        parts = [base, *later, [nn.AdaptiveMaxPool2d(1)]]
        self.blocks = nn.ModuleList(nn.Sequential(*part) for part in parts)
        widths = (64, 128, 128, 128, 128)
        self.says = nn.ModuleList(nn.Conv2d(c, SHAPES * self.columns, 3, 1, 1) for c in widths)
        self.moves = nn.ModuleList(nn.Conv2d(c, SHAPES * 4, 3, 1, 1) for c in widths)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return anchors, logits ``(batch, anchors, columns)`` and offsets, flat."""
        laid, says, moves = [], [], []
        for block, say, move, sizes in zip(self.blocks, self.says, self.moves, SIZES, strict=True):
            x = block(x)
            laid.append(self.lay(x, sizes, RATIOS))
            says.append(say(x).permute(0, 2, 3, 1).flatten(1))
            moves.append(move(x).permute(0, 2, 3, 1).flatten(1))
        logits = torch.cat(says, 1).unflatten(1, (-1, self.columns))
        return torch.cat(laid, 1), logits, torch.cat(moves, 1)


def train_tiny_ssd(
    d2l: object, scenes: Scenes, *, epochs: int, batch_size: int = 32, seed: int = 0
) -> Iterator[tuple[float, TinySSD]]:
    """Yield after each epoch the processor's seconds so far, and the network."""
    torch.manual_seed(seed)
    net, total = TinySSD(d2l, len(scenes.class_names)), 0.0
    images, rows = enlarged(scenes), rows_of(scenes)
    loader = d2l.load_array((images, rows), batch_size)
    trainer = torch.optim.SGD(net.parameters(), lr=0.2, weight_decay=5e-4)
    for _ in range(epochs):
        begin = process_time()
        net.train()
        for x, y in loader:
            trainer.zero_grad()
            laid, logits, moves = net(x)
            goals, masks, labels = d2l.multibox_target(laid, y)
            ce = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction="none")
            place = F.l1_loss(moves * masks, goals * masks, reduction="none").mean(1)
            (ce.view(len(x), -1).mean(1) + place).mean().backward()
            trainer.step()
        total += process_time() - begin
        yield total, net.eval()


def tiny_detector(d2l: object, net: TinySSD, side: int = 64):
    """Return a function from pictures of the scenes' own size to records, by d2l's decoding."""

    def detect(images: torch.Tensor) -> list[Record]:
        large = F.interpolate(images, (SIDE, SIDE), mode="bilinear").expand(-1, 3, -1, -1)
        laid, logits, moves = net(large)
        found = d2l.multibox_detection(logits.softmax(2).permute(0, 2, 1), moves, laid)
        records = []
        for rows in found:
            kept = rows[rows[:, 0] >= 0]
            labels, scores = kept[:, 0].long(), kept[:, 1]
            records.append({"boxes": side * kept[:, 2:], "scores": scores, "labels": labels})
        return records

    return detect
