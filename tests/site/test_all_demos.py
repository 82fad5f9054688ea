"""What every demo keeps to, in the settings of its file ``<name>_states.py``."""

import runpy
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest
from demo_input import on_a_phone, tab_order
from demo_kernel import assert_python_takes, assert_stops, ids_of_two_views, in_a_notebook
from demo_looks import (
    assert_apart,
    assert_fits,
    assert_no_nonsense,
    assert_percent_apart,
    assert_readable,
    assert_still,
)
from demo_motion import differences
from demo_page import (
    CHANGE_EVERYTHING,
    PHONE,
    assert_redraws_once_a_frame,
    frame,
    narrowed,
    nothing_wrong,
    resize,
)
from demo_stage import (
    assert_boxes_beside_their_names,
    assert_drawers_in_one_grid,
    assert_fingers_find,
    assert_on_stage,
    assert_stays_in_its_place,
    has_drawer,
    open_drawer,
)
from playwright.sync_api import Browser, Page
from website import CONTRAST, NEVER_SERIOUS, low_contrasts, violations

from tools.demo_page import demos, mount

DEMOS = demos()
# A zero with a minus sign, unless a formula multiplies it.
SIGNED_ZERO = r"−0(\.0+)?(?![\d.])(?! ×)"
# Pixels that a demo has, from the stage to a phone.
WIDTHS = (880, 800, 700, 624, PHONE)
LARGE_PHONE = 392  # what a page leaves of 424
# What a page leaves of a wide window, whose lists stand on both sides: least of 1200.
IN_A_PAGE = {1280: 728, 1200: 648}

# Demos in which a change costs much work: only two of their controls are tried with motion.
LONG_WORK = {
    "bump_builder",  # trains a network
    "occlusion",  # hides 196 places
    "skip_switches",  # runs a network on a whole scene
}

# Looks of text whose contrast is right, in demos that have been looked at.
PASSED: set[str] = set()

every_demo = pytest.mark.parametrize("name", DEMOS)


def settings(name):
    """What the file ``<name>_states.py`` of a demo says of its settings."""
    path = Path(__file__).parent / name / f"{name}_states.py"
    assert path.is_file(), f"write {path.name} with STATES = [{{}}, …] for this demo"
    return runpy.run_path(str(path))


def states(name):
    """The settings in which a demo is looked at; it opens with the first."""
    return settings(name)["STATES"]


def slow_states(name):
    """Which of them show lines that compute for seconds, and differ from others in a number."""
    return settings(name).get("SLOW_CODE", ())


def crowded_states(name):
    """Which of them may show letters over letters; the file says why."""
    return settings(name).get("CROWDED", ())


@pytest.fixture
def show(page):
    """A function that shows demos in a window of some width; nothing may go wrong there."""

    def shown(*widgets, width=1200):
        page.set_viewport_size({"width": width, "height": 900})
        mount(page, *widgets)
        frame(page)
        return page

    with nothing_wrong(page):
        yield shown


def test_demos_are_found():
    assert len(DEMOS) >= 80


class AllStates:
    """A page with a demo in each of its settings, side by side, to be looked at by several tests.

    It is kept until the next demo is asked for: xdist runs the tests of a demo one after another.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser, self.name, self.page = browser, "", None

    def of(self, name: str) -> Page:
        """Return the page of this demo."""
        if name != self.name:
            self.close()
            self.page, self.name = self.browser.new_page(reduced_motion="reduce"), name
            with nothing_wrong(self.page):
                self.page.set_viewport_size({"width": PHONE, "height": 900})
                mount(self.page, *(DEMOS[name](**state) for state in states(name)))
                frame(self.page)
        return self.page

    def close(self) -> None:
        """Close the page, if there is one."""
        if self.page:
            self.page.close()


@pytest.fixture(scope="module")
def all_states(browser):
    pages = AllStates(browser)
    yield pages
    pages.close()


@pytest.fixture
def in_all_states(all_states):
    """A function that shows a demo in all its settings; nothing may go wrong during the test."""
    with ExitStack() as watched:

        def shown(name, *, width):
            page = all_states.of(name)
            watched.enter_context(nothing_wrong(page))
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("document.documentElement.dataset.theme = 'light'")
            frame(page)
            return page

        yield shown


@every_demo
def test_fits_and_can_be_read_on_a_phone_and_on_a_desk(in_all_states, name):
    page = in_all_states(name, width=PHONE)
    assert_readable(page)
    assert_no_nonsense(page, SIGNED_ZERO)
    assert_percent_apart(page)
    assert_apart(page, crowded_states(name))
    for window, width in IN_A_PAGE.items():
        resize(page, window)
        assert_fits(page)
        assert_apart(page, crowded_states(name))
        with narrowed(page, width):
            assert_apart(page, crowded_states(name))


@every_demo
def test_the_code_it_shows_runs_as_it_is_copied(in_all_states, name):
    page = in_all_states(name, width=1200)
    for place, view in enumerate(page.locator(".book-demo-view").all()):
        codes = view.locator("pre").evaluate_all(
            "(nodes) => nodes.map(({ textContent }) => textContent)"
        )
        assert codes
        for code in codes if place not in slow_states(name) else ():
            # A comment says so where torch refuses what the reader has set.
            refused = "# raises" in code
            with pytest.raises(Exception) if refused else nullcontext():  # noqa: B017, PT011
                exec(code, {})


@every_demo
def test_axe_finds_nothing_serious(in_all_states, name):
    page = in_all_states(name, width=1200)
    found = violations(page, without=(CONTRAST, NEVER_SERIOUS))
    assert found + low_contrasts(page, PASSED) == []
    # The themes differ in colours alone.
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert low_contrasts(page, PASSED) == []


@every_demo
def test_the_keyboard_reaches_every_control_and_sees_where_it_is(show, name):
    assert tab_order(show(DEMOS[name]()))


@every_demo
def test_all_changes_of_a_frame_are_drawn_at_once_and_then_it_is_still(show, name):
    page = show(DEMOS[name]())
    assert_redraws_once_a_frame(page, CHANGE_EVERYTHING, least=3)
    assert_still(page)


@every_demo
def test_it_ends_in_the_same_picture_with_and_without_motion(page, name):
    with nothing_wrong(page):
        assert differences(page, DEMOS[name], most=2 if name in LONG_WORK else 6) == []


@every_demo
def test_in_a_notebook_it_moves_python_listens_and_leaves_nothing_behind(page, name):
    with nothing_wrong(page):
        demo = DEMOS[name]()
        in_a_notebook(page, demo)
        assert_python_takes(page, demo, CHANGE_EVERYTHING)
        assert_stops(page, DEMOS[name])


@every_demo
def test_two_views_share_no_id(page, name):
    with nothing_wrong(page):
        assert ids_of_two_views(page, DEMOS[name]()) > 0


@every_demo
def test_it_keeps_to_the_stage_at_each_width(show, name):
    page = show(DEMOS[name](), width=WIDTHS[0])
    resize(page, LARGE_PHONE)
    # Where words wrap is not a matter of proportion; a line is 24 pixels high.
    assert_stays_in_its_place(page, beyond=12, below=24)
    for window, width in IN_A_PAGE.items():
        resize(page, window)
        with narrowed(page, width):
            assert_stays_in_its_place(page, beyond=24, below=24)
    for width in WIDTHS:
        resize(page, width)
        assert_on_stage(page)
        assert_boxes_beside_their_names(page)
    if not has_drawer(page, "More"):
        return
    open_drawer(page, "More")
    for width in WIDTHS:
        resize(page, width)
        assert_drawers_in_one_grid(page)
        assert_boxes_beside_their_names(page)


@every_demo
def test_fingers_find_every_control_of_the_stage(browser, name):
    with on_a_phone(browser, DEMOS[name]()) as page:
        assert_fingers_find(page)
