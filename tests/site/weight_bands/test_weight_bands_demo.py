"""Weight bands, as a reader meets it in Chromium."""

import pytest
import torch
from demo_page import code_lines, frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer

from utils.widgets.weight_bands import PLACES, WeightBands

# Where a class of rectangles stands, in the units of the drawing.
_BOXES = """(name) => [...document.querySelectorAll(`.${name}`)].map((node) =>
    [...["x", "y", "width", "height"].map((side) => Number(node.getAttribute(side))),
     node.classList.contains("book-minus"), getComputedStyle(node).visibility !== "hidden"])"""
_POINTED = """() => [...document.querySelectorAll(".book-pointed")]
    .map(({ dataset }) => [dataset.row, dataset.column])"""


@pytest.fixture
def show(page):
    yield from mounting(page, WeightBands)


def boxes(page, name):
    """Return x, y, width and height, and whether each is negative and seen."""
    found = page.evaluate(_BOXES, name)
    return (
        torch.tensor([box[:4] for box in found], dtype=torch.float64),
        *(torch.tensor([box[place] for box in found]) for place in (4, 5)),
    )


def point_at(page, row, column):
    page.locator(f'[data-row="{row}"][data-column="{column}"]').dispatch_event(
        "pointerover", {"bubbles": True, "pointerType": "mouse"}
    )
    frame(page)


@pytest.mark.parametrize("state", [{}, {"share": True, "reach": 2, "shift": 7}])
def test_squares_have_the_area_of_their_weights(show, state):
    page, demo = show(**state), WeightBands(**state)
    found, is_minus, _ = boxes(page, "book-weight")
    weights = demo.matrix.flatten()
    assert torch.allclose(found[:, 2] * found[:, 3], weights.abs() * (0.92 * 24) ** 2, atol=0.5)
    assert torch.equal(is_minus, weights < 0)
    middles = (found[:, :2] + found[:, 2:] / 2 - torch.tensor([12.0, 88.0])) / 24
    places = torch.arange(PLACES, dtype=torch.float64)
    wanted = torch.cartesian_prod(places, places).flip(1)  # x is the column, y the row
    assert torch.allclose(middles, wanted, atol=0.01)


@pytest.mark.parametrize("share", [False, True])
def test_bars_show_the_signals_and_outlines_where_the_output_would_be(show, share):
    page, demo = show(share=share, shift=5), WeightBands(share=share, shift=5)
    found, *_ = boxes(page, "book-input")
    assert torch.allclose(found[:, 3] / 46 * 3, demo.signal, atol=0.01)
    assert torch.allclose(found[:, 1] + found[:, 3], torch.tensor(66.0).double())
    found, is_minus, _ = boxes(page, "book-output")
    assert torch.allclose(found[:, 2] / 70 * 4.6, demo.output.abs(), atol=0.01)
    assert torch.equal(is_minus, demo.output < 0)
    ends = torch.where(is_minus, found[:, 0] + found[:, 2], found[:, 0])
    assert torch.allclose(ends, torch.tensor(464.0).double(), atol=0.02)
    wanted, _, is_seen = boxes(page, "book-wanted")
    assert is_seen.tolist() == [False] * 5 + [True] * 11
    before = WeightBands(share=share, shift=0).output
    assert torch.allclose(wanted[5:, 2] / 70 * 4.6, before[:11].abs(), atol=0.01)
    assert torch.allclose(wanted[5:, [0, 2]], found[5:, [0, 2]], atol=0.02) == share


def test_the_outlines_and_both_signals_are_named(show):
    page = show()
    assert read(page, ".book-key") == "dashed: the old output, moved along"
    line = page.locator(".book-key").evaluate(
        "(node) => getComputedStyle(node, '::before').borderTopStyle"
    )
    assert line == "dashed"
    names = page.locator(".book-name").evaluate_all(
        "(all) => all.map((node) => [node.textContent, node.getBBox()])"
        ".map(([name, { x, y, width, height }]) => [name, { x, y, width, height }])"
    )
    (x, above), (h, over) = names
    assert (x, h) == ("input x", "output h")
    assert above["x"] == 0 and above["y"] >= 0 and above["y"] + above["height"] <= 66 - 46 + 3
    assert over["x"] + over["width"] / 2 == pytest.approx(464, abs=1)  # the outputs' zero
    assert over["y"] + over["height"] < 76  # above the first output


def test_outputs_tell_whether_they_fill_their_outlines(show):
    looks = "(all) => all.map((node) => node.dataset.fit)"
    outputs = show(share=True, reach=2).locator(".book-output")
    assert outputs.evaluate_all(looks) == [""] * 4 + ["yes"] * 12
    assert "no" in show().locator(".book-output").evaluate_all(looks)
    assert set(show(shift=0).locator(".book-output").evaluate_all(looks)) == {""}


def test_the_weights_that_the_signal_meets_stand_out_and_a_shift_has_an_arrow(show):
    page = show(shift=5)
    met = page.locator(".book-met").evaluate("(n) => [n.x, n.width].map((v) => v.baseVal.value)")
    assert met == [7 * 24, 3 * 24]
    strong = page.locator(".book-weight[data-met='yes']").count()
    assert strong == PLACES * 3
    assert page.locator(".book-far").text_content() == "5"
    page = show(shift=0)
    assert page.locator(".book-far").text_content() == ""
    assert not page.locator(".book-way").is_visible()


def test_the_bar_shows_the_share_of_weights_that_is_left(show):
    page = show(share=True, reach=7)
    width = page.locator(".book-left").evaluate("(n) => parseFloat(n.style.width)")
    assert width == pytest.approx(100 * 15 / 256, abs=1e-3)


def test_no_outline_is_drawn_before_the_signal_has_moved(show):
    page = show(shift=0)
    assert not boxes(page, "book-wanted")[2].any()
    assert read(page, ".book-badge") == "not moved yet"


def test_the_count_and_the_verdict_follow_the_controls(show):
    page = show()
    assert read(page, ".book-count") == "256"
    assert read(page, ".book-badge") == "✗ the output did not move along"
    page.get_by_label("Share weights").press("Space")
    assert read(page, ".book-count") == "31"
    assert read(page, ".book-badge") == "✓ the output moved along"
    assert "the output has moved by 4 places as well" in read(page, ".book-says")
    page.get_by_label("Reach Δ").press("Home")
    page.get_by_label("Reach Δ").press("ArrowRight")
    assert read(page, ".book-count") == "3"
    assert "a kernel of 3" in read(page, ".book-says")
    page.get_by_label("Share weights").press("Space")
    assert read(page, ".book-count") == "46"
    page.get_by_label("Shift").press("Home")
    assert "not moved yet" in read(page, ".book-says")


def test_pointing_at_a_shared_weight_lights_its_diagonal(show):
    page = show(share=True, reach=3)
    point_at(page, 4, 6)
    lit = page.evaluate(_POINTED)
    diagonal = [[str(place), str(place + 2)] for place in range(14)]
    assert sorted(lit) == sorted([*diagonal, ["", "6"], ["4", ""]])
    assert "stands at 14 places" in read(page, ".book-says")
    page.get_by_label("Share weights").press("Space")
    frame(page)
    assert sorted(page.evaluate(_POINTED)) == sorted([["4", "6"], ["", "6"], ["4", ""]])
    assert "stands here alone" in read(page, ".book-says")


def test_pointing_at_an_output_lights_what_it_sees(show):
    page = show(share=True, reach=2)
    point_at(page, 1, "")
    assert read(page, ".book-says") == "Output 1 is a sum over the inputs 0 to 3."
    assert sorted(page.evaluate(_POINTED)) == sorted(
        [["1", ""], *(["1", str(k)] for k in range(4))]
    )
    point_at(page, "", 15)
    assert read(page, ".book-says") == "Input 15 goes into the outputs 13 to 15."
    point_at(page, 0, 9)
    assert "the weight is 0" in read(page, ".book-says")
    page.get_by_role("button", name="Reset").click()
    assert read(page, ".book-says").startswith("Equal weights along each diagonal")
    assert page.evaluate(_POINTED) == []


def test_the_task_asks_for_seven_weights_and_a_shift(show):
    page = show(share=True, reach=3, shift=0)
    assert not is_done(page)
    page.get_by_label("Shift").press("ArrowRight")
    frame(page)
    assert is_done(page)
    page.get_by_label("Share weights").press("Space")
    frame(page)
    assert "7 free weights" in read(page, ".book-task")


@pytest.mark.parametrize("state", [{}, {"share": True, "reach": 3}])
def test_the_lines_of_torch_run(show, state):
    page, found = show(**state), {}
    open_drawer(page, "The same in torch")
    exec("\n".join(["import torch.nn.functional as F", *code_lines(page)]), found)
    listed = [line for line in code_lines(page) if line.startswith("# ")]
    numbers = torch.tensor([float(part) for part in listed[0][2:].split(", ")]).double()
    assert torch.allclose(found["demo"].output, numbers, atol=1e-4)
    assert found["demo"].state() == WeightBands(**state).state()
    assert f"demo.free  # {found['demo'].free}" in code_lines(page)


def test_play_tells_the_story_from_where_the_demo_is(fresh_page):
    page = fresh_page
    stop_clock(page)
    for show in mounting(page, WeightBands):
        show(share=True, reach=15, shift=6)
        page.get_by_role("button", name="Play").click()
        counts = []
        for _ in range(8):
            counts.append(int(read(page, ".book-count")))
            page.clock.run_for(1000)
        assert counts[0] == 31 and counts[-1] == 5
        assert counts == sorted(counts, reverse=True)
