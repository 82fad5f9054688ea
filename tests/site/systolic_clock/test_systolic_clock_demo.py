"""Systolic clock, as a reader meets it in Chromium."""

import re

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils import systolic
from utils.widgets.systolic_clock import SystolicClock, factors


@pytest.fixture
def show(page):
    yield from mounting(page, SystolicClock)


def sums(page):
    return [int(text) for text in page.locator(".book-sum").all_text_contents()]


def places(page, stream):
    """Where the chips of a stream stand, in cells from the first cell."""
    return page.eval_on_selector_all(
        f".book-chip.book-{stream}",
        "all => all.map((n) => { const m = n.transform.baseVal[0].matrix; return [m.e, m.f] })",
    )


def test_the_cells_show_the_sums_of_the_simulation(show):
    a, b = factors(3, 1)
    moments = list(systolic.output_stationary(a, b))
    for cycle in (1, 3, 5, 7):
        page = show(array=3, size=3, cycle=cycle)
        moment = moments[cycle - 1]
        started = [(i, j) for i in range(3) for j in range(3) if i + j < cycle]
        assert sums(page) == [int(moment.sums[place]) for place in started]
        assert page.locator(".book-cell.book-now").count() == int(moment.busy.sum())
        done = {(i, j) for i, j in started if cycle - 1 - i - j >= 2}
        assert page.locator(".book-cell.book-complete").count() == len(done)
    assert torch.equal(torch.tensor(sums(page)), (a @ b).flatten())


def test_numbers_that_meet_stand_in_one_cell(show):
    page = show(array=3, size=3, cycle=3)
    unit, begin = 100, 158
    for i, j in ((0, 0), (1, 1), (2, 0)):
        row, column = begin + (i + 0.27) * unit, begin + j * unit
        assert [column + 0.27 * unit, row] in [pytest.approx(p) for p in places(page, "left")]
        assert [column + 0.73 * unit, row] in [pytest.approx(p) for p in places(page, "above")]


def test_zeros_fill_up_a_tile_and_are_hatched(show):
    page = show(array=3, size=5, cycle=8)
    assert page.locator(".book-cell.book-waste").count() == 1
    assert page.locator(".book-entry.book-extra").count() == 11
    assert page.locator(".book-tile").count() == 4
    assert "8 of 9 cells" in read(page, ".book-says")
    assert page.locator(".book-fact").all_text_contents() == ["8 of 24", "4", "58 %"]


def test_streams_cells_and_entries_are_named(show):
    page = show(array=3, size=5, cycle=8)
    names = page.locator(".book-names text").evaluate_all(
        "(all) => all.map((node) => [node.textContent, node.getAttribute('class')])"
    )
    assert names == [["A", "book-left"], ["B", "book-above"], ["result A B", "book-product"]]
    ways = page.locator(".book-lanes path")
    looks = [ways.nth(at).get_attribute("class") for at in range(ways.count())]
    assert looks == ["book-left", "book-above"] * 3
    chips = page.locator(".book-chip").evaluate_all(
        "(all) => all.map((n) => [n.textContent, n.classList.contains('book-zero')])"
    )
    assert {text == "0" for text, _ in chips} == {True, False}
    assert all(is_zero == (text == "0") for text, is_zero in chips)
    # The tile on the right is begun, the one below is not.
    entries = page.locator(".book-entry")
    fates = [entries.nth(at).get_attribute("class").split()[1] for at in (3, 18)]
    assert fates == ["book-current", "book-open"]
    page = show(array=3, size=3, cycle=4)
    a, b = factors(3, 1)
    title = page.locator("[data-about='cell-0-2'] title").text_content()
    partial = (a[0, 0, :2] * b[0, :2, 2]).sum()
    assert title == f"Row 1, column 3 of the result: {partial}"


def test_the_chart_has_a_column_a_cycle_and_its_hand_at_the_clock(show):
    page, most = show(array=3, size=3, cycle=3), 9
    counts = [1, 3, 6, 7, 6, 3, 1]  # the diagonals of a cube
    chart = page.locator(".book-side .book-chart")

    def columns(name):
        found = re.findall(r"V([\d.]+)H", chart.locator(f".book-{name}").get_attribute("d"))
        return [most * (1 - float(top) / 110) for top in found]

    assert columns("whole") == pytest.approx(counts, abs=0.01)
    assert columns("past") == pytest.approx(counts[:3], abs=0.01)
    for end in ("x1", "x2"):
        hand = float(chart.locator(".book-hand").get_attribute(end))
        assert hand == pytest.approx(300 * 3 / 7)
    assert page.locator(".book-title").inner_text() == "Cells at work, cycle by cycle"
    share = round(100 * SystolicClock(array=3, size=3).utilisation)
    told = f"The share of useful cell cycles of the whole run is {share} %."
    assert chart.get_attribute("aria-label") == told
    assert page.locator(".book-word").all_inner_texts() == ["wasted", "useful"]
    page = show(array=2, size=10, products=8)  # hardly anything is wasted
    assert page.locator(".book-word:visible").all_inner_texts() == ["useful"]
    page = show(array=3, size=3, cycle=4)
    style = "(node) => getComputedStyle(node).fill"
    looks = ("complete", "useful", "waiting")
    grounds = [page.locator(f".book-{look} .book-ground").first for look in looks]
    assert len({ground.evaluate(style) for ground in grounds}) == 3


def test_the_clock_ends_with_the_run(show):
    page = show(array=2, size=2, cycle=99)
    assert page.get_by_role("slider", name="Clock").get_attribute("max") == "4"
    assert read(page, ".book-says") == "Done. Of 4 cycles on 4 cells, 50 % were useful."
    page.get_by_role("slider", name="Clock").press("Home")
    frame(page)
    assert "The numbers wait" in read(page, ".book-says") and sums(page) == []
    page.get_by_role("slider", name="Clock").press("ArrowRight")
    frame(page)
    assert "In cycle 1, 1 of 4 cells does" in read(page, ".book-says")


def test_the_task_is_done_by_whole_tiles_or_by_many_products(show):
    page = show(array=4, size=7)
    assert not is_done(page)
    page.get_by_role("slider", name="Matrix").press("ArrowRight")
    frame(page)
    assert is_done(page)  # 8 on 4
    page.get_by_role("slider", name="Array").press("ArrowLeft")
    frame(page)
    assert "solved" in page.locator(".book-task").get_attribute("class")
    page = show(array=4, size=4, products=6)
    assert not is_done(page)  # 24 of 30 cycles: 0.8 is not more than 0.8
    assert is_done(show(array=4, size=4, products=7))
    assert not is_done(show(array=3, size=6, products=8))  # too small an array


def test_pointing_at_a_cell_lights_up_its_row_and_column(show):
    page = show(array=3, size=3, cycle=4)
    page.locator("[data-about='cell-1-0']").hover()
    lit = page.locator(".book-chip.book-pointed").evaluate_all(
        "all => all.map(n => n.dataset.about)"
    )
    assert set(lit) == {"cell-1-0 cell-1-1 cell-1-2", "cell-0-0 cell-1-0 cell-2-0"}
    assert page.locator(".book-cell.book-pointed").count() == 1


def test_numbers_move_and_sums_change_when_they_have_arrived(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, SystolicClock(array=3, size=3, cycle=0))
    frame(page)
    page.get_by_role("slider", name="Clock").press("Home")  # a touch: it plays no longer by itself
    page.clock.run_for(1000)
    before = places(page, "left")
    start = before[0]
    page.get_by_role("slider", name="Clock").press("ArrowRight")
    page.clock.run_for(300)
    between = places(page, "left")[0]
    assert start[0] < between[0] < start[0] + 100 and between[1] == start[1]
    assert sums(page) == []
    page.clock.run_for(600)
    ahead = max(x for x, y in before if y == start[1])
    after = max(x for x, y in places(page, "left") if y == start[1])
    assert after == pytest.approx(ahead + 100)
    assert sums(page) == [int(factors(3, 1)[0][0, 0, 0] * factors(3, 1)[1][0, 0, 0])]


def test_play_goes_to_the_end_and_reset_back(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, SystolicClock(array=3, size=3, cycle=4))
    frame(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(900 * 5)
    assert "Done. Of 7 cycles" in read(page, ".book-says")
    assert page.get_by_role("button", name="Play").count() == 1 and not is_done(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(950)
    assert "In cycle 1," in read(page, ".book-says")
    page.get_by_role("button", name="Reset").click()
    page.clock.run_for(100)
    assert "In cycle 4," in read(page, ".book-says")


def test_the_lines_of_torch_give_the_product(show):
    page = show(array=3, size=4, products=2)
    names = {}
    exec(page.locator("pre code").text_content(), names)
    a, b = factors(4, 2)
    assert torch.equal(names["a"], a[1]) and torch.equal(names["b"], b[1])
    assert names["cycles"] == SystolicClock(array=3, size=4, products=2).cycles
