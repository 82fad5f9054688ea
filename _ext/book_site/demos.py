"""Put into each page what its live demos run on: their modules and their assets, once each."""

import importlib
import inspect
import json
import re
from pathlib import Path

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx

from utils.widgets.kit.base import MODULES, BookWidget, look, module_text, with_parts

PLACEHOLDER = re.compile(r'<div class="book-demo" data-demo="([\w.]+)"')
# What a demo says where it is not shown; who reads that on the website is there already.
ELSEWHERE = "It runs on the book's website and in a notebook with a kernel."
HERE = "It needs JavaScript."
EMPTY = re.compile(r'<div class="book-demo" data-demo="([\w.]+)">.*?</div>', re.DOTALL)


def demo_class(path: str) -> type[BookWidget]:
    """Return the class that ``utils.widgets.<module>.<Class>`` names."""
    module, _, name = path.rpartition(".")
    if not module.startswith("utils.widgets."):
        raise ValueError(f"a demo must come from utils.widgets, got {path!r}")
    return getattr(importlib.import_module(module), name)


def data_block(kind: str, identifier: str, text: str) -> str:
    """Return a script element that holds text and is never run."""
    # Only "</script" could end the element early; "<\/" means the same inside a string.
    safe = text.replace("</", "<\\/")
    return f'<script type="{kind}" id="{identifier}">{safe}</script>'


def with_demos(body: str) -> str:
    """Return a page's HTML with placeholders filled in and their modules appended."""
    body = EMPTY.sub(lambda match: demo_class(match[1])().to_html(), body)
    body = body.replace(ELSEWHERE, HERE)
    blocks: dict[str, str] = {}

    for path in dict.fromkeys(PLACEHOLDER.findall(body)):
        demo = demo_class(path)
        for name in with_parts(demo.module):
            identifier = f"book-module-{name}"
            blocks[identifier] = data_block("text/plain", identifier, module_text(name))
        if demo.assets:
            identifier = f"book-assets-{path}"
            values = json.dumps(demo().asset_values())
            blocks[identifier] = data_block("application/json", identifier, values)
    return body + "\n".join(blocks.values())


def note_modules(app: Sphinx, doctree: nodes.document) -> None:
    """Tell Sphinx which files a page's demos are made of, so that it follows when they change."""
    for node in doctree.findall(nodes.raw):
        for path in PLACEHOLDER.findall(node.astext()):
            demo = demo_class(path)
            files = [MODULES / f"{name}.mjs" for name in with_parts(demo.module)]
            for file in (*files, inspect.getfile(demo)):
                app.env.note_dependency(str(file))


def drop_widget_state(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the state of a page's widgets out of its HTML: it is for a widget manager only.

    It holds every widget that the page has made, each with the code of its view.
    """
    NbMetadataCollector.get_js_files(app.env, app.env.docname).pop("ipywidgets_state", None)


def on_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Complete the body of a page that has demos."""
    body = context.get("body", "")
    if PLACEHOLDER.search(body):
        for name in looks(body):
            app.add_css_file(f"looks/{name}.css")  # to this page alone
        context["body"] = with_demos(body)


def looks(body: str) -> list[str]:
    """Return whose style sheets a page needs: those of its demos, each after the kit's.

    The kit's stage keeps the place of each demo, of those too that do not stand on it.
    """
    paths = dict.fromkeys(PLACEHOLDER.findall(body))
    parts = with_parts("kit/stage") if paths else []
    parts += [part for path in paths for part in with_parts(demo_class(path).module)]
    return list(dict.fromkeys(sheet_name(part) for part in parts if look([part])))


def sheet_name(part: str) -> str:
    """Return what the style sheet of a module is called.

    >>> sheet_name("fit_line/view"), sheet_name("kit/plane")
    ('fit_line', 'kit-plane')
    """
    return part.removesuffix("/view").replace("/", "-")


def write_looks(app: Sphinx, exception: Exception | None) -> None:
    """Serve the look of each demo, and of each part of the kit, as a style sheet of its own."""
    if exception is None:
        views = [f"{file.parent.name}/view" for file in sorted(MODULES.glob("*/view.mjs"))]
        folder = Path(app.outdir) / "_static" / "looks"
        folder.mkdir(parents=True, exist_ok=True)
        for part in dict.fromkeys(part for view in views for part in with_parts(view)):
            if text := look([part]):
                (folder / f"{sheet_name(part)}.css").write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", note_modules)
    app.connect("doctree-read", drop_widget_state)
    app.connect("html-page-context", on_page)
    app.connect("build-finished", write_looks)
