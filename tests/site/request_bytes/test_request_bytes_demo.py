"""Request bytes, as a reader meets it in Chromium."""

import json

import pytest
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils.widgets.request_bytes import RequestBytes

NAMES = ["File", "Request", "Pixels", "Tensor", "Answer"]


@pytest.fixture
def show(page):
    yield from mounting(page, RequestBytes)


def texts(page, selector):
    return page.locator(f"{selector}:visible").all_text_contents()


def box(page, name):
    return page.get_by_role("button", name=name)


@pytest.mark.parametrize(("digit", "inverted"), [(3, False), (8, True)])
def test_each_form_is_that_of_python(show, digit, inverted):
    demo = RequestBytes(digit=digit, inverted=inverted)
    given = {"digit": digit, "inverted": inverted}
    page = show(stage=0, **given)
    assert bytes(int(text, 16) for text in texts(page, ".book-bytes .book-byte")) == demo.file
    page = show(stage=1, **given)
    assert texts(page, ".book-body") == [demo.message]
    assert json.loads(texts(page, ".book-body")[0])
    page = show(stage=2, **given)
    assert [int(text) for text in texts(page, ".book-cell")] == demo.pixels.flatten().tolist()
    page = show(stage=3, **given)
    found = [float(text.replace("\u2212", "-")) for text in texts(page, ".book-cell")]
    assert found == pytest.approx(demo.tensor.flatten().tolist(), abs=0.0051)
    page = show(stage=4, **given)
    widths = page.eval_on_selector_all(
        ".book-fill", "all => all.map((n) => parseFloat(n.style.width))"
    )
    assert widths == pytest.approx((100 * demo.probabilities).tolist(), abs=1e-3)
    assert texts(page, ".book-row-of-ten.book-marked b") == [str(demo.answer)]


@pytest.mark.parametrize("stage", range(5))
def test_one_box_is_pressed_and_one_form_in_sight(show, stage):
    page = show(stage=stage)
    pressed = page.locator(".book-box[aria-pressed=true] b").all_text_contents()
    assert pressed == [NAMES[stage]]
    assert page.locator(".book-passed").count() == stage
    assert page.locator(".book-form > div:visible").count() == 1
    dot = page.locator(".book-dot").evaluate("(node) => node.style.left")
    assert dot == f"{20 * stage + 10}%"


def test_boxes_say_sizes_and_times(show):
    page, demo = show(), RequestBytes()
    assert texts(page, ".book-size") == [
        "140 bytes",
        f"{len(demo.message)} signs",
        "64 bytes",
        "64 floats",
        "10 floats",
    ]
    times = [demo.times[name] for name in ("picture", "request", "pixels", "tensor", "answer")]
    shown = [float(text.split()[0]) for text in texts(page, ".book-time")]
    assert shown == pytest.approx(times, abs=0.051)
    lengths = page.eval_on_selector_all(
        ".book-spent", "all => all.map((n) => parseFloat(n.style.width.split(',')[1]))"
    )
    assert lengths == pytest.approx([100 * time / max(times) for time in times], abs=0.01)


def test_a_pixel_is_marked_in_each_form(show):
    demo = RequestBytes()
    for place in (0, 27, 63):
        byte = 49 + place + place // 8
        page = show(stage=0, place=place)
        cells = page.locator(".book-bytes .book-byte")
        assert "book-marked" in cells.nth(byte).get_attribute("class")
        assert page.locator(".book-bytes .book-marked").count() == 1
        page = show(stage=1, place=place)
        start = len('{"image": "') + 4 * (byte // 3)
        assert texts(page, ".book-group-of-four.book-marked") == [demo.message[start : start + 4]]
        page = show(stage=3, place=place)
        assert "book-marked" in page.locator(".book-tensor .book-cell").nth(place).get_attribute(
            "class"
        )
        here = page.locator(".book-here")
        assert here.get_attribute("x") == str(place % 8)
        assert here.get_attribute("y") == str(place // 8)


def test_the_sentence_says_what_is_seen(show):
    said = {
        0: "The pixel in row 4, column 5 is byte 80 of the PNG file: {0}, in base 16 {0:02x}.",
        2: "The service has decoded the file: row 4, column 5 is {0} of 255.",
        3: "Prepared as in training: ({0} / 255 − 0.3) / 0.4 = {1:.2f}.",
    }
    demo = RequestBytes()
    pixel, value = demo.pixels[3, 4].item(), demo.tensor[0, 3, 4].item()
    for stage, words in said.items():
        wanted = words.format(pixel, value).replace("= -", "= \u2212")
        assert read(show(stage=stage), ".book-says") == wanted
    group = demo.message[11 + 4 * 26 :][:4]
    wanted = f"Bytes 78 to 80, with the pixel, travel as four signs: {group}"
    assert read(show(stage=1), ".book-says") == wanted
    assert read(show(stage=4), ".book-says").startswith("The network reads a 5, with ")
    assert read(show(stage=4), ".book-says").endswith("That is right.")
    wrong = RequestBytes(inverted=True).answer
    words = read(show(stage=4, inverted=True), ".book-says")
    assert words.startswith(f"The network reads a {wrong}, with ") and words.endswith("It is a 5.")


def test_boxes_pixels_and_keys_change_what_is_seen(show):
    page = show()
    box(page, "Tensor").click()
    frame(page)
    assert page.locator(".book-box[aria-pressed=true] b").text_content() == "Tensor"
    page.locator(".book-tensor .book-cell").nth(12).hover()
    assert "row" not in read(page, ".book-says")
    assert page.locator(".book-here").get_attribute("x") == "4"
    page.locator(".book-drawn").press("ArrowDown")
    frame(page)
    assert page.locator(".book-here").get_attribute("y") == "2"
    box(page, "File").click()
    page.locator(".book-bytes .book-byte").nth(3).hover()  # no pixel
    frame(page)
    assert page.locator(".book-here").get_attribute("x") == "4"


def test_the_task_is_done_by_another_preprocessing(show):
    page = show(stage=4)
    assert not is_done(page)
    page.get_by_label("Dark ink on white").check()
    frame(page)
    assert is_done(page)
    assert not is_done(show(stage=2, inverted=True))
    for digit in range(10):  # all are read rightly, so no choice of a digit solves it
        assert not is_done(show(stage=4, digit=digit))


def test_play_travels_to_the_answer_and_begins_anew(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, RequestBytes(digit=7))
    frame(page)
    pressed = page.locator(".book-box[aria-pressed=true] b")
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(100)
    assert pressed.text_content() == "Pixels"
    page.clock.run_for(3 * 1600)
    assert pressed.text_content() == "Answer" and not is_done(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(100)
    assert pressed.text_content() == "File"
    page.get_by_role("button", name="Reset").click()
    page.clock.run_for(1000)
    assert pressed.text_content() == "Request"
    assert page.locator(".book-dot").evaluate("(node) => node.style.left") == "30%"


def test_the_lines_of_torch_run(show):
    for inverted in (False, True):
        page, names = show(inverted=inverted), {}
        exec(page.locator("pre code").text_content(), names)
        demo = RequestBytes(inverted=inverted)
        assert names["pixels"].equal(demo.pixels)
        assert names["x"].double().sub(demo.tensor).abs().max() < 1e-6
