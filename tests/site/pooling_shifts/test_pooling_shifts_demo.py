"""The digit under the windows, as a reader meets it in Chromium."""

import pytest
import torch
from demo_input import drag, middle, tab_order
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount
from playwright.sync_api import expect

from utils.widgets.pooling_shifts import POOLS, PoolingShifts

PIXEL = 20  # units of the drawing


@pytest.fixture
def show(page):
    yield from mounting(page, PoolingShifts, width=800)


def cells(page, kind):
    """The values that an output shows, row by row."""
    shades = page.locator(f".book-{kind} .book-cell").evaluate_all(
        "(nodes) => nodes.map((node) => Number(node.getAttribute('fill-opacity')))"
    )
    return 16 * torch.tensor(shades, dtype=torch.float64)


def rings(page, kind):
    return page.locator(f".book-{kind} .book-differs").get_attribute("d").count("M")


def caption(page, kind):
    return read(page, f".book-{kind} figcaption")


def shift_of(page):
    return int(page.get_by_label("Shift", exact=True).input_value())


def test_it_opens_on_a_shift_that_no_move_undoes(show):
    page, demo = show(), PoolingShifts()
    for kind in POOLS:
        assert torch.allclose(cells(page, kind), demo.pooled(kind).flatten(), atol=1e-9)
        assert caption(page, kind).endswith(": changed")
        assert rings(page, kind) > 0
    shares = [f"{100 * demo.change(kind):.0f} %" for kind in POOLS]
    assert read(page, ".book-says") == (
        "Shift 1, stride 2: not a whole number of cells. Even after the best move, "
        f"max differs by {shares[0]} and average by {shares[1]}."
    )
    assert not is_done(page)


def test_a_shift_by_the_stride_moves_both_outputs_by_one_cell(show):
    page = show(shift=1)
    page.get_by_label("Shift", exact=True).press("ArrowRight")
    frame(page)
    first = PoolingShifts(shift=0)
    for kind in POOLS:
        now = cells(page, kind).view_as(first.pooled(kind))
        assert torch.allclose(now, first.pooled(kind).roll(1, 1), atol=1e-9)
        assert caption(page, kind).endswith(": moved by 1")
        assert rings(page, kind) == 0
    assert read(page, ".book-says") == (
        "Shift 2, stride 2: both outputs are the first ones, moved by 1 cell."
    )


def test_the_digit_and_the_windows_are_drawn_where_they_are(show):
    page = show(shift=5, window=3, overlap=True)
    assert page.locator(".book-digit").get_attribute("transform") == "translate(120 40)"
    cuts = page.locator(".book-cuts").get_attribute("d")
    # 11 by 5 windows of stride 2: the last ones end at column 23 and row 11.
    assert cuts.startswith("M0 0v220M40 0v220") and cuts.endswith("M460 0v220M0 220h460")
    assert cuts.count("v220") == 12 and cuts.count("h460") == 6
    strips = page.locator(".book-shared").get_attribute("d")
    assert strips.count("z") == 10 + 4 and strips.startswith("M40 0h20v220h-20z")
    page.get_by_label("Overlap").click()
    frame(page)
    assert page.locator(".book-shared").get_attribute("d") == ""
    inks = page.locator(".book-ink").evaluate_all(
        "(nodes) => nodes.map((node) => 16 * Number(node.getAttribute('fill-opacity')))"
    )
    demo = PoolingShifts()
    assert inks == [ink for row in demo.digits["0"] for ink in row]


def test_rings_are_round_the_cells_that_differ(show):
    page = show(shift=3, digit="8")
    demo = PoolingShifts(shift=3, digit="8")
    for kind in POOLS:
        first, now = demo.pooled(kind, 0), demo.pooled(kind)
        moves = [torch.nn.functional.pad(first, (n, -n)) for n in (1, 2)]
        nearest = min(moves, key=lambda old: (now - old).norm())
        wanted = [
            f"M{2 * PIXEL * column + 2} {2 * PIXEL * row + 2}h"
            for row, column in ((now - nearest).abs() > 1e-9).nonzero().tolist()
        ]
        ways = page.locator(f".book-{kind} .book-differs").get_attribute("d")
        assert all(way in ways for way in wanted)
        assert rings(page, kind) == len(wanted) > 0


def test_the_curves_and_their_dots_are_the_changes(show):
    page = show(shift=4, window=3)
    demo = PoolingShifts(shift=4, window=3)
    plot = page.locator(".book-plane:visible")
    assert plot.count() == 1
    for kind in POOLS:
        points = plot.locator(f"polyline.book-{kind}").get_attribute("points").split()
        places = torch.tensor(list(map(float, points)), dtype=torch.float64).view(-1, 2)
        wanted = torch.tensor([demo.change(kind, shift) for shift in range(13)]).double()
        low, one = places[0, 1], places[1, 1]  # pixels of shift 0 and of shift 1
        assert wanted[0] == 0 and one < low
        assert torch.allclose((low - places[:, 1]) / (low - one), wanted / wanted[1], atol=1e-6)
        dot = plot.locator(f"circle.book-{kind}")
        here = [float(dot.get_attribute(name)) for name in ("cx", "cy")]
        assert here == pytest.approx(places[4].tolist())
    assert plot.locator(".book-whole").count() == 5  # 0, 3, 6, 9 and 12


def test_the_digit_is_dragged(show):
    page = show(shift=2)
    x, y = middle(page.locator(".book-digit"))
    pixel = page.locator(".book-ink").first.bounding_box()["width"]
    drag(page, (x, y), (x + 5 * pixel, y))
    frame(page)
    assert shift_of(page) == 7
    drag(page, (x, y), (x + 40 * pixel, y))
    frame(page)
    assert shift_of(page) == 12
    drag(page, (x, y), (x - 40 * pixel, y))
    frame(page)
    assert shift_of(page) == 0
    assert read(page, ".book-says").startswith("No shift yet")


def test_pointing_at_a_cell_shows_its_window_and_its_numbers(show):
    page = show(shift=0, window=4, overlap=True)
    box = page.locator(".book-average .book-cell").nth(8).bounding_box()  # row 1, column 1
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    frame(page)
    numbers = PoolingShifts(shift=0).picture()[3:7, 3:7]
    assert read(page, ".book-says") == (
        f"This window sees 16 pixels: the largest is {numbers.max():.0f}, the mean "
        f"{numbers.mean():.1f}."
    )
    frames = page.locator(".book-frame:visible")
    places = [
        [frames.nth(index).get_attribute(name) for name in ("x", "y", "width", "height")]
        for index in range(frames.count())
    ]
    # In the picture a window, in the outputs a cell as wide as the stride.
    assert places == [["60", "60", "80", "80"], *[["60"] * 4] * 2]
    page.mouse.move(2, 2)
    frame(page)
    assert frames.count() == 0


def test_the_task_wants_overlap(show):
    page = show(window=3, shift=4)
    assert not is_done(page)
    page.get_by_label("Overlap").click()
    frame(page)
    assert is_done(page)
    assert read(page, ".book-says") == (
        "Shift 4, stride 2: both outputs are the first ones, moved by 2 cells."
    )
    page.get_by_label("Window", exact=True).press("ArrowLeft")
    frame(page)
    assert "Solved" in page.locator(".book-task").evaluate(
        "(node) => getComputedStyle(node, '::before').content"
    )


def test_in_sight_it_plays_by_itself_and_the_digit_glides(fresh_page):
    stop_clock(fresh_page)
    fresh_page.emulate_media(reduced_motion="no-preference")
    mount(fresh_page, PoolingShifts(shift=10))
    frame(fresh_page)
    expect(fresh_page.get_by_role("button", name="Pause")).to_be_visible()
    fresh_page.clock.run_for(200)  # on the way from one pixel to the next
    transform = fresh_page.locator(".book-digit").get_attribute("transform")
    left = float(transform.removeprefix("translate(").split()[0])
    assert 220 < left < 240
    fresh_page.clock.run_for(4000)
    assert shift_of(fresh_page) == 12
    assert fresh_page.locator(".book-digit").get_attribute("transform") == "translate(260 40)"
    assert fresh_page.get_by_role("button", name="Play").is_visible()


def test_the_lines_of_torch_give_both_outputs(show, capsys):
    settings = {"digit": "6", "shift": 7, "window": 4, "overlap": True}
    page, demo, names = show(**settings), PoolingShifts(**settings), {}
    exec(page.locator("pre").text_content(), names)
    assert torch.equal(names["largest"][0, 0].double(), demo.pooled("max"))
    assert torch.equal(names["mean"][0, 0].double(), demo.pooled("average"))


def test_tab_goes_from_play_to_the_drawers(show):
    names = tab_order(show())
    assert names == ["Play", "Reset", "Shift", "Window", "Overlap", "More", "The same in torch"]
