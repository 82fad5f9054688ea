"""The computational-graph stepper as a reader meets it, in Chromium on a blank page."""

import re

import pytest
from demo_input import middle, on_a_phone, tab_order
from demo_kernel import assert_stops, in_a_notebook
from demo_page import frame, mounting, read, stop_clock
from demo_stage import assert_lists_show_their_names, is_done, open_drawer
from graph_stepper_states import STATES
from module_page import mount

from utils.widgets.graph_stepper import GRAPHS, LAST_STEP, GraphStepper

# The texts of the graph that stick out of their box, or of the picture.
_BEYOND = """() => {
    const svg = [...document.querySelectorAll(".book-graph")].find((n) => n.checkVisibility());
    const boxes = [...svg.querySelectorAll("rect"), svg].map((n) => n.getBoundingClientRect());
    return [...svg.querySelectorAll("text")].filter((node) => {
        const { left, right, top, bottom } = node.getBoundingClientRect();
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const own = boxes.find((b) => b.left < x && x < b.right && b.top < y && y < b.bottom);
        const isTall = top < own.top - 1 || bottom > own.bottom + 2;
        return left < own.left || right > own.right || isTall;
    }).map((node) => node.textContent);
}"""
# Boxes that lie on one another, or reach out of the picture.
_COLLIDING = """() => {
    const svg = [...document.querySelectorAll(".book-graph")].find((n) => n.checkVisibility());
    const { width, height } = svg.viewBox.baseVal;
    const boxes = [...svg.querySelectorAll("rect")].map((node) => node.getBBox());
    return boxes.filter((a, at) => a.x < 0 || a.y < 0 || a.x + a.width > width
        || a.y + a.height > height || boxes.slice(at + 1).some((b) =>
            a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height
            && b.y < a.y + a.height)).length;
}"""
# Each pulse of the picture in sight: its colour class, and how far it is from the middle of a box.
_PULSES = """(name) => {
    const svg = document.querySelector(".book-wide");
    const box = svg.querySelector(`[data-name="${name}"] rect`).getBBox();
    return [...svg.querySelectorAll(".book-pulse")]
        .filter((node) => node.style.visibility === "visible")
        .map((node) => {
            const [x, y] = [node.cx.baseVal.value, node.cy.baseVal.value];
            const [a, b] = [box.x + box.width / 2, box.y + box.height / 2];
            return [node.classList[1], Math.hypot(x - a, y - b)];
        });
}"""


@pytest.fixture
def show(page):
    yield from mounting(page, GraphStepper)


def says(page):
    return read(page, ".book-says")


def boxes(page):
    """What the boxes say: [value, gradient] by name, without what is not known."""
    frame(page)
    found = page.evaluate(
        """() => [...document.querySelectorAll(".book-wide [data-name]")].map((node) =>
            [node.dataset.name, [...node.querySelectorAll("text")].map((t) => t.textContent)])"""
    )
    return {name: texts[1:] for name, (*texts,) in found}


def gradients(page):
    """The gradient of every input, from the lines of torch."""
    frame(page)
    found = re.findall(r"(\w+)\.grad  # (\S+)", page.locator("code").text_content())
    return {name: float(number) for name, number in found}


def slide(page, name, key):
    page.get_by_role("slider", name=name, exact=True).press(key)
    frame(page)


def choose(page, graph):
    page.get_by_role("combobox", name="f =").select_option(graph)
    frame(page)


def pick(page, name):
    page.locator(f'.book-wide [data-name="{name}"]').press("Enter")
    frame(page)


def test_the_keyboard_alone_reaches_every_control(show):
    page = show(graph="shared")
    found = tab_order(page)
    for name in ("x is 3: move it", "y is −2: move it", "f =", "Step", "x"):
        assert name in found


def test_it_opens_with_both_passes_told(show):
    page = show()
    wanted = {"x": ["−2", "∂ −4"], "y": ["5", "∂ −4"], "z": ["−4", "∂ 3"]}
    assert boxes(page) == {**wanted, "q": ["3", "∂ −4"], "f": ["−12", "∂ 1"]}
    assert says(page).startswith("Back through q = x + y")
    assert not is_done(page)
    assert_lists_show_their_names(page)


def test_the_step_slider_walks_through_both_passes(show):
    page = show()
    slide(page, "Step", "Home")
    starts = ["The inputs have values", "Forward: q = x + y", "Forward: f = q · z"]
    starts += ["Forward is done", "Back through f", "Back through q"]
    known = [3, 4, 5, 6, 8, 10]  # numbers in the boxes
    for start, count in zip(starts, known, strict=True):
        assert says(page).startswith(start)
        assert sum(map(len, boxes(page).values())) == count
        slide(page, "Step", "ArrowRight")
    assert says(page).startswith(starts[-1])
    slide(page, "Step", "ArrowLeft")
    assert boxes(page)["x"] == ["−2"]


# Of each edge, where its line begins and where its tip is, in pixels from left to right, and its
# looks; and how far the number of its share lies below its middle.
_EDGES = """() => [...document.querySelectorAll(".book-wide > g")]
    .filter((node) => node.querySelector("line")).map((node) => {
        const [line, tip] = [node.querySelector("line"), node.querySelector("polygon")];
        const [{ x: end }, { x: base }] = tip.points;
        const share = node.nextElementSibling;
        const middle = (line.y1.baseVal.value + line.y2.baseVal.value) / 2;
        const low = share.matches(".book-share") ? share.y.baseVal[0].value - middle : null;
        const look = [...line.classList].filter((name) => name !== "book-edge");
        return [node.dataset.about, { start: line.x1.baseVal.value, base, end, look, low }];
    })"""


def test_edges_point_where_numbers_go_and_boxes_are_lit_when_they_are_known(show):
    page = show(step=1)
    lit = "(all) => all.map((node) => node.parentNode.dataset.name)"

    def named(look):
        return set(page.locator(f".book-wide rect.book-{look}").evaluate_all(lit))

    assert page.locator(".book-wide").get_attribute("aria-label") == "The graph of f = (x + y) · z"
    assert (named("known"), named("now")) == ({"x", "y", "z", "q"}, {"q"})
    edges = dict(page.evaluate(_EDGES))
    assert {name: edge["look"] for name, edge in edges.items()} == {
        **dict.fromkeys(("x q", "y q"), ["book-done", "book-now"]),
        **dict.fromkeys(("q f", "z f"), ["book-idle"]),
    }
    assert all(edge["start"] < edge["base"] < edge["end"] for edge in edges.values())
    slide(page, "Step", "End")
    assert named("now") == {"q", "x", "y"}
    edges = dict(page.evaluate(_EDGES))
    assert edges["q f"]["look"] == ["book-back"]
    assert edges["x q"]["look"] == ["book-back", "book-now"]
    assert all(edge["start"] > edge["base"] > edge["end"] for edge in edges.values())


def test_shares_stand_outside_of_a_pair_and_the_legend_has_both_colours(show):
    page = show(graph="shared")
    seen = {}
    for name, edge in page.evaluate(_EDGES):
        into = seen.setdefault(name.split()[1], [])
        if edge["low"] is not None:
            assert (edge["low"] > 0) == (len(into) > 0)  # the second is the lower one
        into.append(name)
    assert max(map(len, seen.values())) == 2
    entries = page.locator(".book-legend span").evaluate_all(
        "(all) => all.map((node) => [node.className, node.textContent])"
    )
    assert entries == [
        ["book-line-value", "value, forward"],
        ["book-line-gradient", "∂ gradient of f, backward"],
    ]


def test_max_lights_the_routed_path_and_follows_the_larger_input(show):
    page = show(graph="gates")
    closed = page.locator(".book-wide line.book-closed")
    low = float(closed.get_attribute("y1"))
    style = "(node) => getComputedStyle(node).strokeDasharray"
    assert closed.evaluate(style) != "none"
    assert (boxes(page)["z"], boxes(page)["w"]) == (["2", "∂ 2"], ["−1", "∂ 0"])
    pick(page, "w")
    slide(page, "w", "End")
    assert float(closed.get_attribute("y1")) < low
    assert (boxes(page)["z"], boxes(page)["w"]) == (["2", "∂ 0"], ["5", "∂ 2"])
    pick(page, "z")
    slide(page, "z", "End")
    assert closed.count() == 0
    assert (boxes(page)["z"], boxes(page)["w"]) == (["5", "∂ 1"], ["5", "∂ 1"])


def test_paths_of_a_variable_are_summed_and_follow_its_slider(show):
    page = show(graph="shared")
    assert boxes(page)["x"] == ["3", "∂ 4"]
    assert page.locator(".book-wide .book-share").all_text_contents() == ["3", "3", "−2"]
    pick(page, "y")
    slide(page, "y", "ArrowRight")
    demo = GraphStepper(graph="shared", inputs=(3, -1.9))
    assert gradients(page) == pytest.approx({name: demo.gradients[name] for name in "xy"})
    assert page.locator(".book-deck output").last.inner_text() == "−1.9"


def test_each_edge_back_bears_its_local_factor(show):
    page = show(step=3)
    factors = page.locator(".book-wide .book-factor")
    assert factors.count() == 0
    slide(page, "Step", "ArrowRight")
    assert factors.all_text_contents() == ["×−4", "×3"]
    slide(page, "Step", "End")
    assert factors.all_text_contents() == ["×1", "×1", "×−4", "×3"]
    choose(page, "gates")
    assert "×0" in factors.all_text_contents()  # what max shuts out


def test_a_press_on_an_input_gives_it_the_slider_and_reset_takes_it_back(show):
    page = show()
    page.locator('.book-wide [data-name="z"]').click()
    frame(page)
    assert page.locator(".book-deck label").last.inner_text() == "z"
    chosen = page.locator(".book-wide .book-chosen")
    assert chosen.count() == 1
    slide(page, "z", "Home")
    assert boxes(page)["z"] == ["−5", "∂ 3"]
    page.get_by_role("button", name="Reset").press("Enter")
    frame(page)
    assert page.locator(".book-deck label").last.inner_text() == "x"
    assert boxes(page)["z"] == ["−4", "∂ 3"]


def test_a_box_that_is_no_input_moves_nothing(show):
    page = show()
    page.locator('.book-wide [data-name="q"]').click()
    frame(page)
    assert page.locator(".book-deck label").last.inner_text() == "x"


def test_the_focus_stays_on_the_input_that_was_chosen(show):
    page = show()
    pick(page, "y")
    assert page.evaluate("document.activeElement.dataset.name") == "y"
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"


def test_merging_keeps_every_number_and_is_only_for_the_neuron(show):
    page = show(graph="neuron")
    open_drawer(page, "More")
    merge = page.get_by_role("checkbox")
    before, lines = boxes(page), gradients(page)
    merge.press("Space")
    after = boxes(page)
    assert set(before) - set(after) == {"n", "e", "d"}
    assert after == {name: before[name] for name in after}
    assert gradients(page) == lines
    assert page.locator(".book-scrub output").inner_text() == "11"
    merge.press("Space")
    assert boxes(page) == before
    choose(page, "gates")
    assert merge.is_disabled()


def test_the_task_is_noticed_at_the_largest_slope(show):
    page = show(graph="neuron")
    assert not is_done(page)
    for _ in range(9):
        slide(page, "w₀", "ArrowRight")
    assert not is_done(page)
    slide(page, "w₀", "ArrowRight")
    assert is_done(page)
    assert boxes(page)["s"] == ["0", "∂ 0.25"]
    assert GraphStepper(graph="neuron", inputs=(3, -1, -3, -2, -3)).gradients["s"] == 0.25


@pytest.mark.parametrize(
    "state",
    [{"graph": "product", "inputs": (0, 0, 0.25)}, {"graph": "shared"}, {"graph": "gates"}],
)
def test_other_graphs_do_not_solve_it(show, state):
    assert not is_done(show(**state))


def test_half_of_the_way_does_not_solve_it(show):
    page = show(graph="neuron", inputs=(3, -1, -3, -2, -3), step=5)
    assert not is_done(page)


def test_a_finger_chooses_an_input_and_moves_it(browser):
    with on_a_phone(browser, GraphStepper()) as page:
        page.locator('.book-narrow [data-name="y"]').tap()
        frame(page)
        slider = page.get_by_role("slider", name="y", exact=True)
        slider.scroll_into_view_if_needed()
        page.touchscreen.tap(*middle(slider))
        assert boxes(page)["y"][0] == "0"


@pytest.fixture
def moving(fresh_page):
    """A page that moves, by a clock that stands still."""
    stop_clock(fresh_page)
    fresh_page.emulate_media(reduced_motion="no-preference")
    return fresh_page


def test_play_walks_to_the_end_and_a_button_stops_it(moving):
    page = moving
    mount(page, GraphStepper(step=0))
    seen = []
    for name, milliseconds in (("Play", 100), (None, 1300), ("Pause", 5000), ("Play", 9000)):
        if name:
            page.get_by_role("button", name=name).press("Enter")
        page.clock.run_for(milliseconds)
        seen.append(page.locator(".book-scrub output").inner_text())
    assert seen == ["1", "2", "2", "5"]
    assert page.get_by_role("button", name="Play").count() == 1


def test_pulses_run_forward_and_home_and_bring_the_numbers(moving):
    page = moving
    mount(page, GraphStepper(step=0))
    opacity = """(look) => document.querySelector(`.book-wide [data-name="q"] .book-line-${look}`)
        .style.opacity"""
    play = page.get_by_role("button", name="Play")
    play.press("Enter")
    page.clock.run_for(60)
    early = page.evaluate(_PULSES, "q")
    assert [kind for kind, _ in early] == ["book-forth"] * 2
    assert page.evaluate(opacity, "value") == "0"
    page.clock.run_for(500)
    late = page.evaluate(_PULSES, "q")
    assert max(far for _, far in late) < min(far for _, far in early)
    page.clock.run_for(500)
    assert page.evaluate(_PULSES, "q") == []
    assert page.evaluate(opacity, "value") == "1"
    page.clock.run_for(1200 * 3 - 800)  # f, the gradient of f, and back through f
    home = page.evaluate(_PULSES, "q")
    assert [kind for kind, _ in home] == ["book-home"] * 2
    page.clock.run_for(500)
    assert page.evaluate(_PULSES, "q")[0][1] < home[0][1]


def test_no_pulse_runs_along_an_edge_that_is_closed(moving):
    page = moving
    mount(page, GraphStepper(graph="gates", step=7))
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(200)
    assert len(page.evaluate(_PULSES, "z")) == 1


def test_a_slider_during_a_pulse_leaves_it_on_its_way(moving):
    page = moving
    mount(page, GraphStepper(step=0))
    page.get_by_role("slider", name="Step").press("ArrowRight")
    page.clock.run_for(300)
    before = page.evaluate(_PULSES, "q")
    page.get_by_role("slider", name="x", exact=True).press("ArrowRight")
    page.clock.run_for(40)
    after = page.evaluate(_PULSES, "q")
    assert len(before) == len(after) == 2
    assert all(b <= a for (_, a), (_, b) in zip(before, after, strict=True))


def test_a_new_graph_shows_its_end(show):
    page = show(step=3)
    choose(page, "shared")
    assert page.locator(".book-scrub output").inner_text() == "7"
    assert boxes(page)["x"] == ["3", "∂ 4"]


def test_pointing_at_a_box_lights_its_edges(show):
    page = show()
    page.locator('.book-wide [data-name="q"]').hover()
    lit = page.locator(".book-wide .book-pointed").evaluate_all(
        "(nodes) => nodes.map((node) => node.dataset.about)"
    )
    assert sorted(lit) == ["q", "q f", "x q", "y q"]


@pytest.mark.parametrize("width", [360, 624, 1200])
def test_no_text_is_wider_than_its_box_and_no_box_lies_on_another(show, width):
    page = show(width=width)
    for state in STATES:
        mount(page, GraphStepper(**state))
        frame(page)
        assert page.evaluate(_BEYOND) == []
        assert page.evaluate(_COLLIDING) == 0


@pytest.mark.parametrize("width", [360, 1200])
def test_the_stage_keeps_its_height_from_step_to_step(show, width):
    page = show(width=width)
    heights = set()
    for name in GRAPHS:
        choose(page, name)
        slide(page, "Step", "Home")
        for _ in range(LAST_STEP):
            heights.add(page.locator(".book-stage").bounding_box()["height"])
            slide(page, "Step", "ArrowRight")
    assert max(heights) - min(heights) <= 12


def test_the_bundle_for_notebooks_follows_the_kernel_and_cleans_up(page):
    demo = GraphStepper()
    in_a_notebook(page, demo)
    page.evaluate("model.change('graph', 'shared')")  # its inputs come a moment later
    assert boxes(page)["x"][0] == "3"
    page.evaluate("() => { model.change('inputs', [0.5, 2]); model.change('step', 7); }")
    assert gradients(page) == {"x": 3, "y": 0.5}
    pick(page, "y")
    slide(page, "y", "Home")
    assert page.evaluate("model.get('inputs')") == [0.5, -5]
    choose(page, "neuron")
    page.evaluate("model.change('graph', 'neuron')")
    frame(page)
    open_drawer(page, "More")
    page.get_by_role("checkbox").press("Space")
    sent = page.evaluate("['graph', 'merged', 'step', 'inputs'].map(model.get)")
    assert sent == ["neuron", True, 11, [2, -1, -3, -2, -3]]
    GraphStepper(**dict(zip(["graph", "merged", "step", "inputs"], sent, strict=True)))
    assert_stops(page, GraphStepper)
