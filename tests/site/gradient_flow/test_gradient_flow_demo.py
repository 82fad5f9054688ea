"""Gradient flow, as a reader meets it in Chromium."""

import math

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer

from utils.widgets.gradient_flow import GradientFlow

FLOOR, TOP = -12, 9  # powers of ten at the lower and the upper edge


@pytest.fixture
def show(page):
    yield from mounting(page, GradientFlow)


def bars(page):
    return page.evaluate(
        "[...document.querySelectorAll('.book-bar')].map((bar) =>"
        " [parseFloat(bar.style.height), bar.className.split(' ')[1].slice(5),"
        " bar.classList.contains('book-cut')])"
    )


def test_each_bar_is_as_high_as_the_logarithm_of_torchs_gradient(show):
    for state in ({}, {"activation": "ReLU", "scale": 3.0}, {"residual": True, "layers": 7}):
        page, norms = show(**state), GradientFlow(**state).norms
        heights = torch.tensor([height for height, *_ in bars(page)], dtype=torch.float64)
        shares = (norms.log10().clamp(FLOOR, TOP) - FLOOR) / (TOP - FLOOR)
        assert heights == pytest.approx(100 * shares, abs=1e-3)
        cut = [is_cut for *_, is_cut in bars(page)]
        assert cut == ((norms < 10.0**FLOOR) | (norms > 10.0**TOP)).tolist()


def test_looks_say_where_a_bar_ends(show):
    page, norms = show(), GradientFlow().norms
    looks = [look for _, look, _ in bars(page)]
    assert {"lost", "weak", "fine"} == set(looks)
    for look, norm in zip(looks, norms, strict=True):
        assert (look == "lost") == (norm.half() == 0)
        assert (look == "fine") == (1e-6 <= norm <= 1e3)
    page = show(activation="ReLU", scale=8.0)
    assert bars(page)[0][1] == "over" and bars(page)[-1][1] == "fine"


def test_the_sentence_has_the_size_and_the_factor(show):
    demo = GradientFlow()
    exponent = math.floor(math.log10(demo.norms[0]))
    digits = f"{demo.norms[0] / 10**exponent:.1f}"
    assert exponent == -10
    said = read(show(), ".book-says")
    assert said == (
        f"Of 1 at the top, {digits} · 10⁻¹⁰ is left 29 layers below: "
        f"{demo.factor:.2f} a layer. In float16 that is 0."
    )
    said = read(show(layers=2, scale=1.0), ".book-says")
    size = GradientFlow(layers=2, scale=1.0).norms[0]
    assert said == (
        f"Of 1 at the top, {size:.2f} is left one layer below: {size:.2f} a layer. "
        "It stays in the band."
    )
    assert read(show(activation="ReLU", scale=16.0), ".book-says").endswith("that is infinite.")


def test_the_residual_switch_lifts_the_bars(show):
    page = show()
    low = bars(page)[0][0]
    page.get_by_label("Residual").click()
    frame(page)
    assert bars(page)[0][0] > low + 30
    assert "It stays in the band." in read(page, ".book-says")


def test_the_task_wants_large_weights_for_the_sigmoid(show):
    page = show(activation="sigmoid", scale=2.0**1.75)
    assert not is_done(page)
    page.get_by_label("Weights ×").press("ArrowRight")
    frame(page)
    assert is_done(page)
    assert (GradientFlow(activation="sigmoid", scale=4.0).norms >= 1e-6).all()
    assert not (GradientFlow(activation="sigmoid", scale=2.0**1.75).norms >= 1e-6).all()
    for other in ({"residual": True}, {"activation": "tanh", "scale": 1.0}):
        assert not is_done(show(**{"activation": "sigmoid", **other}))


def test_play_makes_the_weights_larger_and_starts_again_small(fresh_page):
    stop_clock(fresh_page)
    for demo in mounting(fresh_page, GradientFlow):
        view = demo(scale=8.0)
        play = view.get_by_role("button", name="Play")
        play.press("Enter")
        view.clock.run_for(3000)
        weights = view.get_by_label("Weights ×")
        assert weights.input_value() == "4"
        assert weights.get_attribute("aria-valuetext") == "16"
        play.press("Enter")
        view.clock.run_for(50)
        assert weights.input_value() == "-2"


def test_the_number_of_layers_waits_under_more(show):
    page = show()
    open_drawer(page, "More")
    page.get_by_label("Layers").fill("12")
    frame(page)
    assert len(bars(page)) == 12
    assert read(page, ".book-axis span:last-child") == "layer 12"


def test_reset_brings_back_the_opening_state(show):
    page = show()
    first = bars(page)
    page.get_by_label("Activation").select_option("ReLU")
    frame(page)
    assert bars(page) != first
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert bars(page) == first


def test_the_shown_lines_give_the_same_norm(show):
    for state in ({}, {"activation": "sigmoid", "residual": True}, {"activation": "ReLU"}):
        page, names = show(**state), {"torch": torch}
        lines = page.locator("code").text_content()
        exec(lines, names)
        found = names["found"][0].norm().item()
        assert found == pytest.approx(GradientFlow(**state).norms[0].item(), rel=1e-9)
        assert found == pytest.approx(float(lines.rpartition("# ")[2]), rel=1e-3)
