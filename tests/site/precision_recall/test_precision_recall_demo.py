"""Precision and recall, as a reader meets it in Chromium."""

import pytest
from demo_page import frame, mounting, read
from demo_stage import is_done, open_drawer

from utils.widgets.precision_recall import PrecisionRecall


@pytest.fixture
def show(page):
    yield from mounting(page, PrecisionRecall)


def classes(page, selector):
    return page.eval_on_selector_all(
        selector, "nodes => nodes.map(n => n.classList.contains('book-hit'))"
    )


def test_boxes_dots_and_line_tell_hits_from_false_alarms(show):
    for state in ({}, {"shown": 11, "threshold": 0.7}, {"shown": 3, "threshold": 0.95}):
        demo, page = PrecisionRecall(**state), show(**state)
        hits = demo.hits.tolist()
        assert classes(page, ".book-board g[data-about]") == hits
        assert classes(page, ".book-head:not(.book-ring)") == hits
        chips = page.eval_on_selector_all(".book-chip b", "nodes => nodes.map(n => n.textContent)")
        assert chips == ["✓" if hit else "✕" for hit in hits] + ["·"] * (11 - len(hits))
        scores = page.locator(".book-chip span").all_inner_texts()
        assert scores == [f"{score:.2f}"[1:] for score in demo.scene["scores"]]
        assert page.locator(".book-cross").count() == hits.count(False)
        assert read(page, ".book-area") == f"{demo.average_precision:.2f}"


def test_the_picture_draws_boxes_bars_and_points_in_their_places(show):
    demo, page = PrecisionRecall(shown=8), show(shown=8)
    drawn = page.eval_on_selector_all(
        ".book-box",
        "nodes => nodes.map(n => ['x','y','width','height'].map(a => +n.getAttribute(a)))",
    )
    wanted = [[x, y, right - x, low - y] for x, y, right, low in demo.scene["boxes"][:8]]
    assert [pytest.approx(box, abs=1e-6) for box in wanted] == drawn
    bars = page.eval_on_selector_all(
        ".book-bar", "nodes => nodes.map(n => n.getAttribute('points').split(' ').map(Number))"
    )
    precision, recall = demo.curve
    best = [max(p for p, r in zip(precision, recall, strict=True) if r > k / 6) for k in range(5)]
    up = 230 / 1.26  # pixels of the drawing for 1 on the axis
    for bar, height in zip(bars, [*best, 0], strict=True):
        assert (bar[1] - bar[3]) / up == pytest.approx(float(height), abs=1e-6)
    dots = page.eval_on_selector_all(
        ".book-head:not(.book-ring)",
        "nodes => nodes.map(n => ['cx','cy'].map(a => +n.getAttribute(a)))",
    )
    for (x, y), p, r in zip(dots, precision, recall, strict=True):
        assert x == pytest.approx(360 * (r.item() + 0.12) / 1.18, abs=1e-6)
        assert y == pytest.approx(up * (1.12 - p.item()), abs=1e-6)


def test_the_sentence_says_what_became_of_the_last_box(show):
    for shown, threshold, words in (
        (1, 0.5, "Box 1, score 0.97: hit, overlap 0.67. 1 of 1 box right, 1 of 6 digits found."),
        (4, 0.5, "Box 4, score 0.81: false alarm, its digit is taken. 3 of 4 boxes right, 3 of 6"),
        (6, 0.5, "Box 6, score 0.66: false alarm, it lies on nothing."),
        (1, 0.7, "Box 1, score 0.97: false alarm, overlap 0.67 is below 0.70."),
        (0, 0.5, "No box has come yet, and none of the 6 digits is found."),
    ):
        page = show(shown=shown, threshold=threshold)
        assert read(page, ".book-says").startswith(words)


def test_the_task_is_done_where_the_surest_box_is_a_false_alarm(show):
    page = show(shown=11, threshold=0.65)
    assert not is_done(page)
    page.get_by_label("IoU threshold").press("ArrowRight")
    frame(page)
    assert is_done(page)
    page.get_by_label("IoU threshold").press("End")
    frame(page)
    assert "Make the curve" in read(page, ".book-task")  # with no hit at all it is not done


def test_a_touch_on_the_line_and_a_key_on_the_slider_set_how_many_have_come(show):
    page = show()
    page.locator(".book-chip").nth(2).click()
    frame(page)
    assert page.locator(".book-board g[data-about]").count() == 3
    open_drawer(page, "More")
    page.get_by_role("slider", name="Boxes that have come").press("ArrowRight")
    frame(page)
    assert page.locator(".book-board g[data-about]").count() == 4


def test_the_lines_of_torch_give_the_area(show):
    for state in ({}, {"shown": 0}, {"shown": 11, "threshold": 0.7}):
        page = show(**state)
        lines = page.locator(".book-formula code").text_content()
        *before, last = lines.split("\n")
        names = {}
        exec("\n".join(before), names)  # noqa: S102  what a reader copies
        found = eval(last, names).item()  # noqa: S307
        assert found == pytest.approx(PrecisionRecall(**state).average_precision, abs=1e-6)
