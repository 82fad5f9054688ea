"""Mend what the theme and the extensions around it leave to be desired."""

import re
from pathlib import Path

from sphinx.application import Sphinx

# A chapter's link in the sidebar and the nameless switch that unfolds its pages.
SWITCH = re.compile(r"(>([^<>]+)</a><details[^>]*>)<summary>")


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


def name_switches(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the finished pages."""
    if exception is not None or app.builder.name != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        path.write_text(with_names(path.read_text(encoding="utf-8")), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    without_thebe(app)
    app.connect("build-finished", name_switches)
