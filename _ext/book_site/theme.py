"""Mend what the theme and the extensions around it leave to be desired."""

import re
from pathlib import Path

from sphinx.application import Sphinx

# A chapter's link in the sidebar and the nameless switch that unfolds its pages.
SWITCH = re.compile(r"(>([^<>]+)</a><details[^>]*>)<summary>")
# The index of all words, and what searches in it, for a search while the reader types, which the
# book has switched off. It grows with the book and would be a sixth of what a page weighs.
INDEX = re.compile(
    r'\s*<script src="[./]*(?:_static/searchtools\.js|_static/language_data\.js|searchindex\.js)"'
    r"></script>"
)

# What sets formulas, and its settings.
MATHJAX = re.compile(
    r"\s*<script>window\.MathJax = [^<]*</script>"
    r'|\s*<script[^>]* src="[^"]*/mathjax/[^"]*"></script>'
)
# Its words are in sight: "Search", and the keys. A label that differs from them hides them.
SEARCH_LABEL = re.compile(
    r'(<button class="[^"]*search-button-field[^"]*"[^>]*?) aria-label="Search"'
)

# The theme's choice on a first visit, "auto", has no colours: a page was shown without any until
# a script at its end had run, and then the borders of its tables came and moved what they hold.
CHOICE = 'document.documentElement.dataset.theme = localStorage.getItem("theme") || "auto";'
COLOURS = """{
      const { dataset } = document.documentElement;
      const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
      dataset.theme = dataset.mode === "auto" ? (isDark ? "dark" : "light") : dataset.mode;
    }"""


def without_thebe(app: Sphinx) -> None:
    """Silence an extension that Jupyter Book always loads and that calls another host."""
    for listeners in app.events.listeners.values():
        listeners[:] = [
            listener
            for listener in listeners
            if not listener.handler.__module__.startswith("sphinx_thebe")
        ]
    app.registry.css_files[:] = [
        (name, attributes)
        for name, attributes in app.registry.css_files
        if name != "sphinx-thebe.css"
    ]


def with_names(page: str) -> str:
    """Name each switch of the sidebar for readers who hear the page."""
    return SWITCH.sub(r'\1<summary aria-label="Pages of \2">', page)


def without_index(page: str) -> str:
    """Take the index of all words off a page that does not search.

    >>> without_index('<a/> <script src="../searchindex.js"></script><script src="a.js"></script>')
    '<a/><script src="a.js"></script>'
    """
    return INDEX.sub("", page)


def without_mathjax(page: str) -> str:
    """Take what sets formulas off a page that has none."""
    return page if 'class="math' in page else MATHJAX.sub("", page)


def named_by_its_words(page: str) -> str:
    """Let the search button be called what stands on it."""
    return SEARCH_LABEL.sub(r"\1", page)


def with_colours_at_once(page: str) -> str:
    """Choose light or dark before anything is shown, and light where no script runs.

    >>> with_colours_at_once('<html lang="en" data-theme="auto">')
    '<html lang="en" data-theme="light">'
    """
    return page.replace(CHOICE, COLOURS).replace(' data-theme="auto">', ' data-theme="light">', 1)


def rewrite(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the finished pages."""
    if exception is not None or app.builder.name != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        page = with_names(path.read_text(encoding="utf-8"))
        page = with_colours_at_once(named_by_its_words(without_mathjax(page)))
        path.write_text(page if path.name == "search.html" else without_index(page), "utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    without_thebe(app)
    app.connect("build-finished", rewrite)
