"""The book's static files for a page that is built alone.

``jupyter-book build chapters/…/page.ipynb`` takes the page's folder for the source, and would look
there for the style sheet and the icon.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

ROOT = Path(__file__).parents[2]


def find_static_files(app: Sphinx, config: Config) -> None:
    """Name the book's own folders where the source has none, and their style sheets."""
    source = Path(app.srcdir)
    missing = [path for path in config.html_static_path if not (source / path).exists()]
    found = [str(ROOT / path) if path in missing else path for path in config.html_static_path]
    config.html_static_path = found
    for folder in (ROOT / path for path in missing):
        sheets = sorted(path.relative_to(folder) for path in folder.rglob("*.css"))
        config.html_css_files = [*config.html_css_files, *map(Path.as_posix, sheets)]
    if config.html_favicon and not (source / config.html_favicon).exists():
        config.html_favicon = str(ROOT / config.html_favicon)
    logo = config.html_theme_options.get("logo", {})
    for name in ("image_light", "image_dark"):
        if name in logo and not (source / logo[name]).exists():
            logo[name] = str(ROOT / logo[name])


def setup(app: Sphinx) -> None:
    """Look before Sphinx reads these settings."""
    app.connect("config-inited", find_static_files, priority=100)
