"""Cache steps, as a reader meets it in Chromium."""

import pytest
from demo_page import frame, mount, mounting, read, stop_clock
from demo_stage import is_done
from playwright.sync_api import expect

from utils.cache import accesses, count_misses, walk
from utils.widgets.cache_steps import CacheSteps


@pytest.fixture
def show(page):
    yield from mounting(page, CacheSteps)


def entries(page):
    """What became of each number of the matrix, by its address: hit, miss or unread."""
    looks = page.evaluate(
        """() => [...document.querySelectorAll(".book-memory .book-entry")].map((node) =>
            [Number(node.querySelector("text").textContent), node.getAttribute("class")])"""
    )
    words = ("hit", "miss", "unread")
    return {n: next(w for w in words if f"book-{w}" in look.split()) for n, look in looks}


def held(page):
    """The lines whose frames are strong in memory, and those in the slots of the cache."""
    in_memory = page.locator(".book-memory .book-held")
    framed = [node.get_attribute("data-about") for node in in_memory.all()]
    slots = page.locator(".book-slot[data-about]")
    return sorted(framed), sorted(node.get_attribute("data-about") for node in slots.all())


def lines_after(step, **state):
    demo, lines = CacheSteps(**state), []
    for access in list(accesses(walk(demo.rows, 8, demo.order), demo.lines, demo.line_length))[
        :step
    ]:
        lines = [line for line in lines if line not in (access.line, access.evicted)]
        lines.append(access.line)
    return sorted(f"line{line}" for line in lines)


def test_the_opening_shows_misses_and_the_line_that_has_to_go(show):
    page = show()
    places = walk(6, 8, "columns")
    found = entries(page)
    assert {n for n, fate in found.items() if fate == "miss"} == set(places[:10])
    assert "hit" not in found.values() and len(found) == 48
    assert held(page) == (lines_after(10), lines_after(10))
    assert read(page, ".book-says") == (
        "Row 3, column 1: a miss. Its line, 24–27, is fetched, and 0–3 has to go. "
        "So far 10 misses in 10 reads."
    )
    assert not is_done(page)
    assert read(page, ".book-title >> nth=0") == "Main memory\n10 misses\n0 hits"


def test_a_line_of_one_number_is_called_by_it(show):
    says = read(show(line_length=1), ".book-says")
    assert "Its line, 25, is fetched, and 1 has to go." in says


@pytest.mark.parametrize(
    "state",
    [
        {"order": "rows", "line_length": 8, "lines": 2},
        {"order": "columns", "line_length": 2, "lines": 6},
        {"order": "columns", "line_length": 4, "lines": 8, "rows": 3},
    ],
)
def test_numbers_and_lines_are_those_of_the_simulation(show, state):
    demo = CacheSteps(**state)
    places = walk(demo.rows, 8, demo.order)
    for step in (1, 13, 24):
        page = show(**state, step=step)
        fates = dict(zip(places[:step], demo.hits, strict=False))
        wanted = {n: {True: "hit", False: "miss"}.get(fates.get(n), "unread") for n in places}
        assert entries(page) == wanted
        assert held(page) == (lines_after(step, **state),) * 2
        now = page.locator(".book-memory .book-now text").all_text_contents()
        assert now == [str(places[step - 1])]


def test_the_chart_draws_both_staircases(show):
    page = show(lines=4, line_length=2)
    said = page.locator(".book-chart").get_attribute("aria-label")
    for order in ("rows", "columns"):
        counts = [count_misses(walk(m, 8, order), 4, 2) for m in range(1, 9)]
        assert f"by {order} {', '.join(map(str, counts))}" in said
        dots = page.locator(f".book-by-{order} circle").evaluate_all(
            "(nodes) => nodes.map((node) => Number(node.getAttribute('cy')))"
        )
        heights = [(122 - y) / (122 - 12) * 64 for y in dots]
        assert heights == pytest.approx(counts)


def test_the_chart_names_its_axes_and_walks_and_marks_the_matrix(show):
    page = show()
    texts = page.locator(".book-chart > text").all_text_contents()
    assert {"rows of the matrix", "misses of the whole walk"} < set(texts)
    ends = [page.locator(".book-chart > text.book-end", has_text=end) for end in ("0", "64")]
    low, high = (float(end.last.get_attribute("y")) for end in ends)
    assert (low, high) == (126, 16)  # beside the ends of the axis, from 122 to 12
    for order in ("rows", "columns"):
        curve = page.locator(f".book-by-{order}")
        assert curve.locator("text").text_content() == f"by {order}"
        sizes = curve.locator("circle").evaluate_all("(all) => all.map((n) => n.r.baseVal.value)")
        assert sizes == [3, 3, 3, 3, 3, 6, 3, 3]


def test_the_chart_counts_the_misses_of_the_matrix_that_is_seen(show):
    amounts = ".book-chart .book-amount"
    assert show().locator(amounts).all_text_contents() == ["48", "12"]
    assert show(lines=8).locator(amounts).all_text_contents() == ["12"]  # the same for both


def test_memory_is_told_and_slots_show_what_was_read(show):
    page = show()
    assert page.locator(".book-memory").get_attribute("aria-label") == (
        "Main memory: 6 rows of 8 numbers in lines of 4; 10 misses in 10 reads"
    )
    assert page.locator(".book-slot.book-absent").count() == 8 - CacheSteps().lines
    assert page.locator(".book-slot:visible").count() == CacheSteps().lines
    assert page.locator(".book-note-word:not(:empty)").all_text_contents() == ["miss, 0–3 out"]
    assert page.locator(".book-slot .book-now").all_text_contents() == ["25"]
    assert page.locator(".book-slot.book-miss").get_attribute("data-about") == "line6"
    page = show(order="rows")
    assert page.locator(".book-slot.book-hit .book-now").all_text_contents() == ["9"]
    assert page.locator(".book-slot.book-miss").count() == 0
    assert page.locator(".book-note-word:not(:empty)").all_text_contents() == ["hit"]
    style = "(node) => getComputedStyle(node).fill"
    fates = [f".book-memory .book-{fate} rect" for fate in ("hit", "miss", "unread")]
    assert len({page.locator(fate).last.evaluate(style) for fate in fates}) == 3


def test_controls_change_the_walk(show):
    page = show()
    page.get_by_label("Read", exact=True).select_option("rows")
    frame(page)
    assert list(entries(page).values())[:10] == (["miss"] + ["hit"] * 3) * 2 + ["miss", "hit"]
    page.get_by_label("Line length", exact=True).press("ArrowRight")
    frame(page)
    assert list(entries(page).values())[:10] == (["miss"] + ["hit"] * 7) + ["miss", "hit"]
    hit = "Row 1, column 1: a hit. Its line, 8–15, is in the cache."
    assert read(page, ".book-says").startswith(hit)
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Rows", exact=True).press("ArrowLeft")
    page.get_by_label("Reads so far", exact=True).press("End")
    frame(page)
    assert len(entries(page)) == 40
    assert page.get_by_label("Reads so far", exact=True).get_attribute("max") == "40"
    assert read(page, ".book-says").startswith("The whole walk: 5 misses in 40 reads.")
    page.get_by_label("Reads so far", exact=True).press("Home")
    frame(page)
    assert read(page, ".book-says").startswith("The cache is empty.")
    assert not page.locator(".book-slot[data-about]").count()


@pytest.mark.parametrize(
    ("state", "done"),
    [
        ({"lines": 6, "step": 48}, True),
        ({"lines": 5, "step": 48}, False),
        ({"lines": 7, "step": 48}, False),
        ({"lines": 6, "step": 47}, False),
        ({"lines": 6, "step": 48, "order": "rows"}, False),
        ({"lines": 1, "step": 48, "line_length": 1}, False),
        ({"lines": 4, "step": 48, "rows": 4, "line_length": 8}, True),
    ],
)
def test_the_task_wants_the_smallest_cache_at_the_end_of_the_walk(show, state, done):
    assert is_done(show(**state)) == done


def test_play_goes_to_the_end_does_not_solve_the_task_and_starts_anew(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, CacheSteps(step=44))
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(2500)
    assert read(page, ".book-says").startswith("The whole walk: 48 misses in 48 reads.")
    assert not is_done(page)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert set(entries(page).values()) == {"unread"}


def test_pointing_at_a_slot_lights_its_line_in_memory(show):
    page = show()
    page.locator(".book-slot[data-about=line6]").hover()
    lit = page.locator(".book-memory .book-pointed .book-entry text").all_text_contents()
    assert lit == ["24", "25", "26", "27"]


def test_the_shown_lines_count_the_same_misses(show):
    for state in (
        {},
        {"order": "rows", "line_length": 2},
        {"lines": 6},
        {"rows": 3, "line_length": 8},
    ):
        page = show(**state)
        names = {}
        lines = page.locator("code").text_content()
        exec(lines, names)
        assert names["misses"] == CacheSteps(**state).misses
        assert lines.rpartition("# ")[2] == str(names["misses"])
