"""Features of a region: RoI pooling and RoI align, each a few tensor operations for all regions.

Both take feature maps ``(images, channels, rows, columns)`` and boxes, rows ``(image, x1, y1, x2,
y2)``, and return ``(boxes, channels, *output_size)``. Boxes are in the picture's pixels, which
``spatial_scale`` turns into cells: 1/4 for a map of stride 4. Gradients flow to the maps, not to
the boxes. torchvision's functions of the same names take the same arguments and give the same.
"""

from collections.abc import Sequence

import torch


def roi_pool(
    maps: torch.Tensor, boxes: torch.Tensor, output_size: Sequence[int], spatial_scale: float = 1.0
) -> torch.Tensor:
    """Return the maxima of RoI pooling, with its rounded borders.

    Borders are rounded to whole cells, halves away from zero; both border cells belong to the
    region. A part of it reaches from a cell that its first border touches to one that its last
    border touches, so that neighbours may share cells. What lies outside the map is cut off; a
    part of which nothing is left gives 0, and so does no gradient. Of equal maxima the first one
    gets the gradient.

    Args:
        maps: floating, finite.
        boxes: ``(n, 5)``, dtype of ``maps``. One that ends before it begins counts as one cell.
        output_size: rows and columns of parts.
        spatial_scale: cells a pixel.

    Raises:
        ValueError: if a shape, a dtype, a size or an image's number does not fit.

    Source: Girshick, Fast R-CNN, arXiv:1504.08083, section 2.1, as torchvision's ``roi_pool``.

    >>> maps, whole = torch.arange(16.0).view(1, 1, 4, 4), torch.tensor([[0.0, 0, 0, 3, 3]])
    >>> roi_pool(maps, whole, (2, 2)).tolist()
    [[[[5.0, 7.0], [13.0, 15.0]]]]
    """
    images = _checked(maps, boxes, output_size, spatial_scale)
    boxes = boxes.detach()
    whole = half_away(boxes[:, 1:] * spatial_scale)
    sides = (whole[:, 2:] - whole[:, :2] + 1).clamp(min=1)
    cells = []  # of each part along an axis: which they are, and whether they count
    for axis, parts in zip((1, 0), output_size, strict=True):  # y, then x
        steps = torch.arange(parts + 1, device=maps.device, dtype=maps.dtype)
        edges = steps * (sides[:, axis, None] / parts)
        begin = edges[:, :-1].floor() + whole[:, axis, None]
        end = edges[:, 1:].ceil() + whole[:, axis, None]
        length = maps.shape[2 if axis else 3]
        begin, end = begin.clamp(0, length), end.clamp(0, length)
        longest = int((end - begin).max().clamp(min=1).item()) if len(boxes) else 1
        places = begin[..., None] + torch.arange(longest, device=maps.device)
        cells.append((places.clamp(max=length - 1).long(), places < end[..., None]))
    (rows, in_rows), (columns, in_columns) = cells
    # (regions, channels, parts down, parts across, cells down, cells across)
    found = maps[
        images[:, None, None, None, None, None],
        torch.arange(maps.shape[1], device=maps.device)[:, None, None, None, None],
        rows[:, None, :, None, :, None],
        columns[:, None, None, :, None, :],
    ]
    counts = in_rows[:, None, :, None, :, None] & in_columns[:, None, None, :, None, :]
    # The largest by its place, not by amax: that would split the gradient among equal ones.
    found = found.masked_fill(~counts, -torch.inf).flatten(-2)
    best = found.gather(-1, found.argmax(-1, keepdim=True))[..., 0]
    return best.masked_fill(~counts.any(-1).any(-1), 0)


def roi_align(
    maps: torch.Tensor,
    boxes: torch.Tensor,
    output_size: Sequence[int],
    spatial_scale: float = 1.0,
    sampling_ratio: int = -1,
    aligned: bool = False,
) -> torch.Tensor:
    """Return the means of RoI align, without rounding: two small matrices a region.

    A part is read at ``sampling_ratio`` squared places, in the middles of as many pieces, and
    their mean is taken. A place between four cells gets their bilinear mean; up to one cell
    outside the map it gets what the edge has, further out 0.

    Args:
        maps: as in :func:`roi_pool`.
        boxes: as in :func:`roi_pool`. One that ends before it begins gives 0 with ``aligned`` and
            a ``sampling_ratio`` of -1, where torchvision stops with an error.
        output_size: rows and columns of parts.
        spatial_scale: cells a pixel.
        sampling_ratio: places along an axis of a part; 0 or less takes as many as the part is long
            in cells, rounded up.
        aligned: whether cell i has its middle at i + 1/2, as pixels have. Without it everything
            is read half a cell too far to the right and below, and no region is smaller
            than one cell.

    Raises:
        ValueError: as :func:`roi_pool`.

    Source: He et al., Mask R-CNN, arXiv:1703.06870, section 3, as torchvision's ``roi_align``.

    >>> maps, region = torch.arange(16.0).view(1, 1, 4, 4), torch.tensor([[0.0, 1, 1, 3, 3]])
    >>> roi_align(maps, region, (1, 1), 1, 2, True).item()  # of 5, 6, 9 and 10
    7.5
    """
    images = _checked(maps, boxes, output_size, spatial_scale)
    boxes = boxes.detach()
    corners = boxes[:, 1:] * spatial_scale - (0.5 if aligned else 0)
    sides = corners[:, 2:] - corners[:, :2]
    sides = sides if aligned else sides.clamp(min=1)
    down, across = (
        _weights(
            corners[:, axis], sides[:, axis], parts, sampling_ratio, maps.shape[2 if axis else 3]
        )
        for axis, parts in zip((1, 0), output_size, strict=True)
    )
    return down[:, None] @ maps[images] @ across[:, None].mT


def _weights(
    begin: torch.Tensor, sides: torch.Tensor, parts: int, ratio: int, length: int
) -> torch.Tensor:
    """Return what each cell along one axis weighs in each part, ``(regions, parts, length)``."""
    piece = sides / parts
    counts = piece.ceil().clamp(min=0) if ratio <= 0 else torch.full_like(sides, ratio)
    most = int(counts.max().clamp(min=1).item()) if len(sides) else 1
    order = torch.arange(most, device=sides.device, dtype=sides.dtype)
    inside = (order + 0.5) * piece[:, None] / counts.clamp(min=1)[:, None]
    starts = torch.arange(parts, device=sides.device, dtype=sides.dtype) * piece[:, None]
    places = begin[:, None, None] + starts[:, :, None] + inside[:, None]
    is_read = (order < counts[:, None])[:, None] & (places >= -1) & (places <= length)
    cells = torch.arange(length, device=sides.device, dtype=sides.dtype)
    near = (1 - (places.clamp(0, length - 1)[..., None] - cells).abs()).clamp(min=0)
    return (near * is_read[..., None]).sum(2) / counts.clamp(min=1)[:, None, None]


def half_away(numbers: torch.Tensor) -> torch.Tensor:
    """Return the nearest whole numbers, halves away from zero; ``torch.round`` takes even ones.

    >>> half_away(torch.tensor([0.5, 1.5, 2.5, -2.5])).tolist()
    [1.0, 2.0, 3.0, -3.0]
    """
    whole = numbers.trunc()
    return whole + ((numbers - whole).abs() >= 0.5) * numbers.sign()


def _checked(
    maps: torch.Tensor, boxes: torch.Tensor, output_size: Sequence[int], spatial_scale: float
) -> torch.Tensor:
    """Refuse what has no answer; return the number of each box's image."""
    if maps.ndim != 4 or not maps.is_floating_point() or not maps.numel():
        raise ValueError(
            "maps must be floating numbers (images, channels, rows, columns), got "
            f"{tuple(maps.shape)} {maps.dtype}"
        )
    if boxes.ndim != 2 or boxes.shape[1] != 5 or boxes.dtype != maps.dtype:
        raise ValueError(
            f"boxes must be (n, 5), image and corners, of dtype {maps.dtype}, got "
            f"{tuple(boxes.shape)} {boxes.dtype}"
        )
    if len(output_size) != 2 or min(output_size) < 1 or not spatial_scale > 0:
        raise ValueError(
            "output_size must be two numbers from 1 on and spatial_scale above 0, got "
            f"{output_size} and {spatial_scale}"
        )
    if not boxes.isfinite().all():
        raise ValueError("boxes holds NaN or infinity: look at where they come from")
    images = boxes[:, 0].detach().long()
    if len(images) and not 0 <= int(images.min()) <= int(images.max()) < len(maps):
        raise ValueError(f"a box names an image that is not there: there are {len(maps)}")
    return images
