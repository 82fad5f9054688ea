"""The rendered website: its pages, a server for them, and one visit to each."""

import contextlib
import gzip
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

HTML = Path(__file__).parents[2] / "_build" / "html"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


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
    """What one page did and showed, on a desk in both modes and on a phone."""

    console: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    requests: set[str] = field(default_factory=set)
    violations: dict[str, list[str]] = field(default_factory=dict)
    mode: str = ""
    facts: dict = field(default_factory=dict)
    phone_width: int = 0
    phone_outside: list[str] = field(default_factory=list)


FACTS = """() => ({
    math: document.querySelectorAll(".bd-article .math").length,
    typeset: document.querySelectorAll(".bd-article .math mjx-container").length,
    mathErrors: document.querySelectorAll("mjx-merror").length,
    images: [...document.images].map((image) => ({
        src: image.getAttribute("src"), alt: image.alt, loaded: image.naturalWidth > 0,
        shown: image.getClientRects().length > 0,
    })),
    links: [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")),
    demos: document.querySelectorAll(".book-demo").length,
    alive: document.querySelectorAll(".book-demo[data-ready] .book-demo-view").length,
    indented: [...document.querySelectorAll(".book-demo-view :is(dl, dt, dd, ul, ol, p, table)")]
        .filter((node) => parseFloat(getComputedStyle(node).marginLeft) !== 0)
        .map((node) => node.outerHTML.slice(0, 80)),
    policy: document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "",
    searches: [...document.querySelectorAll(".search-button-field, input[type=search]")]
        .filter((field) => field.checkVisibility()).length,
})"""

INJECT = """() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.head.append(script);
    return window.injected === true;
}"""


# What ends beyond the window's right side, unless it scrolls in a box of its own.
OUTSIDE = """() => {
    const isBoxed = (node) => !node.matches(".bd-article-container")
        && (["auto", "scroll"].includes(getComputedStyle(node).overflowX)
            || isBoxed(node.parentElement));
    return [...document.querySelectorAll(".bd-article-container :not(svg *)")]
        .filter((node) => node.checkVisibility() && !isBoxed(node.parentElement)
            && node.getBoundingClientRect().right > innerWidth + 1)
        .map((node) => node.outerHTML.slice(0, 80));
}"""


# A page of code holds thousands of words in some twenty colours: axe looks at each colour once.
SHOW_TWINS = """(areShown) => {
    const seen = new Set();
    for (const word of document.querySelectorAll(".highlight span")) {
        word.style.display = areShown || !seen.has(word.className) ? "" : "none";
        seen.add(word.className);
    }
}"""


def ready(page: Page) -> None:
    """Wait until the mathematics is set and the demos live."""
    page.wait_for_function(
        "() => !document.querySelector('.bd-article .math:not(:has(mjx-container))')"
        " && !document.querySelector('.book-demo:not([data-ready])')",
        timeout=20_000,
    )


def violations(page: Page, *rules: str) -> list[str]:
    """Return what axe calls serious or critical, by the named rules or by all."""
    # Without axe's own copies of the style sheets, whose relative imports would go astray, and
    # without the nodes that pass, which take longer to describe than to check.
    options = {"preload": False, "resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    page.evaluate(SHOW_TWINS, False)
    found = Axe().run(page, options=options).response["violations"]
    page.evaluate(SHOW_TWINS, True)
    return [
        f"{item['id']}: {item['nodes'][0]['html'][:200]}"
        for item in found
        if item["impact"] in ("serious", "critical")
    ]


def visit(browser: Browser, address: str) -> Visit:
    """Open a page once: in light mode, in dark mode, then on a phone. Note what happens."""
    record = Visit()
    context = browser.new_context(viewport=DESK, color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    page.on(
        "console",
        lambda message: (
            record.console.append(f"{message.type}: {message.text}")
            if message.type in ("error", "warning")
            else None
        ),
    )
    page.on("pageerror", lambda error: record.console.append(f"exception: {error}"))
    page.on("request", lambda request: record.requests.add(request.url))
    page.on("requestfailed", lambda request: record.failures.append(request.url))
    page.goto(address)
    ready(page)
    record.facts = page.evaluate(FACTS)
    record.violations["light"] = violations(page)
    page.locator(".theme-switch-button:visible").first.click()
    record.mode = page.evaluate("document.documentElement.dataset.theme")
    # The two modes differ in colours alone.
    record.violations["dark"] = violations(page, "color-contrast")
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(100)
    record.phone_width = page.evaluate("document.documentElement.scrollWidth")
    record.phone_outside = page.evaluate(OUTSIDE)
    # Last, because the browser reports on the console what the policy forbids.
    before = len(record.console)
    record.facts["injected"] = page.evaluate(INJECT)
    context.close()
    del record.console[before:]
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
