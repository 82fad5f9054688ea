"""Cases of boxes with scores, as suppression gets them."""

import torch

from utils.cases.drawing import Case, draws, in_dtypes


def detections(
    seed: int = 0, *, classes: bool = False, dtype: torch.dtype | None = None, device=None
) -> list[Case]:
    """Return cases of boxes ``(n, 4)``, scores ``(n,)`` and a threshold for their IoU.

    No box, one, thirty at random that overlap a lot, thirty on whole numbers with ties among the
    scores, forty equal boxes with equal scores, a chain in which each overlaps the next, boxes
    without width or height, and pairs whose IoU is the threshold: 0.1, 0.2, … 0.9. No coordinate
    is negative.

    Args:
        seed: of the random entries.
        classes: whether int64 classes ``(n,)``, from 0 to 2, stand before the threshold.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> [len(boxes) for boxes, *_ in detections(dtype=torch.float64)][:8]
    [0, 1, 30, 30, 30, 40, 12, 5]
    """
    random = draws(seed)

    def drawn(count):
        corner, size = 6 * random(count, 2).abs(), 6 * random(count, 2).abs()
        return torch.cat([corner, corner + size], dim=1)

    def ranks(count):  # no two alike
        return torch.linspace(0.9, 0.1, count, dtype=torch.float64)

    x = torch.arange(12, dtype=torch.float64)
    chain = torch.stack([x, 0 * x, x + 2, 0 * x + 1], dim=1)
    flat = [[1, 1, 1, 1], [1, 1, 1, 1], [0, 0, 2, 2], [0, 1, 2, 1], [0, 1, 2, 1]]
    mixed = torch.argsort(random(30))
    cases = [
        (drawn(0), ranks(0), 0.5),
        (drawn(1), ranks(1), 0.5),
        (drawn(30), ranks(30)[mixed], 0.5),
        (drawn(30), ranks(30)[mixed], 0.2),
        (drawn(30).round(), (4 * ranks(30)).ceil() / 4, 0.5),
        (
            torch.tensor([[1.0, 2, 5, 6]], dtype=torch.float64).repeat(40, 1),
            ranks(1).repeat(40),
            0.7,
        ),
        (chain, ranks(12), 0.3),
        (torch.tensor(flat, dtype=torch.float64), ranks(5), 0.5),
    ]
    for tenths in range(1, 10):
        pair = torch.tensor([[0, 0, 10, 1], [0, 0, tenths, 1]], dtype=torch.float64)
        cases.append((pair, ranks(2), tenths / 10))
    if classes:
        cases = [
            (boxes, scores, torch.arange(len(boxes)) % 3, threshold)
            for boxes, scores, threshold in cases
        ]
    return in_dtypes(cases, dtype, device)
