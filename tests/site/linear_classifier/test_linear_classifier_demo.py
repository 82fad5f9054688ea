"""The linear classifier as a reader meets it, in Chromium on a blank page."""

import pytest
import torch
from demo_input import on_a_phone, press_at_once, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import facts, frame, mounting, read
from linear_classifier_states import ZEROS
from website import PHONE

from utils.widgets.linear_classifier import BOUND, PRESETS, START, LinearClassifier


@pytest.fixture
def show(page):
    yield from mounting(page, LinearClassifier, height=1000)


def control(page, role, name):
    return page.get_by_role(role, name=name)


def tip(page, letter):
    return control(page, "slider", f"weights of class {letter}")


def press(page, name):
    control(page, "button", name).click()


def code_names(page):
    """W, b and the losses that the shown torch lines compute."""
    frame(page)
    names = {"torch": torch}
    exec(page.inner_text("code"), names)
    return names


def weights(page):
    return code_names(page)["W"].tolist()


def table(page):
    frame(page)
    cells = page.locator(".book-scores .book-value").all_inner_texts()
    return [float(text.replace("−", "-")) for text in cells if text != "–"]


def spot(page, x, y):
    """Where a place of the plane is on the screen."""
    box = page.locator(".book-plane").bounding_box()
    unit = box["width"] / (2 * BOUND)
    return box["x"] + (x + BOUND) * unit, box["y"] + (BOUND - y) * unit


def test_the_keyboard_alone_reaches_every_control_and_shows_the_focus(show):
    tips = [f"weights of class {letter}" for letter in "ABC"]
    inputs = [f"Bias of {letter}" for letter in "ABC"]
    buttons, rates = ["One step", "Train", "Start again"], ["Learning rate", "Regularisation λ"]
    wanted = ["Points", "Loss", *tips, *buttons, *rates, *inputs, "Chosen point", "Copy"]
    assert tab_order(show()) == wanted


def test_arrow_keys_move_a_weight_vector_and_none_is_lost(show):
    page = show(**ZEROS)
    press_at_once(tip(page, "B"), "ArrowUp", "ArrowUp", "ArrowLeft", "ArrowUp")
    assert weights(page) == [[0, 0], [-0.1, 0.3], [0, 0]]
    assert tip(page, "B").get_attribute("aria-valuetext") == "−0.10, 0.30"
    tip(page, "B").press("End")
    assert weights(page)[1] == [4, 0.3]
    assert "stands at its bound of 4" in read(page)


def test_a_drag_moves_a_weight_vector_and_changes_regions_and_loss(show):
    page = show()
    region = page.locator(".book-region").nth(2)
    before, shape = facts(page)["= loss"], region.get_attribute("points")
    page.mouse.move(*spot(page, *START["weights"][2]))
    page.mouse.down()
    page.mouse.move(*spot(page, 0.5, -1.5), steps=4)
    assert weights(page)[2] == [0.5, -1.5]
    page.mouse.move(*spot(page, 9, -9))
    assert weights(page)[2] == [4, -4]
    page.mouse.up()
    assert before != facts(page)["= loss"] and shape != region.get_attribute("points")


def test_biases_and_the_chosen_point_are_set_by_slider_and_by_tap(show):
    page = show()
    control(page, "slider", "Bias of B").press("ArrowRight")
    control(page, "slider", "Bias of C").press("Home")
    assert code_names(page)["b"].tolist() == [0, 0.1, -4]
    control(page, "slider", "Chosen point").press("Home")
    assert read(page).startswith("Point 1, class A at (−2.60, 1.50)")
    page.mouse.click(*spot(page, 0.5, -3))
    assert read(page).startswith("Point 14, class C at (0.40, −3.10)")
    page.mouse.click(*spot(page, -3.5, -3.5))  # nothing is near
    assert read(page).startswith("Point 14,")
    assert page.locator(".book-chosen").count() == 1


def test_a_step_and_a_start_again_are_those_of_python(show):
    for kind in ("hinge", "cross-entropy"):
        demo = LinearClassifier(kind=kind, lr=0.2)
        page = show(**demo.state())
        for _ in range(3):
            press(page, "One step")
            demo.step()
        names = code_names(page)
        assert names["W"].tolist() == [pytest.approx(row, abs=1e-6) for row in demo.weights]
        assert names["b"].tolist() == pytest.approx(demo.biases, abs=1e-6)
        assert facts(page)["= loss"] == f"{demo.loss:.3f}"
        assert "after 3 steps" in page.inner_text(".book-facts")
        press(page, "Start again")
        assert weights(page) == [list(row) for row in START["weights"]]
        assert "after 0 steps" in page.inner_text(".book-facts")


def test_training_plays_stops_and_ends_by_itself(show):
    page = show(lr=0.5, decay=0)
    said = page.locator(".book-result")
    press(page, "Train")
    assert said.get_attribute("aria-live") == "off"
    press(page, "Stop")
    held = weights(page)
    page.wait_for_timeout(120)
    assert weights(page) == held
    assert said.get_attribute("aria-live") == "polite"
    press(page, "Train")
    control(page, "button", "Train").wait_for(timeout=10_000)  # nothing pushes any more
    assert facts(page)["Data loss"] == "0.000"
    assert facts(page)["Accuracy"] == "1.00"
    assert page.locator(".book-wrong").count() == 0


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_brings_its_points_and_the_start(show, name):
    page = show(**ZEROS)
    for label in (*PRESETS, name):
        control(page, "combobox", "Points").select_option(label=label)
    names = code_names(page)
    assert names["points"].tolist() == [[x, y] for x, y, _ in PRESETS[name]]
    assert weights(page) == [list(row) for row in START["weights"]]
    right = round(15 * LinearClassifier(preset=name).accuracy)
    assert page.locator(".book-wrong").count() == 15 - right


def test_the_switch_turns_shortfalls_into_probabilities(show):
    page = show(selected=7)
    demo = LinearClassifier(selected=7)
    scores = demo.scores[7]
    lacks = (scores - scores[1] + 1).clamp(min=0)
    wanted = [scores[0], lacks[0], scores[1], scores[2], lacks[2]]
    assert table(page) == pytest.approx([value.item() for value in wanted], abs=0.00501)
    control(page, "combobox", "Loss").select_option("cross-entropy")
    both = torch.stack([scores, scores.softmax(dim=0)], dim=1).flatten()
    assert table(page) == pytest.approx(both.tolist(), abs=0.00501)
    assert "probability" in page.inner_text(".book-scores thead")
    control(page, "slider", "Regularisation λ").press("End")
    control(page, "slider", "Learning rate").press("Home")
    assert facts(page)["+ regularisation"] == f"{LinearClassifier(decay=1).penalty:.3f}"
    assert "(W - 0.001 * W.grad)" in page.inner_text("code")


@pytest.mark.parametrize("width", [PHONE["width"], 1000])
def test_the_layout_does_not_jump(show, width):
    page, places = show(width=width, selected=0), set()
    for name, key in [*[("Chosen point", "ArrowRight")] * 14, ("weights of class B", "End")]:
        control(page, "slider", name).press(key)
        frame(page)
        places.add(tuple(edges(page, ".book-panel >> nth=1")))
    assert len(places) == 1, places


def test_a_finger_moves_a_weight_vector(browser):
    with on_a_phone(browser, LinearClassifier()) as page:
        assert touch_drag(page, spot(page, *START["weights"][1]), spot(page, 2, 1)) == 0
        assert weights(page)[1] == [2, 1]


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = LinearClassifier()
    in_a_notebook(page, demo)
    page.evaluate("model.change('weights', [[0, 1], [1, 0], [0, -1.25]])")
    assert weights(page) == [[0, 1], [1, 0], [0, -1.25]]
    page.evaluate("model.change('lr', 0.07); model.change('decay', 0.002)")
    frame(page)
    values = control(page, "group", "Training").locator(".book-value")
    assert values.all_inner_texts() == ["0.07", "0.002"]
    tip(page, "A").press("ArrowDown")
    assert page.evaluate("model.get('weights')[0]") == [0, 0.9]
    press(page, "Train")
    assert_stops(page, LinearClassifier)
    counted = page.evaluate("model.get('steps')")
    page.wait_for_timeout(120)
    assert page.evaluate("model.get('steps')") == counted
