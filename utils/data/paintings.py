"""Two paintings that a computer draws: brush strokes at night, and a window of coloured glass."""

import math

import torch
import torch.nn.functional as F

NIGHT = (13, 19, 58), (24, 52, 120), (45, 98, 168), (112, 165, 196), (222, 224, 196)
NIGHT += (250, 208, 84), (240, 160, 40)  # from dark blue to the yellow of a star
GLASS = (226, 61, 40), (244, 162, 38), (250, 214, 90), (32, 120, 150), (20, 60, 110)
GLASS += (60, 150, 110), (235, 228, 205), (150, 40, 90)
STARS, PANES = 7, 40
REACH = 7  # pixels that a brush stroke goes each way


def painting(name: str, *, size: int = 96, seed: int = 0) -> torch.Tensor:
    """Return a drawn picture, float32, ``(3, size, size)``, values in [0, 1].

    Args:
        name: ``"strokes"`` or ``"glass"``.
        size: pixels a side, at least 16.
        seed: where stars and panes lie.

    Raises:
        ValueError: if there is no painting of that name, or it would be too small to see.
    """
    if name not in PAINTERS:
        raise ValueError(f"there is no painting {name!r}: name is one of {', '.join(PAINTERS)}")
    if size < 16:
        raise ValueError(f"size must be at least 16 pixels, got {size}")
    middles = (torch.arange(size) + 0.5) / size
    y, x = torch.meshgrid(middles, middles, indexing="ij")
    return PAINTERS[name](x, y, torch.Generator().manual_seed(seed)).clamp(0, 1)


def _strokes(x: torch.Tensor, y: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Smear noise along a wind that turns around each star; the palette makes colours of it.

    Source: B. Cabral, L. Leedom, "Imaging vector fields using line integral convolution", 1993.
    """
    across, down, radius = torch.rand(3, STARS, generator=generator)
    radius = 0.05 + 0.07 * radius
    turns = torch.where(torch.rand(STARS, generator=generator) < 0.5, -1.0, 1.0)
    east, south = torch.full_like(x, 0.35), 0.25 * torch.sin(2 * math.pi * (1.3 * x + 0.4 * y))
    glow = torch.zeros_like(x)
    for a, b, r, turn in zip(across, down, radius, turns, strict=True):
        dx, dy = x - a, y - b
        distance = dx.square() + dy.square()
        near = 1.6 * turn / r * torch.exp(-distance / (2 * (1.6 * r) ** 2))
        east, south = east - near * dy, south + near * dx
        glow = torch.maximum(glow, torch.exp(-distance / (2 * (0.75 * r) ** 2)))
    wind = F.normalize(torch.stack([east, south]), dim=0)[None]
    size = len(x)
    noise = torch.rand(1, 1, size // 2, size // 2, generator=generator)
    noise = F.interpolate(noise, size=(size, size), mode="bilinear", align_corners=False)
    smeared = torch.zeros_like(noise)
    for way in (1, -1):
        place = 2 * torch.stack([x, y], dim=-1)[None] - 1
        for _ in range(REACH):
            smeared += F.grid_sample(noise, place, align_corners=False, padding_mode="reflection")
            step = F.grid_sample(wind, place, align_corners=False, padding_mode="border")
            place = place + way * step.permute(0, 2, 3, 1) * 2 / size
    height = (smeared - smeared.mean()) / smeared.std()
    return _coloured(0.3 + 0.14 * height[0, 0] + 0.62 * glow)


def _coloured(heights: torch.Tensor) -> torch.Tensor:
    """Return the colours of the night's palette at heights from 0 to 1."""
    colours = torch.tensor(NIGHT) / 255
    heights = heights.clamp(0, 1) * (len(colours) - 1)
    below = heights.floor().clamp(max=len(colours) - 2).long()
    return torch.lerp(colours[below], colours[below + 1], (heights - below)[..., None]).permute(
        2, 0, 1
    )


def _glass(x: torch.Tensor, y: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Give a point the colour of the nearest of some places, black where two are as near."""
    across, down = torch.rand(PANES, 2, generator=generator).T
    distances = ((x[..., None] - across).square() + (y[..., None] - down).square()).sqrt()
    (first, second), owner = (part.movedim(-1, 0) for part in distances.topk(2, largest=False))
    picked = torch.randint(len(GLASS), (PANES,), generator=generator)
    shade = 0.75 + 0.35 * torch.rand(PANES, 1, generator=generator)
    colours = (torch.tensor(GLASS)[picked] / 255 * shade)[owner[0]].permute(2, 0, 1)
    lead = ((second - first) * len(x) / 2.2).clamp(0, 1)
    return colours * (1.05 - 0.9 * first) * (0.08 + 0.92 * lead)


PAINTERS = {"strokes": _strokes, "glass": _glass}
