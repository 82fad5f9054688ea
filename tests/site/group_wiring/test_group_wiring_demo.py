"""Group wiring, as a reader meets it in Chromium."""

import pytest
import torch
from demo_page import code_lines, frame, mounting, read, resize, stop_clock
from demo_stage import is_done, open_drawer

from utils.widgets.group_wiring import GroupWiring

# Ends of the wires that are seen, in channels; the looks of dots and cells.
_WIRES = """() => [...document.querySelectorAll(".book-wire")].filter((node) =>
    Number(node.getAttribute("opacity") ?? 1) > 0.5 && !node.classList.contains("book-none")
    && !node.classList.contains("book-dim")).map((node) => {
      const numbers = node.getAttribute("d").match(/[\\d.]+/g).map(Number);
      const look = [...node.classList].find((name) => name.startsWith("book-look"));
      return [numbers[0], numbers[1] / 20 - 0.5, numbers[6], numbers[7] / 20 - 0.5, look];
    })"""
_CELLS = """() => [...document.querySelectorAll(".book-cell")].map((node) =>
    [(node.getAttribute("y") - 1) / 20, (node.getAttribute("x") - 1) / 20,
     Number(node.getAttribute("opacity")),
     [...node.classList].find((name) => name.startsWith("book-look"))])"""
_DOTS = """(name) => [...document.querySelectorAll("." + name)].map((node) =>
    [node.getAttribute("cy") / 20 - 0.5, node.classList.contains("book-mixed"),
     node.classList.contains("book-dim")])"""


@pytest.fixture
def show(page):
    yield from mounting(page, GroupWiring)


def point_at(page, input="", output=""):
    page.locator(f'.book-hit[data-input="{input}"][data-output="{output}"]').dispatch_event(
        "pointerover", {"bubbles": True, "pointerType": "mouse"}
    )
    frame(page)


@pytest.mark.parametrize("groups", [1, 4, 16])
def test_wires_of_one_layer_run_within_groups(show, groups):
    page = show(groups=groups)
    wires = page.evaluate(_WIRES)
    routes = GroupWiring(groups=groups).routes
    pairs = {(start, end) for _, start, _, end, _ in wires}
    assert pairs == {(i, o) for o in range(16) for i in range(16) if routes[o, i]}
    assert len(wires) == routes.sum() and {(x, to) for x, _, to, *_ in wires} == {(12, 348)}
    assert all(look == f"book-look-{int(i) * groups // 16 % 4}" for _, i, _, _, look in wires)


@pytest.mark.parametrize("layers", ["two", "shuffled"])
def test_wires_of_two_layers_meet_at_the_shuffled_places(show, layers):
    page = show(groups=4, layers=layers)
    wires = page.evaluate(_WIRES)
    parts = {x: [wire for wire in wires if wire[0] == x] for x in (12, 134, 226)}
    assert [len(part) for part in parts.values()] == [64, 16, 64]
    went = {start: end for _, start, _, end, _ in parts[134]}
    if layers == "shuffled":
        assert [went[place] for place in range(6)] == [0, 4, 8, 12, 1, 5]
    else:
        assert all(start == end for start, end in went.items())
    second = {(start, end) for _, start, _, end, _ in parts[226]}
    assert second == {(a, b) for a in range(16) for b in range(16) if a // 4 == b // 4}
    # A wire of the second layer has the colour of the group that its channel comes from.
    came = {end: start for start, end in went.items()}
    assert all(look == f"book-look-{int(came[start]) // 4}" for _, start, _, _, look in parts[226])


@pytest.mark.parametrize("layers", ["one", "shuffled"])
def test_cells_stand_where_a_way_leads_in_the_colour_of_the_input(show, layers):
    page = show(groups=8, layers=layers)
    routes = GroupWiring(groups=8, layers=layers).routes
    seen = torch.zeros(16, 16)
    for row, column, opacity, look in page.evaluate(_CELLS):
        seen[int(row), int(column)] = opacity
        assert look == f"book-look-{int(column) // 2 % 4}"
    assert torch.equal(seen, (routes > 0).float())
    mixed = [is_mixed for _, is_mixed, _ in page.evaluate(_DOTS, "book-out")]
    assert mixed == [layers == "shuffled"] * 16


def test_a_phone_narrows_the_wiring_and_keeps_its_channels(show):
    page = show(groups=4, layers="shuffled")
    wide = page.evaluate(_WIRES)
    resize(page, 360, 800)
    narrow = page.evaluate(_WIRES)
    assert [wire[1::2] for wire in narrow] == [wire[1::2] for wire in wide]
    assert [wire[4] for wire in narrow] == [wire[4] for wire in wide]
    ends = sorted({end for wire in narrow for end in (wire[0], wire[2])})
    assert ends == pytest.approx([12, 86.8, 143.2, 218], abs=0.1)
    assert page.locator(".book-wiring").get_attribute("viewBox") == "0 0 230 320"
    box = page.locator(".book-wiring").bounding_box()
    strip = page.locator('.book-hit[data-output="15"]').first.bounding_box()
    assert strip["x"] + strip["width"] == pytest.approx(box["x"] + box["width"], abs=1)
    sides = [page.locator(f".book-{name}").bounding_box() for name in ("wiring", "matrix")]
    assert sides[0]["height"] == pytest.approx(sides[1]["height"], abs=1)
    assert min(side["height"] for side in sides) > 190


def test_the_counts_follow_the_controls(show):
    page = show(groups=4)
    assert read(page, ".book-count") == "576"
    assert read(page, ".book-product") == "= 9 · 16 · 16 / 4"
    assert read(page, ".book-work") == "1.81"
    assert "the matrix has 4 blocks" in read(page, ".book-says")
    page.get_by_label("Groups").press("End")
    assert read(page, ".book-count") == "144"
    assert "Depthwise" in read(page, ".book-says")
    page.get_by_label("Groups").press("Home")
    assert read(page, ".book-product") == "= 9 · 16 · 16"
    assert "ordinary convolution" in read(page, ".book-says")
    page.get_by_label("Layers").select_option("two")
    frame(page)
    assert read(page, ".book-count") == "4,608"
    width = page.locator(".book-fill").evaluate("node => node.style.width")
    assert width == "100%"


def test_pointing_lights_what_belongs_to_a_channel(show):
    page = show(groups=4, layers="shuffled")
    point_at(page, input=5)
    assert read(page, ".book-says") == "Input 5 reaches outputs 0 to 15."
    lit = {(x, start, end) for x, start, _, end, _ in page.evaluate(_WIRES)}
    assert {start for x, start, _ in lit if x == 12} == {5}
    assert {end for x, _, end in lit if x == 134} == {1, 5, 9, 13}
    assert [dim for *_, dim in page.evaluate(_DOTS, "book-in")] == [i != 5 for i in range(16)]
    point_at(page, input=5, output=2)
    assert read(page, ".book-says") == "From input 5 to output 2 leads one way."
    page.get_by_label("Layers").select_option("two")
    frame(page)
    assert "No way leads" in read(page, ".book-says")
    point_at(page, output=15)
    assert read(page, ".book-says") == "Output 15 hears inputs 12 to 15."
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert "all 16 inputs" in read(page, ".book-says")
    assert not any(dim for *_, dim in page.evaluate(_DOTS, "book-in"))


def test_the_task_asks_for_a_shuffle_with_few_enough_groups(show):
    page = show(groups=8)
    assert not is_done(page)
    page.get_by_label("Layers").select_option("shuffled")
    frame(page)
    assert not is_done(page)
    page.get_by_label("Groups").press("ArrowLeft")
    frame(page)
    assert is_done(page)
    page.get_by_label("Groups").press("ArrowLeft")
    frame(page)
    assert "at most 1,200 weights" in read(page, ".book-task")


@pytest.mark.parametrize("state", [{}, {"groups": 8, "layers": "shuffled"}, {"layers": "two"}])
def test_the_lines_of_torch_run(show, state):
    page, found = show(**state), {}
    open_drawer(page, "The same in torch")
    lines, demo = code_lines(page), GroupWiring(**state)
    exec("\n".join(["import torch", "import torch.nn.functional as F", *lines]), found)
    assert torch.equal(found["ways"].long(), demo.routes)
    values = [line.split("  # ") for line in lines if "  # " in line and "ways = " not in line]
    assert [int(eval(code, found)) for code, _ in values] == [int(seen) for _, seen in values]
    assert int(values[0][1]) == demo.weights


def test_play_tells_the_story_from_where_the_demo_is(fresh_page):
    page = fresh_page
    stop_clock(page)
    for show in mounting(page, GroupWiring):
        show(groups=4)
        page.get_by_role("button", name="Play").click()
        counts = []
        for _ in range(5):
            counts.append(read(page, ".book-count"))
            page.clock.run_for(1400)
        assert list(dict.fromkeys(counts)) == ["288", "144", "576"]
        assert read(page, ".book-says").endswith("each output hears 4 inputs.")
