"""The table of what the budgets count."""

from collections.abc import Iterable, Iterator

from tools.lint.strong_words import confirmed, strong_sentences
from tools.page_size import page_size
from tools.pages import Page

HEAD = (
    *("page", "words", "lines", "words/line", "median", "longest", "first picture", "pictures"),
    *("cells", "exercises", "minutes", "strong", "confirmed", "exceptions"),
)


def _row(page: Page) -> tuple[str, ...]:
    size = page_size(page)
    strong = strong_sentences(page)
    numbers = (
        *(size.words, size.lines, f"{size.words_a_line:.1f}", f"{size.median:g}"),
        *(max(size.code.values(), default=0), size.first_picture or "none", len(size.pictures)),
        *(
            size.cells,
            size.exercises,
            size.minutes,
            len(strong),
            len(strong.keys() & confirmed(page).keys()),
        ),
        len(page.exceptions),
    )
    return (page.name.removeprefix("chapters/").removesuffix(".ipynb"), *map(str, numbers))


def table(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the lines of a table with one row a page; words and lines as in ``page_size``."""
    rows = [HEAD, *map(_row, pages)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *numbers in rows:
        cells = [name.ljust(widths[0]), *map(str.rjust, numbers, widths[1:])]
        yield "  ".join(cells)
