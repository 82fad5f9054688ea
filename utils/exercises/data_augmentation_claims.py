"""The claims of exercise 5 of the page on data augmentation, and pictures to try them on."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torchvision.transforms.v2 import functional as V

from utils.augment import affine, flip, move_boxes, move_points, warp

SIZE = 12, 12


@dataclass
class Picture:
    """A square picture with a triangle on it, float64.

    Attributes:
        pixels: ``(1, 3, 12, 12)`` in [0, 1].
        outline: corners of a triangle in the middle of it, ``(3, 2)``.
        turn: degrees, 10 to 80.
    """

    pixels: torch.Tensor
    outline: torch.Tensor
    turn: float

    @property
    def box(self) -> torch.Tensor:
        """The box around the triangle, ``(1, 4)``."""
        return torch.cat([self.outline.amin(0), self.outline.amax(0)])[None]


def draw_pictures(count: int) -> list[Picture]:
    """Return random pictures with random triangles and angles."""
    generator = torch.Generator().manual_seed(0)

    def uniform(*shape: int) -> torch.Tensor:
        return torch.rand(*shape, generator=generator, dtype=torch.float64)

    return [
        Picture(uniform(1, 3, *SIZE), 4 + 4 * uniform(3, 2), 10 + 70 * uniform(1).item())
        for _ in range(count)
    ]


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return torch.allclose(one, other, atol=1e-5)


def _order(picture: Picture) -> bool:
    turn, mirror = affine(SIZE, turn=picture.turn), flip(SIZE)
    return _same(warp(picture.pixels, turn @ mirror), warp(picture.pixels, mirror @ turn))


def _there_and_back(picture: Picture) -> bool:
    there = move_boxes(picture.box, affine(SIZE, turn=picture.turn))
    return _same(move_boxes(there, affine(SIZE, turn=-picture.turn)), picture.box)


def _holds_the_outline(picture: Picture) -> bool:
    move = affine(SIZE, turn=picture.turn)
    left, top, right, bottom = move_boxes(picture.box, move)[0]
    x, y = move_points(picture.outline, move).unbind(1)
    inside = (x > left - 1e-9) & (x < right + 1e-9) & (y > top - 1e-9) & (y < bottom + 1e-9)
    return bool(inside.all())


def _dim_and_back(picture: Picture) -> bool:
    bright = V.adjust_brightness(picture.pixels, 2.0)
    return _same(V.adjust_brightness(bright, 0.5), picture.pixels)


def _half_the_circle_twice(picture: Picture) -> bool:
    once = V.adjust_hue(picture.pixels, 0.5)
    return _same(V.adjust_hue(once, 0.5), picture.pixels)


def _same_box_after_colour(picture: Picture) -> bool:
    # The outline of what is brighter than its surroundings stays where it was.
    before, after = (
        (pixels > pixels.mean()).nonzero() for pixels in (picture.pixels, 0.5 * picture.pixels)
    )
    return torch.equal(before, after)


CLAIMS: dict[str, Callable[[Picture], bool]] = {
    "flipped left to right twice: as before": lambda p: _same(
        p.pixels, warp(warp(p.pixels, flip(SIZE)), flip(SIZE))
    ),
    "flipped, then turned: as turned, then flipped": _order,
    "turned by 90° four times: as before": lambda p: _same(
        p.pixels, torch.rot90(p.pixels, 4, (2, 3))
    ),
    "a box turned by its corners, and back: the box as before": _there_and_back,
    "a box turned by its corners holds the turned outline": _holds_the_outline,
    "brightness times 2, then times 0.5: as before": _dim_and_back,
    "hue shifted by 0.5 twice: as before": _half_the_circle_twice,
    "half the brightness: the boxes stay right": _same_box_after_colour,
}
