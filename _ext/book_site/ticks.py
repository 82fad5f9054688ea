"""A box at the end of each page: the reader ticks what has been read. `ticks.js` keeps it."""

from sphinx.application import Sphinx

BOX = (
    '\n<p class="book-read"><label><input type="checkbox" autocomplete="off"> '
    "I have read this page</label></p>\n"
)


def on_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Put the box under the text of a page; chapters are done when their pages are."""
    is_page = pagename.startswith("chapters/") and not pagename.endswith("/index")
    if is_page and "body" in context:
        context["body"] += BOX


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", on_page)
