"""The image kernel demo as a reader meets it, in Chromium on a blank page."""

import base64
import itertools
import re

import pytest
import torch
from demo_input import press, tab_order
from demo_kernel import in_a_notebook
from demo_looks import assert_no_nonsense
from demo_page import frame, mounting, read
from demo_stage import is_done, open_drawer
from image_kernel_states import STATES, framed

from utils.widgets.image_kernel import PRESETS
from utils.widgets.kit.photographs import PHOTOS, SIDE, grey_levels

OUTPUT, INPUT = "Output picture", "Input picture"


@pytest.fixture
def show(page):
    yield from mounting(page, framed)


def picture(page, name):
    return page.get_by_role("application", name=name)


LEVELS = """(canvas) => {
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d");
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    let levels = "";
    for (let at = 0; at < data.length; at += 4) {
        const [red, green, blue, opacity] = data.subarray(at, at + 4);
        if (red !== green || red !== blue || opacity !== 255) throw new Error("no grey level");
        levels += String.fromCharCode(red);
    }
    return [height, width, btoa(levels)];
}"""


def levels(canvas):
    """The grey levels on a canvas, int64 (rows, columns)."""
    *size, text = canvas.evaluate(LEVELS)
    return torch.tensor(list(base64.b64decode(text))).view(size)


def drawn(page, name):
    """The grey levels of a picture, int64 (rows, columns)."""
    frame(page)
    return levels(picture(page, name).locator("canvas"))


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


def products(page):
    """The products in the cells between the pictures, float64 (size, size)."""
    frame(page)
    texts = page.locator(".book-product").all_inner_texts()
    numbers = [float(text.replace("−", "-")) for text in texts]
    size = int(len(numbers) ** 0.5)
    return torch.tensor(numbers, dtype=torch.float64).reshape(size, size)


def weight(page, row, column):
    return page.get_by_role("spinbutton", name=f"kernel row {row} column {column}", exact=True)


def preset(page, name):
    return page.get_by_role("radio", name=name, exact=True)


@pytest.mark.parametrize("state", STATES[:4])
def test_both_pictures_show_the_greys_that_python_has(show, state):
    demo = framed(**state)
    page = show(**state)
    assert torch.equal(drawn(page, INPUT), grey_levels(demo.photo).long())
    difference = (drawn(page, OUTPUT) - greys(demo)).abs()
    assert difference.max() <= (demo.view == "raw")
    assert (difference > 0).float().mean() < 0.001


@pytest.mark.parametrize(("size", "view"), [(3, "clipped"), (5, "raw")])
def test_every_preset_fills_the_weights_and_draws_its_picture(show, size, view):
    page = show(preset="identity", kernel_size=size, view=view, photo="coffee")
    open_drawer(page, "More")
    demo = framed(preset="identity", kernel_size=size, view=view, photo="coffee")
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
        frame(page)
        assert torch.equal(products(page), demo.products), name


def test_the_presets_show_what_they_do_to_the_photograph(show):
    page = show(photo="coffee")
    middle = slice(1, -1)  # a thumb has no padding
    for name in PRESETS:
        values = framed(photo="coffee", preset=name).output[middle, middle][::2, ::2]
        shown = levels(preset(page, name).locator("xpath=..").locator("canvas"))
        assert torch.equal(shown, values.round().clamp(0, 255).long()), name


def test_the_keyboard_alone_reaches_every_control(show):
    page = show()
    fields = [f"kernel row {r} column {c}" for r in (1, 2, 3) for c in (1, 2, 3)]
    pictures = [
        "Input picture: arrow keys, Home and End move the window",
        "Output picture: arrow keys, Home and End move the pixel",
    ]
    controls = ["Photograph", "Output shown", "Kernel size", "Padding", "Stride", "Divide by"]
    page.eval_on_selector_all("details", "(all) => all.forEach((one) => { one.open = true; })")
    stage = ["Play", "Reset", "Sobel x", "More", *controls, "The same in torch", "Copy"]
    assert tab_order(page) == [*pictures, *fields, *stage]


def test_arrow_keys_choose_among_the_presets(show):
    page = show()
    preset(page, "Sobel x").focus()
    page.keyboard.press("ArrowRight")
    assert torch.equal(drawn(page, OUTPUT), greys(framed(preset="Sobel y")))
    assert preset(page, "Sobel y").is_checked()


def test_the_other_controls_obey_keys(show):
    page = show(kernel_size=3, stride=1, padding=1)
    open_drawer(page, "More")
    page.get_by_role("slider", name="Padding").press("ArrowRight")
    page.get_by_role("slider", name="Stride").press("End")
    page.get_by_label("Kernel size").press("ArrowDown")
    page.get_by_label("Photograph").press("End")
    page.get_by_label("Output shown").press("ArrowDown")
    demo = framed(kernel_size=5, stride=4, padding=2, photo=PHOTOS[-1], view="raw")
    assert torch.equal(drawn(page, OUTPUT), greys(demo))
    assert torch.equal(drawn(page, INPUT), grey_levels(PHOTOS[-1]).long())
    text = page.inner_text(".book-demo-view")
    assert f"Input {SIDE} × {SIDE}, padded to 104 × 104; output 25 × 25: " in text
    assert "⌊(100 + 2 × 2 − 5) / 4⌋ + 1 = 25 windows a side." in text
    open_drawer(page, "The same in torch")
    assert "padding=2, stride=4) / 16" in page.inner_text("code")


def test_products_sum_and_grey_are_spelled_out(show):
    state = {"position": (0, 0), "preset": "Gaussian blur"}
    page, demo = show(**state), framed(**state)
    assert torch.equal(products(page), demo.products)
    entries = page.locator(".book-entry")
    assert entries.first.locator(".book-pixel").inner_text() == "0 pad"
    pixel = int(grey_levels(demo.photo)[0, 0])
    assert entries.nth(4).locator(".book-pixel").inner_text() == str(pixel)
    ground = "(node) => getComputedStyle(node).backgroundColor"
    assert entries.nth(4).evaluate(ground) == f"rgb({pixel}, {pixel}, {pixel})"
    total, shown = int(demo.products.sum()), int(greys(demo)[0, 0])
    result = f"{float(demo.output[0, 0]):.2f}".rstrip("0").rstrip(".")
    assert page.inner_text(".book-total") == f"sum {total} ÷ 16 = {result}"
    assert page.inner_text(".book-grey") == str(shown)
    assert page.locator(".book-grey").evaluate(ground) == f"rgb({shown}, {shown}, {shown})"
    assert read(page, ".book-says").endswith(f"Here it is {result}, drawn as {shown}.")


# The sentence and the sum below the products in every frame, until the first glide is over.
WATCH = """() => new Promise((resolve) => {
    const seen = [];
    const text = (name) => document.querySelector(name).textContent;
    const look = () => {
        seen.push([text(".book-says"), text(".book-total")]);
        const hasMoved = seen.at(-1)[1] !== seen[0][1];
        if (hasMoved && seen.at(-1)[0].includes("Here")) resolve(seen);
        else requestAnimationFrame(look);
    };
    look();
})"""


def test_the_sentence_speaks_of_no_window_but_the_one_in_sight(show):
    page = show()
    page.emulate_media(reduced_motion="no-preference")
    press(page, "Play")
    seen = page.evaluate(WATCH)
    told = [(re.search(r"Here it is (−?\d+)", says), total) for says, total in seen]
    assert all(total == f"sum {here[1]}" for here, total in told if here), seen
    on_the_way = {says for says, _ in seen if "Here" not in says}
    assert on_the_way == {"Right minus left: bright where grey rises from left to right."}


def test_weights_have_a_minus_sign_until_they_are_typed(show):
    page = show()
    first = page.locator(".book-entry").first
    assert first.locator(".book-number").inner_text() == "−1"
    look = "(node) => getComputedStyle(node).opacity"
    assert weight(page, 1, 1).evaluate(look) == "0"
    first.locator(".book-pixel").click()  # the whole cell is meant for its weight
    assert page.evaluate("document.activeElement.ariaLabel") == "kernel row 1 column 1"
    assert weight(page, 1, 1).evaluate(look) == "1"
    assert not first.locator(".book-number").is_visible()


def test_both_pictures_are_framed_alike(show):
    page = show()
    boxes = [picture(page, name).bounding_box() for name in (INPUT, OUTPUT)]
    sides = [box[side] for box in boxes for side in ("width", "height")]
    assert sides == pytest.approx(4 * [sides[0]], abs=0.1)
    assert boxes[0]["y"] == boxes[1]["y"]
    for name in (INPUT, OUTPUT):
        frame_of = picture(page, name).evaluate("(node) => getComputedStyle(node).boxShadow")
        assert "0px 0px 0px 1px" in frame_of


def test_a_result_outside_the_greys_is_said_to_be_cut_off(show):
    page = show(view="clipped", preset="Laplacian", kernel=[[-9] * 3] * 3, position=(50, 50))
    assert re.search(r"Here it is −\d+, drawn as 0\.$", read(page, ".book-says"))
    open_drawer(page, "More")
    assert "100 % of them lie outside 0–255 and are cut off." in page.inner_text(".book-demo-view")


def test_editing_a_weight_makes_the_kernel_custom(show):
    page = show(preset="sharpen")
    open_drawer(page, "More")
    open_drawer(page, "The same in torch")
    weight(page, 2, 3).fill("-1.5")
    demo = framed(kernel=[[0, -1, 0], [-1, 5, -1.5], [0, -1, 0]])
    assert torch.equal(drawn(page, OUTPUT), greys(demo))
    assert page.locator("input[type=radio]:checked").count() == 0
    assert read(page, ".book-says").startswith("Your own weights, which add up to 0.5.")
    assert "[-1, 5, -1.5]" in page.inner_text("code")
    page.get_by_label("Divide by").fill("-2")
    demo.divisor = -2
    assert torch.equal(drawn(page, OUTPUT), greys(demo))
    page.get_by_label("Kernel size").select_option("5")
    demo.kernel_size = 5
    assert torch.equal(drawn(page, OUTPUT), greys(demo))
    assert float(weight(page, 3, 4).input_value()) == -1.5
    preset(page, "identity").check(force=True)
    frame(page)
    assert preset(page, "identity").is_checked()
    assert weight(page, 3, 3).input_value() == "1"


def test_what_is_typed_stays_as_it_is_typed_and_in_sight(show):
    page = show()
    weight(page, 1, 1).fill("")
    page.keyboard.type("-0.50")
    frame(page)
    assert weight(page, 1, 1).input_value() == "-0.50"
    shown, needed = weight(page, 1, 1).evaluate("(node) => [node.clientWidth, node.scrollWidth]")
    assert shown >= needed
    open_drawer(page, "The same in torch")
    assert "[[-0.5, 0, 1]" in page.inner_text("code")


@pytest.mark.parametrize("typed", ["", "-", "1e400", "2000000"])
def test_a_bad_weight_is_explained_and_the_last_good_picture_stays(show, typed):
    page = show()
    before, height = drawn(page, OUTPUT), page.locator(".book-stage").bounding_box()["height"]
    told = r"Kernel row 3 column 1 (needs a number|must lie)"
    weight(page, 3, 1).fill("")
    page.keyboard.insert_text(typed)
    # A field that holds no number yet, such as a sign alone, may still get one.
    assert bool(re.match(told, read(page, ".book-says"))) == (typed == "2000000")
    picture(page, OUTPUT).press("ArrowDown")
    page.wait_for_function("document.querySelector('[aria-invalid=true]')")
    assert re.match(told, read(page, ".book-says"))
    assert page.locator(".book-stage").bounding_box()["height"] == height
    assert weight(page, 3, 1).get_attribute("aria-invalid") == "true"
    assert torch.equal(drawn(page, OUTPUT), before)
    open_drawer(page, "More")
    page.get_by_label("Photograph").select_option("camera")
    assert torch.equal(drawn(page, OUTPUT), greys(framed(photo="camera")))
    assert re.match(told, read(page, ".book-says"))
    assert_no_nonsense(page)
    press(page, "Reset")
    assert read(page, ".book-says").startswith("Right minus left")
    assert weight(page, 3, 1).input_value() == "-1"
    assert weight(page, 3, 1).get_attribute("aria-invalid") == "false"
    assert torch.equal(drawn(page, OUTPUT), before)


@pytest.mark.parametrize("typed", ["0", "", "1e-9"])
def test_a_bad_divisor_is_explained_and_a_preset_heals_it(show, typed):
    page = show()
    before = drawn(page, OUTPUT)
    open_drawer(page, "More")
    page.get_by_label("Divide by").fill(typed)
    page.get_by_label("Photograph").focus()
    page.wait_for_function("document.querySelector('[aria-invalid=true]')")
    assert read(page, ".book-says").startswith("“Divide by” ")
    assert torch.equal(drawn(page, OUTPUT), before)
    assert_no_nonsense(page)
    preset(page, "box blur").check(force=True)
    frame(page)
    assert read(page, ".book-says").startswith("The mean of the window")
    assert page.get_by_label("Divide by").input_value() == "9"


def test_a_weight_follows_a_drag_sideways_and_the_task_notices(show):
    page = show()
    box = page.locator(".book-entry").nth(4).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    demo = framed()
    for way, expected in ((2, 0), (12, 0.3), (-28, -0.7), (40, 1)):
        page.mouse.move(x + way, y)
        demo.kernel = [[-1, 0, 1], [-2, expected, 2], [-1, 0, 1]]
        assert torch.equal(drawn(page, OUTPUT), greys(demo)), way
        assert float(weight(page, 2, 2).input_value()) == expected
    page.mouse.up()
    assert is_done(page)
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.mouse.move(x + 80, y)
    assert weight(page, 2, 2).input_value() == "1"
    page.mouse.click(x, y)  # a press alone is meant for the field
    assert page.evaluate("document.activeElement.ariaLabel") == "kernel row 2 column 2"


def test_a_kernel_of_zeros_and_the_largest_numbers_stay_readable(show):
    page = show(view="raw")
    open_drawer(page, "More")
    for number, sentence in (("0", "Every value is 0, drawn as mid-grey."), ("1000000", "Values")):
        for row, column in itertools.product((1, 2, 3), repeat=2):
            weight(page, row, column).fill(number)
        frame(page)
        assert sentence in page.inner_text(".book-demo-view")
        assert_no_nonsense(page)
    page.get_by_label("Divide by").fill("0.000001")
    frame(page)
    assert_no_nonsense(page)


def test_one_weight_brings_the_photograph_back_and_the_task_notices(show):
    page = show()
    preset(page, "identity").check(force=True)
    frame(page)
    assert not is_done(page)  # the photograph of a preset is no work of the reader
    press(page, "Reset")
    weight(page, 2, 2).fill("2")
    frame(page)
    assert not is_done(page)
    weight(page, 2, 2).fill("1")
    frame(page)
    assert is_done(page)
    assert "add up to 1" in page.inner_text(".book-task")
    press(page, "Reset")
    assert not is_done(page)
    assert weight(page, 2, 2).input_value() == "0"
    assert preset(page, "Sobel x").is_checked()


def test_reset_takes_everything_back(show):
    page = show(photo="coffee", preset="emboss", position=(20, 30))
    before = [read(page, ".book-says"), drawn(page, OUTPUT).tolist()]
    open_drawer(page, "More")
    page.get_by_label("Kernel size").select_option("5")
    page.get_by_role("slider", name="Stride").press("End")
    page.get_by_label("Photograph").select_option("cat")
    picture(page, INPUT).press("ArrowDown")
    frame(page)
    assert read(page, ".book-says") != before[0]
    press(page, "Reset")
    assert [read(page, ".book-says"), drawn(page, OUTPUT).tolist()] == before


def test_the_view_follows_the_kernel_and_tells_it_what_a_reader_does(page):
    demo = framed(preset="identity")
    in_a_notebook(page, demo)
    demo.preset, demo.stride, demo.view = "Laplacian", 3, "raw"
    page.evaluate(
        "(state) => Object.entries(state).forEach((pair) => model.change(...pair))", demo.state()
    )
    difference = (drawn(page, OUTPUT) - greys(demo)).abs()
    assert difference.max() <= 1
    assert preset(page, "Laplacian").is_checked()
    assert page.evaluate("sent") == 0  # what the kernel says is not said back to it
    weight(page, 1, 1).fill("7")
    frame(page)
    found = page.evaluate("[sent, model.get('preset'), model.get('kernel')[0][0]]")
    assert found == [1, "custom", 7]


def test_two_views_on_one_page_share_no_radio_group(page):
    in_a_notebook(page, framed(), views=2)
    assert page.locator("input[type=radio]:checked").count() == 2


@pytest.mark.parametrize("width", [360, 624, 880])
def test_a_weight_and_its_sign_stay_within_their_cell(show, width):
    kernel = [[1.6, -0.5, 0.0625], [-1.5, 10, -0.125], [0.2, -2.25, 0]]
    page = show(width=width, preset="custom", kernel=kernel)
    for root in page.locator(".book-entry").all():
        cell = root.bounding_box()
        parts = root.locator(".book-times:visible, .book-number").all()
        boxes = [part.bounding_box() for part in parts]
        left, right = boxes[0]["x"], boxes[-1]["x"] + boxes[-1]["width"]
        assert left >= cell["x"] + 1 and right <= cell["x"] + cell["width"] - 1
        middle = cell["x"] + cell["width"] / 2
        assert (left + right) / 2 == pytest.approx(middle, abs=1)
        number = root.locator(".book-number")
        assert number.evaluate("(node) => node.scrollWidth <= node.clientWidth")
