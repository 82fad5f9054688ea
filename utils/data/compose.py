"""How a scene is drawn: sizes, places and background from numbers between 0 and 1."""

import torch

from utils.data.painting import LARGEST, SMALLEST, paint, sprites_of

_CROWD = 0.8  # n objects have sides of at most this / sqrt(n), so that there is room for them
MOST = int((_CROWD / SMALLEST) ** 2)
_TRIES = 100  # places that are tried for an object
_SHARED = 0.15  # two boxes share at most this part of the smaller: their IoU is below 0.09


def numbers_for(most: int) -> int:
    """Return how many numbers one scene of up to ``most`` objects is drawn from."""
    return 6 + most * (4 + 2 * _TRIES)


def compose(
    chances: torch.Tensor,
    objects: tuple[int, int],
    size: int,
    pools: list[torch.Tensor],
    photographs: torch.Tensor | None,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Draw one scene from each row of ``chances``.

    Args:
        chances: float64, ``(scenes, numbers_for(most))``, each from 0 to below 1.
        objects: the least and the greatest number of objects in a scene.
        size: height and width of a scene in pixels.
        pools: the images to draw from, one float64 tensor ``(images, height, height)`` a class.
        photographs: float64, ``(photographs, height, width)``, both at least ``size``, or None
            for a background of one grey.

    Returns:
        Pixels ``(scenes, size, size)``, float64; instances ``(scenes, size, size)``, int64; and
        the row in ``pools`` of each instance ``(scenes, most)``, −1 where there is none.

    Raises:
        ValueError: if a scene has no room for the least number of objects.
    """
    least, most = objects
    scenery, of_objects, places = chances.split([6, 4 * most, 2 * most * _TRIES], dim=1)
    kind, which, scale, light = of_objects.reshape(-1, 4, most).unbind(1)
    wanted = torch.arange(most) < least + (scenery[:, :1] * (most - least + 1)).long()
    largest = (_CROWD / wanted.sum(1, keepdim=True).clamp(min=1).sqrt()).clamp(max=LARGEST)
    scale = torch.where(wanted, scale, 0).sort(dim=1, descending=True).values
    sides = size * (SMALLEST + scale * (largest - SMALLEST))
    kind = (kind * len(pools)).long()
    sprites = _drawn_from(pools, kind, which)
    sprites, at_origin = sprites_of(sprites, sides, size)
    boxes, fits = _placed(at_origin, wanted, places.reshape(-1, most, _TRIES, 2), size)
    if (fits.sum(1) < least).any():
        raise ValueError(f"there is no room for {least} objects in {size} pixels: ask for fewer")

    background = _background(scenery[:, 1:], size, photographs)
    corners = (boxes - at_origin)[..., :2]
    pixels, instances = paint(background, sprites, corners, light, fits)
    order = (~fits).long().argsort(dim=1, stable=True)
    kinds = torch.where(fits, kind, -1).gather(1, order)
    return pixels, instances, kinds


def _drawn_from(pools, kind, which):
    lengths = torch.tensor([len(pool) for pool in pools])
    starts = lengths.cumsum(0) - lengths
    return torch.cat(pools)[starts[kind] + (which * lengths[kind]).long()]


def _placed(at_origin, wanted, places, size):
    """Return boxes that share little with earlier ones, and which of them found a place.

    Args:
        at_origin: int64, ``(scenes, most, 4)``, as large as the boxes become.
        wanted: bool, ``(scenes, most)``.
        places: ``(scenes, most, tries, 2)``, from 0 to below 1.
        size: of the scene.
    """
    extents = (at_origin[..., 2:] - at_origin[..., :2])[:, :, None]
    corners = (places * (size - extents + 1)).long()
    candidates = torch.cat([corners, corners + extents], dim=-1)
    areas = extents.prod(-1)[..., 0]
    boxes, fits = torch.zeros_like(at_origin), torch.zeros_like(wanted)
    for k in range(wanted.shape[1]):
        tried, earlier = candidates[:, k, :, None], boxes[:, None, :k]
        low, high = (
            tried[..., :2].maximum(earlier[..., :2]),
            tried[..., 2:].minimum(earlier[..., 2:]),
        )
        shared = (high - low).clamp(min=0).prod(-1)
        smaller = areas[:, k, None].minimum(areas[:, :k])[:, None]
        free = (shared <= _SHARED * smaller).all(-1) & wanted[:, k, None]
        fits[:, k] = free.any(1)
        chosen = free.long().argsort(dim=1, descending=True, stable=True)[:, 0]
        chosen = candidates[torch.arange(len(chosen)), k, chosen]
        boxes[:, k] = chosen * fits[:, k, None]
    return boxes, fits


def _background(scenery, size, photographs):
    which, y, x, flip, tone = (chance[:, None, None] for chance in scenery.T)
    tone = 0.12 + 0.22 * tone
    if photographs is None:
        return tone.expand(-1, size, size)
    height, width = photographs.shape[1:]
    rows = (y * (height - size + 1)).long() + torch.arange(size)[:, None]
    columns = (x * (width - size + 1)).long() + torch.arange(size)
    columns = torch.where(flip < 0.5, columns, columns.flip(-1))
    crops = photographs[(which * len(photographs)).long(), rows, columns]
    spread = crops.std((1, 2), keepdim=True).clamp(min=0.06)
    faded = tone + 0.09 * (crops - crops.mean((1, 2), keepdim=True)) / spread
    return faded.clamp(0.02, 0.5)
