"""The softmax demo as a reader meets it, in Chromium on a blank page."""

import re

import pytest
from demo_input import drag, on_a_phone, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_page import assert_redraws_once_a_frame, frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount
from softmax_states import FIVE, STATES
from test_softmax_math import told_and_computed

from utils.widgets.softmax import PRESETS, Softmax

LABELS = ".book-label:visible b"
EACH = 170  # milliseconds from one temperature of the story to the next


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


def labels(page):
    """The numbers beside the stacked bar."""
    frame(page)
    return page.locator(LABELS).all_inner_texts()


def column(page, index):
    """The numbers of the open table: 0 for probabilities, 1 and 2 for the two gradients."""
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
    assert reached[0] == "class 0, logit"
    assert reached[4:9] == ["class 4, logit", "Play", "Reset", "Temperature", "Example"]
    page = show()
    page.locator("details").first.evaluate("(drawer) => { drawer.open = true; }")
    reached = tab_order(page)
    more = ["Classes", "True class", "Compare with the hinge loss", "Add 1000 to every logit"]
    assert [name for name in reached if name in more] == more


def test_keys_move_logits_and_temperature(show):
    page = show()
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowUp"):
        slider(page, "class 1, logit").press(key)
    assert logits(page) == ["2", "1.2", "0"]
    slider(page, "class 2, logit").press("Home")
    slider(page, "Temperature").press("End")
    slider(page, "Temperature").press("ArrowLeft")
    demo = Softmax(logits=[2, 1.2, -6], temperature=9.55)
    assert labels(page) == numbers(demo.probabilities)
    assert read(page, ".book-count.book-loss") == f"loss {demo.loss:.3f}"
    assert "Temperature 9.55 flattens" in read(page, ".book-says")
    assert slider(page, "Temperature").get_attribute("aria-valuetext") == "9.55"
    assert chosen(page, "Example").input_value() == "custom"


def test_no_key_is_lost_between_two_frames(show):
    page = show()
    page.evaluate("""() => {
        const all = [...document.querySelectorAll(".book-logit input")];
        for (const [index, node] of all.slice(0, 3).entries()) {
            node.value = index / 2;
            node.dispatchEvent(new Event("input"));
        }
    }""")
    loss = Softmax(logits=[0, 0.5, 1]).loss
    assert read(page, ".book-count.book-loss") == f"loss {loss:.3f}"
    assert logits(page) == ["0", "0.5", "1"]


def test_every_preset_shows_its_numbers_and_the_code_gives_them(show):
    page = show(hinge=True)
    open_drawer(page, "More")
    for name in PRESETS:
        chosen(page, "Example").select_option(name)
        demo = Softmax(preset=name)
        assert labels(page) == column(page, 0) == numbers(demo.probabilities)
        assert column(page, 1) == numbers(demo.gradient)
        assert column(page, 2) == numbers(demo.hinge_gradient)
        assert line(page).endswith(f"= {demo.loss:.3f}")
        assert line(page, 1).endswith(f"= {demo.hinge_loss:.2f}")
        assert read(page, ".book-count.book-hinge") == f"hinge {demo.hinge_loss:.2f}"
        assert chosen(page, "Example").input_value() == name
        wanted = [demo.probabilities.tolist(), [demo.loss], demo.gradient.tolist()]
        pairs = list(told_and_computed(page.locator("code").text_content()))
        for (told, computed), ours in zip(pairs, wanted, strict=False):
            assert computed == pytest.approx(ours)
            assert told == pytest.approx(computed, abs=0.000501)
        assert len(pairs) == 5


def test_classes_and_the_true_one_are_chosen(show):
    page = show()
    open_drawer(page, "More")
    chosen(page, "Classes").select_option("5")
    assert len(labels(page)) == len(column(page, 0)) == len(logits(page)) == 5
    chosen(page, "True class").select_option("4")
    demo = Softmax(logits=[2, 1, 0, 0, 0], true_class=4)
    assert column(page, 1) == numbers(demo.gradient)
    assert page.inner_text(".book-logit.book-is-true label") == "class 4 true"
    assert page.inner_text(".book-label.book-is-true") == f"class 4 {demo.probabilities[4]:.3f}"
    assert read(page, ".book-count.book-loss") == f"loss {demo.loss:.3f}"
    chosen(page, "Classes").select_option("3")
    frame(page)
    assert chosen(page, "True class").input_value() == "2"
    assert chosen(page, "True class").locator("option:not([disabled])").count() == 3
    assert column(page, 1) == numbers(Softmax(true_class=2).gradient)
    assert page.locator(".book-slice:visible").count() == 3
    assert page.locator(".book-class.book-is-true:visible").inner_text().startswith("2")
    words = page.locator(".book-flow svg").get_attribute("aria-label")
    assert words.endswith("temperature 1.00: class 0 0.665, class 1 0.245, class 2 0.090.")


def test_hinge_stops_caring_where_cross_entropy_still_pushes(show):
    page = show(preset="sure and right")
    open_drawer(page, "More")
    shown = page.inner_text(".book-demo-view").replace("with the hinge", "")
    assert "inge" not in shown
    page.get_by_label("Compare with the hinge loss").press("Space")
    note = read(page, ".book-hinge-note")
    assert note.startswith("The hinge loss has stopped caring: class 0 leads by 5.00")
    assert note.endswith("Cross-entropy still pushes its logit up, with 0.009.")
    assert column(page, 2) == ["0.000"] * 3
    set_to(slider(page, "class 0, logit"), 1)
    assert "has stopped caring: class 0 leads by 1.00" in read(page, ".book-hinge-note")
    set_to(slider(page, "class 0, logit"), 0.9)
    wanted = "Hinge pushes its logit up with 1, cross-entropy with 0.357."
    assert wanted in read(page, ".book-hinge-note")
    assert column(page, 2) == ["−1.000", "1.000", "0.000"]
    hint = "the temperature has no part in it"
    assert hint in page.inner_text(".book-drawer .book-caption")
    assert page.inner_text(".book-headings:visible").count("−2 to 2") == 2
    page.get_by_label("Compare with the hinge loss").press("Space")
    frame(page)
    assert hint not in page.inner_text(".book-drawer .book-caption")
    assert (
        page.locator(".book-count.book-hinge, .book-hinge-note").locator("visible=true").count()
        == 0
    )


def test_1000_more_on_every_logit_changes_nothing(show):
    page = show(preset="two close", hinge=True)
    open_drawer(page, "More")
    drawn = """() => [...document.querySelectorAll(".book-fill, .book-slice, .book-label")]
        .flatMap(({ style }) => [style.width, style.height, style.top].map(parseFloat))
        .filter(Number.isFinite)"""
    before = [column(page, index) for index in range(3)]
    places = page.evaluate(drawn)
    water = page.locator(".book-area").first.get_attribute("d")
    page.get_by_role("button", name="Add 1000 to every logit").press("Enter")
    assert [column(page, index) for index in range(3)] == before
    assert len(places) >= 20
    assert page.evaluate(drawn) == pytest.approx(places, abs=1e-6)
    assert page.locator(".book-area").first.get_attribute("d") == water
    shown = page.locator(".book-logit output").all_inner_texts()
    assert shown[:4] == ["1002.40", "1002.00", "997.00", "999.00"]
    note = page.inner_text(".book-offset-note")
    assert "exp(1002.40), which is inf; and inf / inf = not a number." in note
    page.get_by_role("button", name="Take the 1000 off again").click()


@pytest.mark.parametrize("state", [*STATES, {"temperature": 10.0}, {"preset": "two close"}])
def test_the_stacked_bar_and_the_river_are_as_high_as_the_probabilities(show, state):
    page = show(**state)
    demo = Softmax(**state)
    frame(page)
    flow, bar = (page.locator(name).bounding_box() for name in (".book-flow svg", ".book-bar"))
    power = (bar["x"] + bar["width"] / 2 - flow["x"]) / flow["width"] * 2 - 1
    assert 10**power == pytest.approx(demo.temperature, rel=0.02)
    edge = flow["y"]
    for index, chance in enumerate(demo.probabilities.tolist()):
        slice_ = page.locator(".book-slice").nth(index).bounding_box()
        assert slice_["y"] == pytest.approx(edge, abs=1)
        assert slice_["height"] == pytest.approx(chance * flow["height"], abs=1)
        edge = slice_["y"] + chance * flow["height"]
    # The river, right under the bar: the same slices.
    x, middles, seen = bar["x"] + bar["width"] / 2, 0, 0
    x = min(max(x, flow["x"] + 2), flow["x"] + flow["width"] - 2)
    heights = """([x, y]) => document.elementsFromPoint(x, y)
        .filter((node) => node.matches(".book-area")).map((node) => node.dataset.about)"""
    for index, chance in enumerate(demo.probabilities.tolist()):
        middle = flow["y"] + (middles + chance / 2) * flow["height"]
        middles += chance
        if chance > 0.05:
            assert page.evaluate(heights, [x, middle]) == [f"class-{index}"]
            seen += 1
    assert seen


def test_labels_stand_beside_their_slices_and_never_on_each_other(show):
    for width in (1000, 360):
        for state in STATES:
            page = show(width=width, **state)
            boxes = [label.bounding_box() for label in page.locator(".book-label:visible").all()]
            for above, below in zip(boxes, boxes[1:], strict=False):
                assert above["y"] + above["height"] <= below["y"] + 1
            view = page.locator(".book-demo-view").bounding_box()
            assert max(box["x"] + box["width"] for box in boxes) < view["x"] + view["width"]
    page = show()
    pairs = [page.locator(f".book-{name}:visible").all() for name in ("label", "slice")]
    for label, slice_ in zip(*pairs, strict=True):
        one, other = label.bounding_box(), slice_.bounding_box()
        middles = [box["y"] + box["height"] / 2 for box in (one, other)]
        assert middles[0] == pytest.approx(middles[1], abs=12)


def test_bars_of_the_table_stand_where_their_numbers_say(show):
    page = show(**FIVE)
    open_drawer(page, "More")
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


def test_the_bar_follows_mouse_and_finger(show, browser):
    page = show()

    def place(page, power):
        box = page.locator(".book-flow svg").bounding_box()
        return box["x"] + (power + 1) / 2 * box["width"], box["y"] + box["height"] / 2

    drag(page, place(page, 0), place(page, -0.5))
    assert labels(page) == numbers(Softmax(temperature=0.316).probabilities)
    drag(page, place(page, -0.5), place(page, 3))
    assert labels(page) == numbers(Softmax(temperature=10).probabilities)
    with on_a_phone(browser, Softmax()) as phone:
        touch_drag(phone, place(phone, 0), place(phone, 0.5))
        assert labels(phone) == numbers(Softmax(temperature=3.16).probabilities)
        box = slider(phone, "class 2, logit").bounding_box()
        x, y = box["x"] + 0.5 * box["width"], box["y"] + box["height"] / 2
        assert touch_drag(phone, (x, y), (x + 0.25 * box["width"], y)) == 0
        assert 2 < float(logits(phone)[2]) < 4.5


def test_pointing_lights_up_a_class_everywhere(show):
    page = show()
    page.locator(".book-label").nth(1).hover()
    lit = "(nodes) => [...new Set(nodes.map((node) => node.dataset.about))]"
    assert page.locator(".book-pointed").evaluate_all(lit) == ["class-1"]
    assert page.locator(".book-pointed").count() == 4  # slider, area, slice, label


def test_play_heats_to_the_end_and_does_not_solve_the_task(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, Softmax(temperature=0.11))
    frame(page)
    page.get_by_role("button", name="Play").press("Enter")
    seen = []
    for _ in range(36):
        page.clock.run_for(EACH)
        frame(page)
        seen.append(float(page.locator(".book-main output").inner_text()))
        assert not is_done(page)
    # The first step comes with the press.
    assert seen[0] == pytest.approx(10 ** (2 * 0.06 - 1), abs=0.006)
    assert len(set(seen)) >= 25
    assert seen == sorted(seen)
    assert seen[-1] == 10
    play = page.get_by_role("button", name="Play")
    play.press("Enter")  # from the start again
    frame(page)
    assert page.locator(".book-main output").inner_text() == "0.10"
    page.get_by_role("button", name="Reset").press("Enter")
    frame(page)
    assert page.locator(".book-main output").inner_text() == "0.11"


def test_the_bar_glides_between_two_settings(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, Softmax())
    frame(page)
    first = page.locator(".book-slice").first
    heights = [first.bounding_box()["height"]]
    chosen(page, "Example").select_option("a tie")
    for _ in range(12):
        page.clock.run_for(20)
        heights.append(first.bounding_box()["height"])
    assert len({round(height) for height in heights}) >= 4
    flow = page.locator(".book-flow").bounding_box()["height"]
    share = Softmax(preset="a tie").probabilities[0].item()
    assert heights[-1] == pytest.approx(share * flow, abs=1)


def test_the_task_is_done_at_its_temperature_and_from_its_logits_alone(show):
    page = show()
    assert not is_done(page)
    for power, is_found in ((-0.4, False), (-0.36, True), (-0.32, False)):
        set_to(slider(page, "Temperature"), power)
        frame(page)
        assert page.inner_text(".book-task").startswith("Found") == is_found
    page = show(logits=[3.2, 1, 0])
    assert Softmax(logits=[3.2, 1, 0]).probabilities[0] > 0.85
    set_to(slider(page, "class 0, logit"), 2.5)
    for power in range(-50, 51):
        set_to(slider(page, "Temperature"), power / 50)
    frame(page)
    assert not is_done(page)
    found = [Softmax(logits=[2.5, 1, 0], temperature=10 ** (p / 50)) for p in range(-50, 51)]
    assert min(abs(demo.probabilities[0].item() - 0.9) for demo in found) < 0.005


@pytest.mark.parametrize("state", STATES)
def test_no_number_is_cut_on_a_phone(show, state):
    page = show(width=360, **state)
    open_drawer(page, "More")
    cells = page.locator(":is(.book-cell-of-bar, .book-head-line, .book-logit output):visible")
    cut = "(cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length"
    assert cells.count() >= 8
    assert cells.evaluate_all(cut) == 0


SLIDE = """async (drawn) => {
    const places = [];
    for (const slider of document.querySelectorAll("input[type=range]")) {
        for (const share of [0, 0.3, 0.55, 1]) {
            slider.value = Number(slider.min) + share * (slider.max - slider.min);
            slider.dispatchEvent(new Event("input"));
            await drawn();
            places.push(document.querySelector(".book-task").getBoundingClientRect().top);
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
    open_drawer(page, "More")
    for name, value in {"logits": [0.123, 4, 0, 1], "true_class": 3, "temperature": 2.5}.items():
        page.evaluate("([name, value]) => model.change(name, value)", [name, value])
        setattr(demo, name, value)
    assert labels(page) == column(page, 0) == numbers(demo.probabilities)
    assert column(page, 1) == numbers(demo.gradient)
    outputs = page.locator(":is(.book-logit, .book-main) output").all_inner_texts()
    assert [outputs[0], outputs[-1]] == ["0.12", "2.50"]  # between two places of the sliders
    chosen(page, "Example").select_option("a tie")
    assert page.evaluate("[model.get('logits'), model.get('true_class')]") == [[3, 3, -1], 0]
    page.get_by_role("button", name="Add 1000").click()
    assert page.evaluate("model.get('offset')") == 1000
    assert_stops(page, Softmax)
