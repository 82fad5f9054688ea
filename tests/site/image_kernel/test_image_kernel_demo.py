"""The image kernel explorer as a reader meets it, in Chromium on a blank page."""

import itertools
import re

import pytest
import torch
from demo_input import on_a_phone, tab_order, touch_drag
from demo_kernel import assert_stops, ids_of_two_views, in_a_notebook
from demo_looks import assert_no_nonsense, assert_readable, outside
from demo_page import assert_redraws_in_a_frame, frame, mounting
from website import violations

from utils.widgets.image_kernel import PRESETS, ImageKernel
from utils.widgets.kit.photographs import PHOTOS, SIDE, grey_levels

STATES = [
    {},
    {"photo": "cat", "preset": "sharpen", "view": "clipped", "padding": 0},
    {"photo": "coffee", "preset": "Gaussian blur", "kernel_size": 5, "stride": 4, "padding": 2},
    {"kernel_size": 5, "preset": "Laplacian", "view": "clipped", "position": (0, 0)},
    {"kernel": [[-99999.5] * 5] * 5, "divisor": 0.001, "stride": 3},
]
OUTPUT, INPUT = "Output picture", "Input picture"


@pytest.fixture
def show(page):
    yield from mounting(page, ImageKernel)


def picture(page, name):
    return page.get_by_role("application", name=name)


def drawn(page, name):
    """The grey levels on a canvas, int64 (rows, columns)."""
    frame(page)
    width, height, data = page.evaluate(
        """(canvas) => {
            const { width, height } = canvas;
            const copy = new OffscreenCanvas(width, height).getContext("2d");
            copy.drawImage(canvas, 0, 0);
            return [width, height, [...copy.getImageData(0, 0, width, height).data]];
        }""",
        picture(page, name).locator("canvas").element_handle(),
    )
    pixels = torch.tensor(data).reshape(height, width, 4)
    assert (pixels[..., :3] == pixels[..., :1]).all()
    assert (pixels[..., 3] == 255).all()
    return pixels[..., 0]


def greys(demo):
    """What the output picture has to show, int64 (rows, columns)."""
    values = demo.output
    if demo.view == "clipped":
        return values.round().clamp(0, 255).long()
    low, high = values.min(), values.max()
    if low < 0:
        high = values.abs().max()
        low = -high
    return ((values - low) / (high - low) * 255).round().long()


def selected(page):
    """The selected output pixel as (row, column)."""
    frame(page)
    return tuple(map(int, re.search(r", (\d+), (\d+)\]", page.inner_text("caption")).groups()))


def products(page):
    """The table of products, float64."""
    frame(page)
    cells = page.locator(".book-cells td b").all_inner_texts()
    numbers = [float(text.removeprefix("= ").replace("−", "-")) for text in cells]
    size = int(len(numbers) ** 0.5)
    return torch.tensor(numbers, dtype=torch.float64).reshape(size, size)


def weight(page, row, column):
    return page.get_by_role("spinbutton", name=f"kernel row {row} column {column}", exact=True)


def preset(page, name):
    return page.get_by_role("radio", name=name, exact=True)


def note(page):
    frame(page)
    return page.inner_text(".book-note")


def spot(page, name, row, column, *, scale=1, offset=2):
    """The middle of a pixel on the screen: 104 input pixels span the picture."""
    box = picture(page, name).bounding_box()
    unit = box["width"] / (SIDE + 4)
    x, y = (box[side] + unit * offset for side in "xy")
    return x + unit * scale * (column + 0.5), y + unit * scale * (row + 0.5)


@pytest.mark.parametrize("state", STATES[:4])
def test_both_pictures_show_the_greys_that_python_has(show, state):
    demo = ImageKernel(**state)
    page = show(**state)
    assert torch.equal(drawn(page, INPUT), grey_levels(demo.photo).long())
    difference = (drawn(page, OUTPUT) - greys(demo)).abs()
    assert difference.max() <= (demo.view == "raw")
    assert (difference > 0).float().mean() < 0.001


@pytest.mark.parametrize("size", [3, 5])
@pytest.mark.parametrize("view", ["clipped", "raw"])
def test_every_preset_fills_the_weights_and_draws_its_picture(show, size, view):
    page = show(preset="identity", kernel_size=size, view=view, photo="coffee")
    demo = ImageKernel(preset="identity", kernel_size=size, view=view, photo="coffee")
    for name in (*PRESETS[1:], PRESETS[0]):
        preset(page, name).check(force=True)
        demo.preset = name
        assert torch.equal(drawn(page, OUTPUT), greys(demo)), name
        typed = [
            float(weight(page, r + 1, c + 1).input_value())
            for r, c in itertools.product(range(size), repeat=2)
        ]
        assert typed == list(itertools.chain(*demo.kernel)), name
        assert float(page.get_by_label("Divide by").input_value()) == demo.divisor
        assert preset(page, name).is_checked()


def test_the_keyboard_alone_reaches_every_control(show):
    fields = [f"kernel row {r} column {c}" for r in (1, 2, 3) for c in (1, 2, 3)]
    pictures = [
        "Input picture: arrow keys, Home and End move the window",
        "Output picture: arrow keys, Home and End move the pixel",
    ]
    controls = ["Photograph", "Output shown", "Padding", "Stride"]
    last = ["Divide by", "Size", "Copy"]
    assert tab_order(show(kernel_size=3)) == ["Sobel x", *pictures, *controls, *fields, *last]


def test_arrow_keys_choose_among_the_presets(show):
    page = show()
    preset(page, "Sobel x").focus()
    page.keyboard.press("ArrowRight")
    assert torch.equal(drawn(page, OUTPUT), greys(ImageKernel(preset="Sobel y")))
    assert preset(page, "Sobel y").is_checked()


def test_arrow_keys_move_the_pixel_on_either_picture(show):
    page = show(padding=0, position=(1, 1))
    demo = ImageKernel(padding=0)
    last = demo.output.shape[1] - 1
    for name in (INPUT, OUTPUT):
        picture(page, name).focus()
        steps = {
            "Home": (1, 0),
            "ArrowRight": (1, 1),
            "ArrowDown": (2, 1),
            "End": (2, last),
            "ArrowLeft": (2, last - 1),
            "ArrowUp": (1, last - 1),
        }
        for key, place in steps.items():
            page.keyboard.press(key)
            assert selected(page) == place, key
            demo.position = place
            assert torch.equal(products(page), demo.products), key
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    assert selected(page) == (0, last - 1)


def test_the_other_controls_obey_keys(show):
    page = show(kernel_size=3, stride=1, padding=1)
    page.get_by_role("slider", name="Padding").press("ArrowRight")
    page.get_by_role("slider", name="Stride").press("End")
    page.get_by_label("Size").press("ArrowDown")
    page.get_by_label("Photograph").press("Home")
    page.get_by_label("Output shown").press("ArrowDown")
    demo = ImageKernel(kernel_size=5, stride=4, padding=2, photo=PHOTOS[0], view="clipped")
    assert torch.equal(drawn(page, OUTPUT), greys(demo))
    assert torch.equal(drawn(page, INPUT), grey_levels(PHOTOS[0]).long())
    text = page.inner_text(".book-demo-view")
    assert f"Input {SIDE} × {SIDE}, padded to 104 × 104" in text
    assert "Output 25 × 25" in text
    assert "⌊(100 + 2 × 2 − 5) / 4⌋ + 1 = 25" in text
    assert "padding=2, stride=4) / 16" in page.inner_text("code")


def test_hovering_selects_without_a_click(show):
    page = show(padding=1)
    for name, place in ((OUTPUT, (20, 30)), (OUTPUT, (99, 0)), (INPUT, (64, 5)), (INPUT, (0, 0))):
        page.mouse.move(*spot(page, name, *place))
        assert selected(page) == place


def test_hovering_a_small_output_selects_what_is_under_the_pointer(show):
    page = show(padding=0, stride=4, preset="box blur")
    demo = ImageKernel(padding=0, stride=4, preset="box blur")
    # The first window is centred on input pixel (1, 1), half an output pixel inside its own.
    for place in ((0, 0), (13, 7), (24, 24)):
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
    assert selected(page) == (0, 0)
    page.mouse.up()
    page.mouse.move(4, 4)
    picture(page, OUTPUT).press("ArrowDown")
    assert selected(page) == (1, 0)


def test_a_tap_selects_and_a_finger_drags_on_a_phone(browser):
    with on_a_phone(browser, ImageKernel()) as page:
        for name in (INPUT, OUTPUT):
            picture(page, name).scroll_into_view_if_needed()
            page.touchscreen.tap(*spot(page, name, 40, 60))
            assert selected(page) == (40, 60)
        assert touch_drag(page, spot(page, OUTPUT, 40, 10), spot(page, OUTPUT, 40, 90)) == 0
        assert selected(page) == (40, 90)


@pytest.mark.parametrize("state", STATES[:3])
def test_the_outlines_lie_around_the_window_and_the_pixel(show, state):
    demo = ImageKernel(**state, position=(9, 20))
    page = show(**state, position=(9, 20))
    for name, size in ((INPUT, demo.kernel_size), (OUTPUT, demo.stride)):
        stage = picture(page, name)
        box = stage.locator("rect").last.evaluate(
            "(rect) => { const { x, y, width, height } = rect.getBBox();"
            " return [y, x, height, width]; }"
        )
        assert box[2:] == [size + 1, size + 1]
        unit = stage.bounding_box()["width"] / (SIDE + 4)
        canvas = stage.locator("canvas").bounding_box()
        for side, place in enumerate((9, 20)):
            axis = "yx"[side]
            start = (canvas[axis] - stage.bounding_box()[axis]) / unit
            start += place * demo.stride - (demo.padding if name == INPUT else 0)
            assert box[side] == pytest.approx(start - 0.5, abs=0.02)


def test_products_sum_and_grey_are_spelled_out(show):
    demo = ImageKernel(position=(0, 0), view="clipped", preset="Gaussian blur")
    page = show(position=(0, 0), view="clipped", preset="Gaussian blur")
    assert torch.equal(products(page), demo.products)
    first = page.locator(".book-cells td").first
    assert first.inner_text().split("\n") == ["0 pad", "× 1", "= 0"]
    pixel = int(grey_levels(demo.photo)[0, 0])
    middle = page.locator(".book-cells td").nth(4)
    assert middle.inner_text().split("\n") == [f"{pixel}", "× 4", f"= {4 * pixel}"]
    ground = middle.evaluate("(cell) => getComputedStyle(cell).backgroundColor")
    assert ground == f"rgb({pixel}, {pixel}, {pixel})"
    total = int(demo.products.sum())
    shown = int(greys(demo)[0, 0])
    sentence = page.inner_text(".book-sum")
    assert re.fullmatch(rf"Sum {total} ÷ 16 = [\d.]+ → grey {shown}", sentence), sentence
    swatch = page.locator(".book-swatch").evaluate("(s) => getComputedStyle(s).backgroundColor")
    assert swatch == f"rgb({shown}, {shown}, {shown})"


def test_a_result_outside_the_greys_is_said_to_be_cut_off(show):
    page = show(view="clipped", preset="Laplacian", kernel=[[-9] * 3] * 3, position=(50, 50))
    assert page.inner_text(".book-sum").endswith("→ grey 0 (cut off)")
    assert "100 % of them lie outside 0–255 and are cut off." in page.inner_text(".book-demo-view")


def test_editing_a_weight_makes_the_kernel_custom(show):
    page = show(preset="sharpen")
    weight(page, 2, 3).fill("-1.5")
    demo = ImageKernel(kernel=[[0, -1, 0], [-1, 5, -1.5], [0, -1, 0]])
    assert torch.equal(drawn(page, OUTPUT), greys(demo))
    assert preset(page, "custom").is_checked()
    assert "[-1, 5, -1.5]" in page.inner_text("code")
    page.get_by_label("Divide by").fill("-2")
    demo.divisor = -2
    assert torch.equal(drawn(page, OUTPUT), greys(demo))
    page.get_by_label("Size").select_option("5")
    demo.kernel_size = 5
    assert torch.equal(drawn(page, OUTPUT), greys(demo))
    assert float(weight(page, 3, 4).input_value()) == -1.5
    preset(page, "identity").check(force=True)
    frame(page)
    assert preset(page, "identity").is_checked()
    assert weight(page, 3, 3).input_value() == "1"


def test_choosing_custom_keeps_the_weights(show):
    page = show(preset="emboss")
    before = drawn(page, OUTPUT)
    preset(page, "custom").check(force=True)
    assert torch.equal(drawn(page, OUTPUT), before)
    assert weight(page, 1, 1).input_value() == "-2"


def test_what_is_typed_stays_as_it_is_typed(show):
    page = show()
    weight(page, 1, 1).fill("")
    page.keyboard.type("-0.50")
    frame(page)
    assert weight(page, 1, 1).input_value() == "-0.50"
    assert "[[-0.5, 0, 1]" in page.inner_text("code")


def test_a_change_of_stride_or_size_keeps_the_window_in_place(show):
    page = show(padding=1, position=(60, 40))
    page.get_by_role("slider", name="Stride").press("End")
    assert selected(page) == (15, 10)
    page.get_by_role("slider", name="Stride").press("Home")
    assert selected(page) == (60, 40)
    page.get_by_label("Size").select_option("5")
    assert selected(page) == (59, 39)
    page.get_by_role("slider", name="Padding").press("End")
    assert selected(page) == (60, 40)


@pytest.mark.parametrize("typed", ["", "-", "1e400", "2000000"])
def test_a_bad_weight_is_explained_and_the_last_good_picture_stays(show, typed):
    page = show()
    before = drawn(page, OUTPUT)
    hint = note(page)
    weight(page, 3, 1).fill("")
    page.keyboard.insert_text(typed)
    assert re.match(r"Kernel row 3 column 1 (needs a number|must lie)", note(page))
    assert weight(page, 3, 1).get_attribute("aria-invalid") == "true"
    assert torch.equal(drawn(page, OUTPUT), before)
    picture(page, OUTPUT).press("ArrowDown")
    page.get_by_label("Photograph").select_option("cat")
    assert torch.equal(drawn(page, OUTPUT), greys(ImageKernel(photo="cat")))
    assert note(page).startswith("Kernel row 3 column 1")
    assert_no_nonsense(page)
    weight(page, 3, 1).fill("-1")
    assert note(page) == hint
    assert weight(page, 3, 1).get_attribute("aria-invalid") == "false"


@pytest.mark.parametrize("typed", ["0", "", "1e-9"])
def test_a_bad_divisor_is_explained_and_a_preset_heals_it(show, typed):
    page = show()
    before = drawn(page, OUTPUT)
    page.get_by_label("Divide by").fill(typed)
    assert note(page).startswith("“Divide by” ")
    assert torch.equal(drawn(page, OUTPUT), before)
    assert_no_nonsense(page)
    preset(page, "box blur").check(force=True)
    assert "not flipped" in note(page)
    assert page.get_by_label("Divide by").input_value() == "9"
    assert page.get_by_label("Divide by").get_attribute("aria-invalid") == "false"


def test_a_kernel_of_zeros_and_the_largest_numbers_stay_readable(show):
    page = show(view="raw")
    for number, sentence in (("0", "Every value is 0, drawn as mid-grey."), ("1000000", "Values")):
        for row, column in itertools.product((1, 2, 3), repeat=2):
            weight(page, row, column).fill(number)
        frame(page)
        assert sentence in page.inner_text(".book-demo-view")
        assert_no_nonsense(page)
    page.get_by_label("Divide by").fill("0.000001")
    frame(page)
    assert_no_nonsense(page)


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("state", STATES)
def test_nothing_is_wider_than_the_page(show, width, state):
    page = show(width=width, **state)
    assert_readable(page, pixels=10.8)
    assert outside(page, padding=True) == []


def test_the_pictures_stand_side_by_side_or_one_below_the_other(show):
    boxes = {
        width: [picture(show(width=width), name).bounding_box() for name in (INPUT, OUTPUT)]
        for width in (1200, 360)
    }
    wide, narrow = boxes[1200], boxes[360]
    assert wide[0]["y"] == wide[1]["y"]
    assert wide[0]["x"] + wide[0]["width"] < wide[1]["x"]
    assert wide[0]["width"] == 3 * (SIDE + 4)  # whole dots for every pixel
    assert narrow[0]["y"] + narrow[0]["height"] < narrow[1]["y"]
    assert narrow[0]["x"] == narrow[1]["x"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_serious(show, theme, state):
    page = show(theme=theme, **state)
    assert violations(page) == []
    page.get_by_label("Divide by").fill("0")
    frame(page)
    assert violations(page) == []


EDIT = """async (drawn) => {
    const field = document.querySelector("[aria-label='kernel row 3 column 3']");
    for (let round = 0; round < 30; round++) {
        field.value = round / 10;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        await drawn();
    }
}"""
OTHER_PHOTO = """async (drawn) => {
    const photo = document.querySelector("select");
    for (let round = 0; round < 12; round++) {
        photo.selectedIndex = round % 3;
        photo.dispatchEvent(new Event("change"));
        await drawn();
    }
}"""
MOVE = """async (drawn) => {
    const stage = document.querySelector(".book-picture");
    const { left, top } = stage.getBoundingClientRect();
    for (let round = 0; round < 30; round++) {
        const place = { clientX: left + 20 + 9 * round, clientY: top + 50 };
        stage.dispatchEvent(new PointerEvent("pointermove", place));
        await drawn();
    }
}"""


def test_an_update_fits_into_a_frame(show):
    page = show(kernel_size=5, stride=1, padding=2)
    for act, redraws in ((EDIT, 30), (OTHER_PHOTO, 12), (MOVE, 30)):
        assert_redraws_in_a_frame(page, act, least=redraws, most=redraws)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = ImageKernel(preset="identity")
    in_a_notebook(page, demo)
    demo.preset, demo.stride, demo.view = "Laplacian", 3, "clipped"
    page.evaluate(
        "(state) => Object.entries(state).forEach((pair) => model.change(...pair))", demo.state()
    )
    assert torch.equal(drawn(page, OUTPUT), greys(demo))
    assert preset(page, "Laplacian").is_checked()
    assert page.evaluate("sent") == 0  # what the kernel says is not said back to it
    weight(page, 1, 1).fill("7")
    frame(page)
    assert page.evaluate("[sent, model.get('preset'), model.get('kernel')[0][0]]") == [
        1,
        "custom",
        7,
    ]
    assert_stops(page, ImageKernel, unheard=1)


def test_two_views_on_one_page_share_no_id_and_no_radio_group(page):
    assert ids_of_two_views(page, ImageKernel()) > 8
    assert page.locator("input[type=radio]:checked").count() == 2
