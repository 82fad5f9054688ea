"""Rules that count: how much code, how many words, how many pictures a page has."""

from collections.abc import Iterator

from tools.lint.finding import Finding
from tools.page_size import page_size
from tools.pages import Page

MOST_VISIBLE_LINES = 180
MOST_LINES_A_CELL = 12
MOST_MEDIAN_LINES = 6
FEWEST_WORDS_A_LINE = 10
LAST_PLACE_OF_FIRST_PICTURE = 5
FEWEST_PICTURES = 4
MOST_CELLS = 60


def visible_lines(page: Page) -> Iterator[Finding]:
    """The visible code of a page can be read in one sitting."""
    if (lines := page_size(page).lines) > MOST_VISIBLE_LINES:
        yield Finding(
            0, f"{lines} visible lines of code; fold proofs, {MOST_VISIBLE_LINES} are the limit"
        )


def visible_cell_lines(page: Page) -> Iterator[Finding]:
    """A visible code cell can be taken in at a glance."""
    for number, lines in page_size(page).code.items():
        if lines > MOST_LINES_A_CELL:
            yield Finding(
                number,
                f"{lines} visible lines of code; fold or split, {MOST_LINES_A_CELL} are the limit",
            )


def median_cell_lines(page: Page) -> Iterator[Finding]:
    """Half of the visible code cells are short."""
    if (median := page_size(page).median) > MOST_MEDIAN_LINES:
        yield Finding(
            0, f"the median visible cell has {median:g} lines; at most {MOST_MEDIAN_LINES}"
        )


def words_a_line(page: Page) -> Iterator[Finding]:
    """Code is outweighed by words."""
    if (ratio := page_size(page).words_a_line) < FEWEST_WORDS_A_LINE:
        yield Finding(
            0, f"{ratio:.1f} words for a visible line of code; at least {FEWEST_WORDS_A_LINE}"
        )


def first_picture(page: Page) -> Iterator[Finding]:
    """A figure or a demo shows early what the page is about."""
    place = page_size(page).first_picture
    if place is None or place > LAST_PLACE_OF_FIRST_PICTURE:
        where = f"is the visible cell {place}" if place else "is missing"
        yield Finding(
            0,
            f"the first figure or demo {where}; it belongs among the first "
            f"{LAST_PLACE_OF_FIRST_PICTURE}",
        )


def picture_number(page: Page) -> Iterator[Finding]:
    """A page shows what it says."""
    if (count := len(page_size(page).pictures)) < FEWEST_PICTURES:
        yield Finding(0, f"{count} figures and demos; show at least {FEWEST_PICTURES}")


def cell_number(page: Page) -> Iterator[Finding]:
    """A page that is two pages is split."""
    if len(page.cells) > MOST_CELLS:
        yield Finding(0, f"{len(page.cells)} cells; split the page, {MOST_CELLS} are the limit")
