"""Rules about the order of a page: title, set-up, sections."""

import ast
import re
from collections.abc import Iterator

from tools.files import repository
from tools.lint.finding import Finding
from tools.pages import Page, target
from tools.set_up import set_up_source

CLOSING = ["Summary", "Exercises", "Solutions", "Sources"]
BREAKS = "Where it breaks"
MOST_BULLETS = 6
PREDICT = re.compile(r"^\*\*Predict first\.\*\* ", re.MULTILINE)


def one_title(page: Page) -> Iterator[Finding]:
    """The page has one H1, and opens with it."""
    titles = page.headings(1)
    for cell, _ in titles[1:]:
        yield Finding(cell.number, "a page has one H1; make this heading an H2")
    first = page.blocks[0].token if page.blocks else None
    if first is None or first.type != "heading_open" or first.tag != "h1":
        yield Finding(1, "the first cell must open with the page's title, '# Title'")


def heading_depth(page: Page) -> Iterator[Finding]:
    """No heading lies below H3."""
    for level in (4, 5, 6):
        for cell, text in page.headings(level):
            yield Finding(cell.number, f"heading {text!r} is below H3; raise it or make it prose")


def closing_sections(page: Page) -> Iterator[Finding]:
    """The closing sections are all there, in order."""
    titles = [text for _, text in page.headings(2)]
    if titles[-len(CLOSING) :] != CLOSING:
        wanted = ", ".join(f"'## {title}'" for title in CLOSING)
        yield Finding(0, f"the last sections must be {wanted}, in this order")
    if titles.count(BREAKS) != 1 or BREAKS in titles[-len(CLOSING) :]:
        yield Finding(0, f"one section '## {BREAKS}' must come before '## {CLOSING[0]}'")


def summary_bullets(page: Page) -> Iterator[Finding]:
    """The summary is a short list."""
    bullets = [
        block.cell.number
        for block in page.blocks
        if block.part == CLOSING[0] and block.token and block.token.type == "list_item_open"
    ]
    if not 1 <= len(bullets) <= MOST_BULLETS:
        yield Finding(
            bullets[-1] if bullets else 0,
            f"the summary has {len(bullets)} bullets; write 1 to {MOST_BULLETS}",
        )


def predict_first(page: Page) -> Iterator[Finding]:
    """The reader is asked for a prediction."""
    if not any(PREDICT.search(cell.source) for cell in page.text):
        yield Finding(0, "no line begins with '**Predict first.**': ask for a prediction there")


def colab_badge(page: Page) -> Iterator[Finding]:
    """The first cell carries the badge that opens this very page in Colab."""
    url, branch = repository(page.root)
    slug = url.removeprefix("https://github.com/")
    wanted = f"https://colab.research.google.com/github/{slug}/blob/{branch}/{page.name}"
    first = [token for cell, token in page.references() if cell.number == 1]
    badges = [
        target(link)
        for link, image in zip(first, first[1:], strict=False)
        if (link.type, image.type, image.content) == ("link_open", "image", "Open in Colab")
    ]
    if badges != [wanted]:
        yield Finding(1, f"the first cell needs one badge [![Open in Colab](…)]({wanted})")


def set_up(page: Page) -> Iterator[Finding]:
    """The set-up, the same on every page, comes first; then the imports, folded."""
    first, second = [*page.code, None, None][:2]
    wanted = set_up_source(repository(page.root)[0])
    if not first or "remove-cell" not in first.tags or first.source != wanted:
        yield Finding(
            first.number if first else 0,
            "the first code cell must be the book's set-up, tagged remove-cell; "
            "run 'python -m tools.set_up'",
        )
    if (
        not second
        or "hide-input" not in second.tags
        or not any(isinstance(node, (ast.Import, ast.ImportFrom)) for node in second.nodes())
    ):
        yield Finding(
            second.number if second else 0,
            "a cell with the page's imports, tagged hide-input, must follow the set-up",
        )
