"""Outputs of the pages: figures with alternative text, errors in one line."""

import re
from pathlib import Path

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from utils.plots import CSS_DPI, SHOWN_DPI

LOGGER = logging.getLogger(__name__)
PREFIX = "Figure: "
ANSI = re.compile(r"\x1b\[[0-9;]*m")
FRAMES_END = "\n\n"  # IPython sets the message apart from the last frame


class FigureAlt(SphinxPostTransform):
    """Turn the plain text of a notebook's picture into its alternative text."""

    default_priority = 3  # just before MyST-NB drops the plain text in favour of the picture

    def run(self, **kwargs: object) -> None:
        """Walk over the outputs that hold a picture."""
        bundles = self.document.findall(
            lambda node: (
                isinstance(node, nodes.container) and node.get("nb_element") == "mime_bundle"
            )
        )
        for bundle in list(bundles):
            forms = {part["mime_type"]: part for part in bundle.children}
            if "image/png" not in forms:
                continue
            text = forms["text/plain"].astext() if "text/plain" in forms else ""
            if not text.startswith(PREFIX):
                LOGGER.warning(
                    "a figure has no alternative text: show it with plots.show(..., alt=...)",
                    location=bundle,
                )
            for image in forms["image/png"].findall(nodes.image):
                image["alt"] = text.removeprefix(PREFIX)
                with Image.open(Path(self.env.srcdir) / image["uri"].lstrip("/")) as picture:
                    image["width"] = f"{round(picture.width * CSS_DPI / SHOWN_DPI)}px"


class ShortError(SphinxPostTransform):
    """Keep an error's name and message; the frames above them quote the builder's folders."""

    default_priority = 3

    def run(self, **kwargs: object) -> None:
        """Walk over the errors that pages raise on purpose."""
        for block in list(self.document.findall(nodes.literal_block)):
            if "traceback" in block["classes"]:
                message = ANSI.sub("", block.astext()).rsplit(FRAMES_END, 1)[-1].strip()
                block.children[:] = [nodes.Text(message)]
                block.rawsource = message
                block["language"] = "none"


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(FigureAlt)
    app.add_post_transform(ShortError)
