"""Cases of masks: a class for each pixel, and the scores that a network gives to the classes."""

import torch

from utils.cases.drawing import Case, draws, in_dtypes

CLASSES = 4
IGNORED = 255


def mask_pairs(seed: int = 0, *, device=None) -> list[Case]:
    """Return cases of a predicted mask, the true mask and the number of classes.

    Two alike, two at random with ignored pixels, a class in one of the masks only, a class in
    neither, all pixels background, all ignored, nothing right, one pixel, and no picture.

    Args:
        seed: of the random entries.
        device: where the tensors live; by default the device in use.

    >>> [target.numel() for _, target, _ in mask_pairs()]
    [70, 70, 12, 12, 32, 32, 16, 1, 0]
    """
    generator = torch.Generator().manual_seed(seed)

    def drawn(*shape, classes=CLASSES):
        return torch.randint(classes, shape, generator=generator)

    one, two, small = drawn(2, 5, 7), drawn(2, 5, 7), drawn(1, 3, 4, classes=2)
    some = two.masked_fill(torch.rand(two.shape, generator=generator) < 0.2, IGNORED)
    none = torch.zeros(2, 4, 4, dtype=torch.int64)
    pairs = [
        (one, one.clone()),
        (one, some),
        (small, small + 1),
        (2 * small, 2 * small.flip(-1)),
        (none, none.clone()),
        (none + 1, none + IGNORED),
        (none[:1] + 1, none[:1] + 2),
        (none[0, :1, :1], none[0, :1, :1] + 3),
        (drawn(0, 8, 8), drawn(0, 8, 8)),
    ]
    return in_dtypes([(*pair, CLASSES) for pair in pairs], torch.float32, device)


def pixel_scores(seed: int = 0, *, dtype: torch.dtype | None = None, device=None) -> list[Case]:
    """Return cases of scores ``(N, C, H, W)`` and true classes ``(N, H, W)``, int64.

    Random ones, some of them with ignored pixels; scores of ±200, for which exponentials
    overflow in float32; one class; one pixel. At least one pixel of each case counts.

    Args:
        seed: of the random entries.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: as in :func:`mask_pairs`.

    >>> [tuple(scores.shape) for scores, _ in pixel_scores(dtype=torch.float64)]
    [(2, 4, 3, 5), (2, 4, 3, 5), (1, 3, 4, 4), (2, 1, 2, 2), (1, 5, 1, 1)]
    """
    random, generator = draws(seed), torch.Generator().manual_seed(seed)

    def truth(images, classes, height, width):
        return torch.randint(classes, (images, height, width), generator=generator)

    whole = truth(2, 4, 3, 5)
    part = whole.clone()
    part[0, :, 0] = part[1, 1] = IGNORED
    cases = [
        (random(2, 4, 3, 5), whole),
        (random(2, 4, 3, 5), part),
        (200 * random(1, 3, 4, 4).sign(), truth(1, 3, 4, 4)),
        (random(2, 1, 2, 2), truth(2, 1, 2, 2)),
        (random(1, 5, 1, 1), truth(1, 5, 1, 1)),
    ]
    return in_dtypes(cases, dtype, device)
