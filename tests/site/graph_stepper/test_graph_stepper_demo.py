"""The computational-graph stepper as a reader meets it, in Chromium on a blank page."""

import re

import pytest
from demo_input import middle, on_a_phone, press, tab_order
from demo_kernel import assert_stops, in_a_notebook
from demo_looks import edges
from demo_page import frame, mounting, read, stop_clock
from graph_stepper_states import END, STATES
from module_page import mount

from utils.widgets.graph_stepper import LAST_STEP, GraphStepper

# The texts of the graph that stick out of their box, or of the picture, or are too small.
_BEYOND = """() => {
    const svg = document.querySelector(".book-graph");
    const boxes = [...svg.querySelectorAll("rect"), svg].map((n) => n.getBoundingClientRect());
    const scale = boxes.at(-1).width / svg.viewBox.baseVal.width;
    return [...svg.querySelectorAll("text")].filter((node) => {
        const { left, right, top, height } = node.getBoundingClientRect();
        const pixels = scale * parseFloat(getComputedStyle(node).fontSize);
        const [x, y] = [(left + right) / 2, top + height / 2];
        const own = boxes.find((b) => b.left < x && x < b.right && b.top < y && y < b.bottom);
        return left < own.left || right > own.right || pixels < 11;
    }).map((node) => node.textContent);
}"""


@pytest.fixture
def show(page):
    yield from mounting(page, GraphStepper)


def sentence(page):
    return read(page, ".book-sentence")


def at_step(page):
    return read(page, ".book-heading >> nth=0")


def table(page):
    """What the table says of each node: [value, gradient]."""
    frame(page)
    found = page.evaluate(
        """() => [...document.querySelectorAll(".book-nodes tbody tr")]
            .map((row) => [...row.children].map((cell) => cell.textContent))"""
    )
    return {head.split(" = ")[0]: cells for head, *cells in found}


def gradients(page):
    """The gradient of every input, from the lines of torch."""
    frame(page)
    found = re.findall(r"(\w+)\.grad  # (\S+)", page.inner_text("code"))
    return {name: float(number) for name, number in found}


def choose(page, graph):
    page.get_by_role("combobox", name="f =").select_option(graph)
    frame(page)


def test_the_keyboard_alone_reaches_every_control(show):
    buttons = ["Start", "Back", "Next", "End", "Play"]
    wanted = ["f =", "Merge −, exp, 1 + and 1 / into one node σ", *buttons]
    wanted += ["w₀", "x₀", "w₁", "x₁", "w₂", "Copy"]
    assert tab_order(show(graph="neuron")) == wanted


def test_next_and_back_walk_through_both_passes(show):
    page = show(step=0)
    starts = ["Only the inputs have values", "Forward: q = x + y", "Forward: f = q · z"]
    starts += ["The forward pass is done", "Backward through f", "Backward through q"]
    passes = ["inputs", "forward", "forward", "backward", "backward", "backward"]
    for step, (start, name) in enumerate(zip(starts, passes, strict=True)):
        assert sentence(page).startswith(start)
        assert at_step(page) == f"Step {step} of 5: {name}"
        press(page, "Next")
    assert sentence(page).startswith(starts[-1])
    for start in reversed(starts[:-1]):
        press(page, "Back")
        assert sentence(page).startswith(start)
    press(page, "Back")
    assert table(page)["q"] == ["not yet", "not yet"]


def test_values_appear_forward_and_gradients_backward(show):
    page = show(step=2)
    texts = page.locator(".book-graph text")
    wanted = "x −2 y 5 z −4 q = x + y 3 f = q · z −12"
    assert " ".join(texts.all_text_contents()) == wanted
    press(page, "End")
    assert table(page)["x"] == ["−2", "−4"]
    shown = [text for text in texts.all_text_contents() if text.startswith("∂")]
    assert shown == ["∂ −4", "∂ −4", "∂ 3", "∂ −4", "∂ 1"]
    assert page.locator(".book-edge.book-back").count() == 4


def test_max_lights_the_routed_path_and_follows_the_larger_input(show):
    page = show(graph="gates", step=8)
    closed = page.locator(".book-edge.book-closed")
    assert closed.count() == 1
    right = closed.get_attribute("x1")
    assert "z = 2 is the larger one: max routes the whole gradient" in sentence(page)
    page.get_by_role("slider", name="w").press("End")
    assert "w = 5 is the larger one" in sentence(page)
    assert float(closed.get_attribute("x1")) < float(right)
    assert table(page)["z"][1] == "0"
    page.get_by_role("slider", name="z").press("End")
    assert "tie, so each gets half, as in torch" in sentence(page)
    assert closed.count() == 0


def test_paths_of_a_variable_are_summed_and_follow_its_slider(show):
    page = show(graph="shared", **END)
    assert table(page)["x"] == ["3", "−2 + 3 + 3 = 4"]
    assert page.locator(".book-share").all_text_contents() == ["3", "3", "−2"]
    page.get_by_role("slider", name="y").press("ArrowRight")
    demo = GraphStepper(graph="shared", inputs=(3, -1.9))
    assert gradients(page) == pytest.approx({name: demo.gradients[name] for name in "xy"})
    assert page.locator("output").last.inner_text() == "−1.9"


def test_merging_keeps_every_number_and_is_only_for_the_neuron(show):
    page = show(graph="neuron", **END)
    merge = page.get_by_role("checkbox")
    before, lines = table(page), gradients(page)
    merge.press("Space")
    after = table(page)
    assert set(before) - set(after) == {"n", "e", "d"}
    assert after == {name: before[name] for name in after}
    assert gradients(page) == lines
    assert at_step(page) == "Step 11 of 11: backward"
    merge.press("Space")
    assert table(page) == before
    choose(page, "gates")
    assert merge.is_disabled()


def test_a_finger_moves_a_slider_and_presses_next(browser):
    with on_a_phone(browser, GraphStepper(step=0)) as page:
        page.get_by_role("button", name="Next").tap()
        assert sentence(page).startswith("Forward: q = x + y")
        slider = page.get_by_role("slider", name="y")
        slider.scroll_into_view_if_needed()
        page.touchscreen.tap(*middle(slider))
        assert table(page)["y"][0] == "0"


def test_play_walks_to_the_end_and_a_button_stops_it(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, GraphStepper(step=0))

    buttons = ["Play", None, "Pause", "Play", "Play", "Next"]
    waits = [100, 1500, 5000, 20_000, 100, 9000]
    for name, milliseconds, step in zip(buttons, waits, [1, 2, 2, 5, 0, 1], strict=True):
        if name:
            page.get_by_role("button", name=name).press("Enter")
        page.clock.run_for(milliseconds)
        shown = page.inner_text(".book-heading >> nth=0")
        assert shown.startswith(f"Step {step} of 5"), (name, step)


def test_a_new_graph_starts_again_unless_the_end_is_shown(show):
    page = show(step=3)
    choose(page, "shared")
    assert at_step(page) == "Step 0 of 7: inputs"
    press(page, "End")
    choose(page, "neuron")
    assert at_step(page) == "Step 17 of 17: backward"


@pytest.mark.parametrize("width", [360, 1200])
def test_no_text_is_wider_than_its_box(show, width):
    page = show(width=width)
    for state in STATES:
        mount(page, GraphStepper(**state))
        frame(page)
        assert page.evaluate(_BEYOND) == []


@pytest.mark.parametrize("width", [360, 1200])
def test_the_graph_stays_in_its_place_from_step_to_step(show, width):
    page = show(width=width)
    for name in ("neuron", "shared"):
        choose(page, name)
        places = set()
        press(page, "Start")
        for _ in range(LAST_STEP):
            places.add(tuple(edges(page, ".book-graph")))
            press(page, "Next")
        assert len(places) == 1, (name, places)


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = GraphStepper()
    in_a_notebook(page, demo)
    page.evaluate("model.change('graph', 'shared')")  # its inputs come a moment later
    assert table(page)["x"][0] == "3"
    page.evaluate("() => { model.change('inputs', [0.5, 2]); model.change('step', 7); }")
    assert gradients(page) == {"x": 3, "y": 0.5}
    page.get_by_role("slider", name="y").press("Home")
    assert page.evaluate("model.get('inputs')") == [0.5, -5]
    choose(page, "neuron")
    page.evaluate("model.change('graph', 'neuron')")
    frame(page)
    page.get_by_role("checkbox").press("Space")
    sent = page.evaluate("['graph', 'merged', 'step', 'inputs'].map(model.get)")
    assert sent == ["neuron", True, 11, [2, -1, -3, -2, -3]]
    GraphStepper(**dict(zip(["graph", "merged", "step", "inputs"], sent, strict=True)))
    assert_stops(page, GraphStepper)
