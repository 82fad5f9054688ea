"""Box formats, as a reader meets it in Chromium."""

import pytest
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done

from tools.demo_page import mount
from utils.widgets.box_formats import COLUMNS, ROWS, BoxFormats, scene


@pytest.fixture
def show(page):
    yield from mounting(page, BoxFormats)


def numbers(page):
    """The numbers on the three cards."""
    frame(page)
    return [card.locator("b").all_inner_texts() for card in page.locator(".book-card").all()]


def spot(page, column, row):
    """Where on the screen a corner between pixels lies."""
    return page.evaluate(
        """([column, row]) => {
          const pixel = document.querySelector(".book-pixel");
          const [x, y, side] = ["x", "y", "width"].map((name) => Number(pixel.getAttribute(name)));
          const at = new DOMPoint(x + side * column, y + side * row);
          const { x: across, y: down } = at.matrixTransform(pixel.getScreenCTM());
          return [across, down];
        }""",
        [column, row],
    )


def near(page, first, last, *, axis):
    """Where two edges lie on the screen, along one axis."""
    return [spot(page, *[edge] * 2)[axis] for edge in (first, last)]


def ends(node):
    """Left, top, right and bottom of a mark on the screen."""
    box = node.bounding_box()
    return [box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]]


def middle_of(node):
    left, top, right, bottom = ends(node)
    return [(left + right) / 2, (top + bottom) / 2]


def assert_drawn_at(page, box):
    """The frame and its four handles lie where the box is."""
    left, top, right, bottom = box
    frame_ends = [*spot(page, left, top), *spot(page, right, bottom)]
    assert ends(page.locator(".book-frame")) == pytest.approx(frame_ends, abs=4)
    wanted = [(left, top), (right, top), (left, bottom), (right, bottom)]
    for handle, corner in zip(page.locator(".book-handle").all(), wanted, strict=True):
        assert middle_of(handle) == pytest.approx(spot(page, *corner), abs=1)


def drag(page, start, end):
    page.mouse.move(*spot(page, *start))
    page.mouse.down()
    page.mouse.move(*spot(page, *end), steps=3)
    page.mouse.up()


def test_the_picture_the_cards_the_rulers_and_the_marks_show_the_numbers(show):
    page = show(box=(2, 3, 7, 11), notation="cxcywh")
    fills = page.eval_on_selector_all(
        ".book-pixel", "(all) => all.map((p) => p.getAttribute('fill'))"
    )
    colours = scene()[0].flatten(0, 1).tolist()
    assert fills == [f"rgb({red} {green} {blue})" for red, green, blue in colours]
    assert numbers(page) == [["2", "3", "7", "11"], ["2", "3", "5", "8"], ["4.5", "7", "5", "8"]]
    assert page.locator(".book-pill text").all_text_contents() == ["4.5", "7", "5", "8"]
    assert middle_of(page.locator(".book-point")) == pytest.approx(spot(page, 4.5, 7), abs=1)
    assert_drawn_at(page, (2, 3, 7, 11))
    across, down = page.locator("path.book-size").all()
    assert ends(across)[0::2] == pytest.approx(near(page, 2, 7, axis=0), abs=10)
    assert ends(down)[1::2] == pytest.approx(near(page, 3, 11, axis=1), abs=10)
    ticks = page.locator(".book-tick").all_text_contents()
    gone = [str(n) for n in range(COLUMNS + 1) if n not in (4, 5)]
    assert ticks == gone + [str(n) for n in range(ROWS + 1) if n != 7]

    page.get_by_role("button", name="xyxy").click()
    frame(page)
    assert page.locator(".book-pill text").all_text_contents() == ["2", "3", "7", "11"]
    assert page.locator('[aria-pressed="true"] .book-format').inner_text() == "xyxy"
    assert not page.locator("path.book-size").count()


def test_counted_by_pixels_the_numbers_stand_in_the_middle_of_pixels(show):
    page = show(box=(2, 3, 7, 11), notation="xyxy", count="pixels")
    assert numbers(page) == [["2", "3", "6", "10"], ["2", "3", "5", "8"], ["4", "6.5", "5", "8"]]
    says = "From pixel 2 to pixel 6, both included: 6 − 2 + 1 = 5 pixels wide."
    assert read(page, ".book-says") == says
    ticks = page.locator(".book-tick")
    assert ticks.first.text_content() == ticks.nth(COLUMNS - 6).text_content() == "0"
    assert middle_of(ticks.first)[0] == pytest.approx(spot(page, 0.5, 0)[0], abs=1)
    assert middle_of(ticks.nth(COLUMNS - 6))[1] == pytest.approx(spot(page, 0, 0.5)[1], abs=3)
    for index, place in enumerate(((2.5, 3.5), (6.5, 10.5))):
        point = page.locator(".book-point").nth(index)
        assert middle_of(point) == pytest.approx(spot(page, *place), abs=1)
    page.get_by_label("Count").select_option("edges")
    assert read(page, ".book-says") == "From edge 2 to edge 7: 7 − 2 = 5 pixels wide."


def test_dragging_the_box_and_two_corners_solves_the_task(show):
    page = show()
    left, top, right, bottom = BoxFormats().truths["5"]
    assert not is_done(page)
    drag(page, (3, 6), (left + 1, top + 3))
    assert numbers(page)[0][:2] == [str(left), str(top)]
    wide, high = (int(n) for n in numbers(page)[1][2:])
    drag(page, (left + wide, top + high), (right, bottom))
    frame(page)
    assert numbers(page)[0] == [str(edge) for edge in (left, top, right, bottom)]
    assert is_done(page)
    page.get_by_role("button", name="Reset").click()
    assert numbers(page)[0] == ["2", "3", "7", "11"]
    assert not is_done(page)


def test_keys_move_the_box_and_with_shift_its_corner(show):
    page = show()
    box = page.locator(".book-box")
    for key in ("ArrowRight", "ArrowUp", "Shift+ArrowLeft", "Shift+ArrowDown"):
        box.press(key)
    assert numbers(page)[0] == ["3", "2", "7", "11"]


def test_in_motion_the_marks_follow_the_story_and_the_box_a_hand(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, BoxFormats())
    frame(page)
    page.mouse.move(*spot(page, 3, 6))
    page.mouse.down()
    page.mouse.move(*spot(page, 4, 6))
    frame(page)
    assert_drawn_at(page, (3, 3, 8, 11))
    page.mouse.move(*spot(page, 3, 6))
    page.mouse.up()
    page.get_by_role("button", name="Play").click()
    seen = []
    for _ in range(3):
        page.clock.run_for(600)  # long enough for the marks to arrive
        chosen = page.locator('[aria-pressed="true"] .book-format').inner_text()
        count = page.get_by_label("Count").input_value()
        marks = page.locator(".book-pill text").all_text_contents()
        seen.append((chosen, count, marks))
        page.clock.run_for(1200)
    assert seen == [
        ("xyxy", "pixels", ["2", "3", "6", "10"]),
        ("xywh", "pixels", ["2", "3", "5", "8"]),
        ("cxcywh", "pixels", ["4", "6.5", "5", "8"]),
    ]


def test_the_lines_of_torch_print_the_numbers(show, capsys):
    page = show(box=(1, 2, 6, 5))
    for count in ("edges", "pixels"):
        page.get_by_label("Count").select_option(count)
        for notation in ("xyxy", "xywh", "cxcywh"):
            page.get_by_role("button", name=notation).first.click()
            frame(page)
            exec(page.locator("code").text_content(), {})
            wanted = BoxFormats(box=(1, 2, 6, 5), count=count).numbers(notation).float()
            assert capsys.readouterr().out == f"{wanted}\n"
