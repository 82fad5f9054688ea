"""Architecture map, as a reader meets it in Chromium."""

import math
import re

import pytest
from demo_page import code_lines, frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.architecture_map import ArchitectureMap
from utils.widgets.architecture_map.networks import NETWORKS

# Name, middle and radius of each dot that is seen, in pixels of the map, and whether it is new.
DOTS = """() => {
    const map = document.querySelector(".book-map").getBoundingClientRect();
    return [...document.querySelectorAll(".book-spot")]
        .filter((node) => getComputedStyle(node).visibility === "visible")
        .map((node) => {
            const dot = node.querySelector(".book-dot").getBoundingClientRect();
            return {
                name: node.textContent,
                x: (dot.left + dot.width / 2 - map.left) / map.width,
                y: (dot.top + dot.height / 2 - map.top) / map.height,
                radius: dot.width / 2,
                isNew: node.classList.contains("book-new"),
                isPicked: node.classList.contains("book-picked"),
            };
        });
}"""
# Pairs of names that overlap, or that leave the demo.
CLASHES = """() => {
    const names = [...document.querySelectorAll(".book-name")];
    const boxes = names.map((node) => [node.textContent, node.getBoundingClientRect()]);
    const demo = document.querySelector(".book-stage").getBoundingClientRect();
    const isOut = ([, box]) => box.left < demo.left || box.right > demo.right;
    const meet = (a, b) => a.left < b.right && b.left < a.right
        && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3;
    const met = boxes.filter(([, a], index) => boxes.slice(index + 1).some(([, b]) => meet(a, b)));
    return [...boxes.filter(isOut), ...met].map(([name]) => name);
}"""


@pytest.fixture
def show(page):
    yield from mounting(page, ArchitectureMap)


def test_dots_lie_where_their_counts_put_them_and_are_larger_with_depth(show):
    dots = {dot["name"]: dot for dot in show().evaluate(DOTS)}
    assert list(dots) == [network.name for network in NETWORKS]
    by_size = sorted(NETWORKS, key=lambda n: n.parameters)
    assert sorted(dots, key=lambda n: dots[n]["x"]) == [n.name for n in by_size]
    by_work = sorted(NETWORKS, key=lambda n: -n.multiply_adds)
    assert sorted(dots, key=lambda n: dots[n]["y"]) == [n.name for n in by_work]
    for network in NETWORKS:
        assert dots[network.name]["radius"] == pytest.approx(0.9 * network.depth**0.5, abs=0.1)
    assert [name for name, dot in dots.items() if dot["isNew"]] == ["ConvNeXt-tiny"]
    assert [name for name, dot in dots.items() if dot["isPicked"]] == ["DenseNet-121"]


def test_colours_mark_the_newest_and_the_picked_one_shows_how_often_it_uses_a_parameter(show):
    page = show(year=2017, picked="NiN")
    assert read(page, ".book-newest") == "newest: 2016"
    fill = "(node, part) => getComputedStyle(node, part).backgroundColor"
    key = page.locator(".book-newest").evaluate(fill, "::before")
    dots = {spot["name"]: spot["isNew"] for spot in page.evaluate(DOTS)}
    for name, is_new in dots.items():
        dot = page.locator(".book-spot", has_text=name).locator(".book-dot")
        assert (dot.evaluate(fill) == key) == is_new
    after = "node => getComputedStyle(node, '::after').content"
    shown = [node.evaluate(after) for node in page.locator(".book-name").all()]
    assert [text for text in shown if text != "none"] == ['" 130×"']


def test_ticks_and_lines_stand_at_their_numbers(show):
    page = show()
    words = "nodes => nodes.map(node => [node.textContent, node.style.left, node.style.top])"
    ticks = {"M": 1e6, "G": 1e9}
    for look, side, (least, most) in [("x", 1, (6.4, 8.25)), ("y", 2, (10.35, 8.15))]:
        found = page.locator(f".book-tick-{look}").evaluate_all(words)
        assert len(found) == 4
        for text, *place in found:
            value, unit = text.split()
            share = (math.log10(float(value) * ticks[unit]) - least) / (most - least)
            assert float(place[side - 1].rstrip("%")) == pytest.approx(100 * share, abs=0.01)
    edges = "nodes => nodes.map(n => ['x1', 'y1', 'x2', 'y2'].map(k => Number(n.getAttribute(k))))"
    lines = page.locator("line.book-equal").evaluate_all(edges)
    for (x1, y1, x2, y2), uses in zip(lines, [10, 30, 100, 300], strict=True):
        for x, y in [(x1, y1), (x2, y2)]:
            power = 10.35 - 2.2 * y / 100 - (6.4 + 1.85 * x / 100)
            assert power == pytest.approx(math.log10(uses), abs=1e-6)
    corners = "nodes => nodes.map(node => node.getAttribute('points').split(' '))"
    areas = page.locator(".book-more-use").evaluate_all(corners)
    for line, area in zip(lines, areas, strict=True):
        ends = [float(number) for end in (area[0], area[-1]) for number in end.split(",")]
        assert ends == pytest.approx(line)
    names = page.locator(".book-low, .book-under, .book-high").evaluate_all(words)
    assert [text for text, *_ in names] == ["10×", "30×", "100×", "each parameter used 300×"]
    assert page.locator(".book-axis-name").all_inner_texts() == [
        "multiply-adds for an image",
        "newest: 2022",
        "parameters; the larger the dot, the deeper",
    ]


@pytest.mark.parametrize("width", [360, 624, 800])
def test_no_name_covers_another_or_leaves_the_demo(show, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page = show()
    for network in NETWORKS:
        page.get_by_label("Network", exact=True).select_option(network.name)
        frame(page)
        assert page.evaluate(CLASHES) == [], network.name


def test_the_year_hides_what_came_later_and_describes_the_newest_instead(show):
    page = show(picked="ConvNeXt-tiny")
    page.get_by_label("Year", exact=True).fill("2014")
    frame(page)
    dots = page.evaluate(DOTS)
    assert [dot["name"] for dot in dots] == ["AlexNet", "NiN", "VGG-16", "GoogLeNet"]
    assert [dot["name"] for dot in dots if dot["isNew"]] == ["VGG-16", "GoogLeNet"]
    assert read(page, ".book-says").startswith("GoogLeNet (2014): 6.6 million parameters")


def test_pointing_describes_a_network_and_its_line_runs_through_the_dot(show):
    page = show(picked="NiN")
    page.locator(".book-name", has_text="DenseNet-121").hover()
    frame(page)
    assert read(page, ".book-says") == (
        "DenseNet-121 (2016): 8.0 million parameters, 2.8 billion multiply-adds. "
        "It uses each parameter 355 times, and is 121 layers deep."
    )
    (dot,) = [dot for dot in page.evaluate(DOTS) if dot["isPicked"]]
    line = page.locator("line.book-own")
    x1, y1, x2, y2 = (float(line.get_attribute(side)) / 100 for side in ("x1", "y1", "x2", "y2"))
    there = y1 + (dot["x"] - x1) * (y2 - y1) / (x2 - x1)
    assert dot["name"] == "DenseNet-121" and there == pytest.approx(dot["y"], abs=0.01)


def test_the_task_is_done_by_a_network_with_much_work(show):
    page = show()
    assert not is_done(page)
    for name, done in [("VGG-16", False), ("DenseNet-121", False), ("ResNet-50", True)]:
        page.get_by_label("Network", exact=True).select_option(name)
        frame(page)
        assert is_done(page) == done


def test_the_code_counts_the_network_that_is_described(show):
    page, count = show(picked="ResNeXt-50"), {}
    open_drawer(page, "The same in torch")
    exec("\n".join(code_lines(page)), count)
    assert sum(p.numel() for p in count["model"].parameters()) == 25_028_904


def test_playing_goes_from_year_to_year(fresh_page):
    page = fresh_page
    stop_clock(page)
    page.emulate_media(reduced_motion="no-preference")
    mount(page, ArchitectureMap())
    frame(page)
    page.get_by_role("button", name="Play").click()
    seen = []
    for _ in range(7):
        page.clock.run_for(1600)
        seen.append(re.split(r":| has", read(page, ".book-says"))[0])
    assert seen[0] == "NiN (2013)" and seen[4] == "MobileNet-v2 (2018)"
    assert seen[5:] == 2 * ["AlexNet (2012)"]
    assert page.get_by_label("Year", exact=True).input_value() == "2022"


@pytest.mark.parametrize("state", [{}, {"year": 2012, "picked": "AlexNet"}, {"picked": "NiN"}])
def test_play_does_not_do_the_task(fresh_page, state):
    page = fresh_page
    stop_clock(page)
    mount(page, ArchitectureMap(**state))
    frame(page)
    page.get_by_role("button", name="Play").click()
    for _ in range(8):
        frame(page)
        assert not is_done(page)
        page.clock.run_for(1600)
    assert page.get_by_role("button", name="Play").count() == 1


def test_the_end_of_play_shows_how_often_all_since_alexnet_use_a_parameter(show):
    page = show(picked="AlexNet")
    uses = [network.multiply_adds / network.parameters for network in NETWORKS]
    assert read(page, ".book-says") == (
        f"AlexNet (2012) has 61 million parameters, and uses each {uses[0]:.0f} times. "
        f"The 10 networks since use theirs {min(uses[1:]):.0f} to {max(uses[1:]):.0f} times."
    )
    inside = """(places) => {
        const band = document.querySelector(".book-band");
        const point = band.ownerSVGElement.createSVGPoint();
        return places.map(([x, y]) => {
            [point.x, point.y] = [100 * x, 100 * y];
            return band.isPointInFill(point) || band.isPointInStroke(point);
        });
    }"""
    places = [[dot["x"], dot["y"]] for dot in page.evaluate(DOTS)]
    assert page.evaluate(inside, places) == [False] + 10 * [True]
    for state in ({"picked": "NiN"}, {"year": 2012, "picked": "AlexNet"}):
        page = show(**state)
        assert "networks since" not in read(page, ".book-says")
        assert page.locator(".book-band").get_attribute("d") == ""


def test_choosing_a_network_of_a_later_year_brings_its_year(show):
    page = show(year=2012)
    page.get_by_label("Network", exact=True).select_option("ResNet-18")
    frame(page)
    assert page.get_by_label("Year", exact=True).input_value() == "2015"
    assert read(page, ".book-says").startswith("ResNet-18 (2015)")
