"""Activation curves, as a reader meets them in Chromium."""

import math

import pytest
import torch
import torch.nn.functional as F
from demo_input import drag, middle, tab_order
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done

from utils.widgets.activation_curves import RAMPS, STEPS, ActivationCurves

PER_UNIT = (340 / 6.8, 254 / 3.5)  # pixels of the left plane, and where its 0 lies
ZERO = (170.0, 254 * 2.15 / 3.5)
DECADE = 254 / 15.5  # pixels of a power of ten in the right plane


@pytest.fixture
def show(page):
    yield from mounting(page, ActivationCurves)


def points(page, look):
    text = page.locator(f".book-mark.book-{look}").first.get_attribute("points").split()
    return torch.tensor(list(map(float, text)), dtype=torch.float64).reshape(-1, 2)


def places(page, look):
    zero, unit = (torch.tensor(pair, dtype=torch.float64) for pair in (ZERO, PER_UNIT))
    return (points(page, look) - zero) / unit * torch.tensor([1.0, -1], dtype=torch.float64)


def test_the_sentence_says_what_is_left(show):
    page = show()
    assert read(page, ".book-says") == (
        "Of the gradient, 0.20 × 0.22 × … = 5.5 · 10⁻⁶ is left after 8 layers: it vanishes."
    )
    demo = ActivationCurves()
    assert demo.slopes[:2].tolist() == pytest.approx([0.20, 0.22], abs=0.005)
    assert demo.product == pytest.approx(5.5e-6, abs=0.05e-6)
    page = show(function="ReLU", start=-1)
    assert read(page, ".book-says").startswith("Layer 1 is flat where its input lies")
    page = show(function="tanh", start=0, layers=1)
    assert read(page, ".book-says") == (
        "Of the gradient, 1.00 is left after one layer: it stays in sight."
    )
    page = show(scale=16, layers=20)
    assert "× … < 10⁻¹² is left after 20 layers: it vanishes." in read(page, ".book-says")


def test_both_curves_are_drawn_where_torch_has_them(show):
    for function, scale in (("tanh", 2.0), ("GELU", 4.0), ("sigmoid", 0.5)):
        page = show(function=function, scale=scale)
        demo = ActivationCurves(function=function, scale=scale)
        value, slope = places(page, "value"), places(page, "slope")
        x = value[:, 0].clone().requires_grad_()
        out = demo.layer(x)
        (wanted,) = torch.autograd.grad(out.sum(), x)
        assert (value[:, 1] - out.detach()).abs().max() < 1e-9
        assert torch.equal(slope[:, 0], value[:, 0])
        assert (slope[:, 1] - wanted).abs().max() < 1e-9
        tangent = places(page, "tangent")
        rise, run = (tangent[1] - tangent[0]).flip(0).tolist()
        start = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
        (steepness,) = torch.autograd.grad(demo.layer(start), start)
        assert rise / run == pytest.approx(steepness.item())


def test_bars_hang_as_deep_as_the_product_is_small(show):
    demo = ActivationCurves()
    page = show()
    bars = page.locator(".book-mark.book-bar")
    assert bars.count() == demo.layers
    products = demo.slopes.cumprod(0).tolist()
    for index, product in enumerate(products):
        ends = bars.nth(index).get_attribute("points").split()
        top, low = float(ends[1]), float(ends[5])
        assert low - top == pytest.approx(-math.log10(product) * DECADE, abs=1e-6)


def test_the_layers_to_come_stand_as_ghosts(show):
    page = show(function="tanh", scale=2, start=0, layers=7)
    assert page.locator(".book-mark.book-ghost").count() == 20 - 7
    assert page.locator(".book-mark.book-bar").count() == 7
    assert page.locator(".book-words.book-left").text_content() == "128.00"


def test_curves_are_named_where_they_run(show):
    for function, names in (("sigmoid", {"limit"}), ("ReLU", set()), ("GELU", {"limit"})):
        page = show(function=function)
        words = page.locator(".book-words:is(.book-value, .book-slope, .book-limit)")
        assert set(words.all_text_contents()) == {function, "its slope"} | names


def test_a_bar_and_the_dot_of_its_layer_light_up_together(show):
    page = show(layers=4)
    for layer in (1, 2, 4):
        page.locator(".book-mark.book-bar").nth(layer - 1).hover()
        assert page.locator(".book-bar.book-pointed").count() == 1
        (lit,) = page.locator(".book-head.book-pointed").evaluate_all(
            "(all) => all.map(({ cx, cy }) => [cx.baseVal.value, cy.baseVal.value])"
        )
        x, slope = layer_at(layer)
        assert lit == pytest.approx([ZERO[0] + x * PER_UNIT[0], ZERO[1] - slope * PER_UNIT[1]])
    page.get_by_role("button", name="Reset").hover()
    assert page.locator(".book-pointed").count() == 0


def layer_at(number):
    """The input of a layer of the opening demo and its slope there."""
    demo = ActivationCurves(layers=number)
    x = torch.tensor(demo.start, dtype=torch.float64)
    for _ in range(number - 1):
        x = demo.layer(x)
    return x.item(), demo.slopes[-1].item()


def test_bars_tell_zero_and_negative_products(show):
    page = show(function="ReLU", start=-1, layers=5)
    assert page.locator(".book-mark.book-dead").count() == 5
    page = show(function="SiLU", start=-2, layers=5)
    assert page.locator(".book-mark.book-below").count() == 5
    assert page.locator(".book-words.book-left").text_content().startswith("−")


def test_the_dot_is_dragged_and_walks_by_keys(show):
    page = show(function="tanh")
    dot = page.get_by_label("the number that goes in")
    dot.press("ArrowRight")
    frame(page)
    assert dot.get_attribute("aria-valuetext") == "1.05"
    x, y = middle(dot)
    drag(page, (x, y), (x + 900, y - 40))
    frame(page)
    assert dot.get_attribute("aria-valuetext") == "3.00"
    drag(page, middle(dot), (x - 900, y))
    frame(page)
    assert dot.get_attribute("aria-valuetext") == "−3.00"


def test_the_task_wants_a_steep_tanh_at_zero(show):
    page = show(function="tanh", scale=2, start=0.05, layers=7)
    assert not is_done(page)
    page.get_by_label("the number that goes in").press("ArrowLeft")
    frame(page)
    assert is_done(page)  # 2 to the power of 7 is 128
    page.get_by_label("Layers").press("ArrowLeft")
    frame(page)
    assert "explodes" not in read(page, ".book-task")  # 64 is not above 100
    page = show(function="ReLU", scale=2, start=1, layers=20)
    assert not is_done(page)


def test_a_scale_between_the_stops_is_shown_as_it_is(show):
    page = show(scale=5)
    assert page.get_by_label("Scale s").get_attribute("aria-valuetext") == "5"
    page.get_by_label("Scale s").press("ArrowRight")
    frame(page)
    assert page.get_by_label("Scale s").get_attribute("aria-valuetext") == "5.66"


def test_play_adds_layers_and_starts_again_with_one(fresh_page):
    stop_clock(fresh_page)
    for demo in mounting(fresh_page, ActivationCurves):
        view = demo(layers=18)
        play = view.get_by_role("button", name="Play")
        play.press("Enter")
        view.clock.run_for(3000)
        assert view.get_by_label("Layers").input_value() == "20"
        play.press("Enter")
        view.clock.run_for(50)
        assert view.get_by_label("Layers").input_value() == "1"


def test_the_shown_lines_give_the_same_product(show):
    states = [{"function": name, "scale": 1.5, "layers": 4} for name in (*STEPS, *RAMPS)]
    states += [{"scale": 16, "layers": 20}, {"function": "leaky ReLU", "start": -2}]
    for state in states:
        page = show(**state)
        names = {"torch": torch, "F": F}
        lines = page.locator("code").text_content()
        exec(lines, names)
        found, said = names["x"].grad.item(), lines.rpartition("# ")[2]
        assert found == pytest.approx(ActivationCurves(**state).product, rel=1e-9, abs=1e-30)
        if said == "below 1e-12":
            assert 0 < abs(found) < 1e-12
        else:
            assert found == pytest.approx(float(said), rel=1e-3)


def test_tab_reaches_everything_in_order(show):
    page = show()
    assert tab_order(page)[:6] == [
        "the number that goes in",
        "Play",
        "Reset",
        "Function",
        "Scale s",
        "Layers",
    ]
