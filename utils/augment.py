"""Augmentation: new training images out of old ones, with boxes, points and masks that follow.

Places are measured in pixels from the picture's upper left corner, x to the right and y down, so
the centre of the first pixel lies at (0.5, 0.5). A move is a float64 matrix ``(3, 3)`` that takes
(x, y, 1) from the old picture to the new one: ``turn @ flip`` flips first. What takes a move takes
a batch of them as well, ``(batch, 3, 3)``.
"""

import torch
import torch.nn.functional as F

Size = tuple[int, int]


def flip(size: Size) -> torch.Tensor:
    """Return the move that swaps left and right in a picture of ``(height, width)`` pixels."""
    return torch.tensor([[-1.0, 0, size[1]], [0, 1, 0], [0, 0, 1]], dtype=torch.float64)


def crop(window: tuple[float, float, float, float], size: Size) -> torch.Tensor:
    """Return the move that stretches a window to a picture of ``(height, width)`` pixels.

    Args:
        window: left, top, right and bottom in the old picture.
        size: height and width of the new one.

    Raises:
        ValueError: if the window has no area.
    """
    left, top, right, bottom = window
    if not (left < right and top < bottom):
        raise ValueError(f"the window needs left < right and top < bottom, got {window}")
    x, y = size[1] / (right - left), size[0] / (bottom - top)
    rows = [[x, 0, -x * left], [0, y, -y * top], [0, 0, 1]]
    return torch.tensor(rows, dtype=torch.float64)


def affine(
    size: Size, *, turn=0.0, shear=0.0, zoom=1.0, shift: tuple = (0.0, 0.0)
) -> torch.Tensor:
    """Return the move that shears, turns and zooms about the centre, and then shifts.

    Each number may be a tensor of ``(batch,)``; then there are as many moves.

    Args:
        size: height and width in pixels.
        turn: degrees, clockwise as one looks at the picture.
        shear: degrees by which upright lines lean to the right.
        zoom: factor of all lengths.
        shift: pixels to the right and down.
    """
    numbers = [turn, shear, zoom, *shift]
    columns = torch.broadcast_tensors(*[torch.as_tensor(n, dtype=torch.float64) for n in numbers])
    turn, shear, zoom, right, down = columns
    angle, lean = turn.deg2rad(), -shear.deg2rad().tan()
    cos, sin = zoom * angle.cos(), zoom * angle.sin()
    linear = torch.stack([cos, cos * lean - sin, sin, sin * lean + cos], -1).unflatten(-1, (2, 2))
    centre = torch.tensor([size[1] / 2, size[0] / 2], dtype=torch.float64)
    offset = centre + torch.stack([right, down], -1) - linear @ centre
    last = torch.tensor([0.0, 0, 1], dtype=torch.float64).expand(*linear.shape[:-2], 1, 3)
    return torch.cat([torch.cat([linear, offset[..., None]], -1), last], -2)


def random_moves(
    count: int,
    size: Size,
    *,
    turn: float = 0.0,
    shear: float = 0.0,
    zoom: float = 0.0,
    shift: float = 0.0,
    flips: float = 0.0,
    generator: torch.Generator,
) -> torch.Tensor:
    """Draw moves, each number uniformly on both sides of "nothing", float64 ``(count, 3, 3)``.

    Args:
        count: how many moves.
        size: height and width in pixels.
        turn: largest angle in degrees.
        shear: largest lean in degrees.
        zoom: largest change of lengths, below 1: 0.1 for factors from 0.9 to 1.1.
        shift: largest shift, as a share of width and of height.
        flips: probability of a left-right flip, which comes first.
        generator: on the CPU.
    """
    a, b, c, x, y = 2 * torch.rand(5, count, generator=generator, dtype=torch.float64) - 1
    shifts = shift * size[1] * x, shift * size[0] * y
    moves = affine(size, turn=turn * a, shear=shear * b, zoom=1 + zoom * c, shift=shifts)
    flipped = torch.rand(count, generator=generator, dtype=torch.float64) < flips
    return torch.where(flipped[:, None, None], moves @ flip(size), moves)


def warp(
    images: torch.Tensor, move: torch.Tensor, *, size: Size | None = None, nearest: bool = False
) -> torch.Tensor:
    """Return the moved images; what comes from outside the picture is 0.

    Args:
        images: float ``(batch, channels, height, width)``; masks as ``(batch, height, width)``,
            of any dtype, with ``nearest``.
        move: ``(3, 3)`` or ``(batch, 3, 3)``.
        size: height and width of the result; those of ``images`` by default.
        nearest: take the nearest pixel, as masks need it; else mix the four around.

    Raises:
        ValueError: if integers, or an image without channels, come without ``nearest``.
    """
    is_mask = images.ndim == 3
    if not nearest and (is_mask or not images.is_floating_point()):
        raise ValueError("masks have no mean of two classes: warp them with nearest=True")
    stack = images[:, None] if is_mask else images
    pixels = stack if stack.is_floating_point() else stack.double()
    size = tuple(stack.shape[-2:]) if size is None else size
    pull = torch.linalg.inv(move.double().cpu()).expand(len(stack), 3, 3)
    # grid_sample measures from -1 to 1 between the outer edges.
    to_pixels = crop((-1.0, -1.0, 1.0, 1.0), size)
    to_shares = torch.linalg.inv(crop((-1.0, -1.0, 1.0, 1.0), tuple(stack.shape[-2:])))
    theta = (to_shares @ pull @ to_pixels)[:, :2].to(pixels)
    grid = F.affine_grid(theta, [*stack.shape[:2], *size], align_corners=False)
    mode = "nearest" if nearest else "bilinear"
    moved = F.grid_sample(pixels, grid, mode=mode, align_corners=False).to(stack)
    return moved[:, 0] if is_mask else moved


def move_points(points: torch.Tensor, move: torch.Tensor) -> torch.Tensor:
    """Return where points go, floats ``(…, n, 2)`` of x and y, by a move of ``(…, 3, 3)``.

    Raises:
        ValueError: if the points are integers.
    """
    if not points.is_floating_point():
        raise ValueError(f"places move by parts of a pixel: make them floats, got {points.dtype}")
    move = move.to(points)
    return points @ move[..., :2, :2].mT + move[..., None, :2, 2]


def move_boxes(
    boxes: torch.Tensor, move: torch.Tensor, *, size: Size | None = None
) -> torch.Tensor:
    """Return the upright boxes around the moved corners, ``(…, n, 4)`` of x, y, x, y.

    Args:
        boxes: left, top, right, bottom of each, floats.
        move: ``(…, 3, 3)``.
        size: height and width of the new picture, to cut off what sticks out.
    """
    left, top, right, bottom = boxes.unbind(-1)
    corners = [left, top, right, top, right, bottom, left, bottom]
    corners = torch.stack(corners, -1).unflatten(-1, (4, 2)).flatten(-3, -2)
    corners = move_points(corners, move)
    corners = corners.unflatten(-2, (boxes.shape[-2], 4))
    moved = torch.cat([corners.amin(-2), corners.amax(-2)], -1)
    if size is None:
        return moved
    height, width = size
    return moved.clamp(min=0).minimum(torch.tensor([width, height] * 2).to(moved))


def bend(images: torch.Tensor, amount: float, *, generator: torch.Generator) -> torch.Tensor:
    """Return images with a smooth random bend each: 3×3 random arrows, and a mix in between.

    Args:
        images: float ``(batch, channels, height, width)``.
        amount: spread of the arrows, as a share of half the picture.
        generator: on the CPU.
    """
    arrows = amount * torch.randn(len(images), 2, 3, 3, generator=generator)
    arrows = F.interpolate(
        arrows.to(images), images.shape[-2:], mode="bicubic", align_corners=True
    )
    still = torch.eye(2, 3).to(images).expand(len(images), 2, 3)
    grid = F.affine_grid(still, list(images.shape), align_corners=False)
    return F.grid_sample(images, grid + arrows.permute(0, 2, 3, 1), align_corners=False)
