"""Signal depth, as a reader meets it in Chromium."""

import math
import re

import pytest
import torch
from demo_input import tab_order
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done

from utils.widgets.signal_depth import SignalDepth

RANGES = {"tanh": (-2, 2), "ReLU": (-2, 5), "linear": (-4, 4)}
BINS = 96
HE = 2**0.5


@pytest.fixture
def show(page):
    yield from mounting(page, SignalDepth)


def ridge(page, layer):
    """The heights of a ridge above its floor, as squares: shares of the numbers."""
    path = page.locator(".book-area").nth(layer).get_attribute("d")
    points = torch.tensor([float(part) for part in re.findall(r"-?[\d.]+", path)])
    ups = points.reshape(-1, 2)[:, 1].double()
    return ((ups[0] - ups[1:-1]) / 330).square()


def bars(page):
    return page.locator("rect").evaluate_all(
        "(all) => all.map(({ x, width }) => [x.baseVal.value, width.baseVal.value])"
    )


def test_the_sentence_says_what_layer_30_puts_out(show):
    page = show()
    last = SignalDepth().sizes[-1].item()
    assert read(page, ".book-says") == (
        f"Layer 30 puts out numbers of size {last:.2f}; in went numbers of size 1."
    )
    demo = SignalDepth(scale=4)
    share = round(100 * (demo.signals[-1].abs() > 0.95).double().mean().item())
    said = read(show(scale=4), ".book-says")
    assert f"; {share} % of them lie where tanh is flat" in said
    demo = SignalDepth(function="linear", scale=0.25)
    factor = demo.sizes[-1].item() ** (1 / 30)
    said = read(show(function="linear", scale=0.25), ".book-says")
    assert said.endswith(f": a factor of about {factor:.2f} in each layer.")
    exponent = math.floor(math.log10(demo.sizes[-1].item()))
    raised = "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(-exponent))
    assert f"· 10⁻{raised}:" in said


def test_ridges_are_histograms_of_the_layers(show):
    for state in ({}, {"function": "ReLU", "scale": 1.2}, {"function": "linear", "scale": 0.8}):
        page = show(**state)
        demo = SignalDepth(**state)
        low, high = RANGES[demo.function]
        assert page.locator(".book-area").count() == 31
        for layer in (0, 1, 15, 30):
            values = demo.signals[layer]
            near = (values > low + 0.2) & (values < high - 0.2)
            total = near.double().mean().item()
            assert total - 0.01 < ridge(page, layer).sum() < 1.01
            middles = torch.linspace(low, high, 2 * BINS + 1)[1::2].double()
            shares = ridge(page, layer) / ridge(page, layer).sum()
            inside = values[(values > low) & (values < high)]
            assert (shares * middles).sum() == pytest.approx(inside.mean().item(), abs=0.05)


def test_bars_reach_from_one_to_the_size(show):
    state = {"function": "linear", "scale": 1.2}
    sizes = SignalDepth(**state).sizes
    for (x, width), size in zip(bars(show(**state)), sizes, strict=True):
        exponent = math.log10(size.item())
        assert width == pytest.approx(max(6, abs(exponent) * 100), abs=0.2)
        assert x == pytest.approx(500 + min(exponent, 0) * 100, abs=0.2)
    # Sizes beyond the picture end at its border.
    (*_, (x, width)) = bars(show(function="linear", scale=4))
    assert (x, width) == (500, 500)
    (*_, (x, width)) = bars(show(function="linear", scale=0.25))
    assert (x, width) == (0, 500)


def test_a_bar_stands_on_the_floor_of_its_ridge(show):
    page = show()
    floors = page.locator(".book-area").evaluate_all(
        "(all) => all.map((path) => Number(path.getAttribute('d').split(/[ L]/)[1]))"
    )
    lows = page.locator("rect").evaluate_all(
        "(all) => all.map(({ y, height }) => y.baseVal.value + height.baseVal.value)"
    )
    assert lows == pytest.approx(floors, abs=0.01)
    assert floors == sorted(floors) and len(floors) == 31


def test_colours_tell_fading_from_saturation(show):
    def tone(page, layer, name):
        node = page.locator("g[data-about]").nth(layer)
        return float(node.evaluate(f"(node) => node.style.getPropertyValue('--{name}')")[:-1])

    page = show(scale=4)
    assert tone(page, 30, "hot") == 100 and tone(page, 0, "hot") == 0
    page = show(function="ReLU", scale=0.5)
    assert tone(page, 30, "cold") == 100 and tone(page, 30, "hot") == 0
    page = show(function="ReLU", scale=HE)
    assert tone(page, 30, "cold") < 15 and tone(page, 30, "hot") < 15


def test_a_ridge_and_its_bar_light_up_together(show):
    page = show()
    page.locator("rect").nth(12).hover()
    assert page.locator(".book-pointed").count() == 2
    assert page.locator("g.book-pointed").get_attribute("data-about") == "layer-12"
    size = SignalDepth().sizes[12].item()
    assert page.locator("g.book-pointed title").text_content() == f"layer 12: size {size:.2f}"


def test_marks_stand_where_the_thumb_stands(show):
    page = show(function="ReLU", scale=HE)
    track = page.get_by_label("Weights").bounding_box()
    for name, place in (("Xavier", 0.5), ("He", 0.625)):
        box = page.locator(f".book-mark-{name}").bounding_box()
        line = box["x"] + (box["width"] - 1 if name == "Xavier" else 1)
        assert line == pytest.approx(track["x"] + 8 + place * (track["width"] - 16), abs=2)


def test_the_task_asks_for_the_size_of_he(show):
    page = show(function="ReLU", scale=2**0.375)
    assert not is_done(page)
    page.get_by_label("Weights").press("ArrowRight")
    frame(page)
    assert is_done(page)
    assert 0.5 <= SignalDepth(function="ReLU", scale=HE).sizes[-1] <= 2
    page.get_by_label("Weights").press("ArrowRight")
    frame(page)
    assert "makes up for" not in read(page, ".book-task")
    page = show(function="linear", scale=1)
    assert not is_done(page)  # the right size, and another function


def test_a_scale_between_the_stops_is_shown_as_it_is(show):
    page = show(scale=1.5)
    assert page.get_by_label("Weights").get_attribute("aria-valuetext") == "1.5/√n"
    page.get_by_label("Weights").press("ArrowLeft")
    frame(page)
    assert page.get_by_label("Weights").get_attribute("aria-valuetext") == "1.41/√n"


def test_play_makes_the_weights_larger_and_begins_anew_with_the_smallest(fresh_page):
    stop_clock(fresh_page)
    for demo in mounting(fresh_page, SignalDepth):
        view = demo(function="linear", scale=3.0)
        frame(view)
        weights, play = view.get_by_label("Weights"), view.get_by_role("button", name="Play")
        play.press("Enter")
        view.clock.run_for(100)
        assert weights.input_value() == "1.625"  # the next stop above 3
        view.clock.run_for(3000)
        assert weights.input_value() == "2"
        play.press("Enter")
        view.clock.run_for(50)
        assert weights.input_value() == "-2"


def test_the_shown_lines_give_the_same_size(show):
    states = [{"function": name, "scale": scale} for name in RANGES for scale in (0.5, 1, HE)]
    for state in states:
        page = show(**state)
        lines = page.locator("code").text_content()
        names = {}
        *body, last = lines.splitlines()
        exec("\n".join(body), names)
        found = eval(last, names).item()
        assert found == pytest.approx(SignalDepth(**state).sizes[-1].item(), rel=1e-5)
        assert found == pytest.approx(float(last.rpartition("# ")[2]), rel=1e-3)


def test_tab_reaches_everything_in_order(show):
    assert tab_order(show())[:4] == ["Play", "Reset", "Function", "Weights"]
