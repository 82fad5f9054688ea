"""How a demo looks: what sticks out, the size of letters, contrasts, what moves."""

import re

from playwright.sync_api import Page

# Everything that a reader sees outside its demo's border, or that needs a scrollbar.
_OUTSIDE = """(pads) => [...document.querySelectorAll(".book-demo-view")].flatMap((root) => {
    const { left, right } = root.getBoundingClientRect();
    const inset = pads ? parseFloat(getComputedStyle(root).padding) : 0;
    return [...root.querySelectorAll("*")]
        .filter((node) => node.checkVisibility() && !node.closest("svg svg *, g"))
        .filter((node) => {
            const box = node.getBoundingClientRect();
            return box.left < left + inset || box.right > right - inset
                || (node.tagName === "DIV" && node.scrollWidth > node.clientWidth + 1);
        })
        .map((node) => node.outerHTML.slice(0, 80));
})"""

# The pixels on the screen of whatever holds text of its own, and that text.
_LETTERS = """() => [...document.querySelectorAll(".book-demo-view *")]
    .filter((node) => node.checkVisibility())
    .map((node) => [node, node.matches("input, select")
        ? node.value
        : [...node.childNodes].filter(({ nodeType }) => nodeType === 3)
            .map(({ data }) => data).join("").trim()])
    .filter(([, text]) => text)
    .map(([node, text]) => {
        const scale = node.getScreenCTM ? node.getScreenCTM().a : 1;
        return [scale * parseFloat(getComputedStyle(node).fontSize), text];
    })"""

_NONSENSE = ("NaN", "undefined", "Infinity", "null", r"\[object")

# What a reader sees or hears of a demo, drawers closed or open, apart from the lines of torch.
_WORDS = """() => [...document.querySelectorAll(".book-demo-view *")]
    .filter((node) => !node.closest("pre, style"))
    .flatMap((node) => [
        ...[...node.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data),
        ...["aria-label", "aria-valuetext", "title"].map((name) => node.getAttribute(name)),
    ])
    .filter(Boolean)"""

# Pairs of texts of a demo whose ink overlaps, for each demo, where a reader sees both of them.
_OVERLAPS = """() => {
    const pen = document.createElement("canvas").getContext("2d");
    const inkOf = (node, text, box) => {
        const look = getComputedStyle(node);
        const turn = node.getScreenCTM?.() ?? { a: 1, b: 0 };
        const scale = Math.hypot(turn.a, turn.b);
        if (turn.b) {
            const inset = 0.24 * scale * parseFloat(look.fontSize);
            return [box.left + inset, box.right - inset, box.top + inset, box.bottom - inset];
        }
        pen.font = `${look.fontStyle} ${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
        const ink = pen.measureText(text);
        const baseline = box.top + scale * ink.fontBoundingBoxAscent;
        return [
            box.left - scale * ink.actualBoundingBoxLeft,
            box.right - scale * (ink.width - ink.actualBoundingBoxRight),
            baseline - scale * ink.actualBoundingBoxAscent,
            baseline + scale * ink.actualBoundingBoxDescent,
        ];
    };
    const isThere = { opacityProperty: true, visibilityProperty: true };
    // What the boxes around an element leave in sight of it.
    const windowOf = (node) => {
        const cut = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
        for (let up = node; up; up = up.parentElement) {
            if (!/hidden|clip|auto|scroll/.test(getComputedStyle(up).overflow)) continue;
            const box = up.getBoundingClientRect();
            for (const side of ["left", "top"]) cut[side] = Math.max(cut[side], box[side]);
            for (const side of ["right", "bottom"]) cut[side] = Math.min(cut[side], box[side]);
        }
        return cut;
    };
    const inksOf = (root) => {
        const found = [];
        const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const node = walk.currentNode.parentElement;
            const text = walk.currentNode.data.trim();
            if (!text || node.closest("style, option, pre, title, desc")) continue;
            if (!node.checkVisibility(isThere)) continue;
            const range = document.createRange();
            range.selectNodeContents(walk.currentNode);
            const cut = windowOf(node);
            for (const box of range.getClientRects()) {
                const [left, right, top, bottom] = inkOf(node, text, box);
                found.push({
                    node,
                    text,
                    left: Math.max(left, cut.left),
                    right: Math.min(right, cut.right),
                    top: Math.max(top, cut.top),
                    bottom: Math.min(bottom, cut.bottom),
                });
            }
        }
        return found.sort((one, other) => one.top - other.top);
    };
    const overlapsOf = (inks) => inks.flatMap((one, n) => {
        const found = [];
        for (let m = n + 1; m < inks.length && inks[m].top < one.bottom - 1; m++) {
            const other = inks[m];
            const left = Math.max(one.left, other.left);
            const right = Math.min(one.right, other.right);
            const bottom = Math.min(one.bottom, other.bottom);
            // Of a text that is cut short the browser tells both the whole and what is left.
            const isOwn = one.node === other.node && !one.node.matches("svg *");
            if (!isOwn && right - left > 1 && bottom - other.top > 1) {
                found.push([one, other, (left + right) / 2, (other.top + bottom) / 2 + scrollY]);
            }
        }
        return found;
    });
    const isSolid = (colour) => /^(rgb[(]|color[(][^/]*$)/.test(colour);
    const isOpaque = (node) => {
        for (let up = node; up; up = up.parentElement) {
            if (Number(getComputedStyle(up).opacity) < 1) return false;
        }
        const look = getComputedStyle(node);
        if (node.matches("text, tspan, g, svg, line, polyline")) return false;
        if (node.matches("svg *")) return look.fillOpacity === "1" && isSolid(look.fill);
        return node.matches("img, canvas") || isSolid(look.backgroundColor);
    };
    const isClipped = (node, x, y) => {
        for (let up = node; up; up = up.parentElement) {
            const { clipPath, overflow, display } = getComputedStyle(up);
            if (clipPath !== "none") return true;
            if (overflow === "visible" || display === "inline") continue;
            const { left, right, top, bottom } = up.getBoundingClientRect();
            if (x < left || x > right || y < top || y > bottom) return true;
        }
        return false;
    };
    // Letters outside the box of their element may be seen though a pointer does not find them.
    const isSeen = (node, there, x, y) => {
        const depth = there.indexOf(node);
        if (depth < 0) return !node.matches("svg *") && !isClipped(node, x, y);
        return !there.slice(0, depth).some((other) => !node.contains(other) && isOpaque(other));
    };
    const style = document.createElement("style");
    style.textContent = ".book-demo-view * { pointer-events: auto !important }";
    document.head.append(style);
    const views = [...document.querySelectorAll(".book-demo-view")];
    const clashes = views.map(inksOf).map(overlapsOf).map((found) => found
        .filter(([one, other, x, y]) => {
            scrollTo(0, y - innerHeight / 2);
            const there = document.elementsFromPoint(x, y - scrollY);
            return [one, other].every(({ node }) => isSeen(node, there, x, y - scrollY));
        })
        .map(([one, other]) => [one.text, other.text]));
    scrollTo(0, 0);
    style.remove();
    return clashes;
}"""

# What moves by itself: transitions and animations, and whatever changes while ten frames pass.
_MOVING = """async () => {
    const seen = document.getAnimations().map(({ effect }) => effect.target.outerHTML);
    const watch = new MutationObserver((changes) => {
        seen.push(...changes.map(({ target }) => (target.outerHTML ?? target.data)));
    });
    const all = { attributes: true, childList: true, characterData: true, subtree: true };
    watch.observe(document.body, all);
    for (let n = 0; n < 10; n++) await new Promise(requestAnimationFrame);
    watch.disconnect();
    return seen.map((text) => text.slice(0, 80));
}"""

# A colour of the site's theme, as the browser computes it inside a demo.
_THEME = """(name) => {
    const probe = document.createElement("i");
    probe.style.color = `var(${name})`;
    document.querySelector(".book-demo-view > *").append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
}"""

# The colours of every number in a grid and of the cell under it, and the number's class.
_NUMBERS = """() => {
    const fill = (node) => getComputedStyle(node).fill;
    const found = [];
    for (const text of document.querySelectorAll(".book-grid .book-number")) {
        for (const x of text.getAttribute("x").split(" ")) {
            const point = new DOMPoint(x, text.getAttribute("y"));
            const under = [...text.closest(".book-grid").querySelectorAll(".book-cell")]
                .find((path) => path.isPointInFill(point));
            found.push([fill(text), fill(under), text.getAttribute("class")]);
        }
    }
    return found;
}"""


def outside(page: Page, *, padding: bool = False) -> list[str]:
    """Return the elements that stick out of their demo, or of its padding, or of their own box."""
    return page.evaluate(_OUTSIDE, padding)


def assert_fits(page: Page) -> None:
    """Nothing sticks out of a demo, and nothing makes the page scroll sideways.

    Raises:
        AssertionError: if something does.
    """
    found = outside(page)
    assert found == [], found
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"], f"the page is {wide} pixels wide"


def assert_legible(page: Page, *, pixels: float = 11, least: int = 10) -> None:
    """All letters are so many ``pixels`` tall on the screen, or more, in ``least`` texts or more.

    Raises:
        AssertionError: if there are fewer texts, or smaller letters.
    """
    found = page.evaluate(_LETTERS)
    assert len(found) >= least, f"{len(found)} texts only"
    small = [(size, text) for size, text in found if size < pixels - 0.001]
    assert small == [], small[:5]


def assert_readable(page: Page, *, pixels: float = 11, least: int = 10) -> None:
    """All of the demo fits, and its letters are tall enough: `assert_fits`, `assert_legible`."""
    assert_fits(page)
    assert_legible(page, pixels=pixels, least=least)


def assert_no_nonsense(page: Page, *also: str, part: str = "") -> None:
    """No text and no attribute of a demo holds what JavaScript writes for a missing number.

    Args:
        page: a page with live demos.
        also: patterns that must not be found either.
        part: a selector below a demo: look at the attributes in there only.

    Raises:
        AssertionError: if something is found.
    """
    views = page.locator(".book-demo-view")
    marked = page.locator(f".book-demo-view {part}".strip())
    html = marked.evaluate_all("(nodes) => nodes.map(({ innerHTML }) => innerHTML)")
    assert html, f"no {part} in the demo"
    text = "\n".join((*views.all_inner_texts(), *html))
    found = re.search("|".join((*_NONSENSE, *also)), text)
    assert found is None, text[max(found.start() - 80, 0) : found.end() + 20]


def assert_percent_apart(page: Page) -> None:
    """A number and its per cent have a space between them, as in 31 %.

    Raises:
        AssertionError: if they have none.
    """
    close = [text for text in page.evaluate(_WORDS) if re.search(r"\d%", text)]
    assert close == [], close[:5]


def overlaps(page: Page) -> list[list[tuple[str, str]]]:
    """Return for each demo the pairs of its texts whose letters a reader sees over each other.

    Letters are as wide and as tall as their ink, and hidden ones overlap with none: those that
    are clipped, and those behind something opaque.
    """
    return [[(one, other) for one, other in pairs] for pairs in page.evaluate(_OVERLAPS)]


def assert_apart(page: Page, crowded: tuple[int, ...] = ()) -> None:
    """No letters of a demo lie over others, but in demos whose places are ``crowded``: `overlaps`.

    Raises:
        AssertionError: if some do.
    """
    found = [pairs for place, pairs in enumerate(overlaps(page)) if place not in crowded]
    assert not any(found), found


def assert_still(page: Page) -> None:
    """Nothing on the page moves by itself.

    Raises:
        AssertionError: if something does.
    """
    moving = page.evaluate(_MOVING)
    assert moving == [], moving[:3]


def style_of(page: Page, selector: str, name: str) -> str:
    """Return one style of the first element found, as the browser computes it."""
    found = page.locator(selector).first
    return found.evaluate("(node, name) => getComputedStyle(node)[name]", name)


def theme_colour(page: Page, name: str) -> str:
    """Return a colour that all demos share, such as ``--demo-warm``, as `style_of` gives it."""
    return page.evaluate(_THEME, name)


def contrasts(page: Page) -> list[tuple[float, str]]:
    """Return the contrast of every number in a grid with its cell, and the number's class."""
    return [(contrast(text, under), name) for text, under, name in page.evaluate(_NUMBERS)]


def contrast(*colours: str) -> float:
    """Return the contrast between two colours as a browser computes them, from 1 to 21."""
    low, high = sorted(map(_light, colours))
    return (high + 0.05) / (low + 0.05)


def _light(colour: str) -> float:
    """Return the relative luminance of a colour as the guidelines of the W3C define it."""
    largest = 255 if colour.startswith("rgb") else 1
    parts = [float(number) / largest for number in re.findall(r"[\d.]+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * p for share, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def edges(page: Page, *selectors: str) -> list[float]:
    """Return where the named parts begin and end from the top of the page, in pixels."""
    both = """(node) => {
        const { top, bottom } = node.getBoundingClientRect();
        return [top + scrollY, bottom + scrollY];
    }"""
    found = [page.locator(selector).first.evaluate(both) for selector in selectors]
    return [round(edge, 2) for pair in found for edge in pair]
