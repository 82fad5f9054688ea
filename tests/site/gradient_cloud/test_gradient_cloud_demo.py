"""Gradient cloud, as a reader meets it in Chromium."""

import math

import pytest
import torch
from demo_input import tab_order
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done

from utils.widgets.gradient_cloud import GradientCloud

LEFT, TOP, UNIT = -3.2, 2.4, 60  # of the plane, in weights and in pixels of its drawing
ETA = 0.3
POINT = "the point, its w₁"


@pytest.fixture
def show(page):
    yield from mounting(page, GradientCloud)


def places(page, look):
    dots = page.locator(f".book-plane .book-head.book-{look}")
    pairs = dots.evaluate_all("nodes => nodes.map(n => ['cx', 'cy'].map(a => +n.getAttribute(a)))")
    return torch.tensor([[x / UNIT + LEFT, TOP - y / UNIT] for x, y in pairs], dtype=torch.float64)


def line(page, look):
    points = page.locator(f".book-mark.book-{look}").get_attribute("points").split()
    pairs = zip(map(float, points[::2]), map(float, points[1::2]), strict=True)
    return torch.tensor([(x / UNIT + LEFT, TOP - y / UNIT) for x, y in pairs], dtype=torch.float64)


@pytest.mark.parametrize(
    "state", [{}, {"batch_size": 16, "put_back": True}, {"point": (1.5, 2.0), "seed": 7}]
)
def test_the_picture_shows_the_steps_of_the_batches_and_their_ellipse(show, state):
    page, demo = show(**state), GradientCloud(**state)
    frame(page)
    here = torch.tensor(demo.point, dtype=torch.float64)
    dots = places(page, "batch")
    assert torch.allclose(dots, here - ETA * demo.cloud, atol=1e-6)
    fan = line(page, "fan")
    assert torch.allclose(fan[0::2], here.expand(150, 2)) and torch.allclose(fan[1::2], dots)
    away = line(page, "rim") - (here - ETA * demo.gradient)
    inverse = torch.linalg.inv(demo.covariance) / ETA**2
    reach = torch.einsum("ni,ij,nj->n", away, inverse, away).sqrt()
    assert torch.allclose(reach, torch.full_like(reach, 2), atol=1e-4)
    tip = page.locator(".book-head.book-full").get_attribute("points").split()[:2]
    end = torch.tensor([float(tip[0]) / UNIT + LEFT, TOP - float(tip[1]) / UNIT]).double()
    assert torch.allclose(end, here - ETA * demo.gradient, atol=1e-5)


def test_the_contours_lie_around_the_minimum(show):
    page, demo = show(), GradientCloud()
    bands = page.locator(".book-mark.book-band")
    assert bands.count() == 11
    points = list(map(float, bands.last.get_attribute("points").split()))
    middle = torch.tensor(points).double().view(-1, 2)[:-1].mean(0)
    found = torch.stack([middle[0] / UNIT + LEFT, TOP - middle[1] / UNIT])
    assert torch.allclose(found, demo.minimum, atol=1e-5)


def test_the_chart_shows_the_noise_and_the_gradient(show):
    page, demo = show(batch_size=16), GradientCloud(batch_size=16)
    frame(page)
    words = page.locator(".book-chart").first.get_attribute("aria-label")
    length = demo.gradient.norm().item()
    wanted = f"{demo.noise:.2f} at 16; the gradient is {length:.2f} long."
    assert words == f"Noise against batch size: {wanted}"
    chart = page.locator(".book-chart.book-tall")
    heights = {
        value.text_content(): float(value.get_attribute("y"))
        for value in chart.locator(".book-scale").all()[:6]
    }
    one = (heights["8"] - heights["0.25"]) / 5  # pixels for a factor of two
    dot = float(chart.locator(".book-now").get_attribute("cy"))
    assert (dot - heights["0.25"]) / one == pytest.approx(math.log2(demo.noise / 0.25), abs=1e-6)
    _, signal, *_ = map(
        float, chart.locator(".book-signal[points]").get_attribute("points").split()
    )
    assert (signal - heights["0.25"]) / one == pytest.approx(math.log2(length / 0.25), abs=1e-6)
    curve = list(map(float, chart.locator(".book-noise").get_attribute("points").split()))
    drop = (curve[1] - curve[3]) / one  # one part of 20 between two batch sizes
    assert -0.03 < drop / -1 < 0.03 and drop != 0
    assert curve[0] < curve[2]


def test_with_putting_back_the_line_is_straight_and_has_the_slope_one_half(show):
    page = show(put_back=True, batch_size=64)
    frame(page)
    chart = page.locator(".book-chart.book-tall")
    points = list(map(float, chart.locator(".book-noise").get_attribute("points").split()))
    ticks = [float(one.get_attribute("y")) for one in chart.locator(".book-scale").all()[:2]]
    columns = [float(one.get_attribute("x")) for one in chart.locator(".book-scale").all()[6:8]]
    up, across = abs(ticks[0] - ticks[1]), (columns[1] - columns[0]) / 2  # of a factor of two
    slope = ((points[-1] - points[1]) / up) / ((points[-2] - points[0]) / across)
    assert slope == pytest.approx(0.5, abs=1e-3)  # pixels grow downwards


def test_without_putting_back_all_patients_leave_no_noise(show):
    page = show(batch_size=64)
    frame(page)
    dots = places(page, "batch")
    assert (dots - dots[0]).abs().max() < 1e-9
    assert page.locator(".book-now").count() == 0
    page.get_by_label("Put back").check()
    frame(page)
    dots = places(page, "batch")
    assert (dots - dots[0]).abs().max() > 0.1
    assert page.locator(".book-now").count() == 2  # one is for narrow screens


def test_the_slider_changes_the_batch_size_and_the_draw_the_cloud(show):
    page = show()
    size = page.get_by_label("Batch size", exact=True)
    assert size.get_attribute("aria-valuetext") == "4"
    size.press("ArrowRight")
    frame(page)
    assert size.get_attribute("aria-valuetext") == "8"
    assert "A batch of 8 is" in read(page, ".book-says")
    before = places(page, "batch")
    page.locator("summary", has_text="More").click()
    page.get_by_label("Draw", exact=True).press("ArrowRight")
    frame(page)
    wanted = GradientCloud(batch_size=8, seed=1)
    here = torch.tensor(wanted.point, dtype=torch.float64)
    assert torch.allclose(places(page, "batch"), here - ETA * wanted.cloud, atol=1e-6)
    assert not torch.allclose(places(page, "batch"), before)


def test_a_drag_into_the_minimum_does_the_task(show):
    page = show()
    frame(page)
    assert not is_done(page)
    handle = page.get_by_role("slider", name=POINT)
    box, plane = handle.bounding_box(), page.locator(".book-plane").bounding_box()
    scale = plane["width"] / 384
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    end = [(0.45 - LEFT) * UNIT * scale, (TOP - 0.2) * UNIT * scale]
    page.mouse.move(plane["x"] + end[0], plane["y"] + end[1], steps=4)
    page.mouse.up()
    frame(page)
    assert handle.get_attribute("aria-valuetext") == "w₁ 0.45, w₂ 0.20"
    assert is_done(page)


@pytest.mark.parametrize(
    "state",
    [{"point": (0.3, 0.2)}, {"point": (0.45, 0.35)}, {"point": (0.45, 0.2), "batch_size": 64}],
)
def test_the_task_is_not_done_beside_the_minimum_or_without_a_cloud(show, state):
    page = show(**state)
    frame(page)
    assert not is_done(page)


def test_keys_move_the_point_within_its_bounds(show):
    page = show(point=(2.85, 2.05))
    handle = page.get_by_role("slider", name=POINT)
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowUp"):
        handle.press(key)
    assert handle.get_attribute("aria-valuetext") == "w₁ 2.80, w₂ 2.10"


def test_play_doubles_the_batch_to_its_end_and_begins_anew_with_one(fresh_page):
    stop_clock(fresh_page)
    for demo in mounting(fresh_page, GradientCloud):
        page = demo(batch_size=16)
        frame(page)
        page.get_by_role("button", name="Play").press("Enter")
        page.clock.run_for(3500)
        assert "A batch of 64 is all patients" in read(page, ".book-says")
        page.get_by_role("button", name="Play").press("Enter")
        page.clock.run_for(60)
        assert "A batch of one patient is" in read(page, ".book-says")


def test_tab_reaches_everything_in_order(show):
    names = tab_order(show())
    assert names[:5] == [POINT, "Play", "Reset", "Batch size", "Put back"]
