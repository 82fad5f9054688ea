"""The claims of exercise 5 of the page on anchor boxes and IoU, and pairs to try them on."""

from collections.abc import Callable

import torch

from utils.boxes.overlap import ciou, diou, giou, iou

Pair = tuple[torch.Tensor, torch.Tensor]
CLOSE = 1e-9

# Side by side, apart, the same, one inside the other, a cross.
_EDGES = (
    ([0, 0, 2, 2], [2, 0, 4, 2]),
    ([0, 0, 2, 2], [5, 1, 6, 4]),
    ([1, 2, 3, 5], [1, 2, 3, 5]),
    ([0, 0, 8, 8], [0, 0, 2, 3]),
    ([0, 3, 8, 4], [3, 0, 4, 8]),
)


def draw_pairs(count: int) -> list[Pair]:
    """Return ``count`` pairs of random boxes, and five pairs of special ones, in float64."""
    generator = torch.Generator().manual_seed(0)
    corner, sides = torch.rand(2, count, 2, 1, 2, generator=generator, dtype=torch.float64)
    drawn = torch.cat([corner, corner + sides + 0.05], dim=-1)
    edges = torch.tensor(_EDGES, dtype=torch.float64).unsqueeze(2)
    return [(pair[0], pair[1]) for pair in torch.cat([drawn, edges])]


def _stays(score: Callable, pair: Pair, factors: tuple[float, float]) -> bool:
    """Return whether a score stays as the widths and the heights are stretched."""
    factor = torch.tensor([*factors, *factors], dtype=torch.float64)
    return torch.allclose(score(*(boxes * factor for boxes in pair)), score(*pair), atol=CLOSE)


CLAIMS: dict[str, Callable[[Pair], bool]] = {
    "both boxes three times as large: IoU stays": lambda pair: _stays(iou, pair, (3, 3)),
    "both boxes stretched three times in width alone: IoU stays": lambda pair: _stays(
        iou, pair, (3, 1)
    ),
    "both boxes stretched three times in width alone: DIoU stays": lambda pair: _stays(
        diou, pair, (3, 1)
    ),
    "the two boxes swapped: CIoU stays": lambda pair: torch.allclose(
        ciou(*pair), ciou(*pair[::-1]), atol=CLOSE
    ),
    "GIoU is at most IoU": lambda pair: bool(giou(*pair) <= iou(*pair) + CLOSE),
    "DIoU is at most GIoU": lambda pair: bool(diou(*pair) <= giou(*pair) + CLOSE),
    "if IoU is 0, GIoU is below 0": lambda pair: bool((iou(*pair) > 0) | (giou(*pair) < 0)),
    "if IoU is 0, DIoU is below 0": lambda pair: bool((iou(*pair) > 0) | (diou(*pair) < 0)),
}
