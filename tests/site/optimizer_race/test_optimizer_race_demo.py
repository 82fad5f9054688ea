"""Optimizer race, as a reader meets it in Chromium."""

import re

import pytest
import torch
from demo_input import tab_order
from demo_page import frame, mounting, read, resize, stop_clock
from demo_stage import assert_lists_show_their_names, is_done, open_drawer

from utils.widgets.optimizer_race import EDGES, OPTIMIZERS, OptimizerRace

WIDTH, HEIGHT = 480, 320  # of the map's drawing


@pytest.fixture
def show(page):
    yield from mounting(page, OptimizerRace)


def to_place(x, y):
    across = float(x) / WIDTH * 2 * EDGES[0] - EDGES[0]
    return [across, EDGES[1] - float(y) / HEIGHT * 2 * EDGES[1]]


def heads(page):
    """The place of each head on the map, by optimiser."""
    found = {}
    for name in OPTIMIZERS:
        moved = page.locator(f".book-plane .book-racer.book-{name.lower()}")
        found[name] = to_place(*re.findall(r"-?[\d.]+", moved.get_attribute("transform")))
    return found


def lane(page, name, part):
    return page.locator(f".book-lane.book-{name.lower()} .book-{part}")


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"surface": "Beale", "start": (1.0, 1.5), "lr": 0.01, "steps": 90, "turn": 20.0},
        {"surface": "saddle", "start": (-3.0, 0.05), "rates": "tuned", "steps": 12, "beta": 0.5},
    ],
)
def test_the_heads_are_where_torch_leads(show, state):
    page, demo = show(**state), OptimizerRace(**state)
    shown = heads(page)
    for name, path in demo.paths.items():
        wanted = path[min(demo.steps, len(path) - 1)].tolist()
        assert shown[name] == pytest.approx(wanted, abs=1e-3), name
        points = page.locator(f".book-trail.book-{name.lower()}").get_attribute("points").split()
        assert to_place(*points[:2]) == pytest.approx(demo.start)
        assert to_place(*points[-2:]) == pytest.approx(wanted, abs=1e-3)


def test_the_lanes_say_the_rate_and_when_each_arrived(show):
    state = {"rates": "tuned", "steps": 90}
    page, demo = show(**state), OptimizerRace(**state)
    home = []
    for name, (lr, path) in demo.found.items():
        arrival = demo.arrival(path)
        assert lane(page, name, "rate").inner_text() == f"lr {lr:g}"
        is_home = arrival <= 90
        assert lane(page, name, "result").inner_text() == (f"{arrival} steps" if is_home else "")
        width = float(
            re.search(r"[\d.]+", lane(page, name, "done-part").get_attribute("style"))[0]
        )
        assert width == 100 or not is_home
        home += [(arrival, name)] * is_home
    words = [f"{name} ({arrival})" for arrival, name in sorted(home)]
    words[0] = words[0].replace(")", " steps)")
    assert 1 < len(words) < 5
    assert read(page, ".book-says") == (
        "Step 90, each at its best rate. Arrived to stay: "
        f"{', '.join(words[:-1])} and {words[-1]}."
    )


def test_who_leaves_the_map_is_named(show):
    page = show(lr=0.1)
    assert lane(page, "SGD", "result").inner_text() == "off the map"
    assert read(page, ".book-says").endswith("Off the map: SGD.")
    assert read(page, ".book-says").count("RMSProp (23 steps)") == 1


def test_a_click_on_the_map_moves_the_start(show):
    page = show(surface="bowl")
    box = page.locator(".book-plane").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 7.5 / 9, box["y"] + box["height"] * 1 / 6)
    frame(page)
    handle = page.get_by_role("slider", name="the start, its first weight")
    assert handle.get_attribute("aria-valuetext") == "w₁ 3.00, w₂ 2.00"
    page.mouse.click(box["x"] + 6, box["y"] + 6)
    frame(page)
    assert handle.get_attribute("aria-valuetext") == "w₁ \u22124.00, w₂ 2.50"
    wanted = OptimizerRace(surface="bowl", start=(-4.0, 2.5)).paths["SGD"][40]
    assert heads(page)["SGD"] == pytest.approx(wanted.tolist(), abs=1e-3)


def test_a_drag_and_the_keys_move_the_start(show):
    page = show(surface="bowl", start=(-2.0, 1.0))
    handle = page.get_by_role("slider", name="the start, its first weight")
    box, grip = page.locator(".book-plane").bounding_box(), handle.bounding_box()
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 5 / 6, steps=4)
    page.mouse.up()
    frame(page)
    assert handle.get_attribute("aria-valuetext") == "w₁ 0.00, w₂ \u22122.00"
    for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
        handle.press(key)
    assert handle.get_attribute("aria-valuetext") == "w₁ 0.10, w₂ \u22121.80"


def test_the_rate_slider_goes_back_to_one_rate_for_all(show):
    page = show(rates="tuned")
    slider = page.get_by_label("lr", exact=True)
    assert slider.get_attribute("aria-valuetext") == "own"
    slider.press("ArrowRight")
    frame(page)
    assert page.get_by_label("Rates", exact=True).input_value() == "shared"
    assert slider.get_attribute("aria-valuetext") == "0.05"
    assert {lane(page, name, "rate").inner_text() for name in OPTIMIZERS} == {"lr 0.05"}


def test_a_head_that_only_passes_the_goal_is_not_home(show):
    page, demo = show(lr=0.05, steps=99), OptimizerRace(lr=0.05)
    path = demo.paths["momentum"]
    passes = (demo.height(path) < 0.001).nonzero()[0].item()
    assert passes < demo.arrivals["momentum"] == 100
    assert lane(page, "momentum", "result").inner_text() == ""
    page = show(lr=0.05, steps=100)
    assert lane(page, "momentum", "result").inner_text() == "100 steps"


def test_the_task_is_done_by_the_turn(show):
    page = show(rates="tuned")
    assert not is_done(page)
    open_drawer(page, "More")
    page.get_by_label("Surface turned by", exact=True).press("End")
    frame(page)
    assert is_done(page)
    assert not is_done(show(turn=45.0))
    assert not is_done(show(surface="bowl", rates="tuned", turn=45.0))


def test_the_map_has_the_minima_and_bands_that_turn_with_it(show):
    page = show(surface="Beale", turn=45.0)
    goal = page.locator(".book-goal")
    at = to_place(*re.findall(r"-?[\d.]+", goal.get_attribute("transform")))
    assert (
        OptimizerRace(surface="Beale", turn=45.0).height(torch.tensor(at, dtype=torch.float64))
        < 1e-9
    )
    assert page.locator(".book-band").count() == 14
    first = page.locator(".book-band").last.get_attribute("d")
    assert show(surface="saddle").locator(".book-goal").count() == 2
    assert page.locator(".book-band").last.get_attribute("d") != first


def test_pointing_at_a_lane_lights_up_the_head(show):
    page = show()
    lane(page, "Adam", "name").hover()
    assert page.locator(".book-plane .book-racer.book-pointed").count() == 1
    assert page.locator(".book-plane .book-adam.book-pointed").count() == 1


@pytest.mark.parametrize(
    "state",
    [{}, {"surface": "Beale", "turn": 30.0, "start": (1.0, 1.5), "lr": 0.005, "steps": 60}],
)
def test_the_lines_of_torch_lead_to_the_same_places(show, state, capsys):
    page = show(**state)
    open_drawer(page, "The same in torch")
    lines = page.inner_text("code")
    exec(lines, {})
    printed = capsys.readouterr().out.replace("[", "").replace("]", "").splitlines()
    told = [line.removeprefix("# ") for line in lines.splitlines() if line.startswith("# ")]
    assert len(told) == len(printed) == 5
    for ours, theirs in zip(told, printed, strict=True):
        name, *numbers = ours.replace(",", "").split()
        wanted = theirs.replace(",", "").split()
        assert name == wanted[0]
        if "has" not in numbers:
            given = [float(number) for number in numbers]
            assert given == pytest.approx([float(number) for number in wanted[1:]], abs=2e-3)


@pytest.mark.parametrize("width", [360, 624, 800])
def test_the_lists_show_their_longest_names(show, width):
    page = show()
    resize(page, width)
    assert_lists_show_their_names(page)


def test_play_runs_until_all_have_arrived(fresh_page):
    stop_clock(fresh_page)
    for demo in mounting(fresh_page, OptimizerRace):
        page = demo(surface="bowl", start=(-2.0, 1.0), rates="tuned", steps=0, beta=0.5)
        frame(page)
        page.get_by_role("button", name="Play").press("Enter")
        page.clock.run_for(450)
        assert read(page, ".book-says").startswith("Step 10, ")
        page.clock.run_for(9000)
        assert read(page, ".book-says").count("(") == 5
        assert page.get_by_role("button", name="Play").count() == 1


def test_tab_reaches_everything_in_order(show):
    names = tab_order(show())
    wanted = ["the start, its first weight", "Play", "Reset", "Surface", "Rates", "lr"]
    assert names[:6] == wanted
