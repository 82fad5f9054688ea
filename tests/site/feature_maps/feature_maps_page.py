"""What tests read from the demo's picture, and how they draw and point on it."""

import torch
from demo_page import frame
from playwright.sync_api import Locator, Page

_DOTS = """(selector) => [...document.querySelectorAll(selector)].map((canvas) => {
    const { width, height } = canvas;
    // A copy, because Chromium warns of a canvas that is read often.
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    return { width, height, dots: [...copy.getImageData(0, 0, width, height).data] };
})"""
_SAMPLE = """(places) => {
    const canvas = document.querySelector(".book-lens");
    const size = [canvas.width, canvas.height];
    const copy = new OffscreenCanvas(...size).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    return places.map(([x, y]) => [...copy.getImageData(x, y, 1, 1).data].slice(0, 3));
}"""
# Frames in dots of the canvas that each lies on: [look, canvas, top, left, rows, columns].
_FRAMES = """() => [...document.querySelectorAll(".book-frames rect")].map((rect) => {
    const box = rect.getBBox();
    const origin = document.querySelector(".book-picture").getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2 + origin.x, box.y + box.height / 2 + origin.y];
    const all = [...document.querySelectorAll("canvas.book-dots")];
    const on = all.findIndex((canvas) => {
        const { left, right, top, bottom } = canvas.getBoundingClientRect();
        return x >= left && x <= right && y >= top && y <= bottom;
    });
    const { left, top, width, height } = all[on].getBoundingClientRect();
    const [wide, high] = [width / all[on].width, height / all[on].height];
    return [rect.getAttribute("class"), on, (box.y + origin.y - top) / high,
        (box.x + origin.x - left) / wide, box.height / high, box.width / wide];
})"""
_LINES = """() => [...document.querySelectorAll(".book-loud path")].map((path) =>
    [path.classList.contains("book-against") ? -1 : 1, parseFloat(path.style.strokeWidth)])"""


def canvases(page: Page, selector: str) -> list[torch.Tensor]:
    """Return the dots of canvases, each ``(height, width, 4)``."""
    found = page.evaluate(_DOTS, selector)
    return [torch.tensor(one["dots"]).view(one["height"], one["width"], 4) for one in found]


def lens_colours(page: Page, places: list[list[int]]) -> torch.Tensor:
    """Return the colours of the lens at places [x, y], ``(places, 3)``."""
    return torch.tensor(page.evaluate(_SAMPLE, places))


def frames(page: Page) -> list[list]:
    """Return the frames, ``[look, canvas, top, left, rows, columns]`` in dots of that canvas."""
    return page.evaluate(_FRAMES)


def lines(page: Page) -> torch.Tensor:
    """Return the widths of the loud lines in pixels, below 0 where they speak against."""
    found = page.evaluate(_LINES)
    return torch.tensor([sign * width for sign, width in found], dtype=torch.float64)


def map_of(page: Page, layer: int, channel: int = 0) -> Locator:
    return page.locator(f".book-layer-{layer} canvas").nth(channel)


def point_at(page: Page, canvas: Locator, row: int, column: int) -> None:
    """Put the pointer on a dot of a canvas."""
    columns, rows = canvas.evaluate("({ width, height }) => [width, height]")
    box = canvas.bounding_box()
    across = (column + 0.5) * box["width"] / columns
    page.mouse.move(box["x"] + across, box["y"] + (row + 0.5) * box["height"] / rows)
    frame(page)


def ink(page: Page) -> torch.Tensor:
    """Return the ink on the pad, ``(28, 28)`` in [0, 1]."""
    (pad,) = canvases(page, ".book-pad canvas")
    return (pad[..., 0].double() - 13) / (255 - 13)  # from the ground to white


def draw(page: Page, *points: tuple[int, int]) -> None:
    """Draw a stroke through dots (row, column) of the pad."""
    box = page.locator(".book-pad canvas").bounding_box()
    places = [
        (box["x"] + (x + 0.5) * box["width"] / 28, box["y"] + (y + 0.5) * box["height"] / 28)
        for y, x in points
    ]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    frame(page)
    page.mouse.up()
    frame(page)
