"""The linear classifier as a reader meets it, in Chromium on a blank page."""

import pytest
import torch
from demo_input import on_a_phone, press_at_once, tab_order, touch_drag
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import facts, frame, mounting, stop_clock
from demo_page import read as read_part
from demo_stage import assert_lists_show_their_names, is_done
from linear_classifier_states import ZEROS
from module_page import mount
from website import PHONE

from utils.widgets.linear_classifier import OPEN, PRESETS, START, LinearClassifier

EDGE = 4.35  # of the plane
PACE = 50  # milliseconds from step to step
OPEN_DRAWERS = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
MIDDLE = "one class in the middle"


@pytest.fixture
def show(page):
    """Show the demo without motion, its drawers open unless asked otherwise."""
    page.emulate_media(reduced_motion="reduce")
    mounted = mounting(page, LinearClassifier, width=800, height=1700)
    show_demo = next(mounted)

    def shown(*, opened=True, **state):
        show_demo(**state)
        if opened:
            page.evaluate(OPEN_DRAWERS)
        return page

    yield shown
    next(mounted, None)


def control(page, role, name):
    return page.get_by_role(role, name=name, exact=True)


def tip(page, letter):
    return control(page, "slider", f"weights of class {letter}")


def press(page, name):
    control(page, "button", name).click()


def choose(page, label, name):
    control(page, "combobox", label).select_option(name)
    frame(page)


def story(page):
    return read_part(page, ".book-says")


def on_point(page):
    return read_part(page, ".book-note")


def code_names(page):
    """W, b and the losses that the shown torch lines compute."""
    frame(page)
    names = {"torch": torch}
    exec(page.inner_text("code"), names)
    return names


def weights(page):
    return code_names(page)["W"].tolist()


def figures(page):
    """Loss, points that are right, and steps, as they stand over the curve."""
    frame(page)
    return page.locator(".book-figure b").all_inner_texts()


def curve(page, look):
    """The places of a curve, in per cent of the width and from its top."""
    frame(page)
    values = page.locator(f".book-{look}").get_attribute("points").split()
    return [(float(x), float(y)) for x, y in zip(values[::2], values[1::2], strict=True)]


def table(page):
    frame(page)
    cells = page.locator(".book-scores .book-value").all_inner_texts()
    return [float(text.replace("−", "-")) for text in cells if text != "–"]


def spot(page, x, y):
    """Where a place of the plane is on the screen."""
    box = page.locator(".book-plane").bounding_box()
    unit = box["width"] / (2 * EDGE)
    return box["x"] + (x + EDGE) * unit, box["y"] + (EDGE - y) * unit


def test_the_keyboard_alone_reaches_every_control_and_shows_the_focus(show):
    tips = [f"weights of class {letter}" for letter in "ABC"]
    settings = ["One step", "Learning rate", "Regularisation λ"]
    settings += [*[f"Bias of {letter}" for letter in "ABC"], "Chosen point"]
    deck = ["Train", "Reset", "Points", "Loss"]
    wanted = [*tips, *deck, "More", *settings, "The same in torch", "Copy"]
    assert tab_order(show()) == wanted


def test_arrow_keys_move_a_weight_vector_and_none_is_lost(show):
    page = show(**ZEROS, steps=7)
    press_at_once(tip(page, "B"), "ArrowUp", "ArrowUp", "ArrowLeft", "ArrowUp")
    assert weights(page) == [[0, 0], [-0.1, 0.3], [0, 0]]
    assert tip(page, "B").get_attribute("aria-valuetext") == "−0.10, 0.30"
    assert figures(page)[2] == "0"  # a hand begins a new curve
    tip(page, "B").press("End")
    assert weights(page)[1] == [4, 0.3]
    assert tip(page, "B").get_attribute("aria-valuemax") == "4"
    assert "stands at its bound of 4" in story(page)


def test_a_drag_moves_a_weight_vector_and_changes_regions_and_loss(show):
    page = show()
    region = page.locator(".book-region").nth(2)
    before, shape = figures(page)[0], region.get_attribute("points")
    page.mouse.move(*spot(page, *OPEN["weights"][2]))
    page.mouse.down()
    page.mouse.move(*spot(page, 0.5, -1.5), steps=4)
    assert weights(page)[2] == [0.5, -1.5]
    page.mouse.move(*spot(page, 9, -9))
    assert weights(page)[2] == [4, -4]
    page.mouse.up()
    assert before != figures(page)[0] and shape != region.get_attribute("points")


def test_biases_and_the_chosen_point_are_set_by_slider_and_by_tap(show):
    page = show(steps=3)
    control(page, "slider", "Bias of B").press("ArrowRight")
    control(page, "slider", "Bias of C").press("Home")
    assert code_names(page)["b"].tolist() == [0, 0.1, -4]
    assert figures(page)[2] == "0"
    control(page, "slider", "Chosen point").press("Home")
    assert on_point(page).startswith("Point 1, class A at (−2.60, 1.50)")
    page.mouse.click(*spot(page, 0.5, -3))
    assert on_point(page).startswith("Point 14, class C at (0.40, −3.10)")
    assert page.inner_text(".book-scores caption") == "Point 14, of class C (tap another)"
    page.mouse.click(*spot(page, -3.5, -3.5))  # nothing is near
    assert on_point(page).startswith("Point 14,")
    assert page.locator(".book-chosen").count() == 1


def test_a_step_and_a_reset_are_those_of_python(show):
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
        assert figures(page) == [f"{demo.loss:.3f}", f"{round(15 * demo.accuracy)}/15", "3"]
        assert "after 3 steps" in page.inner_text(".book-facts")
        press(page, "Reset")
        assert weights(page) == [list(row) for row in START["weights"]]
        assert "after 0 steps" in page.inner_text(".book-facts")


def run_of(steps, **state):
    """The losses that Python finds on the way."""
    demo = LinearClassifier(**state)
    losses = [demo.loss]
    for _ in range(steps):
        demo.step()
        losses.append(demo.loss)
    return losses


def test_train_draws_the_loss_step_by_step_along_the_dashed_line(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, LinearClassifier(**START))
    losses = run_of(200, **START)
    most = max(losses)
    wanted = [(step / 2, 100 - 100 * loss / most) for step, loss in enumerate(losses)]
    ahead = curve(page, "will-be")
    assert ahead == [pytest.approx(place, abs=0.011) for place in wanted]
    assert curve(page, "was") == ahead[:1]
    said = page.locator(".book-says")
    control(page, "button", "Train").click()
    page.clock.run_for(10 * PACE + 20)
    assert said.get_attribute("aria-live") == "off"
    control(page, "button", "Pause").click()
    taken = len(curve(page, "was")) - 1
    assert 9 <= taken <= 11
    assert curve(page, "was") == ahead[: taken + 1]
    assert curve(page, "will-be") == ahead[taken:]
    assert curve(page, "now") == [ahead[taken]] * 2
    assert figures(page)[2] == str(taken)
    page.clock.run_for(10 * PACE)
    assert len(curve(page, "was")) == taken + 1
    assert said.get_attribute("aria-live") == "polite"
    control(page, "button", "Train").click()
    page.clock.run_for(200 * PACE)
    assert figures(page)[1:] == ["15/15", "200"]
    assert page.locator(".book-wrong").count() == 0
    assert len(curve(page, "was")) == 201
    control(page, "button", "Train").click()  # at the end: from the start on
    assert figures(page)[2] == "0"
    assert curve(page, "was") == ahead[:1]  # two frames are shorter than a step


def test_training_ends_where_nothing_pushes_and_goes_on_from_where_a_hand_leads(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="reduce")
    mount(page, LinearClassifier(lr=0.5, decay=0))
    control(page, "button", "Train").click()
    page.clock.run_for(100 * PACE)
    assert control(page, "button", "Train").count() == 1
    assert story(page) == (
        "15 of 15 points are right by 1 or more: none pushes. The arrows have come to rest."
    )
    assert page.locator(".book-quiet").count() == 15
    loss, _, steps = figures(page)
    assert loss == "0.000" and 0 < int(steps) < 100
    for _ in range(3):
        tip(page, "C").press("Home")
        tip(page, "C").press("ArrowUp")
    held = float(tip(page, "C").get_attribute("aria-valuenow"))
    frame(page)
    assert held == -4 and figures(page)[2] == "0"
    control(page, "button", "Train").click()
    page.clock.run_for(2 * PACE + 20)
    assert float(tip(page, "C").get_attribute("aria-valuenow")) < -2  # not from the start


def test_it_opens_on_a_classifier_that_training_mends(show):
    demo, page = LinearClassifier(), show()
    assert figures(page)[1] == f"{round(15 * demo.accuracy)}/15"
    assert 0.5 < demo.accuracy < 0.8
    for _ in range(200 - demo.steps):
        demo.step()
    assert demo.accuracy == 1


def test_it_opens_in_a_training_whose_beginning_is_drawn(show):
    page, losses = show(), run_of(200, **START)
    most = max(losses)
    wanted = [(step / 2, 100 - 100 * loss / most) for step, loss in enumerate(losses)]
    behind = curve(page, "was")
    assert figures(page)[2] == str(OPEN["steps"]) == str(len(behind) - 1)
    assert behind == [pytest.approx(place, abs=0.02) for place in wanted[: len(behind)]]
    press(page, "One step")
    assert len(curve(page, "was")) == len(behind) + 1
    press(page, "Reset")
    assert curve(page, "was") == behind
    tip(page, "A").press("End")
    press(page, "Reset")
    assert curve(page, "was") == behind
    # Where a state comes from is not known of another one.
    assert len(curve(show(**ZEROS, steps=OPEN["steps"]), "was")) == 1


def test_the_heads_of_the_arrows_are_seen(show):
    page = show()
    style = "(node) => { const { fill, stroke } = getComputedStyle(node); return [fill, stroke]; }"
    for letter, colour in zip("ABC", ("11, 107, 203", "179, 71, 11", "26, 127, 55"), strict=True):
        grip = tip(page, letter).locator(".book-grip")
        assert grip.evaluate(style) == ["rgba(0, 0, 0, 0)", f"rgb({colour})"]


def test_rings_are_round_what_is_wrong_and_pale_is_what_pushes_no_more(show):
    page = show()
    demo = LinearClassifier()
    wrong = demo.scores.argmax(dim=1) != demo.labels
    quiet = torch.nn.functional.multi_margin_loss(demo.scores, demo.labels, reduction="none") == 0
    looks = page.locator(".book-plane [data-about]:has(.book-badge)").evaluate_all(
        "(nodes) => nodes.map((node) => node.getAttribute('class'))"
    )
    assert ["book-wrong" in look for look in looks] == wrong.tolist()
    assert ["book-quiet" in look for look in looks] == quiet.tolist()
    assert 0 < quiet.sum() < 15
    choose(page, "Loss", "cross-entropy")
    assert page.locator(".book-quiet").count() == 0


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_brings_its_points_and_the_start(show, name):
    page = show(**ZEROS)
    for label in (*PRESETS, name):
        choose(page, "Points", label)
    names = code_names(page)
    assert names["points"].tolist() == [[x, y] for x, y, _ in PRESETS[name]]
    assert weights(page) == [list(row) for row in START["weights"]]
    right = round(15 * LinearClassifier(preset=name).accuracy)
    assert page.locator(".book-wrong").count() == 15 - right
    assert_lists_show_their_names(page)


def test_chart_bars_and_the_chosen_point_are_told_as_they_are(show):
    page = show(selected=7)
    demo = LinearClassifier(selected=7)
    assert page.locator(".book-ends span").all_inner_texts() == ["step 0", "step 200"]
    names = page.locator(".book-figure span").all_inner_texts()
    assert names == ["loss", "right", "steps"]
    assert page.inner_text(".book-legend") == (
        "Arrow of a class: its score grows that way. Dashed ring: wrong. Pale: pushes no more."
    )
    notes = page.locator(".book-facts .book-caption").all_inner_texts()
    assert notes[1] == "λ/2 times the sum of the squared weights"
    scores = demo.scores[7]
    share = 50 * scores / scores.abs().max().clamp(min=1)
    bars = page.locator(".book-signed .book-fill").evaluate_all(
        "(all) => all.map(({ style }) => [style.left, style.width].map(parseFloat))"
    )
    for (left, width), wanted in zip(bars, share.tolist(), strict=True):
        assert (left, width) == pytest.approx((50 + min(wanted, 0), abs(wanted)), abs=1e-3)
    assert share.min() < 0 < share.max()
    wrong = (demo.scores.argmax(dim=1) != demo.labels).nonzero()[0].item()
    page = show(selected=wrong)
    x, y, label = PRESETS[demo.preset][wrong]
    given = "ABC"[demo.scores[wrong].argmax()]
    told = control(page, "slider", "Chosen point").get_attribute("aria-valuetext")
    words = f"{wrong + 1}, class {'ABC'[label]} at {x:.2f}, {y:.2f}, given {given}"
    assert told == words.replace("-", "−")


def test_the_switch_turns_shortfalls_into_probabilities(show):
    page = show(selected=7)
    demo = LinearClassifier(selected=7)
    scores = demo.scores[7]
    lacks = (scores - scores[1] + 1).clamp(min=0)
    wanted = [scores[0], lacks[0], scores[1], scores[2], lacks[2]]
    assert table(page) == pytest.approx([value.item() for value in wanted], abs=0.00501)
    choose(page, "Loss", "cross-entropy")
    both = torch.stack([scores, scores.softmax(dim=0)], dim=1).flatten()
    assert table(page) == pytest.approx(both.tolist(), abs=0.00501)
    assert "probability" in page.inner_text(".book-scores thead")
    assert "the less probable, the more" in story(page)
    control(page, "slider", "Regularisation λ").press("End")
    control(page, "slider", "Learning rate").press("Home")
    assert facts(page)["+ regularisation"] == f"{LinearClassifier(decay=1).penalty:.3f}"
    assert "(W - 0.001 * W.grad)" in page.inner_text("code")


def test_another_loss_begins_a_new_curve(show):
    page = show(**START)
    for _ in range(3):
        press(page, "One step")
        frame(page)
    assert len(curve(page, "was")) == 4
    choose(page, "Loss", "cross-entropy")
    assert len(curve(page, "was")) == 1
    assert figures(page)[2] == "3"


def test_pointing_at_a_row_lights_up_its_class(show):
    page = show()
    page.locator(".book-scores tbody tr").nth(1).hover()
    lit = page.locator(".book-pointed")
    assert lit.count() == 1 + 1 + 5  # its row, its region, its points
    abouts = lit.evaluate_all("(nodes) => nodes.map((node) => node.dataset.about)")
    assert set(abouts) == {"class-1"}
    page.mouse.move(*spot(page, -2, -3))
    assert lit.count() == 0  # the plane stays as it is under the pointer


def test_the_task_is_done_by_hand_and_not_by_training(show):
    page = show()
    choose(page, "Points", MIDDLE)
    assert not is_done(page)
    for letter, keys in {"A": {"End": 1, "ArrowLeft": 20, "ArrowDown": 9}}.items():
        for key, times in keys.items():
            press_at_once(tip(page, letter), *[key] * times)
    press_at_once(tip(page, "B"), *["ArrowLeft"] * 9, *["ArrowDown"] * 18)
    press_at_once(tip(page, "C"), *["ArrowRight"] * 8)
    frame(page)
    assert not is_done(page)
    press_at_once(tip(page, "C"), *["ArrowUp"] * 24)
    assert weights(page) == [[2, 0], [0, -2.5], [0, 2]]
    assert figures(page)[1] == "12/15"
    assert is_done(page)
    press(page, "Reset")
    frame(page)
    assert not is_done(page)


def test_twelve_right_of_other_points_do_not_count(show):
    demo = LinearClassifier(preset=next(name for name in PRESETS if name != MIDDLE))
    for _ in range(60):
        demo.step()
    assert demo.accuracy >= 12 / 15
    assert not is_done(show(**demo.state() | {"steps": 0}))


def test_twelve_right_after_steps_do_not_count(show):
    by_hand = {"weights": [[2, 0], [0, -2.5], [0, 2]], "preset": MIDDLE}
    page = show(**by_hand, steps=1)
    assert figures(page)[1] == "12/15"
    assert not is_done(page)


def test_it_eases_to_the_start_and_follows_a_hand_at_once(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, LinearClassifier())
    frame(page)
    page.emulate_media(reduced_motion="no-preference")
    tip(page, "B").press("End")
    frame(page)
    assert tip(page, "B").get_attribute("aria-valuenow") == "4"
    control(page, "button", "Reset").click()
    page.clock.run_for(120)
    assert OPEN["weights"][1][0] + 0.05 < float(tip(page, "B").get_attribute("aria-valuenow")) < 4
    page.clock.run_for(500)
    assert float(tip(page, "B").get_attribute("aria-valuenow")) == OPEN["weights"][1][0]


@pytest.mark.parametrize("width", [PHONE["width"], 700, 1000])
def test_the_layout_does_not_jump(show, width):
    page, places = show(width=width, selected=0), set()
    for name, key in [*[("Chosen point", "ArrowRight")] * 14, ("weights of class B", "End")]:
        control(page, "slider", name).press(key)
        frame(page)
        places.add((*edges(page, ".book-panel"), *edges(page, ".book-task")))
    for kind in ("cross-entropy", "hinge"):
        choose(page, "Loss", kind)
        places.add((*edges(page, ".book-panel"), *edges(page, ".book-task")))
    assert len(places) == 1, places


def test_a_finger_moves_a_weight_vector(browser):
    with on_a_phone(browser, LinearClassifier()) as page:
        page.evaluate(OPEN_DRAWERS)
        assert touch_drag(page, spot(page, *OPEN["weights"][1]), spot(page, 2, 1)) == 0
        assert weights(page)[1] == [2, 1]


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    page.emulate_media(reduced_motion="reduce")
    in_a_notebook(page, LinearClassifier())
    page.evaluate(OPEN_DRAWERS)
    page.evaluate("model.change('weights', [[0, 1], [1, 0], [0, -1.25]])")
    assert weights(page) == [[0, 1], [1, 0], [0, -1.25]]
    page.evaluate("model.change('lr', 0.07); model.change('decay', 0.002)")
    frame(page)
    values = page.locator(".book-drawer .book-control .book-value").all_inner_texts()
    assert values[:2] == ["0.07", "0.002"]
    tip(page, "A").press("ArrowDown")
    assert page.evaluate("model.get('weights')[0]") == [0, 0.9]
    press(page, "Train")
    assert_stops(page, LinearClassifier)
    counted = page.evaluate("model.get('steps')")
    page.wait_for_timeout(3 * PACE)
    assert page.evaluate("model.get('steps')") == counted
