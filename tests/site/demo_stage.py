"""What every demo on the stage keeps to: its height, its words, its controls, its motion."""

from playwright.sync_api import Page

TALLEST = {"wide": 650, "phone": 700}  # pixels
WIDEST_BAND = 32  # pixels of the scene above or below what it shows
MOST_WORDS = 90
MOST_CONTROLS = 3

# Words that a reader sees: text of what is visible, drawers closed, numbers and signs apart.
_WORDS = """() => document.querySelector(".book-stage").innerText
    .split(/\\s+/).filter((word) => /\\p{L}{2}/u.test(word)).length"""
# How far Reset stands from Play: to the right of it, and below its middle.
_RESET = """() => {
    const [play, reset] = [".book-play", ".book-reset"].map((name) =>
        document.querySelector(`.book-deck > ${name}`).getBoundingClientRect());
    return [reset.left - play.right, reset.top + reset.height / 2 - play.top - play.height / 2];
}"""
# Where rows and controls begin in the drawer More, each place once; a checkbox begins its row.
_COLUMNS = """() => {
    const places = (selector) => [...new Set(
        [...document.querySelectorAll(`.book-drawer[open] .book-control > :is(${selector})`)]
            .filter((node) => node.checkVisibility())
            .map((node) => Math.round(node.getBoundingClientRect().left)))];
    const [row, box] = [":first-child", "[type=checkbox]"];
    return [places(row), places(`:is(input, select):not(${box})`)];
}"""
# How far the name of each checkbox in sight begins from its box.
_BOXES = """() => [...document.querySelectorAll(".book-toggle")]
    .filter((node) => node.checkVisibility())
    .map((node) => {
        const name = document.createRange();
        name.selectNodeContents(node.querySelector("label"));
        const box = node.querySelector("input").getBoundingClientRect();
        return [name.toString(), name.getBoundingClientRect().left - box.right];
    })"""
# How many pixels each list beside Play lacks to show its longest name.
_LACKING = """() => [...document.querySelectorAll(".book-deck select")].map((list) => {
    const shown = list.offsetWidth;
    list.style.width = "max-content";
    const lacking = list.offsetWidth - shown;
    list.style.width = "";
    return lacking;
})"""
# How many pixels from top to bottom a finger may hit to press a control, drawers open.
_FINGERS = """() => {
    for (const drawer of document.querySelectorAll(".book-drawer")) drawer.open = true;
    const own = (node, hit) => hit && (node.contains(hit) || hit.closest("label")?.contains(node));
    const around = (node) => {
        node.scrollIntoView({ block: "center" });
        const box = node.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const reach = (way) => {
            let far = 0;
            while (far < 40 && own(node, document.elementFromPoint(x, y + way * (far + 1)))) far++;
            return far;
        };
        const name = node.ariaLabel ?? (node.labels?.[0] ?? node).innerText;
        return [reach(-1) + reach(1) + 1, name];
    };
    return [...document.querySelectorAll(".book-stage :is(button, summary, input, select)")]
        .filter((node) => node.checkVisibility() && !node.disabled)
        .map((node) => [node.matches("button, summary, [type=range]"), ...around(node)]);
}"""
FINGER = {True: 36, False: 24}  # pixels that buttons and sliders, and other fields, must have
# Pixels of the scene above and below all that is drawn in it.
_BANDS = """() => {
    const scene = document.querySelector(".book-stage .book-scene");
    const boxes = [...scene.querySelectorAll("*")]
        .filter((node) => node.checkVisibility() && !node.matches("svg, g, title, defs, defs *"))
        .filter((node) => node.namespaceURI.endsWith("svg") || !node.children.length)
        .map((node) => {
            const { top, bottom } = node.getBoundingClientRect();
            const frame = node.ownerSVGElement;
            if (!frame || getComputedStyle(frame).overflow === "visible") return { top, bottom };
            const box = frame.getBoundingClientRect();
            return { top: Math.max(top, box.top), bottom: Math.min(bottom, box.bottom) };
        });
    const { top, bottom } = scene.getBoundingClientRect();
    return [
        Math.min(...boxes.map((box) => box.top)) - top,
        bottom - Math.max(...boxes.map((box) => box.bottom)),
    ];
}"""
_JUMP = """() => {
    const place = document.querySelector(".book-demo");
    const kept = getComputedStyle(place, "::before").paddingTop;
    const root = place.querySelector(".book-stage");
    const margin = parseFloat(getComputedStyle(root).marginTop);
    return [parseFloat(kept), root.getBoundingClientRect().height + 2 * margin];
}"""


def assert_lists_show_their_names(page: Page) -> None:
    """Fail if a list beside Play cuts off one of its names."""
    lacking = page.evaluate(_LACKING)
    assert lacking and max(lacking) <= 0, f"lists lack {lacking} pixels"


def words_in_sight(page: Page) -> int:
    """Return the number of words that a demo shows with its drawers closed."""
    return page.evaluate(_WORDS)


def assert_stays_in_its_place(page: Page, *, beyond: float = 8, below: float = 8) -> None:
    """A demo takes the height that its page keeps free for it, so that nothing jumps.

    Args:
        page: a page with one demo.
        beyond: pixels that it may take more, and what follows then moves by them.
        below: pixels that may stay empty.
    """
    kept, taken = page.evaluate(_JUMP)
    assert -below <= taken - kept <= beyond, f"{kept} pixels are kept free, {taken} are taken"


def assert_on_stage(page: Page) -> None:
    """A freshly mounted demo has the form that `demos` on the stage share.

    Raises:
        AssertionError: if it is too tall, has too many words or controls in sight, reserves
            another height than it takes, leaves a part of the picture empty, opens with a drawer
            open or with its task done.
    """
    width = page.viewport_size["width"]
    tallest = TALLEST["phone" if width <= 480 else "wide"]
    height = page.locator(".book-stage").bounding_box()["height"]
    assert height <= tallest, f"{height} pixels high at a width of {width}"
    words = words_in_sight(page)
    assert words <= MOST_WORDS, f"{words} words in sight"
    controls = page.locator(".book-deck > *:not(.book-play, .book-reset)").count()
    assert controls <= MOST_CONTROLS, f"{controls} controls under the picture"
    aside, below = page.evaluate(_RESET)
    assert 0 < aside <= 24, f"Reset stands {aside} pixels beside Play"
    assert abs(below) <= 2, f"Reset stands {below} pixels below Play"
    assert_stays_in_its_place(page)
    assert page.locator(".book-drawer[open]").count() == 0
    assert page.locator(".book-done").count() == 0, "the task is done at the start"
    task = page.locator(".book-task").all_inner_texts()
    assert all(words[0].isupper() for words in task), f"a sentence begins with a capital: {task}"
    assert page.locator(".book-scene > *").count() > 0, "there is no picture"
    bands = page.evaluate(_BANDS)
    assert max(bands) <= WIDEST_BAND, f"empty bands above and below the picture: {bands}"


def assert_boxes_beside_their_names(page: Page) -> None:
    """The name of every checkbox follows right after its box.

    Raises:
        AssertionError: if one stands elsewhere.
    """
    far = [found for found in page.evaluate(_BOXES) if not 2 <= found[1] <= 10]
    assert far == [], far


def has_drawer(page: Page, title: str) -> bool:
    """Return whether the demo has a drawer with this title."""
    return page.locator(".book-drawer > summary", has_text=title).count() > 0


def open_drawer(page: Page, title: str) -> None:
    """Open the drawer with this title, by keyboard."""
    summary = page.locator(".book-drawer > summary", has_text=title)
    summary.press("Enter")


def assert_drawers_in_one_grid(page: Page) -> None:
    """Under More, where it is open, all rows begin at one place, and all controls at another."""
    for places in page.evaluate(_COLUMNS):
        assert len(places) <= 1, f"columns of the drawer begin at {places}"


def assert_fingers_find(page: Page) -> None:
    """On a touch screen every control is as high as a finger needs, with the gaps around it."""
    found = page.evaluate(_FINGERS)
    assert found
    small = [(name, high) for is_large, high, name in found if high < FINGER[is_large]]
    assert not small, small


def is_done(page: Page) -> bool:
    """Return whether the demo says that its task is done."""
    return page.locator(".book-task.book-done").count() == 1
