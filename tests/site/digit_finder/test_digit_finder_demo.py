"""The digit finder, as a reader meets it in Chromium."""

import contextlib
import io

import pytest
from demo_input import middle, on_a_phone, swipe, touch_drag
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.digit_finder import OPENING, DigitFinder

HIDDEN = [[9, 26, 36, 14], [6, 25, 38, 24]]


@pytest.fixture
def show(page):
    yield from mounting(page, DigitFinder)


def tags(page):
    """The words on the boxes in sight."""
    return page.locator(".book-box:not([hidden]) .book-tag").all_text_contents()


def wanted(demo):
    """Class and score of each report."""
    pairs = zip(demo.record["labels"].tolist(), demo.record["scores"].tolist(), strict=True)
    return [f"{label} {score:.2f}" for label, score in pairs]


def test_it_opens_with_what_torch_reports_and_says_what_is_wrong(show):
    page, demo = show(), DigitFinder()
    assert [tag.removeprefix("\u2717 ") for tag in tags(page)] == wanted(demo)
    assert [tag.startswith("\u2717") for tag in tags(page)].count(True) == 1
    score = demo.record["scores"].min().item()
    assert read(page, ".book-says") == (
        f"Three digits, two found. The 7 is taken for a 9, with a score of {score:.2f}."
    )
    assert page.locator(".book-answers").count() == 3
    assert not is_done(page)


def test_boxes_stand_where_torch_puts_them(show):
    page, demo = show(), DigitFinder()
    seen = page.locator(".book-photo").bounding_box()
    for node, box in zip(
        page.locator(".book-box:not([hidden])").all(), demo.record["boxes"].tolist(), strict=True
    ):
        place = node.bounding_box()
        unit = seen["width"] / 64
        left, top = (place[name] - seen[name] for name in ("x", "y"))
        ends = [left, top, left + place["width"], top + place["height"]]
        assert [end / unit for end in ends] == pytest.approx(box, abs=0.1)


def test_keys_move_a_digit_change_its_size_and_remove_it(show):
    page = show()
    node = page.locator(".book-handle").nth(0)
    node.press("ArrowRight")
    node.press("Shift+ArrowDown")
    frame(page)
    demo = DigitFinder(objects=[[7, 15, 26, 12], *OPENING[1:]])
    assert [tag.removeprefix("\u2717 ") for tag in tags(page)] == wanted(demo)
    node.press("+")
    frame(page)
    assert "Digit 7, side 16" in node.get_attribute("aria-label")
    node.press("Delete")
    frame(page)
    assert read(page, ".book-says").startswith("Two digits, two found.")


def test_a_digit_is_dragged_within_the_scene(show):
    page = show()
    seen = page.locator(".book-photo").bounding_box()
    unit = seen["width"] / 64
    page.mouse.move(seen["x"] + 36 * unit, seen["y"] + 48 * unit)
    page.mouse.down()
    page.mouse.move(seen["x"] + 200 * unit, seen["y"] + 20 * unit)
    page.mouse.up()
    frame(page)
    label = page.locator(".book-handle").nth(2).get_attribute("aria-label")
    assert "top 8" in label
    _, _, left, _ = OPENING[2]
    width = 64 - int(label.partition("left ")[2].partition(",")[0])
    assert 10 < width < 30 and f"left {left}" not in label


def test_digits_are_added_from_the_shelf_by_click_and_by_drag_up_to_four(show):
    page = show(objects=[])
    assert read(page, ".book-says").startswith("An empty scene")
    page.get_by_role("button", name="Add a 4").click()
    frame(page)
    assert page.locator(".book-handle:not([hidden])").count() == 1
    tile = page.get_by_role("button", name="Add a 2").bounding_box()
    seen = page.locator(".book-photo").bounding_box()
    page.mouse.move(tile["x"] + 10, tile["y"] + 10)
    page.mouse.down()
    page.mouse.move(seen["x"] + 60, seen["y"] + 60)
    page.mouse.move(seen["x"] + 80, seen["y"] + 80)
    page.mouse.up()
    frame(page)
    label = page.locator(".book-handle").nth(1).get_attribute("aria-label")
    assert label.startswith("Digit 2, side 18")
    for _ in range(4):
        page.get_by_role("button", name="Add a 0").press("Enter")
    frame(page)
    assert page.locator(".book-handle:not([hidden])").count() == 4
    assert page.locator(".book-row-of.book-absent").count() == 0


def test_a_finger_drags_and_adds_digits_on_a_phone(browser):
    with on_a_phone(browser, DigitFinder()) as page:
        page.locator(".book-shelf").scroll_into_view_if_needed()
        handles = page.locator(".book-handle:not([hidden])")
        x, y = middle(handles.nth(0))
        unit = page.locator(".book-photo").bounding_box()["width"] / 64
        assert touch_drag(page, (x, y), (x + 10 * unit, y)) == 0
        assert handles.nth(0).get_attribute("aria-label").startswith("Digit 7, side 15, left 35,")
        page.touchscreen.tap(*middle(page.get_by_role("button", name="Add a 3")))
        frame(page)
        assert handles.count() == 4
        for left in (3, 2):
            page.touchscreen.tap(*middle(page.get_by_role("button", name="Remove")))
            frame(page)
            assert handles.count() == left
        tile = middle(page.get_by_role("button", name="Add a 5"))
        assert touch_drag(page, tile, middle(page.locator(".book-photo"))) == 0
        assert handles.count() == 3
        label = handles.nth(2).get_attribute("aria-label")
        assert label.startswith("Digit 5, side 18, left 2")


def test_a_finger_that_leaves_a_tile_adds_nothing_and_grounds_scroll_the_page(browser):
    with on_a_phone(browser, DigitFinder()) as page:
        page.evaluate("document.body.style.paddingBottom = '1500px'")
        handles = page.locator(".book-handle:not([hidden])")
        x, y = middle(page.get_by_role("button", name="Add a 2"))
        touch_drag(page, (x, y), (x + 120, y + 4))
        assert handles.count() == 3
        page.touchscreen.tap(x, y)
        frame(page)
        assert handles.count() == 4
        assert swipe(page, *middle(page.get_by_role("button", name="Background 3"))) > 50
        assert (
            page.get_by_role("button", name="Background 1").get_attribute("aria-pressed") == "true"
        )


def test_each_bar_has_a_tick_at_the_threshold(show):
    page = show(threshold=0.75)
    bar = page.locator(".book-bar").first
    tick, width = bar.evaluate(
        "(n) => [getComputedStyle(n, '::after').left, n.clientWidth].map(parseFloat)"
    )
    assert tick == pytest.approx(0.75 * width - 1, abs=0.6)
    assert read(page, ".book-key") == "the cell that answers"
    assert page.locator(".book-key.book-off").count() == 0
    page.get_by_label("Cells").press("Space")
    frame(page)
    assert page.locator(".book-key.book-off").count() == 1


def test_threshold_truth_and_cells(show):
    page, demo = show(threshold=0.95, truth=True, cells=False), DigitFinder(threshold=0.95)
    assert tags(page) == wanted(demo)
    assert page.locator(".book-true:not([hidden])").count() == 3
    assert page.locator(".book-photo .book-off").count() == 1
    assert "The 7 is missed: " in read(page, ".book-says")
    words = page.locator(".book-row-of .book-fate").all_text_contents()
    ours = DigitFinder(threshold=0.95).overlaps.amax(1).tolist()
    assert words == [f"IoU {value:.2f}" for value in ours]


def test_suppression_can_be_switched_off(show):
    state = {"objects": [[6, 28, 16, 16]], "threshold": 0.05}
    page = show(**state)
    open_drawer(page, "More")
    before = len(tags(page))
    page.get_by_label("Non-maximum suppression").uncheck()
    frame(page)
    assert len(tags(page)) > before
    assert len(tags(page)) == len(DigitFinder(**state, suppressed=False).record["scores"])


def test_the_task_wants_a_hidden_digit(show):
    assert not is_done(show(objects=[[9, 26, 0, 14], HIDDEN[1]], ground=1))
    page = show(objects=HIDDEN, ground=1)
    assert is_done(page)
    nearest = DigitFinder(objects=HIDDEN, ground=1).overlaps[0].max()
    assert read(page, ".book-says").endswith(
        f" The 9 is missed: the best box has an IoU of {nearest:.2f}."
    )
    assert not is_done(show(objects=HIDDEN, ground=1, threshold=0.55))


def test_play_glides_and_leaves_a_trail_and_does_not_solve_the_task(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, DigitFinder())
    frame(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(140 * 8 + 60)
    frame(page)
    dots = page.locator(".book-trail circle")
    assert 8 <= dots.count() <= 10
    label = page.locator(".book-handle").nth(0).get_attribute("aria-label")
    assert int(label.partition("left ")[2].partition(",")[0]) == OPENING[0][2] + dots.count() - 1
    assert page.locator(".book-trail .book-found").count() > 2
    page.clock.run_for(140 * 40)
    frame(page)
    assert not is_done(page)
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert dots.count() == 1


def test_the_lines_of_torch_read_the_box_of_the_cell(show):
    page = show()
    lines = page.locator("code").text_content()
    scope = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(lines, scope)
    demo = DigitFinder()
    cells = demo.cell_numbers.flatten(0, 1)
    (row,) = (cells - scope["cell"]).abs().amax(1).lt(1e-3).nonzero()[:, 0].tolist()
    assert f"column {row % 8}, row {row // 8} " in lines
    best = demo.overlaps[0].argmax()
    assert scope["box"].tolist() == pytest.approx(demo.record["boxes"][best].tolist(), abs=0.01)
