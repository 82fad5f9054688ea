"""What every demo on the stage keeps to: its height, its words, its controls, its motion."""

from playwright.sync_api import Page

TALLEST = {"wide": 650, "phone": 700}  # pixels
MOST_WORDS = 90
MOST_CONTROLS = 3

# Words that a reader sees: text of what is visible, drawers closed, numbers and signs apart.
_WORDS = """() => document.querySelector(".book-stage").innerText
    .split(/\\s+/).filter((word) => /\\p{L}{2}/u.test(word)).length"""
_JUMP = """() => {
    const place = document.querySelector(".book-demo");
    const kept = getComputedStyle(place).getPropertyValue(
        innerWidth <= 480 ? "--book-phone-height" : "--book-height");
    const root = place.querySelector(".book-stage");
    const margin = parseFloat(getComputedStyle(root).marginTop);
    return [parseFloat(kept), root.getBoundingClientRect().height + 2 * margin];
}"""


def words_in_sight(page: Page) -> int:
    """Return the number of words that a demo shows with its drawers closed."""
    return page.evaluate(_WORDS)


def assert_on_stage(page: Page) -> None:
    """A freshly mounted demo has the form that `demos` on the stage share.

    Raises:
        AssertionError: if it is too tall, has too many words or controls in sight, reserves
            another height than it takes, opens with a drawer open or with its task done.
    """
    width = page.viewport_size["width"]
    tallest = TALLEST["phone" if width <= 480 else "wide"]
    height = page.locator(".book-stage").bounding_box()["height"]
    assert height <= tallest, f"{height} pixels high at a width of {width}"
    words = words_in_sight(page)
    assert words <= MOST_WORDS, f"{words} words in sight"
    controls = page.locator(".book-deck > *:not(.book-play, .book-reset)").count()
    assert controls <= MOST_CONTROLS, f"{controls} controls under the picture"
    kept, taken = page.evaluate(_JUMP)
    assert abs(kept - taken) <= 8, f"{kept} pixels are kept free, {taken} are taken"
    assert page.locator(".book-drawer[open]").count() == 0
    assert page.locator(".book-done").count() == 0, "the task is done at the start"
    assert page.locator(".book-scene > *").count() > 0, "there is no picture"


def open_drawer(page: Page, title: str) -> None:
    """Open the drawer with this title, by keyboard."""
    summary = page.locator(".book-drawer > summary", has_text=title)
    summary.press("Enter")


def is_done(page: Page) -> bool:
    """Return whether the demo says that its task is done."""
    return page.locator(".book-task.book-done").count() == 1
