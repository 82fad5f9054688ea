"""Shattering, as a reader meets it in Chromium."""

import pytest
from demo_input import drag, middle, tab_order
from demo_page import code_lines, frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.shattering import PRESETS, Shattering


@pytest.fixture
def show(page):
    yield from mounting(page, Shattering)


def panels(page, more=""):
    return page.locator(f".book-labelling{more}:visible")


def chosen(page):
    marks = panels(page).evaluate_all("(all) => all.map((one) => one.matches('.book-chosen'))")
    assert marks.count(True) == 1
    return marks.index(True) + 1


def press(page, name, *keys):
    for key in keys:
        page.get_by_label(name, exact=True).press(key)
        frame(page)


def test_it_opens_on_four_points_of_which_two_labellings_have_no_line(show):
    page = show()
    assert read(page, ".book-count") == "14 of 16"
    assert panels(page).count() == 16
    crossed = panels(page).evaluate_all("(all) => all.map((one) => one.matches('.book-crossed'))")
    assert crossed == [line is None for line in Shattering().lines]
    assert chosen(page) == 6
    assert read(page, ".book-says") == (
        "Labelling 6: the two shapes meet in the ring. No line separates them."
    )
    assert page.locator(".book-meeting").count() == 1
    assert page.locator(".book-plane .book-border").count() == 0


def test_a_click_chooses_a_labelling_and_the_line_lies_between_its_classes(show):
    page = show()
    panels(page).nth(6).click()
    assert read(page, ".book-says") == "Labelling 7: a line separates B and C from A and D."
    assert chosen(page) == 7
    w1, w2, b = Shattering().lines[6].tolist()
    ends = page.locator(".book-plane .book-border").get_attribute("points").split()
    for left, top in zip(ends[::2], ends[1::2], strict=True):
        x, y = float(left) / 50 - 3.5, 2.5 - float(top) / 50
        assert w1 * x + w2 * y + b == pytest.approx(0, abs=1e-9)
    blue = page.locator(".book-handle.book-plus:visible")
    names = [one.get_attribute("aria-label") for one in blue.all()]
    assert names == ["point B", "point C"]


def test_small_pictures_show_the_labels_and_the_sides(show):
    page = show()
    for index, labels in enumerate(Shattering().labels.tolist()):
        panel = panels(page).nth(index)
        spots = panel.locator(".book-spot")
        looks = spots.evaluate_all("(all) => all.map((one) => one.classList[1])")
        assert looks == ["book-plus" if label > 0 else "book-minus" for label in labels]
        lines = panel.locator(".book-border").count(), panel.locator(".book-cross").count()
        assert lines == ((1, 0) if Shattering().lines[index] is not None else (0, 2))
    # Each spot of labelling 7 lies in the area of its own colour.
    inside = (
        panels(page)
        .nth(6)
        .evaluate("""(panel) =>
      [...panel.querySelectorAll(".book-spot")].map((spot) => {
        const box = spot.getBBox();
        const point = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
        const look = spot.classList.contains("book-plus") ? "plus" : "minus";
        return ["plus", "minus"].map((side) =>
          panel.querySelector(`.book-side-${side}`).isPointInFill(point) === (side === look));
      })""")
    )
    assert inside == [[True, True]] * 4


def test_three_points_have_eight_labellings_and_the_last_is_chosen_for_a_later_one(show):
    page = show(preset="three points", labelling=16)
    assert panels(page).count() == 8
    assert chosen(page) == 8
    assert read(page, ".book-count") == "8 of 8"
    assert read(page, ".book-says") == (
        "Labelling 8: all points are blue, and a line beside them will do."
    )
    assert page.locator(".book-handle:visible").count() == 3


def test_a_row_of_three_does_the_task_and_a_row_of_four_does_not(show):
    page = show(preset="four in a row")
    assert read(page, ".book-count") == "8 of 16"
    assert not is_done(page)
    page.get_by_label("Points", exact=True).select_option("three points")
    frame(page)
    assert not is_done(page)
    page = show(points=[(-1, 0), (0, 0.25), (1, 0)])
    assert read(page, ".book-count") == "8 of 8"
    press(page, "point B", "ArrowDown")
    assert is_done(page)
    assert read(page, ".book-count") == "6 of 8"
    assert panels(page, ".book-crossed").count() == 2


def test_a_point_is_dragged_to_the_grid_and_not_onto_another(show):
    page = show(preset="three points")
    grip = page.get_by_label("point A", exact=True)
    drag(page, middle(grip), middle(page.locator(".book-plane").first))
    frame(page)
    assert grip.get_attribute("aria-valuetext") == "blue circle, x 0.00, y 0.00"
    assert page.get_by_label("Points", exact=True).input_value() == "custom"
    page = show(points=[(0, 0), (0.25, 0), (1, 1)])
    press(page, "point A", "ArrowRight")
    assert page.get_by_label("point A").get_attribute("aria-valuenow") == "0"
    press(page, "point A", "ArrowUp", "ArrowRight", "ArrowDown")
    assert page.get_by_label("point A").get_attribute("aria-valuetext").endswith("y 0.25")


def test_points_stay_within_their_bounds(show):
    page = show(points=[(3, 1.75), (-3, -1.75), (0, 0)])
    press(page, "point A", "ArrowUp", "ArrowRight")
    press(page, "point B", "ArrowDown", "ArrowLeft")
    assert page.get_by_label("point A").get_attribute("aria-valuetext").endswith("x 3.00, y 1.75")
    assert page.get_by_label("point B").get_attribute("aria-valuenow") == "-3"


def test_the_slider_reaches_all_labellings(show):
    page = show(preset="three points", labelling=7)
    open_drawer(page, "More")
    press(page, "Labelling", "ArrowRight", "ArrowRight")
    assert chosen(page) == 8
    press(page, "Labelling", "Home")
    assert chosen(page) == 1
    assert read(page, ".book-says").startswith("Labelling 1: all points are orange")


def test_the_story_goes_from_labelling_to_labelling_and_ends_at_one_without_a_line(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, Shattering(labelling=14))
    frame(page)
    page.get_by_role("button", name="Play").click()
    seen = []
    for _ in range(4):
        page.clock.run_for(900)
        frame(page)
        seen.append(chosen(page))
    assert seen == [16, 6, 6, 6]
    assert "No line separates them" in read(page, ".book-says")
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(50)
    assert chosen(page) <= 2


def test_reset_brings_the_points_back(show):
    page = show()
    press(page, "point C", "ArrowUp")
    assert page.get_by_label("Points", exact=True).input_value() == "custom"
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert page.get_by_label("Points", exact=True).input_value() == "four corners"


def test_the_gallery_is_told_to_a_reader_who_hears_it(show):
    page = show()
    told = page.locator(".book-gallery").get_attribute("aria-label")
    assert told == "16 labellings in small pictures; crossed out: 6, 11"
    page.get_by_label("Points", exact=True).select_option("three points")
    frame(page)
    told = page.locator(".book-gallery").get_attribute("aria-label")
    assert told == "8 labellings in small pictures; none is crossed out"


@pytest.mark.parametrize("preset", PRESETS)
def test_the_code_counts_what_the_demo_counts(show, preset):
    page = show(preset=preset)
    open_drawer(page, "torch")
    names = {}
    *lines, last = code_lines(page)
    head = [line for line in page.inner_text("code").splitlines() if line.startswith("import ")]
    exec("\n".join([*head, *lines]), names)
    assert last == f"count  # {names['count']}"
    assert names["count"] == Shattering(preset=preset).count


def test_tab_goes_through_points_and_controls(show):
    order = tab_order(show(preset="three points"))
    assert order[:3] == ["point A", "point B", "point C"]
