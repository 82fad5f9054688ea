"""Boxes that tests of suppression share: crowds from a generator, and some without area."""

import torch

ZERO_AREA = torch.tensor([[1.0, 1, 1, 1], [1, 1, 1, 1], [0, 0, 2, 2], [0, 1, 2, 1], [0, 1, 2, 1]])


def drawn(generator, count, dtype, *, whole):
    """Boxes that overlap a lot; on whole numbers overlaps, scores and boxes repeat."""
    corner = torch.rand(count, 2, generator=generator, dtype=dtype) * 6
    boxes = torch.cat(
        [corner, corner + torch.rand(count, 2, generator=generator, dtype=dtype) * 6], 1
    )
    scores = torch.rand(count, generator=generator, dtype=dtype)
    if whole:
        return boxes.round(), (scores * 4).round() / 4
    return boxes, scores
