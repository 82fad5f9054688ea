"""A demo's ES module in a blank page: its pure functions, and the demo as the site mounts it."""

import json
import math

from playwright.sync_api import Page

from tools.demo_page import mount
from utils.widgets.kit.base import bundle

__all__ = ["ModulePage", "mount"]

_IMPORT = """async (source) => {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    return (window.module = await import(url));
}"""

# Values cross over as text, which Playwright carries thirteen times faster than lists of numbers.
# A number that JSON does not know goes in a box: {"#": "Infinity"}.
_ASK = """async (module, [source, text]) => {
    const unbox = (_, value) => (value?.["#"] === undefined ? value : Number(value["#"]));
    const box = (_, value) => {
        if (ArrayBuffer.isView(value)) return [...value];
        if (typeof value !== "number") return value ?? null;
        if (Object.is(value, -0)) return { "#": "-0" };
        return Number.isFinite(value) ? value : { "#": String(value) };
    };
    return JSON.stringify(await eval(source)(module, ...JSON.parse(text, unbox)), box);
}"""
_CALLS = "(module, calls) => calls.map(([name, ...given]) => module[name](...given))"


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
        return self.evaluate(_CALLS, calls)

    def evaluate(self, function: str, *arguments: object) -> object:
        """Return what a JavaScript function returns for the module and JSON arguments."""
        try:
            text = json.dumps(arguments, allow_nan=False)
        except ValueError:
            text = json.dumps(_boxed(arguments))
        return json.loads(self.module.evaluate(_ASK, [function, text]), object_hook=_unboxed)


def _boxed(value: object) -> object:
    if isinstance(value, dict):
        return {name: _boxed(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_boxed(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"#": {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}[str(value)]}
    return value


def _unboxed(value: dict) -> object:
    return float(value["#"]) if set(value) == {"#"} else value
