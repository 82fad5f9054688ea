"""What the tests of a demo need first: mounting, waiting, reading, counting its redraws."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from weakref import WeakSet

from demo_kernel import KERNEL_MODEL
from demo_looks import contrasts, outside
from module_page import mount
from playwright.sync_api import ConsoleMessage, Error, Locator, Page

from utils.widgets.kit.base import BookWidget

__all__ = [
    "CHANGE_EVERYTHING",
    "KERNEL_MODEL",
    "MOVE_SLIDERS",
    "PHONE",
    "assert_redraws_once_a_frame",
    "change_by_keyboard",
    "code_lines",
    "contrasts",
    "facts",
    "frame",
    "mounting",
    "narrowed",
    "nothing_wrong",
    "outside",
    "read",
    "resize",
    "stop_clock",
]

# Pixels that a page of the book leaves a demo on a phone of 360.
PHONE = 328

# How often the page draws in each frame that draws at all: frames differ in their time stamp.
_REDRAWS = """async (act) => {
    const wait = window.requestAnimationFrame.bind(window);
    const frames = new Map();
    window.requestAnimationFrame = (draw) => wait((now) => {
        frames.set(now, (frames.get(now) ?? 0) + 1);
        draw(now);
    });
    await eval(act)(() => new Promise((done) => wait(() => wait(done))));
    window.requestAnimationFrame = wait;
    return [...frames.values()];
}"""

_STATE = """(view) => {
    const fields = [...view.querySelectorAll("input, select")];
    return [view.innerText, ...fields.map(({ value, checked }) => value + checked)].join("\\n");
}"""
_KEYS = ("ArrowRight", "ArrowLeft", "ArrowDown", "Enter", " ")
# What has the focus in a demo, if anything has: a field to write in, or something else.
_FOCUSED = """(root) => {
    const node = document.activeElement;
    if (!root.contains(node)) return "";
    const isField = node.matches("input:is(:not([type]), [type=text], [type=number])");
    return isField ? "field" : "control";
}"""

# An action for `assert_redraws_once_a_frame`: every slider, twice before the page can draw.
MOVE_SLIDERS = """async (drawn) => {
    for (const slider of document.querySelectorAll("input[type=range]")) {
        const [min, max] = [Number(slider.min), Number(slider.max)];
        for (const share of [0, 0.4, 0.8]) {
            for (const tenth of [0, 0.1]) {
                slider.value = min + (share + tenth) * (max - min);
                slider.dispatchEvent(new Event("input"));
            }
            await drawn();
        }
    }
}"""

# Another: three times, everything that a reader can set gets a new value before the page can draw.
CHANGE_EVERYTHING = """async (drawn) => {
    const fire = (node, kind) => node.dispatchEvent(new Event(kind, { bubbles: true }));
    const all = (selector) => [...document.querySelectorAll(`.book-demo-view ${selector}`)]
        .filter((node) => node.checkVisibility() && !node.matches(":disabled"));
    for (const key of ["ArrowRight", "ArrowUp", "ArrowDown"]) {
        for (const node of all("input[type=range]")) {
            const [min, max] = [Number(node.min), Number(node.max)];
            node.value = key === "ArrowUp" ? max : min + 0.3 * (max - min);
            fire(node, "input");
        }
        for (const node of all("select")) {
            node.selectedIndex = (node.selectedIndex + 1) % node.length;
            fire(node, "change");
        }
        for (const node of all("input:is([type=checkbox], [type=radio])")) node.click();
        for (const node of all("[tabindex]")) {
            node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        }
        await drawn();
    }
}"""


@contextmanager
def nothing_wrong(page: Page) -> Iterator[None]:
    """Hear what the page throws or logs, and fail at the end if it did either."""
    wrong = []

    def note(heard: Error | ConsoleMessage) -> None:
        wrong.append(str(heard))

    page.on("pageerror", note)
    page.on("console", note)
    yield
    page.remove_listener("pageerror", note)
    page.remove_listener("console", note)
    assert wrong == [], wrong


def mounting(
    page: Page, demo: type[BookWidget], *, width: int = 1200, height: int = 900
) -> Iterator[Callable[..., Page]]:
    """Yield a function that mounts a demo; afterwards nothing may have gone wrong on the page.

    The function takes the state of the demo, the ``width`` of the window in
    pixels and the ``theme`` of the site, and returns the page when it has drawn.
    """

    def mounted(*, width: int = width, theme: str = "light", **state: object) -> Page:
        page.set_viewport_size({"width": width, "height": height})
        mount(page, demo(**state), theme=theme)
        frame(page)
        return page

    with nothing_wrong(page):
        yield mounted


# The browser tells observers in its own time what has come into sight. They all hear it in one go,
# so what watches longer than this one has heard it too.
_TOLD_WHAT_IS_IN_SIGHT = """() => new Promise((done) => {
    const observer = new IntersectionObserver(() => {
        observer.disconnect();
        done();
    });
    observer.observe(document.body);
})"""

# Pages whose clock stands still.
_STOPPED: WeakSet[Page] = WeakSet()


def stop_clock(page: Page) -> None:
    """Let time in the page stand still until ``page.clock.run_for`` winds it on.

    Playwright's clock runs by itself too unless it is paused, and on a slow machine the story of
    a demo would run away from its test.
    """
    page.clock.install(time=0)
    page.clock.pause_at(1)
    _STOPPED.add(page)


def frame(page: Page) -> None:
    """Let the page draw what has just changed.

    A demo that plays by itself once it is in sight has begun by then, on a stopped clock too.
    """
    if page in _STOPPED:
        page.evaluate(_TOLD_WHAT_IS_IN_SIGHT)
        page.clock.run_for(20)
        return
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def resize(page: Page, width: int, height: int = 900) -> None:
    """Give the window another size, and wait until the page has drawn for it.

    A demo that watches its own width hears of it at the end of one frame, and draws in the next.
    """
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("(width) => innerWidth === width", arg=width)
    frame(page)
    frame(page)


@contextmanager
def narrowed(page: Page, width: int) -> Iterator[None]:
    """Give what is on the page this width, as a page of the book does in a wide window."""
    page.evaluate(
        "(width) => { document.querySelector('main').style.width = `${width}px`; }", width
    )
    frame(page)
    frame(page)
    try:
        yield
    finally:
        page.evaluate("() => { document.querySelector('main').style.width = ''; }")


def read(page: Page, selector: str = ".book-result") -> str:
    """Return what a part of the demo says when it has drawn, its spaces all of one kind."""
    frame(page)
    return page.inner_text(selector).replace("\u00a0", " ")


def facts(page: Page) -> dict[str, str]:
    """Return name and value of every number that the demo lists."""
    frame(page)
    names, values = (page.locator(f".book-facts {part}") for part in ("dt", ".book-value"))
    return dict(zip(names.all_inner_texts(), values.all_inner_texts(), strict=True))


def assert_redraws_once_a_frame(
    page: Page, act: str, *, least: int, most: float = math.inf
) -> None:
    """An action redraws the demo from ``least`` to ``most`` times, at most once in any frame.

    How long a redraw takes is not tested but measured: ``python -m benchmarks.redraws``.

    Args:
        page: a page with a live demo.
        act: JavaScript of an async function; it may await its argument, a
            function whose promise resolves when the page has drawn.
        least: the smallest number of redraws.
        most: the largest.

    Raises:
        AssertionError: if there are fewer or more redraws, or two in one frame.
    """
    frames = page.evaluate(_REDRAWS, act)
    assert least <= sum(frames) <= most, f"{sum(frames)} redraws"
    assert set(frames) <= {1}, f"{max(frames)} redraws in one frame"


def code_lines(page: Page) -> list[str]:
    """Return the lines of torch that a demo shows, without the imports at their head."""
    lines = page.inner_text("code").splitlines()
    return [line for line in lines if not line.startswith("import ")]


def change_by_keyboard(page: Page, view: Locator) -> str:
    """Tab through a demo and press keys until it changes; return what it shows then.

    Raises:
        AssertionError: if no key changes it.
    """
    before = ""
    view.evaluate("(root) => { root.tabIndex = -1; root.focus(); }")
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = view.evaluate(_FOCUSED)
        if not focused:
            break
        frame(page)
        before = view.evaluate(_STATE)  # here, because what has the focus may be lit up
        for key in ("1", *_KEYS) if focused == "field" else _KEYS:
            page.keyboard.press(key)
            frame(page)
            if (now := view.evaluate(_STATE)) != before:
                return now
    raise AssertionError(f"no key changes this demo: {before[:80]!r}")
