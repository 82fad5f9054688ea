"""The 2×2 matrix explorer as a reader meets it, in Chromium on a blank page."""

import re

import pytest
import torch
from demo_input import drag, middle, on_a_phone, press_at_once, swipe, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import assert_no_nonsense
from demo_page import code_lines, facts, frame, mounting, stop_clock
from demo_page import read as read_part
from demo_stage import is_done
from matrix_explorer_states import EIGEN, STATES
from module_page import mount

from utils.widgets.matrix_explorer import PRESETS, VIEWS, MatrixExplorer

OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture
def show(page):
    """Show the demo with its drawers open."""
    mounted = mounting(page, MatrixExplorer, height=1400)
    show_demo = next(mounted)

    def shown(**state):
        show_demo(**state)
        page.evaluate(OPEN)
        return page

    yield shown
    next(mounted, None)


def read(page):
    return read_part(page, ".book-says")


def matrix(page):
    """The four entries as the torch line gives them."""
    frame(page)
    first = code_lines(page)[0]
    return [float(part) for part in re.findall(r"-?[\d.]+", first.split("tensor")[1])]


def entry(page, row, column):
    return page.get_by_role("spinbutton", name=f"A, row {row}, column {column}")


def point(page, name):
    return page.get_by_role("slider", name=name)


def grip(page, name):
    return middle(point(page, name).locator(".book-grip"))


def unit(page):
    """Pixels on the screen for one unit of the plane, which is 5.8 units wide."""
    return page.locator(".book-plane").bounding_box()["width"] / 5.8


def angle(page):
    return float(point(page, "vector x").get_attribute("aria-valuenow"))


def test_the_keyboard_alone_reaches_every_control(show):
    places = [f"row {row}, column {column}" for row in (1, 2) for column in (1, 2)]
    entries = [name for at in places for name in (f"A, {at}", f"slider for {at}")]
    points = ["column 1 of A", "column 2 of A", "vector x, its angle in degrees"]
    deck = ["Play", "Reset", "Matrix", "Show"]
    drawers = ["More", *entries, "The same in torch", "Copy"]
    assert tab_order(show()) == [*points, *deck, *drawers]


def test_a_matrix_is_typed_entry_by_entry(show):
    page = show(preset="identity")
    for row, column, text in ((1, 1, "2"), (1, 2, "-0.5"), (2, 1, "1.5"), (2, 2, "0")):
        entry(page, row, column).fill(text)
    assert matrix(page) == [2, -0.5, 1.5, 0]
    below = page.get_by_role("slider", name="slider for row")
    assert [part.input_value() for part in below.all()] == ["2", "-0.5", "1.5", "0"]
    assert page.get_by_role("combobox", name="Matrix").input_value() == "custom"
    demo = MatrixExplorer(matrix=[[2, -0.5], [1.5, 0]])
    assert facts(page)["Operator norm"] == f"{demo.operator_norm:.2f}"
    page.get_by_role("combobox", name="Show").select_option("box")
    frame(page)
    assert facts(page)["Frobenius norm"] == f"{demo.frobenius_norm:.2f}"
    page.get_by_role("combobox", name="Show").select_option("area")
    frame(page)
    assert facts(page)["Determinant"] == f"{demo.determinant:.2f}".replace("-", "−")


def test_arrow_keys_step_an_entry_in_its_field_and_on_its_slider(show):
    page = show(preset="identity")
    entry(page, 1, 2).focus()
    page.keyboard.press("ArrowUp")
    assert matrix(page) == [1, 0.1, 0, 1]
    point(page, "slider for row 2, column 2").press("ArrowLeft")
    assert matrix(page) == [1, 0.1, 0, 0.9]
    assert entry(page, 2, 2).input_value() == "0.9"
    point(page, "slider for row 2, column 2").press("End")
    assert matrix(page) == [1, 0.1, 0, 2]


def test_an_entry_that_is_no_number_in_the_bounds_is_explained(show):
    page = show(preset="identity")
    for text in ("", "3", "-2.5"):
        entry(page, 2, 1).fill(text)
        frame(page)
        assert page.inner_text(".book-problem") == (
            "Row 2, column 1 must be a number from −2 to 2. "
            "The picture waits with the last matrix that was complete."
        )
        assert entry(page, 2, 1).get_attribute("aria-invalid") == "true"
        assert matrix(page) == [1, 0, 0, 1]
    entry(page, 2, 1).fill("1")
    assert matrix(page) == [1, 0, 1, 1]
    assert page.inner_text(".book-problem") == ""
    assert entry(page, 2, 1).get_attribute("aria-invalid") == "false"


def test_a_preset_mends_a_field_that_was_wrong(show):
    page = show(preset="identity")
    entry(page, 1, 1).fill("")
    page.get_by_role("combobox", name="Matrix").select_option("shear")
    assert matrix(page) == [1, 1, 0, 1]
    assert entry(page, 1, 1).input_value() == "1"
    assert page.inner_text(".book-problem") == ""


def test_an_entry_keeps_its_decimals_while_another_is_typed(show):
    page = show(matrix=[[0.866025, -0.5], [0.5, 0.866025]])
    assert entry(page, 1, 1).input_value() == "0.87"
    entry(page, 1, 2).fill("1")
    assert matrix(page) == [0.866025, 1, 0.5, 0.866025]
    entry(page, 2, 2).fill("0.9999")
    assert matrix(page) == [0.866025, 1, 0.5, 0.9999]
    assert entry(page, 2, 2).input_value() == "0.9999"


def test_every_preset_fills_the_matrix(show):
    page = show(preset="shear")
    choice = page.get_by_role("combobox", name="Matrix")
    for name, rows in PRESETS.items():
        choice.select_option(name)
        assert matrix(page) == [value for row in rows for value in row]
        assert choice.input_value() == name
    choice.focus()
    page.keyboard.press("Home")
    assert matrix(page) == [1, 0, 0, 1]


def test_columns_move_by_arrow_keys_and_stop_at_their_bounds(show):
    page = show(preset="identity")
    point(page, "column 1 of A").focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
        frame(page)
    assert matrix(page) == [0.9, 0, 0.2, 1]
    assert point(page, "column 1 of A").get_attribute("aria-valuetext") == "0.90, 0.20"
    page.keyboard.press("End")
    assert matrix(page) == [2, 0, 0.2, 1]
    point(page, "column 2 of A").press("ArrowDown")
    assert matrix(page) == [2, 0, 0.2, 0.9]


def test_no_key_is_lost_between_two_frames(show):
    page = show(preset="identity", angle=10)
    for name in ("column 1 of A", "vector x"):
        press_at_once(point(page, name), *3 * ["ArrowUp"])
    assert matrix(page) == [1, 0, 0.3, 1]
    assert angle(page) == 13


def test_a_drag_of_a_column_changes_two_entries(show):
    page = show(preset="identity", angle=200)
    x, y = grip(page, "column 2 of A")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 1.5 * unit(page), y + 0.5 * unit(page))
    assert matrix(page) == [1, 1.5, 0, 0.5]
    page.mouse.move(x + 1.5 * unit(page), y - 5 * unit(page))
    assert matrix(page) == [1, 1.5, 0, 2]
    page.mouse.up()
    page.mouse.move(x, y)
    assert matrix(page) == [1, 1.5, 0, 2]


def test_a_drag_turns_x_and_finds_the_line_that_is_kept(show):
    page = show(preset="symmetric", angle=0, **EIGEN)
    x, y = grip(page, "vector x")
    page.mouse.move(x, y)
    page.mouse.down()
    for degrees, wanted in (((0.6, 0.8), 53), ((0.5, 0.53), 45), ((-1.2, 1.17), 135)):
        page.mouse.move(x + (degrees[0] - 1) * unit(page), y - degrees[1] * unit(page), steps=3)
        frame(page)
        assert angle(page) == pytest.approx(wanted, abs=1e-9)
    page.mouse.up()
    assert read(page) == (
        "Ax lines up with x: x is an eigenvector, Ax = −1.00 x. "
        "It points the other way, on the same line."
    )
    assert page.locator(".book-mark.book-met").count() == 2  # the line and the arrow Ax


def test_keys_turn_x_and_home_and_end_find_the_kept_lines(show):
    page = show(preset="symmetric", angle=44, **EIGEN)
    x = point(page, "vector x")
    x.focus()
    assert page.locator(".book-mark.book-met").count() == 0
    for key, wanted in [
        ("ArrowUp", 45),
        ("ArrowRight", 46),
        ("ArrowLeft", 45),
        ("ArrowDown", 44),
        ("End", 45),
        ("End", 135),
        ("End", 225),
        ("Home", 135),
    ]:
        page.keyboard.press(key)
        frame(page)
        assert angle(page) == pytest.approx(wanted, abs=1e-9), key
    assert "Ax = −1.00 x" in read(page)
    assert x.get_attribute("aria-valuetext") == "135.00 degrees; Ax at 0.71, −0.71"


def test_in_the_view_on_norms_home_and_end_find_the_axes_of_the_ellipse(show):
    page = show(preset="shear", angle=0)
    point(page, "vector x").focus()
    page.keyboard.press("End")
    frame(page)
    assert read(page).endswith("1.62: the most that A can do, its operator norm.")
    frame(page)
    longest = MatrixExplorer(preset="shear", angle=angle(page))
    assert longest.image.norm().item() == pytest.approx(longest.operator_norm)
    page.keyboard.press("End")
    assert read(page).endswith("0.62: the least that A can do.")


def test_where_no_line_is_kept_a_sentence_says_so(show):
    page = show(preset="rotation", angle=0, **EIGEN)
    assert facts(page)["Eigenvalues"] == "0.80 ± 0.60i"
    assert read(page) == (
        "Ax points 36.9° counter-clockwise from x. "
        "The eigenvalues are complex: no real vector keeps its line."
    )
    assert page.locator(".book-mark.book-kept").count() == 0
    point(page, "vector x").press("End")
    frame(page)
    assert angle(page) == 0


def test_the_view_is_chosen_by_key_and_each_tells_its_own_story(show):
    page = show()
    marks = {"long": 1, "box": 0, "parallelogram": 0, "lattice": 0, "kept": 0, "ellipse": 1}
    stories = [
        (marks, ["Operator norm", "Length of Ax", "Least length"]),
        (marks | {"box": 1}, ["Frobenius norm", "Operator norm", "Least length"]),
        (
            dict.fromkeys(marks, 0) | {"parallelogram": 1, "lattice": 14},
            ["Area before", "Area after", "Determinant"],
        ),
        (
            dict.fromkeys(marks, 0) | {"kept": 1},
            ["Eigenvalues", "x · Ax", "Trace", "Determinant"],
        ),
    ]
    view = page.get_by_role("combobox", name="Show")
    view.focus()
    for wanted, names in stories:
        frame(page)
        assert list(facts(page)) == names
        drawn = {look: page.locator(f".book-mark.book-{look}").count() for look in wanted}
        assert drawn == wanted
        page.keyboard.press("ArrowDown")


def test_of_two_points_in_one_place_both_can_be_moved(show):
    # At the angle 0 the vector x of an identity matrix covers the first column.
    page = show(preset="identity", angle=0)
    x, y = grip(page, "column 1 of A")
    drag(page, (x, y), (x, y - unit(page)))
    frame(page)
    assert angle(page) == 45
    drag(page, (x, y), (x, y - unit(page)))
    assert matrix(page) == [1, 0, 1, 1]


def test_a_finger_drags_a_column_and_the_page_stays(browser):
    with on_a_phone(browser, MatrixExplorer(preset="identity", angle=200)) as page:
        page.evaluate(OPEN)
        x, y = grip(page, "column 2 of A")
        # The finger comes down beside the point: it need not hit its few pixels.
        assert touch_drag(page, (x - 8, y + 9), (x - 8, y + 9 + unit(page))) == 0
        assert matrix(page) == [1, 0, 0, 0]


def test_a_finger_beside_the_points_scrolls_the_page(browser):
    with on_a_phone(browser, MatrixExplorer(preset="identity", angle=200)) as page:
        page.evaluate(OPEN)
        box = page.locator(".book-plane").bounding_box()
        assert swipe(page, box["x"] + 20, box["y"] + 220) > 50
        assert matrix(page) == [1, 0, 0, 1]


def test_no_setting_shows_a_number_that_is_none(show):
    page = show(**EIGEN)
    for choice in VIEWS:
        page.get_by_role("combobox", name="Show").select_option(choice)
        for name in PRESETS:
            page.get_by_role("combobox", name="Matrix").select_option(name)
            point(page, "vector x").press("End")
            for row, column in ((1, 1), (2, 2), (1, 2), (2, 1)):
                point(page, f"slider for row {row}, column {column}").press("Home")
                frame(page)
                assert_no_nonsense(page)


def test_every_text_on_the_plane_stays_inside(show):
    page = show()
    for state in STATES:
        mount(page, MatrixExplorer(**state))
        beyond = page.evaluate(
            """() => {
                const plane = document.querySelector(".book-plane").getBoundingClientRect();
                return [...document.querySelectorAll(".book-plane text")].filter((text) => {
                    const box = text.getBoundingClientRect();
                    return box.left < plane.left || box.right > plane.right
                        || box.top < plane.top || box.bottom > plane.bottom;
                }).map((text) => text.textContent);
            }"""
        )
        assert beyond == []


CLASHES = """() => {
    const boxOf = (node) => [node.textContent, node.getBoundingClientRect()];
    const all = (looks) => [...document.querySelectorAll(looks)].map(boxOf);
    const words = all(".book-plane .book-words:not(.book-tick)");
    const others = [...all(".book-plane .book-grip"), ...all(".book-plane .book-tick")];
    const room = 1.5; // a box of letters is taller than its letters
    const isHit = ([, a], [, b]) => a.left < b.right && b.left < a.right
        && a.top + room < b.bottom - room && b.top + room < a.bottom - room;
    const hits = words.flatMap((one, at) => [...words.slice(at + 1), ...others]
        .filter((other) => isHit(one, other)).map((other) => `${one[0]} on ${other[0]}`));
    const plane = document.querySelector(".book-plane").getBoundingClientRect();
    const edge = words.filter(([, a]) => a.left < plane.left + 3 || a.right > plane.right - 3);
    return [...hits, ...edge.map(([text]) => `${text} on the border`)];
}"""


@pytest.mark.parametrize("width", [360, 880])
@pytest.mark.parametrize(
    "state",
    [
        *({"angle": angle} for angle in (70, 78)),
        *(
            {"preset": preset, "view": view}
            for preset in ("singular", "shear", "symmetric")
            for view in VIEWS
        ),
        {"matrix": [[1, 1], [0, 0]]},
        {"matrix": [[1, 1], [1, 1]]},
    ],
    ids=str,
)
def test_names_on_the_plane_keep_apart(page, state, width):
    page.set_viewport_size({"width": width, "height": 900})
    mount(page, MatrixExplorer(**state))
    assert page.evaluate(CLASHES) == []


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    in_a_notebook(page, MatrixExplorer())
    page.evaluate(OPEN)
    page.evaluate("() => { model.change('matrix', [[2, 0], [0, 1]]); model.change('angle', 0); }")
    assert matrix(page) == [2, 0, 0, 1]
    assert read(page).startswith("x has length 1, Ax has length 2.00: the most")
    page.evaluate("model.change('view', 'eigenvectors')")
    assert facts(page)["Eigenvalues"] == "2.00, 1.00"
    point(page, "vector x").press("End")
    assert page.evaluate("model.get('angle')") == 90
    entry(page, 1, 1).fill("1")
    assert page.evaluate("[model.get('matrix'), model.get('preset')]") == [
        [[1, 0], [0, 1]],
        "identity",
    ]
    assert_stops(page, MatrixExplorer)


def test_what_stands_beside_the_plane_is_what_more_explains(show):
    for state in STATES:
        page = show(**state)
        beside = page.locator(".book-brief > div").all_inner_texts()
        names = {line.rsplit("\n", 1)[0].strip(): line.rsplit("\n", 1)[-1] for line in beside}
        assert names == facts(page)
        looks = "(all) => all.map((node) => node.className)"
        keys = [page.locator(f"{part} .book-key") for part in (".book-brief", ".book-facts")]
        assert keys[0].evaluate_all(looks) == keys[1].evaluate_all(looks)
        rows = MatrixExplorer(**state).matrix
        told = page.locator(".book-bracket span").all_inner_texts()
        wanted = [f"{value:.2f}".replace("-", "−") for row in rows for value in row]
        assert told == wanted


def test_pointing_at_a_number_lights_up_what_it_measures(show):
    looks = {
        "norms": ("long", "image", "short"),
        "box": ("diagonal", "long", "short"),
        "area": ("square", "parallelogram"),
    }
    for view, row, look in ((name, *each) for name in looks for each in enumerate(looks[name])):
        page = show(view=view)
        page.locator(".book-brief > div").nth(row).hover()
        frame(page)
        lit = page.locator(".book-plane .book-pointed")
        assert lit.count() > 0
        assert set(lit.evaluate_all("all => all.map((n) => n.dataset.about)")) == {look}


def test_the_numbers_stand_at_what_they_measure(show):
    demo = MatrixExplorer()
    for view, norm in (("norms", demo.operator_norm), ("box", demo.frobenius_norm)):
        page = show(view=view)
        said = page.locator(".book-plane .book-words:not(.book-tick)").all_text_contents()
        assert f"{norm:.2f}" in said
        assert (f"Ax: {demo.image.norm():.2f}" in said) == (view == "norms")


def test_the_product_stands_beside_the_plane_in_numbers(show):
    state = {"matrix": [[1.5, -0.5], [0.25, 2]], "angle": 130}
    page = show(**state)
    matrix, turned = torch.tensor(state["matrix"]), torch.tensor(130.0).deg2rad()
    x = torch.stack([turned.cos(), turned.sin()])
    for vector, wanted in zip(page.locator(".book-vector").all(), (x, matrix @ x), strict=True):
        told = [
            float(text.replace("\u2212", "-")) for text in vector.locator("span").all_inner_texts()
        ]
        assert told == pytest.approx(wanted.tolist(), abs=0.0051)
    assert page.locator(".book-under").all_inner_texts() == ["A", "x", "Ax"]
    looks = page.locator(".book-vector").evaluate_all(
        "all => all.map((n) => getComputedStyle(n).color)"
    )
    marks = [page.locator(f".book-words.book-{name}").last for name in ("x", "image")]
    assert looks == [mark.evaluate("n => getComputedStyle(n).fill") for mark in marks]


def test_play_turns_x_and_stops_on_each_special_line(fresh_page):
    page = fresh_page
    stop_clock(page)
    demo = MatrixExplorer(preset="symmetric", angle=20, **EIGEN)
    mount(page, demo)
    page.evaluate(OPEN)
    frame(page)
    page.get_by_role("button", name="Play").press("Enter")
    seen = []
    for _ in range(90):
        page.clock.run_for(100)
        frame(page)
        seen.append(angle(page))
        assert not is_done(page)
    assert {45, 135, 225, 315} <= {round(each, 6) for each in seen}
    assert seen[-1] >= 356
    page.get_by_role("button", name="Play").press("Enter")  # the story begins anew
    frame(page)
    assert angle(page) == 0
    assert all(one < other for one, other in zip(seen[:60], seen[1:61], strict=True))


def test_a_chosen_matrix_arrives_in_time_and_a_dragged_one_at_once(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, MatrixExplorer(preset="identity", angle=200, view="area"))
    frame(page)
    corner = "() => document.querySelector('.book-lattice').getAttribute('points')"
    before = page.evaluate(corner)
    page.get_by_role("combobox", name="Matrix").select_option("shear")
    page.clock.run_for(250)
    half = page.evaluate(corner)
    page.clock.run_for(600)
    after = page.evaluate(corner)
    assert len({before, half, after}) == 3
    # The line from (−3, −3) to (−3, 3), where the shear puts it.
    places = [(value + 2.9) * 400 / 5.8 for value in (-6, 3, 0, -3)]
    assert [float(part) for part in after.split()] == pytest.approx(places)
    point(page, "column 2 of A").press("ArrowUp")
    page.clock.run_for(40)
    moved = page.evaluate(corner)
    page.clock.run_for(600)
    assert page.evaluate(corner) == moved != after


def test_the_task_wants_columns_of_ones_own_and_x_on_the_line_that_vanishes(show):
    page = show(preset="singular", angle=0, **EIGEN)
    for _ in range(2):
        point(page, "vector x").press("End")
        frame(page)
        assert not is_done(page)  # found by End alone
    page = show(matrix=[[1, 2], [0.5, 1]], angle=0, **EIGEN)
    assert not is_done(page)
    for _ in range(2):
        point(page, "vector x").press("End")
    frame(page)
    assert read(page).startswith("Ax is zero")
    assert is_done(page)
    assert is_done(show(matrix=[[-1, -1], [-1, -1]], angle=135, **EIGEN))
    page = show(matrix=[[0, 0], [0, 0]], angle=0, **EIGEN)
    assert not is_done(page)


SOLVED = {
    "norms": [[1.2, -0.5], [0.5, 1.2]],
    "box": [[1.6, 1.2], [0, 0]],
    "area": [[0, 2], [1.5, 0.4]],
}


@pytest.mark.parametrize("view", SOLVED)
def test_each_view_has_a_task_that_no_matrix_of_the_list_solves(show, view):
    for preset in PRESETS:
        assert not is_done(show(preset=preset, view=view)), preset
    tasks = set()
    for other, matrix in SOLVED.items():
        assert is_done(show(view=view, matrix=matrix)) == (other == view)
        tasks.add(show(view=other).inner_text(".book-task"))
    assert len(tasks) == len(SOLVED)
    assert not is_done(show(view=view, matrix=[[0, 0], [0, 0]]))


def test_bars_are_as_long_as_what_they_measure_in_the_picture(show):
    page = show(preset="shear", angle=70)
    demo = MatrixExplorer(preset="shear", angle=70)
    least = torch.linalg.svdvals(torch.tensor(demo.matrix)).min().item()
    wanted = [demo.operator_norm, demo.image.norm().item(), least]
    bars = page.locator(".book-gauge .book-bar")
    told = [bar.bounding_box()["width"] / unit(page) for bar in bars.all()]
    assert told == pytest.approx(wanted, abs=0.02)


@pytest.mark.parametrize("angle", range(0, 360, 15))
def test_the_name_of_x_lies_on_no_arrow(show, angle):
    page = show(angle=angle)
    mark = page.locator(".book-words.book-x")
    box = mark.bounding_box()
    hits = page.evaluate(
        """({ x, y, width, height }) => {
            const inside = ([left, top]) => left > x + 2 && left < x + width - 2
                && top > y + 3 && top < y + height - 3;
            return [...document.querySelectorAll(".book-plane line.book-mark")]
                .filter((line) => /book-(x|image|column)/.test(line.getAttribute("class")))
                .filter((line) => {
                    const matrix = line.getScreenCTM();
                    const at = ["1", "2"].map((end) => new DOMPoint(
                        line[`x${end}`].baseVal.value, line[`y${end}`].baseVal.value,
                    ).matrixTransform(matrix));
                    return Array.from({ length: 101 }, (_, step) => step / 100).some((share) =>
                        inside(["x", "y"].map((side) =>
                            at[0][side] + share * (at[1][side] - at[0][side]))));
                }).length;
        }""",
        box,
    )
    assert hits == 0


# How far the number of each row, if it stands beside its name, begins from the end of that.
GAPS = """() => [...document.querySelectorAll(".book-brief > div")].map((row) => {
    const range = document.createRange();
    range.selectNodeContents(row.children[1]);
    const [name, number] = [range, row.children[2]].map((part) => part.getBoundingClientRect());
    return number.top >= name.bottom - 1 ? 99 : number.left - name.right;
})"""
TURNING, LONG = [[-1.5, -1.25], [1.25, -1.5]], [[-2, 0.25], [0.25, -1.75]]


@pytest.mark.parametrize("matrix", [PRESETS["symmetric"], TURNING, LONG])
def test_no_number_runs_into_its_name_on_a_phone(show, matrix):
    for view in VIEWS:
        # A page leaves a demo this much of a phone's 360 pixels.
        page = show(width=328, matrix=matrix, view=view)
        assert min(page.evaluate(GAPS)) >= 4
