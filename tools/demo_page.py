"""Demos on a page of their own, mounted exactly as the website does it; needs Playwright."""

import importlib
import json
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page

from utils.widgets.kit.base import MODULES, BookWidget, look, module_text, with_parts

HOST = Path(__file__).parents[1] / "_static" / "widget_host.js"

# A page by navigation, not by `set_content`: once a document has been written over another,
# Chromium no longer lets it capture the pointer, and nothing can be dragged.
_BLANK = "data:text/html," + quote(
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Demo</title>'
    '<meta name="viewport" content="width=device-width">'
)
_SHOW = """([theme, look, body, host]) => {
    const add = (place, tag, text) => {
        const node = document.createElement(tag);
        node.textContent = text;
        place.append(node);
    };
    document.documentElement.dataset.theme = theme;
    add(document.head, "style", look);
    document.body.innerHTML = body;
    add(document.body, "script", host);
}"""
_PAPER = """body { margin: 0; background: #fff }
html[data-theme="dark"] body { background: #000 }"""
_ALIVE = "() => !document.querySelector('.book-demo:not([data-ready])')"
# Whether that is so within 60 frames of the browser, which go on when the page's clock has been
# stopped. To wait any longer, Playwright brings 250 kB of code into each document.
_ALIVE_SOON = f"""async () => {{
    const isAlive = {_ALIVE};
    for (let frames = 0; frames < 60 && !isAlive(); frames++) {{
        await new Promise((done) => {{
            const observer = new IntersectionObserver(() => done(observer.disconnect()));
            observer.observe(document.body);
        }});
    }}
    return isAlive();
}}"""


def demos() -> dict[str, type[BookWidget]]:
    """Return the class of every demo by the name of its folder.

    Answer fields are none: what they show is given by each page.
    """
    names = [path.parent.name for path in MODULES.glob("*/view.mjs")]
    modules = {name: importlib.import_module(f"utils.widgets.{name}") for name in sorted(names)}
    return {
        name: part
        for name, module in modules.items()
        for part in vars(module).values()
        if getattr(part, "module", None) == f"{name}/view" and name != "answers"
    }


def blank(page: Page) -> None:
    """Give a page an empty document that knows nothing of the one before."""
    page.goto(_BLANK)


def mount(
    page: Page, *widgets: BookWidget, theme: str = "light", patience: float = 10_000
) -> None:
    """Show demos on a page as the website does, and wait until they are alive.

    Args:
        page: any page; what it shows is replaced, but an empty page keeps its address.
        widgets: the demos in the state that the reader meets first.
        theme: the site's ``data-theme``, ``light`` or ``dark``.
        patience: milliseconds until a demo that does not come to life is given up.
    """
    names = list(dict.fromkeys(name for widget in widgets for name in with_parts(widget.module)))
    modules = "".join(
        f'<script type="text/plain" id="book-module-{name}">{module_text(name)}</script>'
        for name in names
    )
    places = "".join(widget.to_html() for widget in widgets)
    assets = {
        f"{type(widget).__module__}.{type(widget).__name__}": json.dumps(
            widget.asset_values()
        ).replace("</", r"<\/")
        for widget in widgets
    }
    carried = "".join(
        f'<script type="application/json" id="book-assets-{demo}">{values}</script>'
        for demo, values in assets.items()
    )
    style = f"{_PAPER}\n{look(names)}"
    body = f"<main><h1>Demo</h1>{places}</main>{modules}{carried}"
    if page.url == "about:blank" or page.evaluate("document.body.childNodes.length > 0"):
        blank(page)
    page.evaluate(_SHOW, [theme, style, body, HOST.read_text(encoding="utf-8")])
    if not page.evaluate(_ALIVE_SOON):
        page.wait_for_function(_ALIVE, timeout=patience)
