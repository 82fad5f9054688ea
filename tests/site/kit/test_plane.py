"""The coordinate plane that demos share, on a page of its own, in Chromium."""

import itertools

import pytest
from demo_page import resize
from module_page import ModulePage
from website import violations

from utils.widgets.kit.base import look, with_parts

RANGES = [(-3.1, 3.1), (0, 10), (-0.5, 0.7), (-200, 900), (1e-3, 4e-3), (-7, -2)]

SHOW = """([look, options]) => {
    document.documentElement.lang = "en";
    document.title = "Plane";
    const style = document.createElement("style");
    style.textContent = look + "body { margin: 0 }";
    document.head.append(style);
    const main = document.createElement("main");
    main.className = "book-demo-view";
    main.innerHTML = "<h1>Plane</h1>";
    document.body.replaceChildren(main);
    window.heard = [];
    window.plane = window.module.plane({ label: "A plane", ...options });
    main.append(window.plane.root);
    window.add = (name, at, more = {}) => {
        const handle = window.plane.handle({
            label: name, look: "x", step: 0.5,
            onMove(place) {
                window.heard.push([name, place]);
                handle.place(place, `${name} at ${place}`);
            },
            ...more,
        });
        handle.place(at, `${name} at ${at}`);
    };
}"""

PLACES = """(label) => {
    const grip = document.querySelector(`[aria-label="${label}"] .book-grip`);
    const box = grip.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""


@pytest.fixture
def plane(page):
    """Make a plane of 4 by 2 units, 100 pixels each, and two points on it."""
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    ModulePage(page, "kit/plane")
    page.set_viewport_size({"width": 600, "height": 500})
    css = look(with_parts("kit/plane"))
    page.evaluate(SHOW, [css, {"x": [-1, 3], "y": [0, 2], "size": [400, 200]}])
    page.evaluate("() => { add('first', [0, 1]); add('second', [2, 0.5]); }")
    yield page
    assert wrong == []


def middle(page, name):
    return page.evaluate(PLACES, name)


def heard(page):
    return [(name, tuple(place)) for name, place in page.evaluate("window.heard")]


def point(page, name):
    return page.get_by_role("slider", name=name)


def test_ticks_are_round_numbers_in_the_range_and_few(open_module):
    module = open_module("kit/plane_marks")
    cases = list(itertools.product(RANGES, (3, 5, 9)))
    found = module.call_each([("ticks", list(ends), count) for ends, count in cases])
    for ((least, greatest), count), ticks in zip(cases, found, strict=True):
        assert 1 <= len(ticks) <= count + 1
        assert all(least <= tick <= greatest for tick in ticks)
        steps = {float(f"{b - a:.6g}") for a, b in itertools.pairwise(ticks)}
        assert len(steps) <= 1
        assert all(f"{step:e}"[0] in "125" for step in steps)
        assert all(len(f"{tick:.12g}") <= 6 for tick in ticks), ticks


def test_coordinates_become_pixels_and_come_back(plane):
    corners = plane.evaluate(
        "() => [[-1, 0], [3, 2], [0, 1]].map(([x, y]) => { add('c', [x, y]);"
        " return [...document.querySelectorAll('.book-handle')].at(-1).getAttribute('transform');"
        " })"
    )
    assert corners == ["translate(0 200)", "translate(400 0)", "translate(100 100)"]


def test_a_mark_of_every_kind_is_drawn_in_its_place_and_look(plane):
    plane.evaluate(
        """() => window.plane.draw([
            { line: [[0, 0], [1, 1], [2, 0]], look: "one" },
            { area: [[0, 0], [1, 1], [2, 0]], look: "two" },
            { arrow: [[0, 0], [1, 0]], look: "three" },
            { arrow: [[1, 1], [1, 1]], look: "four" },
            { dot: [3, 2], look: "five" },
            { text: "far", at: [3, 2], away: [1, 1], look: "six" },
        ])"""
    )
    get = "([selector, name]) => document.querySelector(selector).getAttribute(name)"
    for selector, name, value in [
        ("polyline.book-one", "points", "100 200 200 100 300 200"),
        ("polygon.book-two", "points", "100 200 200 100 300 200"),
        ("line.book-three", "x1", "100"),
        ("circle.book-four", "cx", "200"),
        ("circle.book-five", "cy", "0"),
    ]:
        assert plane.evaluate(get, [selector, name]) == value, selector
    tip = plane.evaluate(get, ["polygon.book-three", "points"])
    assert tip.startswith("200 200 ")
    inside = plane.evaluate(
        """() => {
            const [text, svg] = [".book-six", ".book-plane"].map((selector) =>
                document.querySelector(selector).getBoundingClientRect());
            return text.right <= svg.right && text.top >= svg.top;
        }"""
    )
    assert inside
    plane.evaluate("() => window.plane.draw([])")
    assert plane.locator(".book-one").count() == 0


def test_arrow_keys_move_a_point_by_its_step_and_no_further_than_the_plane(plane):
    first = point(plane, "first")
    first.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowLeft", "ArrowDown"):
        plane.keyboard.press(key)
    assert heard(plane) == [
        ("first", (0.5, 1)),
        ("first", (0.5, 1.5)),
        ("first", (0.5, 2)),
        ("first", (0.5, 2)),
        ("first", (0, 2)),
        ("first", (0, 1.5)),
    ]
    plane.keyboard.press("Home")
    plane.keyboard.press("End")
    assert heard(plane)[-2:] == [("first", (-1, 1.5)), ("first", (3, 1.5))]
    assert first.get_attribute("aria-valuenow") == "3"
    assert first.get_attribute("aria-valuetext") == "first at 3,1.5"
    assert (first.get_attribute("aria-valuemin"), first.get_attribute("aria-valuemax")) == (
        "-1",
        "3",
    )


def test_a_demo_can_take_the_keys_over(plane):
    plane.evaluate(
        "() => add('own', [1, 1], { onStep: (right, up) => heard.push(['own', [right, up]]) })"
    )
    point(plane, "own").focus()
    for key in ("ArrowRight", "ArrowUp"):
        plane.keyboard.press(key)
    assert heard(plane) == [("own", (1, 0)), ("own", (0, 1))]


def test_a_drag_takes_a_point_along_and_stops_at_the_edge(plane):
    (x, y), (right, _) = middle(plane, "first"), middle(plane, "second")
    unit = (right - x) / 2
    plane.mouse.move(x + 5, y - 4)
    plane.mouse.down()
    assert heard(plane) == []
    plane.mouse.move(x + 5 + unit, y - 4 - unit / 2)
    # The point keeps its distance to the pointer, it does not jump under it.
    assert heard(plane)[-1] == ("first", pytest.approx((1, 1.5)))
    plane.mouse.move(x - 300, y + 300)
    assert heard(plane)[-1] == ("first", (-1, 0))
    plane.mouse.up()
    count = len(heard(plane))
    plane.mouse.move(x, y)
    assert len(heard(plane)) == count
    plane.keyboard.press("ArrowRight")
    assert heard(plane)[-1] == ("first", (-0.5, 0))


def test_of_two_points_that_overlap_the_nearer_one_moves(plane):
    plane.evaluate("() => { add('near', [1, 1]); add('top', [1.12, 1]); add('twin', [1, 1]); }")
    x, y = middle(plane, "near")
    for start, name in ((x + 12, "top"), (x - 3, "twin")):
        plane.mouse.move(start, y)
        plane.mouse.down()
        plane.mouse.move(start, y - 20)
        plane.mouse.up()
        assert heard(plane)[-1][0] == name


def test_only_points_catch_the_pointer(plane):
    x, y = middle(plane, "first")
    plane.mouse.move(x + 60, y)
    plane.mouse.down()
    plane.mouse.move(x, y)
    plane.mouse.up()
    plane.mouse.move(x, y)
    plane.mouse.down(button="right")
    plane.mouse.move(x + 20, y)
    plane.mouse.up(button="right")
    assert heard(plane) == []


def test_a_drag_fits_a_plane_that_is_shown_smaller(plane):
    resize(plane, 240, 400)
    (x, y), (right, _) = middle(plane, "first"), middle(plane, "second")
    assert right - x < 150
    plane.mouse.move(x, y)
    plane.mouse.down()
    plane.mouse.move(right, y)
    plane.mouse.up()
    assert heard(plane)[-1] == ("first", pytest.approx((2, 1), abs=0.02))


TICKS = """() => [...document.querySelectorAll(".book-tick")].map((tick) =>
    [tick.textContent, Number(tick.getAttribute("x")), Number(tick.getAttribute("y"))])"""

BOXES = """(size) => {
    const plane = document.querySelector(".book-plane").getBoundingClientRect();
    return [...document.querySelectorAll(".book-tick")].map((tick) => {
        tick.style.fontSize = `${size}px`;
        const box = tick.getBBox();
        const spare = 0.16 * box.height; // its box is higher than a number
        const [right, bottom] = [box.x + box.width, box.y + box.height];
        return [tick.textContent, box.x, box.y + spare, right, bottom - spare];
    });
}"""

GRID = """() => [...document.querySelectorAll(".book-plane line.book-mark")].map((line) =>
    [...["x1", "y1", "x2", "y2"].map((name) => Number(line.getAttribute(name))),
     line.classList.contains("book-axis")])"""


def show_plane(page, **options):
    css = look(with_parts("kit/plane"))
    page.evaluate(SHOW, [css, options])
    assert page.locator(".book-plane").count() == 1


def test_the_numbers_at_the_edges_are_read_off_rightly(plane):
    found = plane.evaluate(TICKS)
    across = {text: x for text, x, y in found if y > 180}
    up = {text: y for text, x, y in found if x == 6}
    assert across["−0.5"] == 50 and across["2.5"] == 350
    assert up["1.5"] == 50 and up["0.5"] == 150
    assert {"x", "y"} <= {text for text, *_ in found}
    # The axis of x is the lower edge: no number stands where both rows would meet.
    assert "0" not in across and "0" not in up


def test_numbers_leave_the_middle_to_the_data_and_stand_on_top_of_it(plane):
    show_plane(plane, x=[-4, 4], y=[-3, 3], size=[400, 300], steps=[1, 1], names=["slope", "loss"])
    plane.evaluate("() => window.plane.draw([{ dot: [0, 0], look: 'here' }])")
    found = plane.evaluate(TICKS)
    numbers = [tick for tick in found if tick[0] not in ("slope", "loss")]
    row = [tick for tick in numbers if tick[1] != 6]
    column = [tick for tick in numbers if tick[1] == 6]
    assert [text for text, *_ in row] == ["−4", "−3", "−2", "−1", "0", "1", "2", "3", "4"]
    assert [text for text, *_ in column] == ["−2", "−1", "0", "1", "2", "3"]  # below stands −4
    assert {y for _, _, y in row} == {294}
    assert [x for _, x, _ in row[1:-1]] == [50 * k for k in range(1, 8)]
    assert [y for _, _, y in column[:-1]] == [50 * k for k in range(5, 0, -1)]
    ends = {text: (x, y) for text, x, y in found if (text, x, y) not in numbers}
    assert ends["slope"][0] == 394 and 250 < ends["slope"][1] < 275  # above 4
    assert ends["loss"][0] > 15 and ends["loss"][1] < 15  # beside 3
    is_on_top = """() => {
        const found = [".book-here", ".book-tick"].map((part) => document.querySelector(part));
        const [dot, tick] = found;
        return Boolean(dot.compareDocumentPosition(tick) & Node.DOCUMENT_POSITION_FOLLOWING);
    }"""
    assert plane.evaluate(is_on_top)


def test_an_axis_along_an_edge_has_its_numbers_beside_itself(plane):
    show_plane(plane, x=[-0.1, 1], y=[-0.1, 1], size=[330, 330], steps=[0.5, 0.5])
    found = {(text, round(x), round(y)) for text, x, y in plane.evaluate(TICKS)}
    assert found == {
        ("0.5", 180, 318),
        ("1", 322, 318),
        ("0.5", 29, 150),
        ("1", 21, 9),
        ("x", 324, 282),
        ("y", 39, 12),
    }
    show_plane(plane, x=[0.2, 1], y=[0.2, 1], size=[400, 400], steps=[0.2, 0.2])
    row = [y for text, x, y in plane.evaluate(TICKS) if x != 6 and text not in "xy"]
    assert len(row) == 5 and set(row) == {394}  # no axis is in sight


SPACES = [
    {"x": [-4.35, 4.35], "y": [-4.35, 4.35], "size": [330, 330], "steps": [2, 2]},
    {"x": [-3.2, 3.2], "y": [-2.4, 2.4], "size": [384, 288], "steps": [1, 1]},
    {"x": [-4, 4], "y": [-3, 3], "size": [360, 270], "steps": [1, 1]},
    {"x": [-0.2, 1.06], "y": [-0.14, 1.1], "size": [260, 260], "names": ["alarmed", "found"]},
    {"x": [0.08, 1.04], "y": [0.36, 0.64], "size": [366, 246], "names": ["seen", "new"]},
    {"x": [-10, 66], "y": [-2.6, 7.6], "size": [300, 160], "steps": [20, 2]},
    {"x": [-14, 104], "y": [-9, 106], "size": [420, 420]},
    {"x": [-9, -1], "y": [-9, -1], "size": [330, 330]},
]


@pytest.mark.parametrize("space", SPACES, ids=range(len(SPACES)))
@pytest.mark.parametrize("size", [12, 17])
def test_no_number_stands_on_another_or_reaches_out_of_the_plane(plane, space, size):
    show_plane(plane, **space)
    boxes = plane.evaluate(BOXES, size)
    assert len(boxes) >= 6
    wide, high = space["size"]
    for text, left, top, right, bottom in boxes:
        assert left >= -1 and right <= wide + 1, text
        assert top >= -2 and bottom <= high + 2, text
    for (one, *first), (other, *second) in itertools.combinations(boxes, 2):
        apart = (
            first[2] <= second[0]
            or second[2] <= first[0]
            or first[3] <= second[1]
            or second[3] <= first[1]
        )
        assert apart, (one, other)


def test_grid_lines_end_beside_their_numbers_and_do_not_look_like_a_minus(plane):
    show_plane(plane, x=[-4.35, 4.35], y=[-4.35, 4.35], size=[330, 330], steps=[2, 2])
    lines, boxes = plane.evaluate(GRID), plane.evaluate(BOXES, 12)
    assert sum(is_axis for *_, is_axis in lines) == 2
    levels = [line for line in lines if line[1] == line[3]]
    uprights = [line for line in lines if line[0] == line[2]]
    assert len(uprights) == 6  # five of the grid and an axis
    assert len(levels) == 5  # the lowest would run through the row of numbers
    found = zip(plane.evaluate(TICKS), boxes, strict=True)
    numbers = [(x == 6, box) for (text, x, _), box in found if text not in "xy"]
    for is_left, (text, left, top, right, bottom) in numbers:
        middle = [(left + right) / 2, (top + bottom) / 2]
        if is_left:
            assert all(x1 >= right for x1, y1, *_ in levels if abs(y1 - middle[1]) < 5), text
        else:
            near = [y2 for x1, _, _, y2, _ in uprights if abs(x1 - middle[0]) < 5]
            assert near and max(near) <= top, text


@pytest.mark.parametrize("space", SPACES, ids=range(len(SPACES)))
def test_no_level_line_of_the_grid_runs_through_the_row_of_numbers(plane, space):
    show_plane(plane, **space)
    lines, boxes = plane.evaluate(GRID), plane.evaluate(BOXES, 17)
    heights = [(top, bottom) for _, _, top, _, bottom in boxes]
    top, bottom = max(place for place in heights if heights.count(place) > 1)
    levels = [y1 for _, y1, _, y2, is_axis in lines if y1 == y2 and not is_axis]
    assert all(not top - 1 < level < bottom + 1 for level in levels), (top, bottom, levels)


def test_numbers_keep_the_curves_at_a_distance(plane):
    style = """() => {
        const style = getComputedStyle(document.querySelector(".book-tick"));
        const { backgroundColor } = getComputedStyle(document.querySelector(".book-plane"));
        return [style.paintOrder, style.stroke === backgroundColor, style.strokeWidth];
    }"""
    order, is_of_the_ground, wide = plane.evaluate(style)
    assert order.startswith("stroke") and is_of_the_ground and wide == "8px"


def test_a_zero_does_not_stand_alone(plane):
    show_plane(plane, x=[-3, 20], y=[-5, 1], size=[340, 254], steps=[100, 100], names=["", ""])
    assert plane.evaluate(TICKS) == []


def test_a_focused_point_is_ringed_and_axe_is_content(plane):
    plane.keyboard.press("Tab")
    ring = plane.evaluate(
        "() => getComputedStyle(document.activeElement.querySelector('.book-reach')).stroke"
    )
    assert ring == "rgb(27, 31, 36)"
    assert violations(plane) == []
