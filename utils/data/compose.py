"""How a scene is drawn: sizes, places, ink and background from numbers between 0 and 1."""

import torch

SMALLEST, LARGEST = 12 / 64, 28 / 64  # side of an object's image, as a share of the scene's
_CROWD = 0.8  # n objects have sides of at most this / sqrt(n), so that there is room for them
MOST = int((_CROWD / SMALLEST) ** 2)
_TRIES = 100  # places that are tried for an object
_SHARED = 0.15  # two boxes share at most this part of the smaller: their IoU is below 0.09
_SHADE = 0.7  # how much darker the background is beside the ink, so that two objects separate


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
    steps = sides / sprites.shape[-1]  # pixels of the scene to a pixel of the object's image

    room = int(LARGEST * size * (1 + 2 / sprites.shape[-1])) + 2
    sprites = _enlarged(sprites, steps, room)
    at_origin = tight(_ink(sprites) >= 0.5)
    boxes, fits = _placed(at_origin, wanted, places.reshape(-1, most, _TRIES, 2), size)
    if (fits.sum(1) < least).any():
        raise ValueError(f"there is no room for {least} objects in {size} pixels: ask for fewer")

    # An object's margin may lie outside the scene, so they are drawn on a larger canvas.
    canvas = torch.nn.functional.pad(_background(scenery[:, 1:], size, photographs), [room] * 4)
    instances = torch.zeros(canvas.shape, dtype=torch.uint8)
    ids = fits.cumsum(1).to(torch.uint8)
    left, top = ((boxes - at_origin)[..., :2, None] + room + torch.arange(room)).unbind(-2)
    for k in range(most):
        (scenes,) = fits[:, k].nonzero(as_tuple=True)
        window = scenes[:, None, None], top[scenes, k, :, None], left[scenes, k, None]
        sprite, behind = sprites[scenes, k], canvas[window]
        ink = _ink(sprite)
        behind = behind * (1 - _SHADE * (sprite / 0.15).clamp(max=1))
        bright = (0.85 + 0.15 * light[scenes, k, None, None]) * (0.6 + 0.4 * sprite)
        canvas[window] = behind + ink * (bright - behind)
        instances[window] = torch.where(ink >= 0.5, ids[scenes, k, None, None], instances[window])
    inside = slice(room, room + size)
    order = (~fits).long().argsort(dim=1, stable=True)
    kinds = torch.where(fits, kind, -1).gather(1, order)
    return canvas[:, inside, inside], instances[:, inside, inside].long(), kinds


def tight(masks: torch.Tensor) -> torch.Tensor:
    """Return the smallest box around each mask: ``(…, height, width)`` to int64 ``(…, 4)``.

    A box around the first pixel alone is 0, 0, 1, 1; around no pixel it has no area.
    """
    edges = []
    for axis in (-2, -1):  # over rows, then over columns
        hit = masks.any(axis)
        at = torch.arange(hit.shape[-1])
        first = torch.where(hit, at, hit.shape[-1]).amin(-1)
        edges.append((first, torch.where(hit, at + 1, 0).amax(-1)))
    (left, right), (top, bottom) = edges
    return torch.stack([left, top, right, bottom], dim=-1)


def _drawn_from(pools, kind, which):
    lengths = torch.tensor([len(pool) for pool in pools])
    starts = lengths.cumsum(0) - lengths
    return torch.cat(pools)[starts[kind] + (which * lengths[kind]).long()]


def _enlarged(images, steps, room):
    """Resize square images, bilinearly, in the upper left corner of an empty canvas.

    A smaller image averages what it skips. There is a margin of one step around it, into which
    its edge fades.

    Args:
        images: ``(…, side, side)``.
        steps: pixels of the canvas to a pixel of the image, ``(…)``.
        room: height and width of the canvas.
    """
    steps, reach = steps[..., None, None], (1 / steps).clamp(min=1)[..., None, None]
    border = int(reach.amax()) + 1  # empty pixels, so that the weights of a row can sum to 1
    images = torch.nn.functional.pad(images, [border] * 4)
    centres = torch.arange(room, dtype=torch.float64)[:, None] + 0.5
    away = centres / steps - 1.5 - (torch.arange(images.shape[-1]) - border)
    weights = (1 - away.abs() / reach).clamp(min=0)  # of a pixel of the image to a row
    weights = weights / weights.sum(-1, keepdim=True).clamp(min=0.01)
    return weights @ images @ weights.mT


def _ink(image):
    """Return how opaque each pixel is: a pixel of at least half its strength is the object's."""
    return ((image - 0.33) / 0.24).clamp(0, 1)


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
