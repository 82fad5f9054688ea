"""How the objects of a scene are painted: their images resized, with ink and shade."""

import torch

SMALLEST, LARGEST = 12 / 64, 28 / 64  # side of an object's image, as a share of the scene's
_SHADE = 0.7  # how much darker the background is beside the ink, so that two objects separate


def sprites_of(
    images: torch.Tensor, sides: torch.Tensor, size: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Resize images of objects, each in the upper left corner of an empty square.

    Args:
        images: float64, square, ``(…, height, height)``.
        sides: the sides that they get in pixels, at most ``LARGEST * size``, ``(…)``.
        size: height and width of the scene in pixels.

    Returns:
        The squares, ``(…, room, room)``, and the tight box of the ink in each, int64 ``(…, 4)``.
    """
    room = int(LARGEST * size * (1 + 2 / images.shape[-1])) + 2
    # A step: pixels of the scene to a pixel of the object's image.
    sprites = _enlarged(images, sides / images.shape[-1], room)
    return sprites, tight(_ink(sprites) >= 0.5)


def paint(
    background: torch.Tensor,
    sprites: torch.Tensor,
    corners: torch.Tensor,
    light: torch.Tensor,
    there: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Paint the objects of each scene one after the other, so that later ones cover earlier ones.

    Args:
        background: float64, ``(scenes, size, size)``.
        sprites: as :func:`sprites_of` returns them, ``(scenes, most, room, room)``.
        corners: int64, ``(scenes, most, 2)``: column and row of a sprite's upper left corner,
            from ``-room`` to ``size``.
        light: how bright the ink is, from 0 to 1, ``(scenes, most)``.
        there: bool, ``(scenes, most)``, whether there is such an object.

    Returns:
        Pixels, float64, and instances, int64, both ``(scenes, size, size)``.
    """
    size, room = background.shape[-1], sprites.shape[-1]
    # An object's margin may lie outside the scene, so they are drawn on a larger canvas.
    canvas = torch.nn.functional.pad(background, [room] * 4)
    instances = torch.zeros(canvas.shape, dtype=torch.uint8)
    ids = there.cumsum(1).to(torch.uint8)
    left, top = (corners[..., None] + room + torch.arange(room)).unbind(-2)
    for k in range(there.shape[1]):
        (scenes,) = there[:, k].nonzero(as_tuple=True)
        window = scenes[:, None, None], top[scenes, k, :, None], left[scenes, k, None]
        sprite, behind = sprites[scenes, k], canvas[window]
        ink = _ink(sprite)
        behind = behind * (1 - _SHADE * (sprite / 0.15).clamp(max=1))
        bright = (0.85 + 0.15 * light[scenes, k, None, None]) * (0.6 + 0.4 * sprite)
        canvas[window] = behind + ink * (bright - behind)
        instances[window] = torch.where(ink >= 0.5, ids[scenes, k, None, None], instances[window])
    inside = slice(room, room + size)
    return canvas[:, inside, inside], instances[:, inside, inside].long()


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
