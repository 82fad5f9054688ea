"""What a reader sees of the two grids of the padding and stride explorer, by where it is drawn."""

from demo_page import frame
from playwright.sync_api import Page

Cell = tuple[int, int]

# Functions on the page; `side` 0 is the input, places count cells from the corner of its border.
_READ = r"""
const side = (side) => document.querySelectorAll(".book-side")[side];
const border = (of) => side(of).querySelector(".book-border");
// The caption says how many cells wide the input is.
const cell = () => border(0).getBBox().width
    / /× (\d+)/.exec(document.querySelector(".book-grid-caption").textContent)[1];
const onScreen = (node, { x, y }) => new DOMPoint(x, y).matrixTransform(node.getScreenCTM());

const middle = (of, row, column) => {
    const { x, y } = border(of).getBBox();
    const place = { x: x + (column + 0.5) * cell(), y: y + (row + 0.5) * cell() };
    const point = onScreen(border(of), place);
    return [point.x, point.y];
};
const boxOf = (of, node) => {
    const corner = onScreen(border(of), border(of).getBBox());
    const box = node.getBBox();
    const start = onScreen(node, box);
    return [start.y - corner.y, start.x - corner.x, box.height, box.width].map((x) => x / cell());
};
const boxesOf = (of, name) => {
    const { x, y } = border(of).getBBox();
    const d = side(of).querySelector(name).getAttribute("d");
    return [...d.matchAll(/M([-.\d]+) ([-.\d]+)/g)]
        .map(([, left, top]) => [(top - y) / cell(), (left - x) / cell()].map(Math.round));
};
const numbersIn = (of) => [...side(of).querySelectorAll(".book-number:not(.book-padding)")]
    .flatMap((text) => {
        const places = text.getAttribute("x").split(" ");
        const parts = places.length > 1 ? [...text.textContent] : [text.textContent];
        return parts.map((part, k) => [Number(text.getAttribute("y")), Number(places[k]), part]);
    })
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map(([, , part]) => Number(part.replace("\u2212", "-")));
const hover = (of, row, column) => {
    const [clientX, clientY] = middle(of, row, column);
    const how = { clientX, clientY, pointerType: "mouse", bubbles: true };
    document.querySelector(".book-board").dispatchEvent(new PointerEvent("pointermove", how));
};
const hoverInput = (cells) => cells.map(([row, column]) => {
    hover(0, row, column);
    return boxesOf(1, ".book-marks");
});
const hoverOutput = (cells) => cells.map(([row, column]) => {
    hover(1, row, column);
    return [...document.querySelectorAll(".book-inner rect")]
        .map((rect) => boxOf(0, rect).slice(0, 2).map(Math.round));
});
"""


def on_page(page: Page, expression: str) -> object:
    """Return what one of the functions above gives once the page has drawn."""
    frame(page)
    return page.evaluate(f"() => {{ {_READ} return {expression}; }}")


def middle_of(page: Page, side: int, cell: Cell) -> tuple[float, float]:
    """Return where the middle of a cell is on the screen; side 0 is the input."""
    return tuple(on_page(page, f"middle({side}, {cell[0]}, {cell[1]})"))


def window(page: Page) -> tuple[float, ...]:
    """Return top, left, height and width of the frame on the input, in cells."""
    found = on_page(page, "boxOf(0, document.querySelector('rect.book-window'))")
    return tuple(round(x, 2) for x in found)


def goal(page: Page) -> tuple[float, float]:
    """Return the row and column of the framed output number."""
    row, column, *_ = on_page(page, "boxOf(1, document.querySelector('.book-goal'))")
    return round(row, 2), round(column, 2)


def covered(page: Page) -> list[list[int]]:
    """Return the output cells that the window has not reached yet."""
    return on_page(page, "boxesOf(1, '.book-cover')")


def marked(page: Page, side: int) -> list[list[int]]:
    """Return the cells of a grid that are lit."""
    return on_page(page, f"boxesOf({side}, '.book-marks')")


def numbers(page: Page, side: int) -> list[int]:
    """Return all numbers in a grid in reading order, those of the padding left out."""
    return on_page(page, f"numbersIn({side})")


def lit_by_input(page: Page, cells: list[Cell]) -> list[list[list[int]]]:
    """Return, for each input cell, the output cells that light up when it is pointed at."""
    return on_page(page, f"hoverInput({[list(cell) for cell in cells]})")


def lit_by_output(page: Page, cells: list[Cell]) -> list[list[list[int]]]:
    """Return, for each output cell, the input cells that light up when it is pointed at."""
    return on_page(page, f"hoverOutput({[list(cell) for cell in cells]})")
