"""Grid owners, as a reader meets it in Chromium."""

import pytest
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount
from playwright.sync_api import expect

from utils.detection.grid import owners
from utils.widgets.grid_owners import CENTRES, DIGITS, SIZE, GridOwners, scene

APART = [10.0, 12.0, 50.0, 12.0, 14.0, 45.0, 52.0, 52.0]


@pytest.fixture
def show(page):
    yield from mounting(page, GridOwners)


def rows(page):
    """The texts of each object's row: digit, cell, x, y, w, h."""
    return page.eval_on_selector_all(
        ".book-row-of", "all => all.map((row) => [...row.children].map((n) => n.textContent))"
    )


def wanted_rows(demo):
    boxes = demo.boxes
    found = owners(boxes[None], boxes.new_zeros(1, 4).long(), size=SIZE, side=demo.side)
    shares = (boxes[:, 2:] - boxes[:, :2]) / SIZE
    for digit, cell, place, share, kept in zip(
        DIGITS, found.cell[0], found.place[0], shares, found.kept[0], strict=True
    ):
        numbers = [*place.tolist(), *share.tolist()]
        yield [str(digit), "{}, {}".format(*cell.tolist())], numbers if kept else None


def cells(page):
    """Column, row and side of the cells that are filled, in pixels of the picture."""
    return page.eval_on_selector_all(
        ".book-cell:not(.book-lost)",
        'all => all.map((n) => ["x", "y", "width"].map((name) => Number(n.getAttribute(name))))',
    )


@pytest.mark.parametrize("state", [{}, {"side": 2}, {"side": 7}, {"centres": APART, "side": 3}])
def test_numbers_and_cells_are_those_of_torch(show, state):
    demo, page = GridOwners(**state), show(**state)
    filled = []
    for row, (names, numbers) in zip(rows(page), wanted_rows(demo), strict=True):
        assert row[:2] == names
        if numbers is None:
            assert row[2:] == ["lost", "", "", ""]
        else:
            assert [float(text) for text in row[2:]] == pytest.approx(numbers, abs=0.0051)
            step = SIZE / demo.side
            filled.append([*(int(part) * step for part in names[1].split(", ")), step])
    assert cells(page) == [pytest.approx(cell) for cell in filled]
    lines = page.locator(".book-lines").get_attribute("d")
    assert lines.count("M") == 2 * (demo.side - 1)
    assert page.locator(".book-object.book-lost").count() == demo.kept.count(False)


def test_the_opening_shows_a_lost_object_and_says_who_has_its_cell(show):
    page = show()
    assert read(page, ".book-says") == (
        "16 cells, three of them own an object. The 7 is lost: the 3 has its cell."
    )
    assert not is_done(page)
    page = show(side=10)
    assert "nothing is lost" in read(page, ".book-says")
    page = show(centres=[20.0, 20.0] * 4)
    assert "The 7 is lost: the 3 has its cell. So are two more." in read(page, ".book-says")
    assert "one of them owns an object" in read(page, ".book-says")


def test_objects_lie_where_they_should(show):
    page = show()
    boxes = page.eval_on_selector_all(
        ".book-object",
        """all => all.map((node) => {
            const { e, f } = node.transform.baseVal.consolidate().matrix;
            const frame = node.querySelector(".book-frame");
            const at = ["x", "y", "width", "height"].map((n) => Number(frame.getAttribute(n)));
            return [e + at[0], f + at[1], e + at[0] + at[2], f + at[1] + at[3]];
        })""",
    )
    assert boxes == [pytest.approx(box) for box in GridOwners().boxes.tolist()]
    heights = page.locator(".book-object image").evaluate_all(
        "all => all.map((n) => Number(n.getAttribute('height')))"
    )
    assert heights == [each["height"] for each in scene()["objects"]]


def test_an_object_is_dragged_and_its_cell_follows(show):
    page = show()
    seen = page.locator(".book-photo").bounding_box()
    unit = seen["width"] / SIZE

    def at(x, y):
        return seen["x"] + unit * x, seen["y"] + unit * y

    page.mouse.move(*at(14, 45))
    page.mouse.down()
    page.mouse.move(*at(20, 20))
    page.mouse.up()
    frame(page)
    moved = GridOwners(centres=[*CENTRES[:4], 20.0, 20.0, *CENTRES[6:]], chosen=2)
    assert rows(page)[2][1] == "1, 1"
    assert float(rows(page)[2][2]) == pytest.approx(20 / 16 - 1, abs=0.04)
    assert moved.kept == [True, False, True, True]
    assert page.locator(".book-row-of.book-chosen").get_attribute("data-about") == "object-2"


def test_keys_move_the_object_with_the_focus(show):
    page = show()
    node = page.locator(".book-object").nth(1)
    node.press("ArrowRight")
    node.press("Shift+ArrowUp")
    frame(page)
    assert rows(page)[1][:2] == ["7", "2, 1"]
    node.press("ArrowRight")
    frame(page)
    assert rows(page)[1][1] == "3, 1"
    assert page.locator(".book-object.book-lost").count() == 0
    page.get_by_role("button", name="Reset").press("Enter")
    frame(page)
    assert page.locator(".book-object.book-lost").count() == 1


def test_the_large_cell_shows_the_chosen_object(show):
    for chosen in range(4):
        demo, page = GridOwners(chosen=chosen), show(chosen=chosen)
        place = owners(demo.boxes[None], demo.boxes.new_zeros(1, 4).long(), size=64, side=4).place
        x, y = place[0, chosen].tolist()
        dot = page.locator(".book-dot")
        at = [float(dot.get_attribute(name)) for name in ("cx", "cy")]
        assert at == pytest.approx([58 + 100 * x, 20 + 100 * y])
        texts = page.locator(".book-large text").all_text_contents()
        assert [text[:2] for text in texts] == ["x ", "y "]
        assert [float(text[2:]) for text in texts] == pytest.approx([x, y], abs=0.0051)
    page.locator(".book-object").nth(0).focus()
    frame(page)
    assert "object-0" in page.locator(".book-large").get_attribute("class")


def test_the_task_wants_four_objects_in_four_cells(show):
    for side, centres, done in (
        (2, APART, True),
        (4, APART, False),
        (2, list(CENTRES), False),
        (3, APART, False),
    ):
        page = show(side=side, centres=centres)
        assert is_done(page) == done, (side, centres)
    page = show(side=2)
    for _ in range(2):
        page.locator(".book-object").nth(0).press("Shift+ArrowLeft")
    frame(page)
    assert is_done(page)


def test_play_makes_the_grid_finer_and_starts_anew(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, GridOwners(side=8))
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(4 * 1100)
    assert read(page, ".book-deck output") == "10"
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert read(page, ".book-deck output") == "2"
    assert not is_done(page)


def test_pointing_lights_an_object_and_its_row(show):
    page = show()
    page.locator(".book-row-of").nth(2).hover()
    lit = page.locator(".book-pointed")
    assert lit.count() == 2
    assert page.locator(".book-object.book-pointed").get_attribute("data-about") == "object-2"


def test_the_shown_lines_find_the_same_objects_lost(show):
    for state in ({}, {"side": 2}, {"side": 9}, {"centres": APART}):
        page, names = show(**state), {}
        lines = page.locator("code").text_content()
        exec(lines, names)
        lost = names["lost"].tolist()
        assert [not kept for kept in GridOwners(**state).kept] == lost
        assert lines.rpartition("# ")[2] == ", ".join(map(str, lost))
        assert names["x_and_y"].shape == names["w_and_h"].shape == (4, 2)
