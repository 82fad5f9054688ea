"""Cases of feature maps and the regions that are cut out of them."""

import torch

from utils.cases.drawing import Case, draws, in_dtypes

# Image and corners, in pixels; the maps below have 7 by 9 cells of 4 pixels.
EDGES = (
    (0, 0, 0, 36, 28),  # the whole picture
    (1, 3.2, 4.1, 21.7, 18.9),
    (0, 2, 2, 14, 10),  # each border on half a cell
    (1, 6, 6, 10, 10),
    (0, 9, 9, 9, 9),  # no area
    (1, 8, 5, 8, 20),  # no width
    (0, 9.1, 9.2, 9.3, 9.4),  # within a cell
    (1, -12, -9, 6, 7),  # beyond the upper left corner
    (0, 25, 20, 50, 41),  # beyond the lower right one
    (1, -4, -4, 40, 32),  # a cell beyond on each side
    (0, -90, -80, -50, -60),  # outside
    (1, 60, 50, 80, 70),
)
BACKWARDS = ((0, 20, 16, 8, 4), (1, 30, 2, 10, 12))  # they end before they begin


def regions(
    seed: int = 0,
    *,
    backwards: bool = False,
    dtype: torch.dtype | None = None,
    device=None,
    **settings: object,
) -> list[Case]:
    """Return cases ``(maps, keywords)`` with the keywords of ``torchvision.ops.roi_pool``.

    The maps are of two images with three channels, 7 by 9 cells of 4 pixels, all numbers
    different. The boxes: one by one those of ``EDGES`` in a table, a dozen at random, none. They
    are cut into 1×1, 2×2, 3×2 and 7×7 parts.

    Args:
        seed: of the maps and the random boxes.
        backwards: whether boxes that end before they begin are among them.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.
        settings: further keywords of each case, for ``roi_align``.

    >>> [(len(k["boxes"]), k["output_size"]) for _, k in regions(dtype=torch.float64)][:3]
    [(12, (1, 1)), (12, (1, 1)), (0, (1, 1))]
    """
    random = draws(seed)
    maps = random(2, 3, 7, 9)
    corners = random(12, 2) * 9 + 12
    numbers = (random(12, 1) > 0).double()
    drawn = torch.cat([numbers, corners, corners + random(12, 2).abs() * 14], dim=1)
    rows = EDGES + (BACKWARDS if backwards else ())
    tables = [torch.tensor(rows, dtype=torch.float64), drawn, drawn[:0]]
    found = []
    for size in ((1, 1), (2, 2), (3, 2), (7, 7)):
        given = {"output_size": size, "spatial_scale": 0.25, **settings}
        for map_, boxes in in_dtypes([(maps, table) for table in tables], dtype, device):
            found.append((map_, {"boxes": boxes, **given}))
    return found
