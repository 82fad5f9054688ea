"""Schedule shapes, as a reader meets it in Chromium."""

import pytest
import torch
from demo_page import frame, mounting, read, resize, stop_clock
from demo_stage import assert_lists_show_their_names, is_done, open_drawer

from utils.widgets.schedule_shapes import CURVATURES, SCHEDULES, STEPS, ScheduleShapes

LEFT, RIGHT = 52, 426  # of the chart, in its pixels
RATE = (132, (132 - 26) / 1.5)  # where the rate 0 lies, and the pixels of a unit
LOSS = (176, (330 - 176) / 4)  # where the loss 10 lies, and the pixels of a power of ten


@pytest.fixture
def show(page):
    yield from mounting(page, ScheduleShapes)


def points(page, look):
    text = page.locator(f"polyline.book-{look}").first.get_attribute("points").split()
    return torch.tensor(list(map(float, text)), dtype=torch.float64).reshape(-1, 2)


def test_the_chart_shows_the_rates_and_losses_of_torch(show):
    for state in ({}, {"schedule": "constant", "peak": 0.4}, {"schedule": "one-cycle", "seed": 5}):
        page, demo = show(**state), ScheduleShapes(**state)
        across = LEFT + torch.arange(STEPS + 1) / STEPS * (RIGHT - LEFT)
        rate, walk, mean = (points(page, look) for look in ("rate", "walk", "mean"))
        for drawn in (rate, walk, mean):
            assert (drawn[:, 0] - across).abs().max() < 0.01
        assert (rate[:-1, 1] - (RATE[0] - demo.rates * RATE[1])).abs().max() < 0.01
        for drawn, wanted in ((walk, demo.losses), (mean, demo.expected)):
            powers = wanted.log10().clamp(-3, 1)
            assert (drawn[:, 1] - (LOSS[0] + (1 - powers) * LOSS[1])).abs().max() < 0.01


def test_the_path_ends_at_the_ball_and_stands_or_lies(show):
    page, demo = show(step=30), ScheduleShapes(step=30)
    for width in (1000, 360):
        resize(page, width)
        path = points(page, "path")
        assert path.shape == (31, 2)
        ball = page.locator(".book-ball")
        end = [float(ball.get_attribute(name)) for name in ("cx", "cy")]
        assert path[-1].tolist() == pytest.approx(end, abs=0.01)
        size = page.locator(".book-valley").get_attribute("viewBox").split()[2:]
        wide, high = map(float, size)
        middle = torch.tensor([2.05 / 4.1, 3.54 / 5.09], dtype=torch.float64)
        unit = torch.tensor([1 / 4.1, -1 / 5.09], dtype=torch.float64)
        wanted = middle + demo.path[:31] * unit
        if width == 360:  # it lies: the far end of the valley is at the left
            wanted = wanted.flip(1)
        assert (path - wanted * torch.tensor([wide, high], dtype=torch.float64)).abs().max() < 0.01
        assert points(page, "fresh").shape == (13, 2)


def test_the_limit_and_the_level_lines_lie_where_the_curvatures_put_them(show):
    page = show()
    steep, flat = CURVATURES
    limit = page.locator("line.book-limit")
    for end in ("y1", "y2"):
        height = float(limit.get_attribute(end))
        assert height == pytest.approx(RATE[0] - 2 / steep * RATE[1], abs=0.01)
    for width, names in ((1000, ("rx", "ry")), (360, ("ry", "rx"))):
        resize(page, width)
        wide, high = map(float, page.locator(".book-valley").get_attribute("viewBox").split()[2:])
        pixels = (wide, high) if width == 1000 else (high, wide)
        ring = page.locator("ellipse").last  # the innermost one, drawn on top
        across, along = (float(ring.get_attribute(name)) for name in names)
        assert across == pytest.approx((2 * 0.05 / steep) ** 0.5 * pixels[0] / 4.1)
        assert along == pytest.approx((2 * 0.05 / flat) ** 0.5 * pixels[1] / 5.09)


def test_the_sentence_says_where_the_walk_and_the_average_end(show):
    state = {"schedule": "constant", "peak": 0.7}
    demo = ScheduleShapes(**state)
    assert demo.losses[-1].item() == pytest.approx(0.38, abs=0.005)
    assert demo.end == pytest.approx(0.19, abs=0.005)
    assert read(show(**state), ".book-says") == (
        "This walk ends at the loss 0.38. On average walks end at 0.19; "
        "with the best constant rate, at 0.022."
    )
    page = show(schedule="constant", peak=1.2, step=10)
    assert read(page, ".book-says").startswith("Rate 1.2, above the limit, loss ")
    assert ". On average walks end at over 100; " in read(page, ".book-says")
    page = show(schedule="constant", peak=1.0, step=10)
    assert "above the limit" not in read(page, ".book-says")


def test_it_opens_on_a_rate_that_falls_just_short_of_the_task(show):
    demo, page = ScheduleShapes(), show()
    assert demo.rates[0] > 0.9 and demo.rates[-1] < 0.01
    assert demo.losses[-1] < demo.end < 0.022  # which no constant rate reaches
    assert not is_done(page)
    page.get_by_label("Peak", exact=True).press("ArrowLeft")
    page.get_by_label("Peak", exact=True).press("ArrowLeft")
    frame(page)
    assert is_done(page)


def test_the_controls_move_the_model(show):
    page = show()
    page.get_by_label("Shape", exact=True).select_option("one-cycle")
    page.get_by_label("Peak", exact=True).press("ArrowLeft")
    open_drawer(page, "More")
    page.get_by_label("Warm-up").press("ArrowRight")
    frame(page)
    demo = ScheduleShapes(schedule="one-cycle", peak=0.9, warmup=25)
    rate = points(page, "rate")[:-1, 1]
    assert (rate - (RATE[0] - demo.rates * RATE[1])).abs().max() < 0.01


def test_warm_up_is_pale_where_it_does_nothing(show):
    for name in SCHEDULES:
        page = show(schedule=name)
        idle = page.locator(".book-idle").count()
        assert idle == (0 if name in ("warm-up + cosine", "one-cycle") else 1), name


def test_the_task_is_done_by_falling_rates_alone(show):
    for name, peak, done in (
        ("constant", 0.15, False),
        ("step", 0.4, False),
        ("cosine", 0.1, False),
        ("cosine", 0.4, True),
        ("one-cycle", 0.3, True),
    ):
        state = {"schedule": name, "peak": peak}
        assert is_done(show(**state)) == done == (ScheduleShapes(**state).end < 0.015), state


def test_a_pointer_on_the_chart_chooses_the_step(show):
    page = show()
    box = page.locator(".book-chart").bounding_box()
    page.mouse.click(box["x"] + box["width"] * (LEFT + 0.4 * (RIGHT - LEFT)) / 440, box["y"] + 60)
    frame(page)
    assert len(points(page, "walk")) == 41


@pytest.mark.parametrize("width", [360, 624, 800])
def test_the_lists_show_their_longest_names(show, width):
    page = show()
    resize(page, width)
    assert_lists_show_their_names(page)


def test_play_tells_the_walk_from_its_start(fresh_page):
    stop_clock(fresh_page)
    for show in mounting(fresh_page, ScheduleShapes):
        page = show()
        page.get_by_role("button", name="Play").click()
        frame(page)
        assert len(points(page, "walk")) == 1
        page.clock.run_for(60 * 10)
        frame(page)
        assert 10 <= len(points(page, "walk")) <= 12
