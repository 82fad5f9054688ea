"""Pictures of the pages load when they are needed, and their place is kept until then."""

import re
from functools import cache
from pathlib import Path

from PIL import Image
from sphinx.application import Sphinx

IMAGE = re.compile(
    r"<img (?![^>]*loading=)(?P<rest>[^>]*?"
    r'src="(?P<source>[^":]*(?:_images|_static/images)/[^"]+)"[^>]*)>'
)
# The size that an SVG says of itself, in its root element.
SIDES = (re.compile(r'<svg[^>]*?\swidth="([\d.]+)'), re.compile(r'<svg[^>]*?\sheight="([\d.]+)'))


@cache
def size(path: Path) -> tuple[int, int]:
    """Return the width and height of a picture, in pixels.

    Raises:
        ValueError: if the picture is an SVG that does not say its size.
    """
    if path.suffix != ".svg":
        with Image.open(path) as picture:
            return picture.size
    found = [side.search(path.read_text(encoding="utf-8")) for side in SIDES]
    if not all(found):
        raise ValueError(f"{path.name}: give the <svg> a width and a height in pixels")
    return tuple(round(float(side[1])) for side in found)


def with_sizes(page: str, folder: Path) -> str:
    """Return a page whose pictures have their size and wait until they are scrolled to.

    Args:
        page: HTML.
        folder: where the page lies.
    """

    def sized(match: re.Match[str]) -> str:
        width, height = size((folder / match["source"]).resolve())
        return f'<img loading="lazy" width="{width}" height="{height}" {match["rest"]}>'

    return IMAGE.sub(sized, page)


def rewrite(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the finished pages."""
    if exception is None and app.builder.name == "html":
        for path in Path(app.outdir).rglob("*.html"):
            page = path.read_text(encoding="utf-8")
            if (sized := with_sizes(page, path.parent)) != page:
                path.write_text(sized, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", rewrite)
