"""Rules for pages that run on more than one data set: what differs is printed, not written."""

import ast
import re
from collections.abc import Iterator

from tools.lint.finding import Finding
from tools.lint.text import paragraphs, prose
from tools.pages import Page

# Words that are at home on one of the data sets only.
BOUND = re.compile(r"\b(?:digits?|ink|handwritten|clothes|clothing)\b", re.IGNORECASE)
# Where they are in place: the text that offers the choice, and numbers that have digits.
SCOPED = re.compile(r"BOOK_DATASET|\bfloat(?:16|32|64)\b")


def data_sets(page: Page) -> tuple[str, ...]:
    """Return the names that a page lists as DATASETS; none if it offers no choice."""
    for cell in page.code:
        for node in cell.nodes():
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DATASETS":
                return ast.literal_eval(node.value)
    return ()


def _calls(page: Page, name: str) -> Iterator[tuple[int, ast.Call]]:
    for cell in page.code:
        for node in cell.nodes():
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                yield cell.number, node


def offers_data_sets(page: Page) -> Iterator[Finding]:
    """A page that leaves the choice of images to the reader lists the sets, and judges aloud."""
    chosen_by_reader = [
        (place, call) for place, call in _calls(page, "load_images") if not call.args
    ]
    for number, call in chosen_by_reader:
        keywords = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        if "name" not in keywords and keywords.get("among") != "DATASETS":
            yield Finding(
                number,
                "name the image set, or list those that the page was made for: "
                'DATASETS = ("digits", …), and load_images(among=DATASETS)',
            )
    if data_sets(page) and not any(_calls(page, "verdict")):
        yield Finding(
            0, "DATASETS offers a choice, and no verdict is printed; use utils.verdicts.verdict"
        )


def bound_words(page: Page) -> Iterator[Finding]:
    """The text of such a page holds on each of its data sets."""
    if not data_sets(page):
        return
    for block in paragraphs(page):
        if block.part == "Sources" or SCOPED.search(block.token.content):
            continue
        for match in BOUND.finditer(prose(block.token)):
            yield Finding(
                block.cell.number,
                f"{match[0]!r} does not fit every data set of the page; say what holds on each, "
                "or print a verdict",
            )
