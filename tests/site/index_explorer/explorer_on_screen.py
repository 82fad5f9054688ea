"""What the tests of the index explorer read off the screen."""

import re

from demo_page import frame


def grid(page, name):
    """A part of the picture that takes keys: x, y or Memory."""
    return page.get_by_role("application", name=re.compile(rf"^{name}\b"))


def expression(page):
    """The index that the demo shows, as the lines of torch write it."""
    frame(page)
    code = page.text_content("pre code")
    return re.search(r"y = (x\[.*\])", code)[1]


def notes(page):
    """Shape, strides and offset, and the sum that leads to the selected number."""
    frame(page)
    return page.locator(".book-note-value").all_text_contents()


def numbers(page, name):
    """The numbers of a grid's picked cells, the selected one among them, from the least up."""
    texts = grid(page, name).locator(".book-number:is(.book-picked, .book-chosen)")
    return sorted(map(int, texts.all_text_contents()))


def found(page):
    """The selected number."""
    frame(page)
    return int(grid(page, "x").locator(".book-number.book-chosen").text_content())


def middle(page, name, selector, at):
    """The middle of one of the nodes in a part of the picture, on the screen."""
    return grid(page, name).evaluate(
        """(part, [selector, at]) => {
            const box = part.querySelectorAll(selector)[at].getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        [selector, at],
    )


def cell(page, number, name="x"):
    """The middle of a cell of a table on the screen; in x a number is its own place."""
    return middle(page, name, "rect.book-cell", number)
