"""Whitening, as a reader meets it in Chromium."""

import pytest
import torch
from demo_input import tab_order
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done

from utils.checks import assert_same
from utils.widgets.whitening import WAYS, Whitening


@pytest.fixture
def show(page):
    yield from mounting(page, Whitening)


def pressed(page):
    return page.locator(".book-way[aria-pressed=true] span").first.inner_text()


def numbers(page):
    """The words of the three buttons: name, condition number, steps."""
    return [text.split("\n") for text in page.locator(".book-way").all_inner_texts()]


def points(page, look, panel):
    found = page.locator(".book-window").nth(panel).locator(f".book-{look}").first
    flat = [float(number) for number in found.get_attribute("points").split()]
    return [(x - 180, 146 - y) for x, y in zip(flat[::2], flat[1::2], strict=True)]


def test_the_buttons_say_what_torch_says(show):
    for state in ({}, {"scale": 6.0, "correlation": -0.95}, {"scale": 1.0, "correlation": 0.0}):
        found = numbers(show(**state))
        for (name, kappa, steps), way in zip(found, WAYS, strict=True):
            demo = Whitening(**state, columns=way)
            assert name.endswith(way)
            assert abs(float(kappa.removeprefix("κ = ")) - demo.condition) <= 0.5
            assert steps == f"{demo.steps} step{'s' if demo.steps > 1 else ''}"


def test_the_pictures_show_data_contours_and_walk(show):
    for way in WAYS:
        page, demo = show(columns=way), Whitening(columns=way)
        frame(page)
        trail = torch.tensor(points(page, "trail", 1), dtype=torch.float64)
        unit = (demo.path[0] @ trail[0]) / (trail[0] @ trail[0])
        assert_same(trail * unit, demo.path, atol=1e-4)
        dots = page.locator(".book-sample")
        drawn = torch.tensor(
            [[float(dot.get_attribute(name)) for name in ("cx", "cy")] for dot in dots.all()]
        ).double()
        drawn = (drawn - torch.tensor([180, 146])) * torch.tensor([1, -1])
        unit = (demo.data * drawn).sum() / (drawn * drawn).sum()
        assert_same(drawn * unit, demo.data, atol=1e-3)
        spread = torch.tensor(points(page, "spread", 0)).double() * unit
        heights = torch.einsum("pi,ij,pj->p", spread, torch.linalg.inv(demo.hessian), spread)
        assert_same(heights, torch.full_like(heights, 4), rtol=1e-3)
        assert page.locator(".book-ring").count() == 13


def test_a_button_chooses_the_way(show):
    page = show()
    assert pressed(page) == "as measured"
    page.get_by_role("button", name="standardised").click()
    frame(page)
    assert pressed(page) == "standardised"
    says = read(page, ".book-says")
    assert says.startswith("Standardised:") and "κ = 9," in says and "80 %" in says
    page.get_by_role("button", name="white").press("Enter")
    frame(page)
    assert "One step arrives" in read(page, ".book-says")


def test_the_sliders_move_both_features(show):
    page = show(scale=4.0, correlation=0.8)
    page.get_by_label("Scale of x₁").press("ArrowRight")
    page.get_by_label("Correlation").press("ArrowLeft")
    frame(page)
    wanted = Whitening(scale=4.5, correlation=0.75)
    assert numbers(page)[0][2] == f"{wanted.steps} steps"


def test_the_task_asks_for_equal_scales_and_much_correlation(show):
    for state in ({}, {"scale": 1.0}, {"scale": 1.5, "correlation": 0.95}):
        page = show(**state)
        assert not is_done(page)
    page = show(scale=1.0, correlation=-0.85)
    page.get_by_label("Correlation").press("ArrowLeft")
    frame(page)
    assert is_done(page)


def test_play_goes_from_measured_to_white_and_begins_anew(fresh_page):
    stop_clock(fresh_page)
    for demo in mounting(fresh_page, Whitening):
        page = demo()
        frame(page)
        page.get_by_role("button", name="Play").press("Enter")
        page.clock.run_for(6000)
        assert pressed(page) == "white"
        page.get_by_role("button", name="Play").press("Enter")
        page.clock.run_for(60)
        assert pressed(page) == "as measured"


def test_the_picture_morphs_from_one_way_to_the_next(fresh_page):
    fresh_page.emulate_media(reduced_motion="no-preference")
    stop_clock(fresh_page)
    for demo in mounting(fresh_page, Whitening):
        page = demo(columns="standardised")
        frame(page)
        before = points(page, "trail", 1)[0]
        page.get_by_role("button", name="white").press("Enter")
        page.clock.run_for(600)
        between = points(page, "trail", 1)[0]
        page.clock.run_for(1500)
        after = points(page, "trail", 1)[0]
        angles = [x / y for x, y in (before, between, after)]
        assert sorted(angles) in (angles, angles[::-1])
        assert len({round(angle, 3) for angle in angles}) == 3


def test_tab_reaches_everything_in_order(show):
    names = tab_order(show())
    assert [name.split()[0] for name in names[:3]] == ["as", "standardised", "white"]
    assert names[3:7] == ["Play", "Reset", "Scale of x₁", "Correlation"]
