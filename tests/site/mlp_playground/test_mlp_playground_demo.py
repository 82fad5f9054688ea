"""The playground as a reader meets it, in Chromium."""

import math
import re

import pytest
import torch
import torch.nn.functional as F
from demo_input import press, tab_order
from demo_page import frame, nothing_wrong, read
from demo_stage import is_done, open_drawer
from mlp_playground_states import STATES
from module_page import mount

from utils.widgets.mlp_playground import MlpPlayground
from utils.widgets.mlp_playground.data import BOUND

DEEP = {"preset": "spirals", "width": 6, "depth": 3, "activation": "tanh", "steps": 150}

# The colours of the ground under boxes, at shares of each box from its upper left.
_COLOURS = """(root, [selector, places]) => {
    const canvas = root.querySelector("canvas");
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const brush = copy.getContext("2d", { willReadFrequently: true });
    brush.drawImage(canvas, 0, 0);
    return [...root.querySelectorAll(selector)].map((box) => {
        const [x, y, side] = ["x", "y", "width"].map((name) => Number(box.getAttribute(name)));
        return places.map(([a, b]) => [
            ...brush.getImageData(Math.round(x + a * side), Math.round(y + b * side), 1, 1).data,
        ]);
    });
}"""
_FRAME = """(frame) =>
    ["x", "y", "width"].map((name) => Number(frame.getAttribute(name)))"""


@pytest.fixture
def show(page):
    """Show the playground in a window of so many pixels; its own ``width`` counts units."""

    def shown(*, window=800, **state):
        page.set_viewport_size({"width": window, "height": 900})
        mount(page, MlpPlayground(**state))
        frame(page)
        return page

    with nothing_wrong(page):
        yield shown


def picked(page, label, value):
    page.get_by_role("combobox", name=label).select_option(value)
    frame(page)


def slid(page, label, key):
    page.get_by_role("slider", name=label).press(key)
    frame(page)


def numbers(page):
    """Epoch, loss and count of right points, as the sentence says them."""
    found = re.match(r"Epoch (\d+): loss ([\d.]+|below 0.001), (\d+) of", read(page, ".book-says"))
    loss = 0.001 if found[2].startswith("below") else float(found[2])
    return int(found[1]), loss, int(found[3])


def assert_says(page, demo):
    logits = demo.model()(demo.points).squeeze(1)
    count = ((logits > 0) == (demo.labels == 1)).sum().item()
    loss = F.binary_cross_entropy_with_logits(logits, demo.labels.double()).item()
    steps, said, right = numbers(page)
    assert (steps, right) == (demo.steps, count)
    if loss < 0.001:
        assert said == 0.001
    else:
        assert said == pytest.approx(loss, abs=0.0051 if loss >= 0.1 else 0.00051)


def drawn_places(page, selector):
    """The corners of each path with this selector, as places of the plane; "" gives none."""
    x, y, side = page.locator(".book-frame").evaluate(_FRAME)
    paths = page.locator(selector).evaluate_all(
        "(all) => all.filter((node) => node.checkVisibility()).map((one) => one.getAttribute('d'))"
    )
    scale = 2 * BOUND / side
    return [
        [
            ((float(a) - x) * scale - BOUND, BOUND - (float(b) - y) * scale)
            for a, b in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", path)
        ]
        for path in paths
    ]


def test_what_it_says_is_what_torch_computes(show):
    for state in STATES:
        assert_says(show(**state), MlpPlayground(**state))


def test_a_changed_network_is_trained_anew_for_as_many_steps(show):
    page = show(steps=70)
    state = {"steps": 70}
    for change, act in (
        ({"preset": "two moons"}, lambda: picked(page, "Data", "two moons")),
        ({"activation": "tanh"}, lambda: picked(page, "Activation", "tanh")),
        ({"width": 5}, lambda: slid(page, "Width", "ArrowRight")),
        ({}, lambda: open_drawer(page, "More")),
        ({"depth": 2}, lambda: slid(page, "Hidden layers", "ArrowRight")),
        ({"seed": 12}, lambda: slid(page, "Seed", "ArrowRight")),
        ({"lr": 0.05}, lambda: slid(page, "Learning rate", "ArrowRight")),
    ):
        act()
        state |= change
        assert_says(page, MlpPlayground(**state))


def test_play_goes_on_from_what_is_seen_and_ends_after_a_thousand_steps(show):
    page = show(steps=985)
    page.get_by_role("button", name="Play").click()
    page.get_by_text("Pause").wait_for(state="detached")
    assert numbers(page)[0] == 1000
    assert page.get_by_role("button", name="Play").count() == 1
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").click()
    assert numbers(page)[0] < 500


def test_for_who_wants_motion_a_changed_network_trains_in_sight(show):
    page = show(steps=400)
    page.emulate_media(reduced_motion="no-preference")
    seen = page.evaluate("""async () => {
        const control = document.querySelector(".book-deck input[type=range]");
        control.value = 6;
        control.dispatchEvent(new Event("input"));
        const heard = [];
        for (let n = 0; n < 60; n++) {
            await new Promise(requestAnimationFrame);
            heard.push(Number(document.querySelector(".book-says").innerText.match(/\\d+/)[0]));
        }
        return heard;
    }""")
    epochs = list(dict.fromkeys(seen))
    assert epochs == [400, *range(20, 401, 20)][: len(epochs)] or epochs[-1] == 400
    assert len(epochs) > 10
    assert_says(page, MlpPlayground(width=6, steps=400))


def test_a_dashed_line_is_where_the_sum_of_a_hidden_unit_is_zero(show):
    for state in ({}, DEEP):
        page = show(**state)
        layer = MlpPlayground(**state).model()[0]
        lines = drawn_places(page, ".book-line")
        assert len(lines) == layer.out_features
        tips = drawn_places(page, ".book-tip")
        pairs = zip(layer.weight.tolist(), layer.bias.tolist(), lines, tips, strict=True)
        for weight, bias, line, tip in pairs:
            sums = [weight[0] * x + weight[1] * y + bias for x, y in (*line, *tip)]
            assert sums[:4] == pytest.approx([0] * 4, abs=0.01 * math.hypot(*weight))
            assert sums[4] > 0.07 * math.hypot(*weight)


def test_without_an_activation_no_line_is_drawn_and_the_border_is_straight(show):
    page = show(preset="two moons", activation="none", depth=3, steps=100)
    assert page.locator(".book-line:visible, .book-tip:visible").count() == 0
    assert read(page, ".book-says").endswith("the border is straight.")
    (border,) = drawn_places(page, ".book-border")
    points = torch.tensor(border, dtype=torch.float64)
    assert len(points) > 20
    assert torch.linalg.svdvals(points - points.mean(0))[1] < 0.05


def test_the_border_is_where_the_logit_is_zero(show):
    for state in ({"activation": "tanh"}, DEEP):
        (border,) = drawn_places(show(**state), ".book-border")
        places = torch.tensor(border, dtype=torch.float64)
        assert len(places) > 100
        assert MlpPlayground(**state).model()(places).sigmoid().sub(0.5).abs().max() < 0.1


def test_the_ground_is_blue_for_class_1_and_orange_for_class_0(show):
    shares = [(a / 10, b / 10) for a in range(1, 10) for b in range(1, 10)]
    places = [(BOUND * (2 * a - 1), BOUND * (1 - 2 * b)) for a, b in shares]
    for state in ({}, DEEP):
        page = show(**state)
        net = MlpPlayground(**state).model()
        logits = net(torch.tensor(places, dtype=torch.float64)).squeeze(1).tolist()
        (colours,) = page.locator(".book-picture").evaluate(_COLOURS, [".book-frame", shares])
        counts = {True: 0, False: 0}
        for logit, (red, _, blue, _) in zip(logits, colours, strict=True):
            if abs(logit) > 0.5:
                counts[logit > 0] += 1
                assert (blue > red) == (logit > 0)
        assert min(counts.values()) > 10


def test_a_little_map_shows_where_its_unit_is_positive_and_negative(show):
    page = show(**DEEP)
    shares = [(a / 6, b / 6) for a in range(1, 6) for b in range(1, 6)]
    places = [(BOUND * (2 * a - 1), BOUND * (1 - 2 * b)) for a, b in shares]
    hidden = torch.tensor(places, dtype=torch.float64)
    values = [hidden]
    for part in MlpPlayground(**DEEP).model()[:-1]:
        hidden = part(hidden)
        if isinstance(part, torch.nn.Tanh):
            values.append(hidden)
    units = torch.cat(values, dim=1).T.tolist()
    maps = page.locator(".book-picture").evaluate(_COLOURS, [".book-unit", shares])
    count = 0
    for unit, colours in zip(units, maps, strict=True):
        for value, (red, _, blue, _) in zip(unit, colours, strict=True):
            if abs(value) > 0.6:
                count += 1
                assert (blue > red) == (value > 0)
    assert count > 200


def test_the_colours_follow_the_theme(show):
    page = show()
    picture = page.locator(".book-picture")
    light = picture.evaluate(_COLOURS, [".book-frame", [(0.9, 0.9)]])
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    frame(page)
    assert picture.evaluate(_COLOURS, [".book-frame", [(0.9, 0.9)]]) != light


def test_an_edge_is_as_wide_as_its_weight_is_large_and_dashed_if_it_is_negative(show):
    for state in ({}, DEEP):
        page = show(**state)
        weights = torch.cat(
            [
                part.flatten()
                for part in MlpPlayground(**state).model().parameters()
                if part.ndim == 2
            ]
        ).tolist()
        edges = page.locator(".book-edge").evaluate_all(
            "(all) => all.map((node) => [Number(node.getAttribute('stroke-width')),"
            " getComputedStyle(node).strokeDasharray !== 'none'])"
        )
        assert [is_dashed for _, is_dashed in edges] == [weight < 0 for weight in weights]
        for (wide, _), weight in zip(edges, weights, strict=True):
            assert wide == pytest.approx(min(7, 0.4 + 1.3 * abs(weight)), abs=0.006)


def test_wrong_points_have_a_ring_and_the_classes_have_signs_of_their_own(show):
    page = show(preset="rings", steps=30)
    demo = MlpPlayground(preset="rings", steps=30)
    points = page.locator("g:has(> .book-point)")
    classes = points.evaluate_all(
        "(all) => all.map((node) => Number(node.querySelector('rect') !== null))"
    )
    assert classes == demo.labels.tolist()
    rings = page.locator(".book-ring").evaluate_all(
        "(all) => all.map((node) => node.checkVisibility())"
    )
    right = (demo.model()(demo.points).squeeze(1) > 0) == (demo.labels == 1)
    assert rings == (~right).tolist()
    assert 0 < sum(rings) < len(rings)


def test_dead_units_are_named_and_their_frames_are_dotted(show):
    page = show(seed=0, steps=100)
    assert "Of 4 hidden units, 2 are dead: they give 0 at all points." in read(page, ".book-says")
    net, points = MlpPlayground(seed=0, steps=100).model(), MlpPlayground().points
    dead = (net[:2](points) == 0).all(0).tolist()
    units = page.locator(".book-unit").evaluate_all(
        "(all) => all.slice(2).map((node) => node.classList.contains('book-dead'))"
    )
    assert units == dead
    assert sum(dead) == 2


def test_it_says_what_else_is_worth_a_remark(show):
    page = show(steps=200)
    assert read(page, ".book-says").endswith("The border bends where it meets a unit's line.")
    page = show(width=2, activation="tanh", lr=0.1, seed=0, steps=400)
    assert "stuck: another seed" in read(page, ".book-says")
    page = show()
    assert read(page, ".book-says").endswith("Dashed: a hidden unit's sum is 0.")


def test_the_curve_ends_at_the_loss_of_the_last_step(show):
    page = show(steps=60)
    x, floor, length = page.locator(".book-floor").evaluate(
        "(node) => [node.x1, node.y1, node.x2].map(({ baseVal }) => baseVal.value)"
    )
    rule = page.locator(".book-rule").evaluate("(node) => node.y1.baseVal.value")
    across, down = page.locator(".book-now").evaluate(
        "(node) => [node.cx.baseVal.value, node.cy.baseVal.value]"
    )
    assert across == pytest.approx(x + 0.6 * (length - x), abs=0.1)
    share = (floor - down) / (floor - rule)  # of the loss of guessing
    assert share == pytest.approx(MlpPlayground(steps=60).loss / math.log(2), abs=0.02)


def test_pointing_at_a_unit_lights_up_its_line_and_its_edges(show):
    page = show()
    page.locator(".book-unit").nth(3).hover()
    frame(page)
    assert page.locator(".book-unit.book-pointed").count() == 1
    assert page.locator("g.book-pointed:has(> .book-line)").count() == 1
    assert page.locator(".book-edge.book-pointed").count() == 3
    lit = page.locator("g:has(> .book-line)").evaluate_all(
        "(all) => all.map((node) => node.classList.contains('book-pointed'))"
    )
    assert lit == [False, True, False, False]


def test_the_task_asks_for_both_halves_and_reset_takes_it_back(show):
    page = show(lr=0.1, seed=1, steps=200)
    slid(page, "Width", "ArrowLeft")
    slid(page, "Width", "ArrowLeft")
    assert numbers(page)[2] == 80
    assert not is_done(page)  # nothing was tried without an activation
    picked(page, "Activation", "none")
    assert not is_done(page)
    picked(page, "Activation", "relu")
    assert is_done(page)
    assert "You did it: two units" in page.inner_text(".book-task")
    press(page, "Reset")
    assert not is_done(page)
    slid(page, "Width", "ArrowLeft")
    slid(page, "Width", "ArrowLeft")
    assert not is_done(page)


def test_three_units_another_pattern_or_a_wrong_point_leave_the_task_open(show):
    page = show(lr=0.1, seed=1, steps=200, width=3, activation="none")
    picked(page, "Activation", "relu")
    assert (numbers(page)[2], is_done(page)) == (80, False)
    slid(page, "Width", "ArrowLeft")
    assert is_done(page)
    page = show(lr=0.1, seed=0, steps=200, width=2, activation="none")
    picked(page, "Activation", "relu")
    assert numbers(page)[2] < 80
    assert not is_done(page)
    page = show(preset="rings", steps=200, width=2, activation="none")
    picked(page, "Activation", "tanh")
    picked(page, "Data", "XOR")
    assert not is_done(page)


def test_a_rate_between_two_stops_is_shown_as_it_is(show):
    page = show(lr=0.0123)
    open_drawer(page, "More")
    rate = page.locator(".book-drawer output").nth(1)
    assert rate.inner_text() == "0.0123"
    slid(page, "Learning rate", "ArrowLeft")
    assert rate.inner_text() == "0.005"
    slid(page, "Learning rate", "End")
    assert rate.inner_text() == "0.3"


def test_the_code_gives_the_loss_that_it_names(show, capsys):
    for state in (DEEP, {}, {"activation": "none"}, {"activation": "sigmoid", "lr": 0.0123}):
        code = show(**state).locator("pre").text_content()
        exec(code, {})
        printed = float(capsys.readouterr().out)
        named = float(re.search(r"# ([\d.e-]+)$", code)[1])
        assert printed == pytest.approx(named, rel=1e-3)
        assert printed == pytest.approx(MlpPlayground(**state).loss, rel=1e-9)


def test_the_keyboard_goes_from_play_to_the_drawers(show):
    page = show()
    page.eval_on_selector_all("details", "(all) => all.forEach((each) => { each.open = true; })")
    in_sight = ["Play", "Reset", "Data", "Width", "Activation"]
    more = ["More", "Hidden layers", "Learning rate", "Seed"]
    assert tab_order(page) == [*in_sight, *more, "The same in torch", "Copy"]


@pytest.mark.parametrize("window", [360, 624, 800])
def test_it_is_as_tall_in_each_state(show, window):
    tall = {
        round(show(window=window, **state).locator(".book-stage").bounding_box()["height"])
        for state in (*STATES, DEEP, {"seed": 0, "steps": 100})
    }
    assert max(tall) - min(tall) <= 1, tall
