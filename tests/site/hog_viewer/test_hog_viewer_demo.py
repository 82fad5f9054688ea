"""The HOG viewer as a reader meets it, in Chromium on a blank page."""

import base64
import re

import pytest
import torch
from demo_page import KERNEL_MODEL, frame, mounting
from hog_viewer_states import STATES
from module_page import ModulePage, mount
from website import PHONE

from utils.checks import assert_same
from utils.widgets.hog_viewer import SIDE, HogViewer

PHOTO, EDGES = "Photograph:", "Edge directions:"


@pytest.fixture
def show(page):
    yield from mounting(page, HogViewer)


def control(page, role, name):
    return page.get_by_role(role, name=name)


def spot(page, name, y, x):
    """Where a pixel of the photograph is on the screen."""
    box = control(page, "application", name).bounding_box()
    return box["x"] + box["width"] * x / SIDE, box["y"] + box["height"] * y / SIDE


def chosen(page):
    """The chosen cell, which is named in words and marked in both pictures."""
    frame(page)
    text = page.inner_text("body")
    row, column = map(int, re.search(r"Votes of cell (\d+), (\d+)", text).groups())
    size = int(control(page, "slider", "Cell size").input_value())
    wanted = [str(number) for number in (column * size, row * size, size, size)]
    marks = page.locator("rect.book-chosen").evaluate_all(
        "(all) => all.map((box) => ['x', 'y', 'width', 'height'].map((n) => box.getAttribute(n)))"
    )
    assert marks == [wanted] * 4  # an outline and its halo in each picture
    return row, column


def votes(page):
    """The numbers beside the bars, float64."""
    frame(page)
    texts = page.locator(".book-bins li:visible .book-value").all_inner_texts()
    return torch.tensor([float(text) for text in texts], dtype=torch.float64)


def assert_agrees(page, demo):
    """Assert that the bars have the numbers that Python computes, in four digits."""
    assert_same(votes(page), demo.histogram, rtol=0, atol=0.5001e-4)


def drawn(page):
    """The lines of every level of strength, as text."""
    frame(page)
    attributes = "(all) => all.map((path) => path.getAttribute('d'))"
    return page.locator("path.book-lines").evaluate_all(attributes)


@pytest.mark.parametrize("state", STATES)
def test_what_is_shown_is_what_python_computes(show, state):
    demo, page = HogViewer(**state), show(**state)
    assert chosen(page) == demo.chosen
    assert_agrees(page, demo)
    numbers = page.locator(".book-facts dd.book-value").all_inner_texts()
    best, count = demo.histogram.argmax().item(), SIDE // demo.cell
    assert numbers[:2] == [f"{count} × {count}", f"{demo.cells.numel():,}"]
    wanted = torch.stack((demo.histogram.max(), demo.histogram.sum(), demo.cells.quantile(0.99)))
    assert [float(number) for number in numbers[2:5]] == pytest.approx(wanted, abs=0.5001e-4)
    largest = page.locator(".book-largest")
    assert largest.inner_text().startswith(page.locator(".book-angles").nth(best).inner_text())
    assert f"Bin {best}:" in page.inner_text(".book-facts")
    levels = (len(drawn(page)) * demo.strength).round()
    counts = [path.count("M") for path in drawn(page)]
    assert counts == [(levels == level).sum().item() for level in range(1, len(counts) + 1)]
    names = {}
    exec(page.inner_text("code"), names)
    assert_same(names["histogram"], demo.histogram)


def test_the_photograph_is_shown_at_its_contrast(show):
    demo, page = HogViewer(**STATES[3]), show(**STATES[3])
    read = "(canvas) => canvas.getContext('2d').getImageData(0, 0, 100, 100).data.join()"
    dots = page.locator(".book-stage canvas").evaluate(read)
    pixels = torch.tensor([int(dot) for dot in dots.split(",")]).view(SIDE, SIDE, 4)
    assert (pixels[..., :3] - 255 * demo.image[..., None]).abs().max() <= 0.5 + 1e-9


def test_contrast_shrinks_the_votes_and_leaves_the_lines(show):
    page = show()
    bar = page.locator(".book-largest .book-bar")
    before, lines, width = votes(page), drawn(page), bar.bounding_box()["width"]
    control(page, "slider", "Contrast").press("Home")
    assert_same(votes(page), 0.2 * before, rtol=0, atol=0.7e-4)
    assert drawn(page) == lines != [""] * len(lines)
    assert bar.bounding_box()["width"] == pytest.approx(0.2 * width, abs=0.5)
    assert "Contrast\n× 0.2" in page.inner_text(".book-facts")


def test_the_keyboard_alone_reaches_every_control_and_shows_the_focus(show):
    page = show()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            """() => {
                const node = document.activeElement;
                const name = node.ariaLabel ?? node.labels?.[0]?.textContent ?? node.textContent;
                return [name, getComputedStyle(node).outlineWidth];
            }"""
        )
        assert outline == "3px", name
        reached.append(name)
    keys = " arrow keys, Home and End choose a cell"
    settings = ["Photograph", "Contrast", "Cell size", "Directions"]
    settings += ["Usual", "Fine", "Coarse", "Two directions", "Poor light"]
    assert reached == [*settings, PHOTO + keys, EDGES + keys, "Copy"]


def test_every_control_obeys_keys(show):
    page = show(cell=9)
    control(page, "combobox", "Photograph").press("End")
    control(page, "slider", "Contrast").press("ArrowLeft")
    control(page, "slider", "Cell size").press("ArrowRight")
    control(page, "slider", "Directions").press("Home")
    settings = {"photo": "camera", "contrast": 0.99, "cell": 10, "orientations": 2}
    assert_agrees(page, HogViewer(**settings, chosen=chosen(page)))
    for name, changes in {
        "Fine": {"cell": 4, "orientations": 18},
        "Coarse": {"cell": 25, "orientations": 9},
        "Two directions": {"cell": 8, "orientations": 2},
        "Poor light": {"contrast": 0.2},
        "Usual": HogViewer().state(),
    }.items():
        control(page, "button", name).press("Enter")
        settings |= changes
        assert_agrees(page, HogViewer(**settings | {"chosen": chosen(page)}))


@pytest.mark.parametrize("name", [PHOTO, EDGES])
def test_arrow_keys_choose_a_cell_in_either_picture(show, name):
    page = show(cell=30, chosen=(24, 24))
    assert chosen(page) == (2, 2)
    steps = {"Home": (2, 0), "ArrowUp": (1, 0), "ArrowRight": (1, 1), "End": (1, 2)}
    for key, place in {**steps, "ArrowDown": (2, 2), "ArrowLeft": (2, 1)}.items():
        control(page, "application", name).press(key)
        assert chosen(page) == place, key
    control(page, "application", name).press("ArrowDown")
    assert chosen(page) == (2, 1)


@pytest.mark.parametrize("name", [PHOTO, EDGES])
def test_a_click_and_a_drag_choose_a_cell(show, name):
    page = show()
    page.mouse.move(*spot(page, name, 20, 20))
    assert chosen(page) == (5, 2)  # nothing is chosen in passing
    page.mouse.click(*spot(page, name, 31, 47))
    assert chosen(page) == (3, 5)
    page.mouse.click(*spot(page, name, 99, 3))  # pixels that fill no cell
    assert chosen(page) == (11, 0)
    page.mouse.down()
    page.mouse.move(*spot(page, name, 10, 90), steps=3)
    assert chosen(page) == (1, 11)
    page.mouse.move(*spot(page, name, -40, -30))  # a drag goes on outside
    assert chosen(page) == (0, 0)
    page.mouse.up()


def test_a_finger_chooses_and_drags_and_scrolls_on_a_phone(browser):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    mount(page, HogViewer(cell=10))
    control(page, "application", EDGES).scroll_into_view_if_needed()
    page.touchscreen.tap(*spot(page, EDGES, 45, 65))
    assert chosen(page) == (4, 6)
    session = context.new_cdp_session(page)

    def touch(kind, *places):
        points = [dict(zip("xy", place, strict=True)) for place in places]
        session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    for step, column in enumerate((65, 50, 30, 15)):
        touch("Move" if step else "Start", spot(page, EDGES, 45, column))
    touch("End")
    assert chosen(page) == (4, 1)
    start, (x, y) = page.evaluate("scrollY"), spot(page, EDGES, 90, 50)
    for step in range(12):
        touch("Move" if step else "Start", (x, y - 12 * step))
        frame(page)
    touch("End")
    assert page.evaluate("scrollY") > start + 50
    context.close()


def test_the_chosen_cell_stays_where_it_is_when_its_size_changes(show):
    page = show(cell=4, chosen=(20, 3))  # its middle is pixel 82, 14
    size = control(page, "slider", "Cell size")
    for value in (8, 20, 32, 25, 4):
        size.fill(str(value))
        last = 100 // value - 1
        assert chosen(page) == (min(82 // value, last), 14 // value)
    control(page, "application", PHOTO).press("ArrowRight")
    size.fill("10")
    assert chosen(page) == (8, 1)


@pytest.mark.parametrize(("width", "last"), [(1200, ":last-child"), (360, ".book-bins")])
def test_nothing_moves_while_a_cell_or_a_setting_is_dragged(show, width, last):
    page = show(width=width)
    parts = page.locator(f".book-stage, .book-facts, .book-bins, .book-demo-view > {last}")

    def places():
        frame(page)
        return parts.evaluate_all("(all) => all.map((node) => node.getBoundingClientRect().top)")

    before = places()
    for row in range(0, 100, 16):
        page.mouse.click(*spot(page, PHOTO, row, row))
        assert places() == before, row
    for name in ("Cell size", "Directions", "Contrast"):
        for key in ("Home", "PageUp", "End"):
            control(page, "slider", name).press(key)
            assert places() == before, (name, key)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = HogViewer()
    ModulePage(page, "hog_viewer/view")
    page.evaluate(KERNEL_MODEL, demo.state() | demo.asset_values())
    demo.photo, demo.cell, demo.orientations, demo.chosen = "coffee", 16, 5, (4, 1)
    changes = "(state) => Object.entries(state).forEach((pair) => model.change(...pair))"
    page.evaluate(changes, demo.state())
    assert_agrees(page, demo)
    control(page, "slider", "Directions").press("ArrowRight")
    control(page, "application", EDGES).press("ArrowUp")
    assert page.evaluate("[model.get('orientations'), model.get('chosen')]") == [6, [3, 1]]
    assert page.evaluate("model.heard()") == len(HogViewer.controls())
    page.evaluate("stop()")
    assert page.evaluate("[model.heard(), document.body.childElementCount]") == [0, 0]


def test_a_picture_without_edges_gets_a_sentence(page):
    demo = HogViewer()
    grey = {"width": SIDE, "height": SIDE, "pixels": base64.b64encode(bytes(SIDE**2)).decode()}
    ModulePage(page, "hog_viewer/view")
    page.evaluate(KERNEL_MODEL, {**demo.state(), "photos": {"cat": {**grey, "credit": ""}}})
    text = page.inner_text("body")
    assert "Cell 5, 2 (row, column) is flat: no pixel has a gradient" in text
    assert "Hardly a cell has an edge." in text
    assert not re.search(r"NaN|Infinity|undefined|null|-0\b", page.inner_html("body"))
    assert votes(page).tolist() == [0] * 9
    assert set(drawn(page)) == {""}
