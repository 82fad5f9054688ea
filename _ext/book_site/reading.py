"""At the head of each page: minutes to read, counted, and seconds to run, as last measured."""

import html
import json
import math
from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from tools.page_size import page_size
from tools.pages import Page

KEY = "book_reading"  # in Sphinx's metadata of a page


def seconds_to_run(root: Path) -> dict[str, float]:
    """Return how long each page ran when it last did, by its name; none where none is known."""
    timings = root / "_build" / "timings.json"
    return json.loads(timings.read_text(encoding="utf-8")) if timings.is_file() else {}


def rounded(seconds: float) -> str:
    """Return a time as a reader needs it; machines differ more than its last digit.

    >>> rounded(3.2), rounded(11), rounded(61)
    ('4 s', '20 s', '2 min')
    """
    if seconds <= 10:
        return f"{math.ceil(seconds)} s"
    return (
        f"{10 * math.ceil(seconds / 10)} s" if seconds <= 60 else f"{math.ceil(seconds / 60)} min"
    )


def words_for(path: Path, root: Path, seconds: dict[str, float]) -> str:
    """Return what stands at the head of a page."""
    page = Page.load(path, root)
    minutes = page_size(page).minutes
    words = f"{minutes} minute{'s'[: minutes > 1]} to read"
    return f"{words} · runs in {rounded(seconds[page.name])}" if page.name in seconds else words


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the words of a page that is read."""
    path, root = Path(app.env.doc2path(app.env.docname)), Path(app.srcdir)
    if path.suffix == ".ipynb":
        words = words_for(path, root, seconds_to_run(root))
        app.env.metadata[app.env.docname][KEY] = words


def minutes(env: BuildEnvironment, name: str) -> int:
    """Return how long it takes to read a page, as its head says; 0 for what has no such head."""
    words = env.metadata.get(name, {}).get(KEY, "0")
    return int(words.split()[0])


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Return the pages that ran again and took another time."""
    root = Path(app.srcdir)
    seconds = seconds_to_run(root)
    known = {name: data[KEY] for name, data in env.metadata.items() if KEY in data}
    return [
        name
        for name, words in known.items()
        if name not in removed and words_for(Path(env.doc2path(name)), root, seconds) != words
    ]


def on_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Put the words under a page's title."""
    if words := app.env.metadata.get(pagename, {}).get(KEY):
        line = f'</h1>\n<p class="book-reading">{html.escape(words)}</p>'
        context["body"] = context["body"].replace("</h1>", line, 1)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", note)
    app.connect("env-get-outdated", outdated)
    app.connect("html-page-context", on_page)
