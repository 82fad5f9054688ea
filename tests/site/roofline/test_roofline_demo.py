"""Roofline, as a reader meets it in Chromium."""

import math

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils import roofline
from utils.widgets.roofline import Roofline

STATES = (
    {},
    {"peak": 196.5, "bandwidth": 26.9, "n": 300},
    {"peak": 10.0, "bandwidth": 1e4, "n": 8},
    {"peak": 1e6, "bandwidth": 1.0, "n": 8192},
)


@pytest.fixture
def show(page):
    yield from mounting(page, Roofline)


def dots(page):
    """Where the dots stand, as (FLOP a byte, GFLOP/s), in the order of the table."""
    places = page.eval_on_selector_all(
        ".book-dot",
        "all => all.map((n) => { const m = n.transform.baseVal[0].matrix;"
        " return [n.dataset.about, m.e, m.f] })",
    )
    ordered = sorted(places)
    return [
        (10 ** (-1.6 + (x - 50) / 420 * 5), 10 ** (-1.7 + (288 - y) / 264 * 8))
        for _, x, y in ordered
    ]


def walls(page):
    looks = page.eval_on_selector_all(
        ".book-dot", "all => all.map((n) => [n.dataset.about, n.getAttribute('class')])"
    )
    return ["memory" if "book-memory" in look else "arithmetic" for _, look in sorted(looks)]


@pytest.mark.parametrize("state", STATES)
def test_dots_and_table_show_what_python_says(show, state):
    page, demo = show(**state), Roofline(**state)
    operations = roofline.operations(demo.n)
    for (at, speed), (name, operation) in zip(dots(page), operations.items(), strict=True):
        assert at == pytest.approx(operation.intensity, rel=0.01)
        assert speed == pytest.approx(demo.speeds[name], rel=0.01)
    wanted = list(demo.walls.values())
    assert walls(page) == wanted
    rows = page.locator(".book-row-of")
    assert [row.get_attribute("data-wall") for row in rows.all()] == wanted
    assert rows.locator("span").all_text_contents() == list(operations)
    shown = [float(text.split()[0]) for text in rows.locator("b").all_text_contents()]
    units = [text.split()[1] for text in rows.locator("b").all_text_contents()]
    scale = {"GFLOP/s": 1, "TFLOP/s": 1e3, "PFLOP/s": 1e6}
    for value, unit, speed in zip(shown, units, demo.speeds.values(), strict=True):
        assert value * scale[unit] == pytest.approx(speed, rel=0.06)


@pytest.mark.parametrize("state", STATES)
def test_bars_are_as_long_as_the_times(show, state):
    page, demo = show(**state), Roofline(**state)
    for index, operation in enumerate(roofline.operations(demo.n).values()):
        times = operation.bytes / demo.bandwidth, operation.flop / demo.peak
        for kind, time in zip(("memory", "arithmetic"), times, strict=True):
            bar = page.locator(f".book-row-of >> nth={index}").locator(f".book-bar.book-{kind}")
            width = float(bar.evaluate("node => node.style.width").rstrip("%"))
            assert width == pytest.approx(100 * time / max(times), abs=0.01)


@pytest.mark.parametrize("state", STATES[:2])
def test_the_roof_bends_at_the_corner(show, state):
    page, demo = show(**state), Roofline(**state)
    at = 50 + (math.log10(demo.corner) + 1.6) / 5 * 420
    assert float(page.locator(".book-corner").get_attribute("x1")) == pytest.approx(at)
    slope, flat = (
        page.locator(f".book-roof.book-{kind}").get_attribute("points").split()
        for kind in ("memory", "arithmetic")
    )
    assert slope[-1] == flat[0] and float(slope[-1].split(",")[0]) == pytest.approx(at, abs=0.01)
    top = [float(point.split(",")[1]) for point in flat]
    assert top[0] == top[1]
    assert top[0] == pytest.approx(288 - (math.log10(demo.peak) + 1.7) / 8 * 264, abs=0.01)
    low = 288 - (math.log10(demo.bandwidth) - 1.6 + 1.7) / 8 * 264
    assert float(slope[0].split(",")[1]) == pytest.approx(low, abs=0.01)
    names = page.locator(".book-region")
    assert names.all_text_contents() == ["memory limits", "arithmetic limits"]
    left, right = (float(names.nth(i).get_attribute("x")) for i in range(2))
    assert left < at < right


def test_the_sentence_tells_the_wall_of_the_product(show):
    assert read(show(), ".book-says") == (
        "AB does 5.33 FLOP a byte; the corner is at 12.5. Memory limits it to 43 % of the peak."
    )
    assert read(show(n=75), ".book-says") == (
        "AB does 12.5 FLOP a byte; the corner is at 12.5. Arithmetic limits it to the peak."
    )
    says = read(show(peak=1e6, bandwidth=1.0, n=8192), ".book-says")
    assert "1,365 FLOP a byte; the corner is at 1,000,000. Memory" in says
    assert "under 1 %" in says
    assert "to 99 % of" in read(show(peak=20010.0, n=75), ".book-says")


def test_sliders_move_the_machine_and_the_product(show):
    page = show(peak=123.4, bandwidth=26.9, n=300)
    sliders = [page.get_by_role("slider", name=name) for name in ("Peak", "Bandwidth", "n")]
    said = [one.get_attribute("aria-valuetext") for one in sliders[:2]]
    said.append(page.get_by_label("n", exact=True).get_attribute("aria-valuetext"))
    assert said == ["123 GFLOP/s", "27 GB/s", "300"]
    page.get_by_label("Peak", exact=True).press("End")
    page.get_by_label("Bandwidth", exact=True).press("Home")
    page.get_by_label("n", exact=True).press("Home")
    frame(page)
    page.wait_for_timeout(500)
    demo = Roofline(peak=1e6, bandwidth=1.0, n=8)
    found = [speed for _, speed in dots(page)]
    assert found == pytest.approx(list(demo.speeds.values()), rel=0.01)
    page.get_by_label("Peak", exact=True).press("ArrowLeft")
    frame(page)
    assert page.get_by_label("Peak", exact=True).get_attribute("aria-valuetext") == "790 TFLOP/s"


def test_the_product_can_be_dragged_and_moved_by_keys(show):
    page = show(n=60)
    dot = page.locator(".book-product")
    box = dot.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    scale = page.locator(".book-chart").evaluate("node => node.getScreenCTM().a")
    decade = scale * 420 / 5
    page.mouse.move(x + decade, y - 40, steps=4)
    frame(page)
    page.mouse.up()
    n = int(dot.get_attribute("aria-valuenow"))
    assert 570 < n < 630
    assert dots(page)[2][0] == pytest.approx(n / 6, rel=0.01)
    page = show(n=64)
    page.locator(".book-product").press("ArrowLeft")
    frame(page)
    assert page.locator(".book-product").get_attribute("aria-valuetext") == "n = 45"
    page.locator(".book-product").press("ArrowUp")
    frame(page)
    assert page.locator(".book-product").get_attribute("aria-valuenow") == "64"
    page.locator(".book-product").press("Home")
    frame(page)
    assert page.locator(".book-product").get_attribute("aria-valuenow") == "8"


@pytest.mark.parametrize(
    ("state", "done"),
    [
        ({"peak": 800.0, "bandwidth": 1e4}, True),
        ({"peak": 1000.0, "bandwidth": 1e4}, False),
        ({"peak": 10.0, "bandwidth": 200.0, "n": 8}, True),
        ({"peak": 10.0, "bandwidth": 100.0, "n": 8192}, False),
    ],
)
def test_the_task_wants_a_corner_left_of_adding(show, state, done):
    assert is_done(show(**state)) == done


def test_play_doubles_the_product_to_the_end_and_reset_goes_back(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, Roofline(n=2000))
    frame(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(820)
    product = page.locator(".book-product")
    assert product.get_attribute("aria-valuenow") in ("2048", "4096")
    page.clock.run_for(3000)
    assert product.get_attribute("aria-valuenow") == "8192" and not is_done(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(20)
    assert product.get_attribute("aria-valuenow") == "8"
    page.get_by_role("button", name="Reset").click()
    page.clock.run_for(600)
    assert product.get_attribute("aria-valuenow") == "2000"


def test_dots_glide(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, Roofline(n=32))
    frame(page)
    page.clock.run_for(100)
    before = dots(page)[2][0]
    page.get_by_label("n", exact=True).press("End")
    page.clock.run_for(180)
    between = dots(page)[2][0]
    page.clock.run_for(400)
    after = dots(page)[2][0]
    assert before < between < after == pytest.approx(8192 / 6, rel=0.01)


def test_pointing_at_a_row_lights_up_its_dot(show):
    page = show()
    page.locator(".book-row-of >> nth=1").hover()
    frame(page)
    lit = page.locator(".book-pointed").evaluate_all("all => all.map(n => n.dataset.about)")
    assert lit == ["operation-1", "operation-1"]


def test_the_lines_of_torch_give_the_speeds(show):
    state = {"peak": 196.5, "bandwidth": 26.9, "n": 300}
    page = show(**state)
    names = {}
    exec(page.locator("pre code").text_content(), names)
    wanted = torch.tensor(list(Roofline(**state).speeds.values()))
    assert torch.allclose(names["speeds"], wanted)
    told = page.locator("pre code").text_content().splitlines()[-1]
    numbers = [float(part) for part in told.strip("# ").removesuffix(" GFLOP/s").split(", ")]
    assert numbers == pytest.approx(wanted.tolist(), rel=1e-3)


def test_a_dragged_dot_stays_under_the_pointer(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, Roofline(n=60))
    frame(page)
    page.clock.run_for(100)
    dot = page.locator(".book-product")
    box = dot.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y)
    frame(page)
    now = dot.bounding_box()
    assert now["x"] + now["width"] / 2 == pytest.approx(x + 60, abs=1.5)
    page.mouse.up()
