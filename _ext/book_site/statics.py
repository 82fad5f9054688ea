"""The book's static files for a page that is built alone.

``jupyter-book build chapters/…/page.ipynb`` takes the page's folder for the source, and would look
there for the style sheet and the icon.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

ROOT = Path(__file__).parents[2]


def find_static_files(app: Sphinx, config: Config) -> None:
    """Name the book's own folders where the source has none."""
    source = Path(app.srcdir)
    config.html_static_path = [
        path if (source / path).exists() else str(ROOT / path) for path in config.html_static_path
    ]
    if config.html_favicon and not (source / config.html_favicon).exists():
        config.html_favicon = str(ROOT / config.html_favicon)
    logo = config.html_theme_options.get("logo", {})
    for name in ("image_light", "image_dark"):
        if name in logo and not (source / logo[name]).exists():
            logo[name] = str(ROOT / logo[name])


def setup(app: Sphinx) -> None:
    """Look before Jupyter Book adds the style sheets of these folders to all pages."""
    app.connect("config-inited", find_static_files, priority=100)
