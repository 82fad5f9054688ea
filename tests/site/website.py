"""The rendered website: its pages, a server for them, and one visit to each."""

import contextlib
import gzip
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from demo_page import change_by_keyboard, frame
from playwright.sync_api import ConsoleMessage, Page

HTML = Path(__file__).parents[2] / "_build" / "html"
PHONE = {"width": 360, "height": 740}
CONTRAST, NEVER_SERIOUS = "color-contrast", "region"
DESK = {"width": 1280, "height": 900}
MOST_SHIFT = 0.02  # the sum of a page's layout shifts


def page_names() -> list[str]:
    """Return the path of every page below the site's root."""
    static = HTML / "_static"
    return sorted(
        path.relative_to(HTML).as_posix()
        for path in HTML.rglob("*.html")
        if static not in path.parents
    )


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing; the tests look at the browser's side."""


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Serve the site on the loopback interface and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=HTML))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Visit:
    """What one page did and showed: on a desk in both modes, by keyboard and on a phone."""

    console: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    requests: set[str] = field(default_factory=set)
    violations: dict[str, list[str]] = field(default_factory=dict)
    mode: str = ""
    facts: dict = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    at_once: set[str] = field(default_factory=set)  # requests before anything is scrolled
    shift: float = 0.0
    phone_width: int = 0
    phone_outside: list[str] = field(default_factory=list)
    phone_torn: list[str] = field(default_factory=list)


FACTS = """() => ({
    math: document.querySelectorAll(".bd-article .math").length,
    typeset: document.querySelectorAll(".bd-article .math mjx-container").length,
    mathErrors: document.querySelectorAll("mjx-merror").length,
    images: [...document.images].map((image) => ({
        src: image.getAttribute("src"), alt: image.alt, loaded: image.naturalWidth > 0,
        waits: image.loading === "lazy" && !image.complete, address: image.src,
        shown: image.getClientRects().length > 0,
    })),
    links: [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")),
    demos: document.querySelectorAll(".book-demo").length,
    alive: document.querySelectorAll(".book-demo[data-ready] .book-demo-view").length,
    indented: [...document.querySelectorAll(".book-demo-view :is(dl, dt, dd, ul, ol, p, table)")]
        .filter((node) => {
            const { marginLeft, marginRight } = getComputedStyle(node);
            return marginLeft !== marginRight;
        })
        .map((node) => node.outerHTML.slice(0, 80)),
    jumps: [...document.querySelectorAll(".book-demo")].map((place) => {
        const kept = parseFloat(getComputedStyle(place, "::before").paddingTop);
        return place.getBoundingClientRect().height - (kept || Infinity);
    }),
    policy: document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "",
    searches: [...document.querySelectorAll(".search-button-field, input[type=search]")]
        .filter((field) => field.checkVisibility()).length,
})"""

# Layout shifts, those after a key or a click apart.
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
    const own = list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput);
    for (const { value } of own) window.shifted += value;
}).observe({ type: "layout-shift", buffered: true });"""
SCROLL = """async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
        scrollTo(0, y);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 10)));
    }
    scrollTo(0, 0);
}"""

INJECT = """() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.head.append(script);
    return window.injected === true;
}"""

# What a visit leaves for the next one; what is still on its way would be a failure there.
FORGET = "() => { stop(); localStorage.clear(); sessionStorage.clear(); }"

# What ends beyond the window's right side, unless it scrolls in a box of its own.
OUTSIDE = """() => {
    const isBoxed = (node) => !node.matches(".bd-article-container")
        && (["auto", "scroll"].includes(getComputedStyle(node).overflowX)
            || isBoxed(node.parentElement));
    // A formula's words for screen readers are clipped: nobody sees where they end.
    const hidden = "svg *, mjx-assistive-mml, mjx-assistive-mml *";
    return [...document.querySelectorAll(`.bd-article-container :not(${hidden})`)]
        .filter((node) => node.checkVisibility() && !isBoxed(node.parentElement)
            && node.getBoundingClientRect().right > innerWidth + 1)
        .map((node) => node.outerHTML.slice(0, 80));
}"""

# Formulas whose comma stands at the beginning of the next line.
TORN = """() => [...document.querySelectorAll(".bd-article span.math")].filter((formula) => {
    const next = formula.nextSibling;
    if (next?.nodeType !== 3 || !/^[,.;:!?)’”]/.test(next.data)) return false;
    const sign = document.createRange();
    sign.setStart(next, 0);
    sign.setEnd(next, 1);
    const [after, before] = [sign, formula].map((one) => one.getBoundingClientRect());
    return after.width > 0 && after.left < before.right - 1 && after.top > before.top;
}).map(({ parentNode }) => parentNode.textContent.slice(0, 80))"""

# A page repeats itself: thousands of words of code in some twenty colours, hundreds of formulas
# that one program has set, and on each page stands the list of all pages. axe, which takes a
# millisecond for each node, gets some of each.
THIN = """() => {
    const seen = new Map();
    const keep = (most, selector, kind) => {
        for (const node of document.querySelectorAll(selector)) {
            const key = `${selector} ${kind(node)}`;
            seen.set(key, (seen.get(key) ?? 0) + 1);
            if (seen.get(key) > most) node.remove();
        }
    };
    const block = "p, li, td, th, dt, dd, summary, h1, h2, h3, h4, figcaption";
    keep(1, ".highlight span:not(:has(*))", ({ className }) => className);
    keep(2, "mjx-container", (node) =>
        `${node.closest(block)?.tagName} ${node.getAttribute("display")}`);
    keep(2, ".copybtn", () => "");
    keep(3, ".bd-sidebar-primary li, .bd-sidebar-secondary li", ({ className }) => className);
}"""

# One node of each look of text: own class, letters and colour, and all grounds under it.
LOOKS = """() => {
    const looks = new Map();
    for (const node of document.querySelectorAll("body *")) {
        const hasText = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
        if (!hasText || !node.checkVisibility()) continue;
        const { color, fontSize, fontWeight } = getComputedStyle(node);
        const look = [node.tagName, node.getAttribute("class"), color, fontSize, fontWeight];
        for (let below = node; below; below = below.parentElement) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(below);
            look.push(backgroundColor, backgroundImage, opacity);
        }
        const ground = look.filter((part) => !["rgba(0, 0, 0, 0)", "none", "1"].includes(part));
        if (!looks.has(String(ground))) looks.set(String(ground), node);
    }
    return looks;
}"""
TEXTS = f"() => [...({LOOKS})().values()]"

# Demos are on a ground of their own, and their colours have passed in more settings than one.
WITHOUT_DEMOS = """() => {
    for (const stage of document.querySelectorAll(".book-stage")) stage.remove();
}"""

# Without axe's own copies of the style sheets, whose relative imports would go astray, and
# without the nodes that pass, which take longer to describe than to check.
AXE = """async ([where, options]) => {
    const nodes = where ? { include: eval(where)() } : document;
    const quick = { preload: false, resultTypes: ["violations"] };
    const { violations } = await axe.run(nodes, { ...quick, ...options });
    return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}"""


def ready(page: Page) -> None:
    """Wait until the mathematics is set and the demos live."""
    page.wait_for_function(
        "() => !document.querySelector('.bd-article .math:not(:has(mjx-container))')"
        " && !document.querySelector('.book-demo:not([data-ready])')",
        timeout=20_000,
    )


def violations(
    page: Page, *rules: str, without: tuple[str, ...] = (), where: str = ""
) -> list[str]:
    """Return what axe calls serious or critical.

    Args:
        page: any page.
        rules: names of the rules to try; all of them by default.
        without: names of rules to leave out then.
        where: JavaScript of a function that returns the nodes to look at; all by default.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    off = {rule: {"enabled": False} for rule in without}
    return page.evaluate(AXE, [where, {"runOnly": rules} if rules else {"rules": off}])


def low_contrasts(page: Page, passed: set[str]) -> list[str]:
    """Return what axe says of the contrast of texts, one of each look.

    Args:
        page: any page.
        passed: looks that need no second test, because they have passed on another page, in the
            same colours on the same grounds; those that pass now are added.
    """
    looks = page.evaluate(f"() => [...({LOOKS})().keys()]")
    if not (new := [look for look in looks if look not in passed]):
        return []
    where = (
        f"() => {{ const all = ({LOOKS})(); return {json.dumps(new)}.map((x) => all.get(x)); }}"
    )
    if not (found := violations(page, CONTRAST, where=where)):
        passed.update(new)
    return found


def visit_violations(page: Page, passed: set[str]) -> dict[str, list[str]]:
    """Return what axe finds on a thinned page in both modes, which differ in colours alone."""
    found = violations(page, without=(CONTRAST, NEVER_SERIOUS))
    page.evaluate(WITHOUT_DEMOS)
    light = low_contrasts(page, passed)
    page.locator(".theme-switch-button:visible").first.click()
    return {"light": found + light, "dark": low_contrasts(page, passed)}


def answers(page: Page) -> list[str]:
    """Return what each demo shows after a key, or why it is deaf."""
    found = []
    for view in page.locator(".book-demo-view").all():
        try:
            found.append(change_by_keyboard(page, view))
        except AssertionError as deaf:
            found.append(f"deaf: {deaf}")
    return found


@contextlib.contextmanager
def _heard(page: Page, record: Visit) -> Iterator[None]:
    """Note what a page logs, throws and asks for, and what does not arrive."""

    def log(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            record.console.append(f"{message.type}: {message.text}")

    listeners = {
        "console": log,
        "pageerror": lambda error: record.console.append(f"exception: {error}"),
        "request": lambda request: record.requests.add(request.url),
        "requestfailed": lambda request: record.failures.append(request.url),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    try:
        yield
    finally:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)


def visit(page: Page, address: str, passed: set[str]) -> Visit:
    """Load a page once and note what happens: on a desk, by keyboard, on a phone, in the dark.

    Args:
        page: a page for visits alone, with the script ``SHIFTS``. It can be the same for all of
            them: a process that has run MathJax before runs it sooner, and what a visit leaves
            behind is forgotten.
        address: where to go.
        passed: looks of text that are not tested for contrast again; see :func:`low_contrasts`.
    """
    record = Visit()
    page.set_viewport_size(DESK)
    page.mouse.move(0, 0)
    with _heard(page, record):
        page.goto(address)
        ready(page)
        record.at_once = set(record.requests)
        page.evaluate(SCROLL)
        record.shift = page.evaluate("window.shifted")
        record.facts = page.evaluate(FACTS)
        record.answers = answers(page)
        page.set_viewport_size(PHONE)
        frame(page)
        record.phone_width = page.evaluate("document.documentElement.scrollWidth")
        record.phone_outside = page.evaluate(OUTSIDE)
        record.phone_torn = page.evaluate(TORN)
        page.evaluate(THIN)
        page.set_viewport_size(DESK)
        record.violations = visit_violations(page, passed)
        record.mode = page.evaluate("document.documentElement.dataset.theme")
        # Last, because the browser reports on the console what the policy forbids.
        before = len(record.console)
        record.facts["injected"] = page.evaluate(INJECT)
    del record.console[before:]
    page.evaluate(FORGET)
    return record


def file_of(url: str, base: str) -> Path:
    """Return the file that an address below ``base`` is served from."""
    path = HTML / unquote(urlsplit(url).path.removeprefix(urlsplit(base).path)).lstrip("/")
    return path / "index.html" if path.is_dir() else path


def weight(requests: set[str], base: str) -> int:
    """Return the bytes of a page and its assets as sent compressed, without MathJax."""
    files = {file_of(url, base) for url in requests if url.startswith(base)}
    return sum(
        len(gzip.compress(path.read_bytes(), compresslevel=6))
        for path in files
        if "mathjax" not in path.parts
    )
