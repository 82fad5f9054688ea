"""A demo's ES module in a blank page: its pure functions, and the demo as the site mounts it."""

from playwright.sync_api import Page

from tools.demo_page import mount
from utils.widgets.kit.base import bundle

__all__ = ["ModulePage", "mount"]

_IMPORT = """async (source) => {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    return (window.module = await import(url));
}"""
_CALLS = "([module, calls]) => calls.map(([name, ...given]) => module[name](...given))"


class ModulePage:
    """The exported functions of one module, imported from a Blob as a notebook does.

    The page can hold several modules; ``window.module`` is the last of them.
    """

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.module = page.evaluate_handle(_IMPORT, bundle(name))

    def call(self, function: str, *arguments: object) -> object:
        """Return what the exported function returns for JSON arguments."""
        return self.call_each([(function, *arguments)])[0]

    def call_each(self, calls: list[tuple]) -> list:
        """Return the results of many ``(function, *arguments)`` calls, sent in one go."""
        return self.page.evaluate(_CALLS, [self.module, [list(call) for call in calls]])
