"""The HOG viewer as a reader meets it, in Chromium on a blank page."""

import base64
import itertools
import re

import pytest
import torch
from demo_input import press
from demo_page import KERNEL_MODEL, frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from hog_viewer_states import STATES
from module_page import ModulePage, mount
from website import PHONE

from utils.checks import assert_same
from utils.widgets.hog_viewer import SIDE, HogViewer

BOARD = "Photograph and strokes"


@pytest.fixture
def show(page):
    yield from mounting(page, HogViewer)


def control(page, role, name):
    return page.get_by_role(role, name=name)


def spot(page, y, x):
    """Where a pixel of the photograph is on the screen."""
    box = control(page, "application", BOARD).bounding_box()
    return box["x"] + box["width"] * x / SIDE, box["y"] + box["height"] * y / SIDE


def chosen(page):
    """The chosen cell, which is named in words and marked in the picture."""
    frame(page)
    row, column = map(
        int, re.search(r"Cell (\d+), (\d+):", page.inner_text(".book-cell")).groups()
    )
    assert f"n cell {row}, {column} " in page.inner_text(".book-says")
    size = int(control(page, "slider", "Cell size").input_value())
    wanted = [str(number) for number in (column * size, row * size, size, size)]
    marks = page.locator("rect.book-chosen").evaluate_all(
        "(all) => all.map((box) => ['x', 'y', 'width', 'height'].map((n) => box.getAttribute(n)))"
    )
    assert marks == [wanted] * 2  # an outline and its halo
    return row, column


def titles(page):
    frame(page)
    nodes = page.locator(".book-bin:not([hidden])")
    return nodes.evaluate_all("(all) => all.map((node) => node.title)")


def votes(page):
    """The numbers of the bars, float64."""
    texts = [title.split(": ")[1] for title in titles(page)]
    return torch.tensor([float(text) for text in texts], dtype=torch.float64)


def assert_agrees(page, demo):
    """Assert that the bars have the numbers that Python computes, in four digits."""
    assert_same(votes(page), demo.histogram, rtol=0, atol=0.5001e-4)


def drawn(page):
    """The strokes over the photograph: for every bin the paths of all levels of strength."""
    frame(page)
    return page.locator(".book-board .book-strokes").evaluate_all(
        "(all) => all.map((bin) => [...bin.children].map((path) => path.getAttribute('d')))"
    )


def canvas_dots(page, part, side):
    read = f"(canvas) => canvas.getContext('2d').getImageData(0, 0, {side}, {side}).data.join()"
    dots = page.locator(f"{part} canvas").evaluate(read)
    return torch.tensor([int(dot) for dot in dots.split(",")]).view(side, side, 4)[..., :3]


@pytest.mark.parametrize("state", STATES)
def test_what_is_shown_is_what_python_computes(show, state):
    demo, page = HogViewer(**state), show(**state)
    assert chosen(page) == demo.chosen
    assert_agrees(page, demo)
    open_drawer(page, "More")
    numbers = page.locator(".book-facts dd.book-value").all_inner_texts()
    best, count = demo.histogram.argmax().item(), SIDE // demo.cell
    assert numbers[:2] == [f"{count} × {count}", f"{demo.cells.numel():,}"]
    assert f"= {demo.cells.numel():,} numbers" in page.inner_text(".book-sides")
    wanted = torch.stack((demo.histogram.max(), demo.histogram.sum(), demo.cells.quantile(0.99)))
    assert [float(number) for number in numbers[2:5]] == pytest.approx(wanted, abs=0.5001e-4)
    assert f"Bin {best}:" in page.inner_text(".book-facts")
    largest = page.locator(".book-bin.book-largest").get_attribute("data-about")
    lit = page.locator(".book-magnifier .book-largest").get_attribute("data-about")
    assert largest == lit == f"bin{best}"
    percent = round(100 * (demo.histogram[best] / demo.histogram.sum()).item())
    assert f"has {percent} % of the votes" in read(page, ".book-says")
    groups = drawn(page)
    levels = (len(groups[0]) * demo.strength).round()
    for bin, paths in enumerate(groups):
        here = levels[..., bin] if bin < demo.orientations else torch.zeros(1)
        wanted = [(here == level).sum().item() for level in range(1, len(paths) + 1)]
        assert [path.count("M") for path in paths] == wanted
    open_drawer(page, "The same in torch")
    names = {}
    exec(page.inner_text("code"), names)
    assert_same(names["histogram"], demo.histogram)


@pytest.mark.parametrize("state", STATES[1:])
def test_bars_are_as_high_as_their_votes_and_carry_their_stroke(show, state):
    demo, page = HogViewer(**state), show(**state)
    shares = page.locator(".book-bin:not([hidden]) .book-bar").evaluate_all(
        "(all) => all.map((bar) => bar.offsetHeight / bar.parentElement.clientHeight)"
    )
    wanted = demo.contrast * demo.histogram / demo.histogram.max()
    assert_same(torch.tensor(shares).double(), wanted, rtol=0, atol=0.02)
    ends = page.locator(".book-bin:not([hidden]) line").evaluate_all(
        "(all) => all.map((line) => ['x2', 'y2'].map((name) => Number(line.getAttribute(name))))"
    )
    turn = (torch.arange(demo.orientations) + 0.5) * torch.pi / demo.orientations
    wanted = 7 * torch.stack((-turn.sin(), turn.cos()), dim=1).double()
    assert_same(torch.tensor(ends).double(), wanted, rtol=0, atol=0.006)


@pytest.mark.parametrize("state", STATES)
def test_photograph_and_magnified_cell_are_shown_at_their_contrast(show, state):
    demo, page = HogViewer(**state), show(**state)
    whole = 255 * demo.image[..., None]
    assert (canvas_dots(page, ".book-board", SIDE) - whole).abs().max() <= 0.5 + 1e-9
    top, left = (place * demo.cell for place in demo.chosen)
    part = whole[top : top + demo.cell, left : left + demo.cell]
    assert (canvas_dots(page, ".book-magnifier", demo.cell) - part).abs().max() <= 0.5 + 1e-9


def test_strokes_ticks_and_titles_are_labelled_as_they_are_drawn(show):
    demo, page = HogViewer(cell=9), show(cell=9)
    board, lens = page.locator(".book-board"), page.locator(".book-magnifier")
    fading = (
        board.locator(".book-strokes")
        .first.locator("path")
        .evaluate_all("(all) => all.map((path) => Number(path.getAttribute('stroke-opacity')))")
    )
    assert fading == pytest.approx([(level + 1) / 24 for level in range(24)])
    style = "(node, name) => getComputedStyle(node)[name]"
    assert board.locator(".book-lines").first.evaluate(style, "strokeWidth") == "0.48px"
    # One row and one column of pixels fill no cell.
    assert page.locator(".book-veil").get_attribute("d") == "M99 0H100V100H0V99H99z"
    ends = [title.split(":")[0] for title in titles(page)]
    assert ends == [f"{20 * bin}°–{20 * bin + 20}°" for bin in range(9)]
    told = page.locator(".book-chart").get_attribute("aria-label")
    told_votes = [float(part) for part in told.removeprefix("Votes of the bins: ").split(", ")]
    assert told_votes == pytest.approx(demo.histogram.tolist(), abs=0.5001e-4)
    assert page.locator(".book-ticks span").all_inner_texts() == ["0°", "90°", "180°"]
    largest, other = (
        lens.locator(f".book-strokes{kind} path").first.evaluate(style, "stroke")
        for kind in (".book-largest", ":not(.book-largest)")
    )
    assert largest != other
    bar = page.locator(".book-largest .book-bar").evaluate(style, "backgroundColor")
    assert largest == bar


def test_every_pixel_of_the_cell_votes_in_the_group_of_its_bin(show):
    demo, page = HogViewer(), show()
    counts = page.locator(".book-magnifier .book-lines").evaluate_all(
        "(all) => all.map((path) => path.getAttribute('d').split('M').length - 1)"
    )
    row, col = torch.zeros_like(demo.image), torch.zeros_like(demo.image)
    row[1:-1] = demo.image[2:] - demo.image[:-2]
    col[:, 1:-1] = demo.image[:, 2:] - demo.image[:, :-2]
    here = slice(40, 48), slice(16, 24)
    angle = torch.atan2(row, col).rad2deg().remainder(180)[here]
    bins = (angle * 9 / 180 + 1e-6).long() % 9
    wanted = torch.bincount(bins[row.hypot(col)[here] > 0], minlength=18)
    assert counts == wanted.tolist()


def test_contrast_shrinks_the_votes_and_leaves_the_strokes(show):
    page = show()
    bar = page.locator(".book-largest .book-bar")
    before, lines, height = votes(page), drawn(page), bar.bounding_box()["height"]
    open_drawer(page, "More")
    control(page, "slider", "Contrast").press("Home")
    assert_same(votes(page), 0.2 * before, rtol=0, atol=0.7e-4)
    assert drawn(page) == lines
    assert bar.bounding_box()["height"] == pytest.approx(0.2 * height, abs=0.5)
    assert "Contrast\n× 0.2" in page.inner_text(".book-facts")


def opacity(page):
    frame(page)
    return float(page.locator(".book-board canvas").evaluate("(node) => node.style.opacity"))


def test_the_slider_fades_the_photograph_and_nothing_else(show):
    page = show()
    assert opacity(page) == 0.6
    before = drawn(page), titles(page)
    slider = control(page, "slider", "Photo")
    assert slider.get_attribute("aria-valuetext") == "60 %"
    slider.press("Home")
    assert opacity(page) == 0
    assert read(page, ".book-says").startswith("Strokes alone, no photograph: in cell 5, 2")
    slider.press("End")
    assert opacity(page) == 1
    assert read(page, ".book-says").startswith("In cell 5, 2")
    assert (drawn(page), titles(page)) == before


def test_play_fades_the_photograph_to_the_end_and_begins_anew(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, HogViewer())
    frame(page)
    seen, asked = [], set()
    for _ in range(16):
        page.clock.run_for(350)
        seen.append(opacity(page))
        asked.add(float(control(page, "slider", "Photo").input_value()))
        assert not is_done(page)
    assert seen[0] == seen[2] == 0.6  # it rests before it begins by itself
    assert min(seen[5:8]) > 0 and seen[-1] == 0
    assert len(asked) >= 6  # by a tenth at a time
    assert all(after <= before for before, after in itertools.pairwise(seen))
    press(page, "Play")
    page.clock.run_for(340)
    assert opacity(page) > 0.9
    press(page, "Reset")
    page.clock.run_for(400)
    assert opacity(page) == 0.6


def test_pointing_at_a_bar_lights_its_strokes_everywhere(show):
    page = show()
    page.locator(".book-bin").nth(3).hover()
    frame(page)
    for part in (".book-board .book-strokes", ".book-magnifier .book-strokes", ".book-bin"):
        nodes = page.locator(part)
        looks = nodes.evaluate_all("(all) => all.map((node) => getComputedStyle(node).opacity)")
        assert [index for index, look in enumerate(looks) if look == "1"] == [3], part
    page.mouse.move(0, 0)
    frame(page)
    assert page.locator(".book-pointing").count() == 0


def test_the_task_is_done_in_a_cell_of_level_edges_alone(show):
    page = show()
    text = page.inner_text(".book-task")
    demo = HogViewer()
    found = []
    for row, column in itertools.product(range(3, 8), range(2, 6)):
        page.mouse.click(*spot(page, 8 * row + 4, 8 * column + 4))
        assert chosen(page) == (row, column)
        cell = demo.cells[row, column]
        is_level = page.locator(".book-task.book-done:not(.book-solved)").count() == 1
        assert is_level == (cell[4] > 0.4 * cell.sum()).item()
        found.append(is_level)
    assert 0 < sum(found) < len(found)
    press(page, "Reset")
    assert page.inner_text(".book-task") == text


def test_every_control_obeys_keys(show):
    page = show(cell=9)
    open_drawer(page, "More")
    control(page, "combobox", "Photograph").press("End")
    control(page, "slider", "Contrast").press("ArrowLeft")
    control(page, "slider", "Cell size").press("ArrowRight")
    control(page, "slider", "Directions").press("Home")
    settings = {"photo": "camera", "contrast": 0.99, "cell": 10, "orientations": 2}
    assert_agrees(page, HogViewer(**settings, chosen=chosen(page)))
    credit = HogViewer().asset_values()["photos"]["camera"]["credit"]
    assert f"Photograph: {credit}." in page.inner_text(".book-drawer")
    usual = {"photo": "cat", "cell": 8, "orientations": 9, "contrast": 1}
    for name, changes in {
        "Fine": {"cell": 4, "orientations": 18},
        "Coarse": {"cell": 25, "orientations": 9},
        "Two directions": {"cell": 8, "orientations": 2},
        "Poor light": {"contrast": 0.2},
        "Usual": usual,
    }.items():
        control(page, "button", name).press("Enter")
        settings |= changes
        assert_agrees(page, HogViewer(**settings | {"chosen": chosen(page)}))


def test_arrow_keys_choose_a_cell(show):
    page = show(cell=30, chosen=(24, 24))
    assert chosen(page) == (2, 2)
    steps = {"Home": (2, 0), "ArrowUp": (1, 0), "ArrowRight": (1, 1), "End": (1, 2)}
    for key, place in {**steps, "ArrowDown": (2, 2), "ArrowLeft": (2, 1)}.items():
        control(page, "application", BOARD).press(key)
        assert chosen(page) == place, key
    control(page, "application", BOARD).press("ArrowDown")
    assert chosen(page) == (2, 1)


def test_a_click_and_a_drag_choose_a_cell(show):
    page = show()
    page.mouse.move(*spot(page, 20, 20))
    assert chosen(page) == (5, 2)  # nothing is chosen in passing
    page.mouse.click(*spot(page, 31, 47))
    assert chosen(page) == (3, 5)
    page.mouse.click(*spot(page, 99, 3))  # pixels that fill no cell
    assert chosen(page) == (11, 0)
    page.mouse.down()
    page.mouse.move(*spot(page, 10, 90), steps=3)
    assert chosen(page) == (1, 11)
    page.mouse.move(*spot(page, -40, -30))  # a drag goes on outside
    assert chosen(page) == (0, 0)
    page.mouse.up()


def test_a_finger_chooses_and_drags_and_scrolls_on_a_phone(browser):
    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page = context.new_page()
    mount(page, HogViewer(cell=10))
    control(page, "application", BOARD).scroll_into_view_if_needed()
    page.touchscreen.tap(*spot(page, 45, 65))
    assert chosen(page) == (4, 6)
    session = context.new_cdp_session(page)

    def touch(kind, *places):
        points = [dict(zip("xy", place, strict=True)) for place in places]
        session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    for step, column in enumerate((65, 50, 30, 15)):
        touch("Move" if step else "Start", spot(page, 45, column))
    touch("End")
    assert chosen(page) == (4, 1)
    start, (x, y) = page.evaluate("scrollY"), spot(page, 90, 50)
    for step in range(12):
        touch("Move" if step else "Start", (x, y - 12 * step))
        frame(page)
    touch("End")
    assert page.evaluate("scrollY") > start + 30
    context.close()


def test_the_chosen_cell_stays_where_it_is_when_its_size_changes(show):
    page = show(cell=4, chosen=(20, 3))  # its middle is pixel 82, 14
    size = control(page, "slider", "Cell size")
    for value in (8, 20, 32, 25, 4):
        size.fill(str(value))
        last = 100 // value - 1
        assert chosen(page) == (min(82 // value, last), 14 // value)
    control(page, "application", BOARD).press("ArrowRight")
    size.fill("10")
    assert chosen(page) == (8, 1)


@pytest.mark.parametrize("width", [1200, 360])
def test_nothing_moves_while_a_cell_or_a_setting_is_dragged(show, width):
    page = show(width=width)
    open_drawer(page, "More")
    parts = page.locator(
        ".book-board, .book-bars, .book-deck, .book-task, .book-drawers, .book-facts"
    )

    def places():
        frame(page)
        return parts.evaluate_all("(all) => all.map((node) => node.getBoundingClientRect().top)")

    before = places()
    for row in range(0, 100, 16):
        page.mouse.click(*spot(page, row, row))
        assert places() == pytest.approx(before, abs=1), row
    for name in ("Cell size", "Directions", "Contrast", "Photo"):
        for key in ("Home", "PageUp", "End"):
            control(page, "slider", name).press(key)
            assert places() == pytest.approx(before, abs=1), (name, key)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = HogViewer()
    ModulePage(page, "hog_viewer/view")
    page.evaluate(KERNEL_MODEL, demo.state() | demo.asset_values())
    demo.photo, demo.cell, demo.orientations, demo.chosen = "coffee", 16, 5, (4, 1)
    changes = "(state) => Object.entries(state).forEach((pair) => model.change(...pair))"
    page.evaluate(changes, demo.state())
    assert_agrees(page, demo)
    open_drawer(page, "More")
    control(page, "slider", "Directions").press("ArrowRight")
    control(page, "application", BOARD).press("ArrowUp")
    assert page.evaluate("[model.get('orientations'), model.get('chosen')]") == [6, [3, 1]]
    assert page.evaluate("model.heard()") == len(HogViewer.controls())
    page.evaluate("stop()")
    assert page.evaluate("[model.heard(), document.body.childElementCount]") == [0, 0]


def test_a_picture_without_edges_gets_a_sentence(page):
    demo = HogViewer()
    grey = {"width": SIDE, "height": SIDE, "pixels": base64.b64encode(bytes(SIDE**2)).decode()}
    ModulePage(page, "hog_viewer/view")
    page.evaluate(KERNEL_MODEL, {**demo.state(), "photos": {"cat": {**grey, "credit": ""}}})
    open_drawer(page, "More")
    text = page.inner_text("body")
    assert "In cell 5, 2 no pixel has a gradient, and every bin is 0." in text
    assert "Hardly a cell has an edge." in text
    assert not re.search(r"NaN|Infinity|undefined|null|-0\b", page.inner_html("body"))
    assert votes(page).tolist() == [0] * 9
    assert {path for bin in drawn(page) for path in bin} == {""}
    assert not is_done(page)
