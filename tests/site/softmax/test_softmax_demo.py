"""The softmax demo as a reader meets it, in Chromium on a blank page."""

import re

import pytest
from demo_input import on_a_phone, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_page import assert_redraws_once_a_frame, frame, mounting, read
from softmax_states import FIVE, STATES
from test_softmax_math import told_and_computed

from utils.widgets.softmax import PRESETS, Softmax


@pytest.fixture
def show(page):
    yield from mounting(page, Softmax, width=1000, height=1400)


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def chosen(page, name):
    return page.get_by_role("combobox", name=name, exact=True)


def logits(page):
    found = page.get_by_role("slider", name=re.compile("logit")).all()
    return [control.input_value() for control in found]


def column(page, index):
    """The numbers under the bars: 0 for probabilities, 1 and 2 for the two gradients."""
    frame(page)
    rows = page.locator(".book-class:not(.book-headings):visible").all()
    cells = [row.locator(".book-cell-of-bar .book-value").nth(index) for row in rows]
    return [cell.inner_text() for cell in cells]


def numbers(values):
    return [f"{value:.3f}".replace("-", "−") for value in values.tolist()]


def line(page, index=0):
    frame(page)
    return page.locator(".book-losses .book-line").nth(index).inner_text()


def set_to(control, value):
    control.evaluate(
        "(node, value) => { node.value = value; node.dispatchEvent(new Event('input')); }", value
    )


def test_the_keyboard_alone_reaches_every_control(show):
    reached = tab_order(show(logits=[1, 2, 0, 0, 3]))
    assert reached[:4] == ["Example", "Classes", "True class", "class 0, logit"]
    assert reached[7:9] == ["class 4, logit", "Temperature"]
    assert reached[9:] == ["Compare with the hinge loss", "Add 1000 to every logit", "Copy"]


def test_keys_move_logits_and_temperature(show):
    page = show()
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowUp"):
        slider(page, "class 1, logit").press(key)
    assert logits(page) == ["2", "1.2", "0"]
    slider(page, "class 2, logit").press("Home")
    slider(page, "Temperature").press("End")
    slider(page, "Temperature").press("ArrowLeft")
    demo = Softmax(logits=[2, 1.2, -6], temperature=9.55)
    assert column(page, 0) == numbers(demo.probabilities)
    assert column(page, 1) == numbers(demo.gradient)
    assert line(page).endswith(f"= {demo.loss:.3f}")
    assert "Temperature 9.55 flattens" in read(page)
    assert slider(page, "Temperature").get_attribute("aria-valuetext") == "9.55"
    assert chosen(page, "Example").input_value() == "custom"


def test_no_key_is_lost_between_two_frames(show):
    page = show()
    page.evaluate("""() => {
        const all = [...document.querySelectorAll("input[type=range]")];
        for (const [index, node] of all.slice(0, 3).entries()) {
            node.value = index / 2;
            node.dispatchEvent(new Event("input"));
        }
    }""")
    assert line(page).endswith(f"{Softmax(logits=[0, 0.5, 1]).loss:.3f}")
    assert logits(page) == ["0", "0.5", "1"]


def test_every_preset_shows_its_numbers_and_the_code_gives_them(show):
    page = show(hinge=True)
    for name in PRESETS:
        chosen(page, "Example").select_option(name)
        demo = Softmax(preset=name)
        assert column(page, 0) == numbers(demo.probabilities)
        assert column(page, 1) == numbers(demo.gradient)
        assert column(page, 2) == numbers(demo.hinge_gradient)
        assert line(page, 1).endswith(f"= {demo.hinge_loss:.2f}")
        assert chosen(page, "Example").input_value() == name
        wanted = [demo.probabilities.tolist(), [demo.loss], demo.gradient.tolist()]
        pairs = list(told_and_computed(page.inner_text("code")))
        for (told, computed), ours in zip(pairs, wanted, strict=False):
            assert computed == pytest.approx(ours)
            assert told == pytest.approx(computed, abs=0.000501)
        assert len(pairs) == 5


def test_classes_and_the_true_one_are_chosen(show):
    page = show()
    chosen(page, "Classes").select_option("5")
    assert len(column(page, 0)) == 5
    chosen(page, "True class").select_option("4")
    demo = Softmax(logits=[2, 1, 0, 0, 0], true_class=4)
    assert column(page, 1) == numbers(demo.gradient)
    assert page.locator(".book-is-true label").inner_text() == "class 4 true"
    chosen(page, "Classes").select_option("3")
    frame(page)
    assert chosen(page, "True class").input_value() == "2"
    assert chosen(page, "True class").locator("option:not([disabled])").count() == 3
    assert column(page, 1) == numbers(Softmax(true_class=2).gradient)


def test_hinge_stops_caring_where_cross_entropy_still_pushes(show):
    page = show(preset="sure and right")
    assert "inge" not in page.inner_text(".book-demo-view").replace("with the hinge", "")
    page.get_by_label("Compare with the hinge loss").press("Space")
    assert "The hinge loss has stopped caring: class 0 leads by 5.00" in read(page)
    assert read(page).endswith("Cross-entropy still pushes its logit up, with 0.009.")
    assert column(page, 2) == ["0.000"] * 3
    set_to(slider(page, "class 0, logit"), 1)
    assert "has stopped caring: class 0 leads by 1.00" in read(page)
    set_to(slider(page, "class 0, logit"), 0.9)
    assert "Hinge pushes its logit up with 1, cross-entropy with 0.357." in read(page)
    assert column(page, 2) == ["−1.000", "1.000", "0.000"]


def test_1000_more_on_every_logit_changes_nothing(show):
    page = show(preset="two close", hinge=True)
    widths_of = "(fills) => fills.map((fill) => fill.style.width)"
    before = [column(page, index) for index in range(3)]
    places = page.locator(".book-fill").evaluate_all(widths_of)
    page.get_by_role("button", name="Add 1000 to every logit").press("Enter")
    assert [column(page, index) for index in range(3)] == before
    widths = page.locator(".book-fill").evaluate_all(widths_of)
    shift = [float(a[:-1]) - float(b[:-1]) for a, b in zip(widths, places, strict=True) if a]
    assert max(map(abs, shift)) < 1e-6
    shown = page.locator(".book-class .book-control output").all_inner_texts()
    assert shown[:4] == ["1002.40", "1002.00", "997.00", "999.00"]
    note = page.inner_text(".book-offset-note")
    assert "exp(1002.40), which is inf; and inf / inf = not a number." in note
    page.get_by_role("button", name="Take the 1000 off again").click()


def test_bars_stand_where_their_numbers_say(show):
    page = show(**FIVE)
    demo = Softmax(**FIVE)
    bars = [("chance", demo.probabilities, 0, 1), ("push", demo.gradient, 0.5, 0.5 / 4)]
    bars += [("hinge", demo.hinge_gradient, 0.5, 0.5 / 4)]
    for name, values, zero, unit in bars:
        tracks = page.locator(f".book-track.book-{name}:visible").all()
        for track, value in zip(tracks, values.tolist(), strict=True):
            whole, fill = track.bounding_box(), track.locator(".book-fill").bounding_box()
            low = (fill["x"] - whole["x"]) / whole["width"]
            ends = [low, low + fill["width"] / whole["width"]]
            assert ends == pytest.approx(sorted([zero, zero + unit * value]), abs=0.01), name


def test_a_finger_moves_a_slider(browser):
    with on_a_phone(browser, Softmax()) as page:
        box = slider(page, "class 2, logit").bounding_box()
        x, y = box["x"] + 0.5 * box["width"], box["y"] + 8
        assert touch_drag(page, (x, y), (x + 0.25 * box["width"], y)) == 0
        assert 2 < float(logits(page)[2]) < 4.5
        assert float(column(page, 0)[2]) > 0.3


@pytest.mark.parametrize("state", STATES)
def test_no_number_is_cut_on_a_phone(show, state):
    page = show(width=360, **state)
    cells = page.locator(".book-cell-of-bar:visible")
    cut = "(cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length"
    assert cells.evaluate_all(cut) == 0


SLIDE = """async (drawn) => {
    const places = [];
    for (const slider of document.querySelectorAll("input[type=range]")) {
        for (const share of [0, 0.3, 0.55, 1]) {
            slider.value = Number(slider.min) + share * (slider.max - slider.min);
            slider.dispatchEvent(new Event("input"));
            await drawn();
            places.push(document.querySelector("code").getBoundingClientRect().top);
        }
    }
    window.places = [...new Set(places)];
}"""


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("state", STATES[:2])
def test_an_update_moves_nothing(show, state, width):
    page = show(width=width, **state)
    assert_redraws_once_a_frame(page, SLIDE, least=12)
    assert len(page.evaluate("places")) == 1


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = Softmax()
    in_a_notebook(page, demo)
    for name, value in {"logits": [0.123, 4, 0, 1], "true_class": 3, "temperature": 2.5}.items():
        page.evaluate("([name, value]) => model.change(name, value)", [name, value])
        setattr(demo, name, value)
    assert column(page, 0) == numbers(demo.probabilities)
    assert column(page, 1) == numbers(demo.gradient)
    outputs = page.locator(".book-control output").all_inner_texts()
    assert [outputs[0], outputs[-1]] == ["0.12", "2.50"]  # between two places of the sliders
    chosen(page, "Example").select_option("a tie")
    assert page.evaluate("[model.get('logits'), model.get('true_class')]") == [[3, 3, -1], 0]
    page.get_by_role("button", name="Add 1000").click()
    assert page.evaluate("model.get('offset')") == 1000
    assert_stops(page, Softmax)
