"""Box overlap, as a reader meets it in Chromium."""

import pytest
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils.widgets.box_overlap import SCORES, BoxOverlap

APART = {"predicted": [1, 1, 4, 3], "true": [9, 5, 13, 8]}


@pytest.fixture
def show(page):
    yield from mounting(page, BoxOverlap)


def bars(page):
    """Each score with its number, the left end and the width of its bar in per cent."""
    return page.eval_on_selector_all(
        ".book-bar",
        """rows => rows.map((row) => [row.querySelector(".book-name").textContent,
          row.querySelector("b").textContent.replace("−", "-"),
          parseFloat(row.querySelector(".book-fill").style.left),
          parseFloat(row.querySelector(".book-fill").style.width),
          row.getAttribute("aria-pressed")])""",
    )


def box_of(page, selector):
    """The box of a path on the board, in units of the picture."""
    return page.eval_on_selector(
        selector,
        "node => { const b = node.getBBox();"
        " return [b.x, b.y, b.x + b.width, b.y + b.height].map((v) => (v - 7) / 30) }",
    )


def test_bars_and_picture_show_the_boxes(show):
    for state in ({}, APART, {"predicted": [7, 5, 8, 6]}):
        demo = BoxOverlap(**state)
        page = show(**state)
        for row, name in zip(bars(page), SCORES, strict=True):
            value = demo.scores[name]
            assert row[0] == name and float(row[1]) == pytest.approx(value, abs=0.0051)
            assert row[3] == pytest.approx(50 * abs(value), abs=0.01)
            assert row[2] == pytest.approx(50 + min(0, 50 * value), abs=0.01)
            assert row[4] == str(name == "GIoU").lower()
        one, two = demo.predicted, demo.true
        for name, place in (("predicted", one[1]), ("true", two[3])):
            label = page.locator(f".book-{name} .book-label")
            assert label.text_content() == {"predicted": "prediction", "true": "truth"}[name]
            assert abs((float(label.get_attribute("y")) - 7) / 30 - place) < 0.8
        assert box_of(page, ".book-predicted .book-body") == pytest.approx(one)
        assert box_of(page, ".book-true .book-body") == pytest.approx(two)
        outside = [*map(min, one[:2], two[:2]), *map(max, one[2:], two[2:])]
        assert box_of(page, ".book-around") == pytest.approx(outside)
        assert box_of(page, ".book-empty") == pytest.approx(outside)
        inside = [*map(max, one[:2], two[:2]), *map(min, one[2:], two[2:])]
        shared = page.locator(".book-shared")
        assert shared.count() == (inside[0] < inside[2] and inside[1] < inside[3])
        if shared.count():
            assert box_of(page, ".book-shared") == pytest.approx(inside)


def test_a_score_that_is_pressed_is_looked_at(show):
    page = show()
    seen = {}
    for name in SCORES:
        page.get_by_role("button", name=name, exact=False).first.click()
        frame(page)
        parts = ("empty", "distance", "diagonal", "quiet")
        seen[name] = [part for part in parts if page.locator(f".book-{part}").count()]
        assert [row[0] for row in bars(page) if row[4] == "true"] == [name]
    assert seen == {
        "IoU": ["quiet"],
        "GIoU": ["empty"],
        "DIoU": ["distance", "diagonal"],
        "CIoU": ["distance", "diagonal"],
    }
    assert page.locator(".book-centre").count() == 2


def test_boxes_are_dragged_and_keys_move_them(show):
    page = show(predicted=[2, 2, 6, 6], true=[10, 3, 13, 8])
    frame_of = page.locator(".book-board").bounding_box()
    unit = frame_of["width"] / 494 * 30

    def at(x, y):
        return frame_of["x"] + unit * (x + 7 / 30), frame_of["y"] + unit * (y + 7 / 30)

    for start, end in (((4, 4), (5.5, 3)), ((7.5, 5), (10.5, 9))):
        page.mouse.move(*at(*start))
        page.mouse.down()
        page.mouse.move(*at(*end))
        page.mouse.up()
        frame(page)
    assert box_of(page, ".book-predicted .book-body") == pytest.approx([3.5, 1, 10.5, 9])
    truth = page.locator(".book-true")
    truth.press("ArrowLeft")
    truth.press("Shift+ArrowDown")
    frame(page)
    assert box_of(page, ".book-true .book-body") == pytest.approx([9.75, 3, 12.75, 8.25])


def test_the_task_asks_for_a_small_box_in_a_corner_of_the_other(show):
    page = show(predicted=[6, 4, 9, 5.5])
    assert not is_done(page)  # DIoU is 0.09 lower
    for _ in range(3):
        page.locator(".book-predicted").press("Shift+ArrowLeft")
    frame(page)
    assert is_done(page)
    page.locator(".book-predicted").press("ArrowUp")
    frame(page)
    assert "solved" in page.locator(".book-task").get_attribute("class")


def test_play_walks_uphill_and_leaves_stops_but_nowhere_by_iou(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, BoxOverlap(**APART, score="IoU"))
    frame(page)
    assert "no slope" in read(page, ".book-says")
    play = page.get_by_role("button", name="Play")
    play.click()
    page.clock.run_for(2000)
    assert box_of(page, ".book-predicted .book-body") == pytest.approx(APART["predicted"])
    assert play.count() == 1  # it has stopped by itself
    page.get_by_role("button", name="GIoU").click()
    play.click()
    page.clock.run_for(60 * 420)
    assert box_of(page, ".book-predicted .book-body") == pytest.approx(APART["true"], abs=0.1)
    assert 4 <= page.locator(".book-stop").count() <= 12
    page.get_by_role("button", name="DIoU").first.click()
    page.clock.run_for(500)
    assert box_of(page, ".book-predicted .book-body") == pytest.approx(APART["predicted"])
    assert page.locator(".book-stop").count() == 0
