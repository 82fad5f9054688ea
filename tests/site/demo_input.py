"""The hands of a reader on a demo: Tab, keys, a mouse, a finger."""

from collections.abc import Iterator
from contextlib import contextmanager

from demo_page import frame, nothing_wrong
from module_page import mount
from playwright.sync_api import Browser, Locator, Page
from website import PHONE

from utils.widgets.kit.base import BookWidget

# The name of what has the focus ("" outside the demo), and how it shows that it has.
_FOCUSED = """() => {
    const node = document.activeElement;
    (window.reached ??= new Set()).add(node);
    if (!node.closest(".book-demo-view")) return ["", "", ""];
    const reach = node.querySelector(".book-reach");
    const bare = getComputedStyle(node).outlineStyle === "none" || node.type === "radio";
    const ringed = reach ?? ((bare && node.closest("label")) || node);
    const { strokeWidth, outlineStyle, outlineWidth } = getComputedStyle(ringed);
    const name = node.ariaLabel ?? node.labels?.[0]?.textContent ?? node.textContent;
    return [name, reach ? strokeWidth : `${outlineStyle} ${outlineWidth}`, node.outerHTML];
}"""

# What can be seen and used but has not had the focus. Of radio buttons one is enough, and of
# points that take turns, the one whose turn it is.
_MISSED = """() => [
    ...document.querySelectorAll(".book-demo-view :is(a, button, input, select, [tabindex])"),
].filter((node) => node.checkVisibility() && !node.matches(":disabled, g[tabindex='-1']"))
    .filter((node) => !reached.has(node))
    .filter(({ type, name }) => type !== "radio" || ![...reached].some((one) => one.name === name))
    .map((node) => node.outerHTML.slice(0, 80))"""

_PRESS_AT_ONCE = """(node, keys) => {
    for (const key of keys) node.dispatchEvent(new KeyboardEvent("keydown", { key }));
}"""


def tab_order(page: Page) -> list[str]:
    """Return the names of what the Tab key reaches in a demo, one after the other.

    Raises:
        AssertionError: if something does not show that it has the focus, or never gets it.
    """
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name, ring, node = page.evaluate(_FOCUSED)
        if not node:
            break
        assert ring in ("3px", "solid 3px"), f"no ring around {node[:200]}"
        reached.append(name)
    missed = page.evaluate(_MISSED)
    assert missed == [], missed
    return reached


def press(page: Page, name: str) -> None:
    """Press a button by keyboard and let the page draw."""
    page.get_by_role("button", name=name, exact=True).press("Enter")
    frame(page)


def press_at_once(control: Locator, *keys: str) -> None:
    """Press keys one after the other before the page can draw."""
    control.evaluate(_PRESS_AT_ONCE, list(keys))


def middle(node: Locator) -> tuple[float, float]:
    """Return where the middle of an element is on the screen."""
    box = node.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag with the mouse from one place on the screen to another."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()


@contextmanager
def on_a_phone(browser: Browser, demo: BookWidget) -> Iterator[Page]:
    """Show a demo on a screen of a phone that is touched; nothing may go wrong there."""
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        with nothing_wrong(page):
            mount(page, demo)
            frame(page)
            yield page


def touch_drag(
    page: Page, start: tuple[float, float], end: tuple[float, float], steps: int = 10
) -> float:
    """Drag with a finger in a straight line; return how far the page scrolled meanwhile."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before = page.evaluate("scrollY")
    touch("touchStart", start)
    for step in range(1, steps + 1):
        share = step / steps
        x, y = ((1 - share) * a + share * b for a, b in zip(start, end, strict=True))
        touch("touchMove", (x, y))
    touch("touchEnd")
    frame(page)
    return page.evaluate("scrollY") - before


def swipe(page: Page, x: float, y: float) -> float:
    """Swipe upwards with a finger; return how far the page scrolled."""
    return touch_drag(page, (x, y), (x, y - 150))
