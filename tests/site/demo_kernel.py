"""A demo in a notebook: its bundle with a model that stands for the kernel."""

import json

from module_page import ModulePage
from playwright.sync_api import Page

from tools.demo_page import blank
from utils.widgets.kit.base import BookWidget

# `change` is what the kernel says; `set` is what the view says, and as in a notebook the view
# hears that, too, if it is news.
KERNEL_MODEL = """(state) => {
    const listeners = new Map();
    const heard = (event) => listeners.get(event) ?? new Set();
    let news = {};
    window.sent = 0;
    window.messages = [];
    window.model = {
        get: (name) => state[name],
        set(name, value) {
            if (JSON.stringify(value) === JSON.stringify(state[name])) return;
            news[name] = value;
            this.change(name, value);
        },
        change(name, value) {
            state[name] = value;
            for (const listener of heard(`change:${name}`)) listener();
        },
        on: (event, listener) => void listeners.set(event, heard(event).add(listener)),
        off: (event, listener) => void heard(event).delete(listener),
        save_changes() {
            window.sent += 1;
            window.messages.push(news);
            news = {};
        },
        heard: () => [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
    };
    window.stop = window.module.default.render({ model: window.model, el: document.body });
}"""


def in_a_notebook(page: Page, demo: BookWidget, *, views: int = 1) -> None:
    """Show views of a demo as a notebook does, on a page of their own.

    The page then has ``model``, which stands for the kernel of the last view, ``sent``, the
    number of times that the view has sent its changes, ``messages``, what it has sent, and
    ``stop``, which removes the view.
    """
    blank(page)
    ModulePage(page, demo.module)
    for _ in range(views):
        page.evaluate(KERNEL_MODEL, demo.state() | demo.asset_values())


def assert_python_takes(page: Page, demo: BookWidget, act: str) -> None:
    """What a view sets is taken by the demo in Python as it is, and something is set.

    Args:
        page: a page with the demo as in a notebook.
        demo: the demo, in the settings in which the page began.
        act: JavaScript of an async function that moves controls; it may await its argument, a
            function whose promise resolves when the page has drawn.

    Raises:
        AssertionError: if Python keeps another value, or nothing has changed.
        TraitError: if Python refuses a value.
    """
    before = demo.state()
    page.evaluate(f"({act})(() => new Promise((done) => requestAnimationFrame(done)))")
    for message in page.evaluate("messages"):
        demo.set_state(message)
    said = page.evaluate("(names) => names.map((name) => model.get(name))", list(before))
    taken = json.loads(json.dumps(demo.state()))  # Python's tuples are lists there
    assert list(taken.values()) == said
    assert demo.state() != before, "no control changes what Python knows"


def assert_stops(page: Page, demo: type[BookWidget], *, unheard: int = 0) -> None:
    """The view listens to each control of the demo, and nothing is left of it when it stops.

    Args:
        page: a page with a demo as in a notebook.
        demo: its class.
        unheard: the number of controls that the view reads without listening to them.

    Raises:
        AssertionError: if it does not listen, or leaves a listener or an element.
    """
    heard = page.evaluate("model.heard()")
    assert heard == len(demo.controls()) - unheard, f"{heard} listeners"
    page.evaluate("stop()")
    left = page.evaluate("[model.heard(), document.body.childElementCount]")
    assert left == [0, 0], f"{left[0]} listeners and {left[1]} elements are left"


def ids_of_two_views(page: Page, demo: BookWidget) -> int:
    """Return how many elements of two views on one page have an id.

    Raises:
        AssertionError: if two elements have the same.
    """
    in_a_notebook(page, demo, views=2)
    ids = page.eval_on_selector_all("[id]", "(nodes) => nodes.map((node) => node.id)")
    assert len(ids) == len(set(ids)), sorted(ids)
    return len(ids)
