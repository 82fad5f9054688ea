"""The window of the image kernel demo: pointer, finger, arrow keys, and the sweep by itself."""

import pytest
import torch
from demo_input import on_a_phone, touch_drag
from demo_page import frame, mounting, stop_clock
from image_kernel_states import STATES, framed
from module_page import mount
from test_image_kernel_demo import INPUT, OUTPUT, picture, products

from utils.widgets.kit.photographs import SIDE


@pytest.fixture
def show(page):
    yield from mounting(page, framed)


def selected(page):
    """The selected output pixel as (row, column), by where its box lies."""
    frame(page)
    return page.evaluate(
        """([name]) => {
            const ground = document.querySelector(`[aria-label^="${name}"]`);
            const [box, canvas] = [".book-outline", "canvas"].map((part) =>
                ground.querySelector(part).getBoundingClientRect());
            const count = ground.querySelector("canvas").width;
            const pixel = canvas.width / count;
            const middle = (start, length) => start + length / 2;
            return [
                Math.floor((middle(box.top, box.height) - canvas.top) / pixel),
                Math.floor((middle(box.left, box.width) - canvas.left) / pixel),
            ];
        }""",
        [OUTPUT],
    )


def spot(page, name, row, column, *, scale=1, offset=2):
    """The middle of a pixel on the screen: 104 input pixels span the picture."""
    box = picture(page, name).bounding_box()
    unit = box["width"] / (SIDE + 4)
    x, y = (box[side] + unit * offset for side in "xy")
    return x + unit * scale * (column + 0.5), y + unit * scale * (row + 0.5)


def test_arrow_keys_move_the_pixel_on_either_picture(show):
    page = show(padding=0, position=(1, 1))
    demo = framed(padding=0)
    last = demo.output.shape[1] - 1
    for name in (INPUT, OUTPUT):
        picture(page, name).focus()
        steps = {
            "Home": [1, 0],
            "ArrowRight": [1, 1],
            "ArrowDown": [2, 1],
            "End": [2, last],
            "ArrowLeft": [2, last - 1],
            "ArrowUp": [1, last - 1],
        }
        for key, place in steps.items():
            page.keyboard.press(key)
            assert selected(page) == place, key
            demo.position = place
            assert torch.equal(products(page), demo.products), key
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    assert selected(page) == [0, last - 1]


def test_hovering_selects_without_a_click(show):
    page = show(padding=1)
    for name, place in ((OUTPUT, [20, 30]), (OUTPUT, [99, 0]), (INPUT, [64, 5]), (INPUT, [0, 0])):
        page.mouse.move(*spot(page, name, *place))
        assert selected(page) == place


def test_hovering_a_small_output_selects_what_is_under_the_pointer(show):
    page = show(padding=0, stride=4, preset="box blur")
    demo = framed(padding=0, stride=4, preset="box blur")
    # The first window is centred on input pixel (1, 1), half an output pixel inside its own.
    for place in ([0, 0], [13, 7], [24, 24]):
        page.mouse.move(*spot(page, OUTPUT, *place, scale=4, offset=1))
        assert selected(page) == place
        page.mouse.move(*spot(page, INPUT, *(4 * side + 1 for side in place)))
        assert selected(page) == place
        demo.position = place
        assert torch.equal(products(page), demo.products)


def test_a_drag_goes_on_outside_the_picture(show):
    page = show()
    page.mouse.move(*spot(page, OUTPUT, 50, 50))
    page.mouse.down()
    page.mouse.move(2, 2)
    assert selected(page) == [0, 0]
    page.mouse.up()
    page.mouse.move(4, 4)
    picture(page, OUTPUT).press("ArrowDown")
    assert selected(page) == [1, 0]


def test_a_tap_selects_and_a_finger_drags_on_a_phone(browser):
    with on_a_phone(browser, framed()) as page:
        for name in (INPUT, OUTPUT):
            picture(page, name).scroll_into_view_if_needed()
            page.touchscreen.tap(*spot(page, name, 40, 60))
            assert selected(page) == [40, 60]
        assert touch_drag(page, spot(page, OUTPUT, 40, 10), spot(page, OUTPUT, 40, 90)) == 0
        assert selected(page) == [40, 90]


@pytest.mark.parametrize("state", STATES[:3])
def test_the_outlines_lie_around_the_window_and_the_pixel(show, state):
    demo = framed(**state, position=(9, 20))
    page = show(**state, position=(9, 20))
    for name, size in ((INPUT, demo.kernel_size), (OUTPUT, demo.stride)):
        ground = picture(page, name)
        box = ground.locator("rect").last.evaluate(
            "(rect) => { const { x, y, width, height } = rect.getBBox();"
            " return [y, x, height, width]; }"
        )
        assert box[2:] == [size + 1, size + 1]
        unit = ground.bounding_box()["width"] / (SIDE + 4)
        canvas = ground.locator("canvas").bounding_box()
        for side, place in enumerate((9, 20)):
            axis = "yx"[side]
            start = (canvas[axis] - ground.bounding_box()[axis]) / unit
            start += place * demo.stride - (demo.padding if name == INPUT else 0)
            assert box[side] == pytest.approx(start - 0.5, abs=0.02)


def test_a_change_of_stride_or_size_keeps_the_window_in_place(show):
    page = show(padding=1, position=(60, 40))
    page.locator("details").first.evaluate("(drawer) => { drawer.open = true; }")
    page.get_by_role("slider", name="Stride").press("End")
    assert selected(page) == [15, 10]
    page.get_by_role("slider", name="Stride").press("Home")
    assert selected(page) == [60, 40]
    page.get_by_label("Kernel size").select_option("5")
    assert selected(page) == [59, 39]
    page.get_by_role("slider", name="Padding").press("End")
    assert selected(page) == [60, 40]


CONES = """() => [...document.querySelectorAll(".book-cone")].map((cone) => {
    const { left, top, right, bottom } = cone.getBoundingClientRect();
    return [left, top, right, bottom];
})"""


@pytest.mark.parametrize("width", [360, 800])
def test_the_lens_spans_from_window_to_cells_and_from_grey_to_pixel(show, width):
    page = show(width=width)
    for place in ((10, 80), (90, 20)):
        page.mouse.move(*spot(page, OUTPUT, *place))
        frame(page)
        ends = [
            (picture(page, INPUT).locator("rect").last, page.locator(".book-entries")),
            (page.locator(".book-grey"), picture(page, OUTPUT).locator("rect").last),
        ]
        for cone, pair in zip(page.evaluate(CONES), ends, strict=True):
            boxes = [part.bounding_box() for part in pair]
            near = [min(box[axis] for box in boxes) for axis in "xy"]
            far = [
                max(box[axis] + box[side] for box in boxes)
                for axis, side in (("x", "width"), ("y", "height"))
            ]
            # The cone's line and the outline of a box each have their width.
            assert cone == pytest.approx([*near, *far], abs=3)


def test_pointing_at_a_weight_marks_the_pixel_that_it_meets(show):
    page = show()
    marked = page.locator(".book-pointed")
    page.locator(".book-entry").nth(5).hover()
    assert marked.evaluate_all("(nodes) => nodes.map((node) => node.dataset.about)") == [
        "entry-1-2",
        "entry-1-2",
    ]
    pixel, window = (
        picture(page, INPUT).locator(part).bounding_box()
        for part in (".book-pointed", ".book-outline >> nth=1")
    )
    unit = picture(page, INPUT).bounding_box()["width"] / (SIDE + 4)
    corner = (window["x"] + window["width"] / 2, window["y"] + window["height"] / 2)
    assert pixel["x"] + unit / 2 == pytest.approx(corner[0] + unit, abs=0.2)
    assert pixel["y"] + unit / 2 == pytest.approx(corner[1], abs=0.2)
    page.mouse.move(1, 1)
    assert marked.count() == 0
    page.get_by_role("spinbutton", name="kernel row 1 column 1").focus()
    assert marked.count() == 2


def moving(page):
    """The demo for a reader who has nothing against motion."""
    page.emulate_media(reduced_motion="no-preference")
    page.set_viewport_size({"width": 800, "height": 900})
    mount(page, framed())
    return page


OUTLINE = "[aria-label^='Input'] .book-outline"

PLACES = """(count) => new Promise((done) => {
    const box = document.querySelector("[aria-label^='Input'] .book-outline");
    const places = [];
    const look = () => {
        places.push([box.getAttribute("y"), box.getAttribute("x")].map(Number));
        places.length < count ? requestAnimationFrame(look) : done(places);
    };
    look();
})"""


def test_the_window_glides_by_itself_and_its_products_follow(fresh_page):
    page = fresh_page
    stop_clock(page)
    moving(page)
    frame(page)  # it has come into sight and begun
    box, places = page.locator(OUTLINE).last, []
    for _ in range(40):
        frame(page)
        places.append(tuple(float(box.get_attribute(side)) for side in ("y", "x")))
    between = {place for place in places if any((side - 0.5) % 1 for side in place)}
    assert len(between) > 5  # it passes between the pixels
    assert products(page).shape == (3, 3)
    picture(page, INPUT).dispatch_event("pointerdown", {"pointerId": 1})
    page.get_by_role("button", name="Play").wait_for()


def test_a_hand_is_followed_at_once(page):
    moving(page)
    page.get_by_role("button", name="Pause").wait_for()
    page.mouse.move(*spot(page, INPUT, 30, 80))
    page.mouse.down()
    frame(page)
    frame(page)
    assert selected(page) == [30, 80]
    page.mouse.up()
    assert {tuple(place) for place in page.evaluate(PLACES, 10)} == {(30 + 1 - 0.5, 80 + 1 - 0.5)}


COVER = f"[aria-label^='{OUTPUT}'] .book-cover"
BAND = ".book-band"
# What lies under the cover: whether the middle of each pixel of the output is hidden.
HIDDEN = """([name, side, offset]) => {
    const cover = document.querySelector(`[aria-label^="${name}"] .book-cover`);
    const svg = cover.ownerSVGElement;
    const all = [];
    for (let row = 0; row < side; row++)
        for (let column = 0; column < side; column++) {
            const point = svg.createSVGPoint();
            [point.x, point.y] = [offset + column + 0.5, offset + row + 0.5];
            all.push(cover.isPointInFill(point));
        }
    return all;
}"""


def hidden(page):
    """Which pixels of an output as large as its input are covered, bool (rows, columns)."""
    return torch.tensor(page.evaluate(HIDDEN, [OUTPUT, SIDE, 2])).view(SIDE, SIDE)


def after(place):
    """Which pixels come after one, [row, column], in reading order."""
    order = torch.arange(SIDE**2).view(SIDE, SIDE)
    return order > order[tuple(place)]


def test_play_writes_the_output_behind_the_window(fresh_page):
    page = fresh_page
    mount(page, framed())
    stop_clock(page)
    assert not hidden(page).any()
    page.get_by_role("button", name="Play").press("Enter")
    stops, told, covered = [], [], []
    for _ in range(4):
        page.clock.run_for(50)
        stops.append(selected(page))
        told.append(page.inner_text(".book-says"))
        covered.append(hidden(page))
        assert page.get_by_role("button", name="Pause").count() == 1
        page.clock.run_for(3150)
    page.get_by_role("button", name="Play").wait_for()
    (row, near), (across, far), (last, _), best = stops
    assert near < best[1] < far and row == across == best[0] and last == SIDE - 1
    for place, rest in zip(stops[:3], covered[:3], strict=True):
        assert torch.equal(rest, after(place))
    assert not covered[3].any()
    assert [page.locator(BAND).nth(at).get_attribute("d") for at in (0, 1)] == ["", ""]
    largest = framed().output[6:-6, 6:-6].max()
    assert told[3].endswith(f"Here it is {largest:.0f}, drawn as 255.")
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert selected(page) == stops[0]


def test_the_output_is_written_pixel_by_pixel_while_the_window_moves(fresh_page):
    page = fresh_page
    stop_clock(page)
    moving(page)
    frame(page)  # it has come into sight and begun
    rows, seen = [], []
    for _ in range(12):
        page.clock.run_for(500)
        frame(page)
        place = selected(page)
        assert torch.equal(hidden(page), after(place))
        rows.append(place[0])
        seen.append(place[1])
        band = page.locator(BAND).first.bounding_box()
        box = page.locator(OUTLINE).last.bounding_box()
        assert box["y"] <= band["y"] + band["height"] / 2 <= box["y"] + box["height"]
        assert band["width"] > 0.9 * picture(page, INPUT).bounding_box()["width"]
    assert rows == sorted(rows) and len(set(rows[:6])) > 3  # it goes down first
    assert len(set(seen)) > 4  # and then along a row


@pytest.mark.parametrize("act", ["point", "preset", "reset", "wait"])
def test_the_whole_output_is_there_as_soon_as_a_reader_does_something(fresh_page, act):
    page = fresh_page
    mount(page, framed())
    stop_clock(page)
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert hidden(page).any()
    if act == "point":
        page.mouse.move(*spot(page, INPUT, 30, 80))
    elif act == "preset":
        page.get_by_role("radio", name="emboss").check(force=True)
    elif act == "reset":
        page.get_by_role("button", name="Reset").press("Enter")
    else:
        page.get_by_role("button", name="Pause").press("Enter")
        page.clock.run_for(2000)
        assert hidden(page).any()  # a break, to look at it
        page.clock.run_for(4000)
    page.clock.run_for(50)
    assert not hidden(page).any()


def test_a_hand_over_a_picture_ends_the_story(page):
    moving(page)
    page.get_by_role("button", name="Pause").wait_for()
    page.mouse.move(*spot(page, INPUT, 60, 50))
    page.get_by_role("button", name="Play").wait_for()
    assert selected(page) == [60, 50]


def test_a_photograph_shines_through_what_is_not_yet_written(fresh_page):
    page = fresh_page
    mount(page, framed())
    stop_clock(page)
    ghost = picture(page, OUTPUT).locator(".book-ghost")
    clip = "(node) => getComputedStyle(node).clipPath"
    assert ghost.evaluate(clip) == "inset(100%)"
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert ghost.evaluate(clip).startswith("path(")
    assert ghost.get_attribute("href").startswith("data:image/png")
    page.clock.run_for(1500)
    row, column = selected(page)
    # In the row of the pixel and in the next one it lies over what is empty, and only there.
    seen = ghost.evaluate(
        """(ghost, places) => {
            for (const node of ghost.parentNode.children) node.style.pointerEvents = "none";
            ghost.style.pointerEvents = "all";
            const frame = ghost.ownerSVGElement.getScreenCTM();
            return places.map(([row, column]) => {
                const spot = new DOMPoint(column + 2.5, row + 2.5).matrixTransform(frame);
                return document.elementFromPoint(spot.x, spot.y) === ghost;
            });
        }""",
        places := [[down, across] for down in (row, row + 1) for across in range(1, SIDE - 1)],
    )
    assert torch.tensor(seen).equal(after([row, column])[tuple(torch.tensor(places).T)])


def test_the_marked_pixel_keeps_its_grey(show):
    page = show()
    for place in ((44, 45), (10, 80)):
        page.mouse.move(*spot(page, OUTPUT, *place))
        frame(page)
        grey = page.inner_text(".book-grey")
        box = picture(page, OUTPUT).locator("rect").last
        fill = box.evaluate("(node) => getComputedStyle(node).fill")
        assert fill == f"rgb({grey}, {grey}, {grey})"


def test_a_circle_finds_the_window_while_the_story_runs(show):
    for width in (360, 800):
        page = show(width=width)
        assert not page.locator("circle").last.is_visible()
        page.get_by_role("button", name="Play").press("Enter")
        frame(page)
        for name in (INPUT, OUTPUT):
            circle = picture(page, name).locator("circle").last
            assert circle.is_visible()
            circle = circle.bounding_box()
            box = picture(page, name).locator("rect").last.bounding_box()
            assert circle["width"] >= 12
            for axis, side in (("x", "width"), ("y", "height")):
                middles = [one[axis] + one[side] / 2 for one in (circle, box)]
                assert middles[0] == pytest.approx(middles[1], abs=0.5)
