"""A demo's ES module in a blank page: its pure functions, and the demo as the site mounts it."""

import json
from pathlib import Path

from playwright.sync_api import Page

from utils.widgets.kit.base import BookWidget, bundle, look, module_text, with_parts

HOST = Path(__file__).parents[2] / "_static" / "widget_host.js"

_IMPORT = """async (source) => {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    window.module = await import(url);
}"""


class ModulePage:
    """The exported functions of one module, imported from a Blob as a notebook does."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        page.goto("about:blank")
        page.evaluate(_IMPORT, bundle(name))

    def call(self, function: str, *arguments: object) -> object:
        """Return what the exported function returns for JSON arguments."""
        return self.call_each([(function, *arguments)])[0]

    def call_each(self, calls: list[tuple]) -> list:
        """Return the results of many ``(function, *arguments)`` calls, sent in one go."""
        return self.page.evaluate(
            "(calls) => calls.map(([name, ...given]) => window.module[name](...given))",
            [list(call) for call in calls],
        )


def mount(page: Page, widget: BookWidget, *, theme: str = "light") -> None:
    """Show a demo on a blank page exactly as the website does, and wait until it is alive.

    Args:
        page: any page; what it shows is replaced.
        widget: the demo in the state that the reader meets first.
        theme: the site's ``data-theme``, ``light`` or ``dark``.
    """
    names = with_parts(widget.module)
    modules = "".join(
        f'<script type="text/plain" id="book-module-{name}">{module_text(name)}</script>'
        for name in names
    )
    demo = f"{type(widget).__module__}.{type(widget).__name__}"
    assets = json.dumps(widget.asset_values()).replace("</", r"<\/")
    page.set_content(
        f'<!doctype html><html lang="en" data-theme="{theme}"><head><title>Demo</title>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<style>body {{ margin: 0; background: {'#000' if theme == 'dark' else '#fff'} }}"
        f"</style><style>{look(names)}</style></head>"
        f"<body><main><h1>Demo</h1>{widget.to_html()}</main>{modules}"
        f'<script type="application/json" id="book-assets-{demo}">{assets}</script></body></html>'
    )
    page.add_script_tag(content=HOST.read_text(encoding="utf-8"))
    page.wait_for_selector(".book-demo[data-ready]", state="attached")
