"""What the tests of a demo need: mounting, waiting, measuring, a kernel's model."""

from collections.abc import Callable, Iterator

from module_page import mount
from playwright.sync_api import Locator, Page

from utils.widgets.base import BookWidget

# Everything that a reader sees outside the demo's border, or that needs a scrollbar.
_OUTSIDE = """() => {
    const root = document.querySelector(".book-demo-view");
    const { left, right } = root.getBoundingClientRect();
    return [...root.querySelectorAll("*")]
        .filter((node) => node.checkVisibility() && !node.closest("svg svg *, g"))
        .filter((node) => {
            const box = node.getBoundingClientRect();
            return box.left < left || box.right > right
                || (node.tagName === "DIV" && node.scrollWidth > node.clientWidth + 1);
        })
        .map((node) => node.outerHTML.slice(0, 80));
}"""

_CONTRASTS = """() => {
    const light = (colour) => {
        const numbers = colour.match(/[\\d.]+/g).map(Number).slice(0, 3);
        const [r, g, b] = numbers
            .map((n) => (colour.startsWith("rgb") ? n / 255 : n))
            .map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const fill = (node) => light(getComputedStyle(node).fill);
    const found = [];
    for (const text of document.querySelectorAll(".book-grid .book-number")) {
        for (const x of text.getAttribute("x").split(" ")) {
            const point = new DOMPoint(x, text.getAttribute("y"));
            const under = [...text.ownerSVGElement.querySelectorAll(".book-cell")]
                .find((path) => path.isPointInFill(point));
            const [low, high] = [fill(text), fill(under)].sort((x, y) => x - y);
            found.push([(high + 0.05) / (low + 0.05), text.getAttribute("class")]);
        }
    }
    return found;
}"""

_REDRAWS = """async (act) => {
    const wait = window.requestAnimationFrame.bind(window);
    const times = [];
    window.requestAnimationFrame = (draw) => wait((now) => {
        const start = performance.now();
        draw(now);
        document.body.getBoundingClientRect();
        times.push(performance.now() - start);
    });
    await eval(act)(() => new Promise((done) => wait(() => wait(done))));
    window.requestAnimationFrame = wait;
    return times;
}"""

_STATE = """(view) => {
    const fields = [...view.querySelectorAll("input, select")];
    return [view.innerText, ...fields.map(({ value, checked }) => value + checked)].join("\\n");
}"""
_KEYS = ("ArrowRight", "ArrowLeft", "ArrowDown", "Enter")

KERNEL_MODEL = """(state) => {
    const listeners = new Map();
    window.model = {
        get: (name) => state[name],
        set: (name, value) => { state[name] = value; },
        change(name, value) { state[name] = value; listeners.get(`change:${name}`)(); },
        on: (event, listener) => listeners.set(event, listener),
        off: (event) => listeners.delete(event),
        save_changes() {},
        heard: () => listeners.size,
    };
    window.stop = window.module.default.render({ model: window.model, el: document.body });
}"""


def mounting(page: Page, demo: type[BookWidget]) -> Iterator[Callable[..., Page]]:
    """Yield a function that mounts a demo; afterwards nothing may have gone wrong on the page.

    The function takes the state of the demo, the ``width`` of the window in
    pixels and the ``theme`` of the site, and returns the page.
    """
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))

    def mounted(*, width: int = 1200, theme: str = "light", **state: object) -> Page:
        page.set_viewport_size({"width": width, "height": 900})
        mount(page, demo(**state), theme=theme)
        return page

    yield mounted
    assert wrong == []


def frame(page: Page) -> None:
    """Let the page draw what has just changed."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def outside(page: Page) -> list[str]:
    """Return the elements that stick out of the demo or of their own box."""
    return page.evaluate(_OUTSIDE)


def contrasts(page: Page) -> list[tuple[float, str]]:
    """Return the contrast of every number in a grid with its cell, and the number's class."""
    return [tuple(pair) for pair in page.evaluate(_CONTRASTS)]


def redraw_times(page: Page, act: str) -> list[float]:
    """Return the milliseconds that each redraw took during an action.

    Args:
        page: a page with a live demo.
        act: JavaScript of an async function; it may await its argument, a
            function whose promise resolves when the page has drawn.
    """
    return page.evaluate(_REDRAWS, act)


def change_by_keyboard(page: Page, view: Locator) -> str:
    """Tab through a demo and press keys until it changes; return what it shows then.

    Raises:
        AssertionError: if no key changes it.
    """
    before = view.evaluate(_STATE)
    view.evaluate("(root) => { root.tabIndex = -1; root.focus(); }")
    for _ in range(60):
        page.keyboard.press("Tab")
        if not view.evaluate("(root) => root.contains(document.activeElement)"):
            break
        for key in _KEYS:
            page.keyboard.press(key)
            frame(page)
            if (now := view.evaluate(_STATE)) != before:
                return now
    raise AssertionError(f"no key changes this demo: {before[:80]!r}")
