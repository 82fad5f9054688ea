"""How long a page is: words, visible code, pictures, minutes to read."""

import math
import statistics
from dataclasses import dataclass

from tools.pages import Cell, Page

# Tags of code that no reader sees before opening it.
HIDDEN_CODE = {"hide-cell", "hide-input", "remove-cell"}
# Parts that are folded or looked up, not read through.
ASIDE = {"Solutions", "Sources"}
WORDS_A_MINUTE = 200
SECONDS_A_LINE = 5  # of code: read, and compared with the sentence above it


@dataclass(frozen=True)
class Size:
    """What a reader meets on a page.

    Attributes:
        words: of running text, solutions and sources apart; a formula counts as one.
        cells: all cells of the notebook.
        code: visible lines of code, blank ones apart, by the number of their cell.
        pictures: numbers of the cells that show a figure or a demo, once for each.
        seen: numbers of the cells that a reader sees without opening anything.
        exercises: how many there are.
    """

    words: int
    cells: int
    code: dict[int, int]
    pictures: list[int]
    seen: list[int]
    exercises: int

    @property
    def lines(self) -> int:
        """All visible lines of code."""
        return sum(self.code.values())

    @property
    def median(self) -> float:
        """The median number of lines of a visible code cell; 0 without code."""
        return statistics.median(self.code.values()) if self.code else 0

    @property
    def words_a_line(self) -> float:
        """Words for a visible line of code; infinite without code."""
        return self.words / self.lines if self.lines else math.inf

    @property
    def first_picture(self) -> int | None:
        """The place of the first picture among the cells that are seen, from 1."""
        return self.seen.index(self.pictures[0]) + 1 if self.pictures else None

    @property
    def minutes(self) -> int:
        """Minutes to read the page, at least 1."""
        return max(1, round(self.words / WORDS_A_MINUTE + self.lines * SECONDS_A_LINE / 60))


def line_count(source: str) -> int:
    r"""Return the number of lines that are not blank.

    >>> line_count("a = 1\n\nb = 2")
    2
    """
    return sum(bool(line.strip()) for line in source.splitlines())


def word_count(cell: Cell) -> int:
    """Return the number of words in a Markdown cell: a formula is one, a fence of code none."""
    leaves = [leaf for token in cell.tokens for leaf in (token.children or [token])]
    return sum(
        1 if leaf.type.startswith("math") else len(leaf.content.split())
        for leaf in leaves
        if leaf.type.startswith("math") or leaf.type in ("text", "code_inline")
    )


def picture_count(cell: Cell) -> int:
    """Return how many figures, demos and drawings a cell shows; answer fields are none."""
    if cell.kind == "markdown":
        images = [c for t in cell.tokens for c in t.children or [] if c.type == "image"]
        return sum("/_static/" not in str(image.attrGet("src")) for image in images)
    shown = [output.get("data", {}) for output in cell.outputs]
    return sum(
        data.get("text/plain", "").startswith("Figure: ")
        or (
            'data-demo="utils.widgets.' in data.get("text/html", "")
            and 'data-demo="utils.widgets.answers.' not in data["text/html"]
        )
        for data in shown
    )


def is_seen(cell: Cell) -> bool:
    """Return whether a reader sees something of a cell without opening it."""
    if cell.kind == "markdown" or not HIDDEN_CODE & set(cell.tags):
        return True
    return "hide-input" in cell.tags and bool(cell.outputs)


def page_size(page: Page) -> Size:
    """Return how long a stored page is."""
    parts = {block.cell.number: block.part for block in page.blocks}
    text = [cell for cell in page.text if parts.get(cell.number, "") not in ASIDE]
    return Size(
        words=sum(map(word_count, text)),
        cells=len(page.cells),
        code={
            cell.number: line_count(cell.source)
            for cell in page.code
            if not HIDDEN_CODE & set(cell.tags)
        },
        pictures=[
            cell.number
            for cell in page.cells
            for _ in range(picture_count(cell) if is_seen(cell) else 0)
        ],
        seen=[cell.number for cell in page.cells if is_seen(cell)],
        exercises=sum(block.heading == 3 and block.part == "Exercises" for block in page.blocks),
    )
