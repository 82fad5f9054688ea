"""Gate taps, as a reader meets it in Chromium."""

import contextlib
import io
import math

import pytest
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount

from utils.widgets.gate_taps import CANDIDATES, GateTaps

SOLVED = {"keep": 6.0, "idle": -6.0, "marked": 6.0}
# What is drawn at each step: the contents and the marked line as shares of the box from its
# ground, the belt's width in pixels, what comes to the tap and what it lets through, and what the
# numbers say.
DRAWN = """() => [...document.querySelectorAll(".book-station")].map((station, step) => {
    const shown = document.querySelectorAll(".book-shows .book-shown");
    const box = station.querySelector(".book-box");
    const room = box.clientHeight;
    const top = box.getBoundingClientRect().top + 2; // below its border
    const place = (node) => {
        const { top: from, bottom: to } = node.getBoundingClientRect();
        return [from, to].map((y) => 1 - (y - top) / room);
    };
    const [level, own, added, taken, ghost] = ["level", "own", "added", "taken", "ghost"]
        .map((kind) => station.querySelector(`.book-${kind}`));
    const wide = (kind) => Number(station.querySelector(`.book-${kind}`).getAttribute("width"));
    const doors = [...station.querySelectorAll(".book-door")].map((door) =>
        ["x", "width"].map((name) => Number(door.getAttribute(name))));
    const wanted = station.querySelector(".book-wanted");
    const isSeen = getComputedStyle(level).visibility === "visible";
    return {
        content: isSeen ? (place(level)[0] + place(level)[1]) / 2 : null,
        own: isSeen ? place(own) : null,
        added: isSeen ? place(added) : null,
        taken: isSeen ? place(taken) : null,
        ghost: ghost.hidden ? null : place(ghost),
        wanted: wanted.hidden ? null : place(wanted)[0],
        zero: place(station.querySelector(".book-zero"))[0],
        road: station.querySelector(".book-road").getBoundingClientRect().height,
        come: wide("come"),
        water: wide("water"),
        gap: doors[1][0] - doors[0][0] - doors[0][1],
        isRunning: getComputedStyle(station.querySelector(".book-water")).visibility === "visible",
        share: station.querySelector(".book-share").textContent,
        held: station.querySelector(".book-held").textContent.replace("\u2212", "-"),
        shown: shown[step].textContent.replace("\u2212", "-"),
        isMarked: station.classList.contains("book-marked"),
        chip: station.querySelector(".book-chip").textContent.replace("\u2212", "-"),
    };
})"""


@pytest.fixture
def show(page):
    yield from mounting(page, GateTaps)


@pytest.fixture
def still(fresh_page):
    """A page whose clock stands still."""
    stop_clock(fresh_page)
    return fresh_page


@pytest.mark.parametrize(
    "state",
    [
        {},
        SOLVED,
        {"keep": 3.0, "idle": 1.0, "mark": 3},
        {"keep": -6.0, "idle": 6.0, "show": -1.0, "mark": 2},
    ],
)
def test_the_picture_shows_what_torch_computes(show, state):
    page, demo = show(**state), GateTaps(**state)
    drawn, marked = page.evaluate(DRAWN), CANDIDATES[demo.mark - 1]
    rest = [c - part for c, part in zip(demo.cells[1:], demo.of_mark, strict=True)]
    keep, idle = (1 / (1 + math.exp(-gate)) for gate in (demo.keep, demo.idle))
    added, tops = 0, []
    for step, g in enumerate(CANDIDATES):
        added = keep * added + (idle * max(g, 0) if step + 1 != demo.mark else 0)
        tops.append(demo.of_mark[step] + added)
    low = min(marked, *demo.cells, *demo.of_mark) - 0.2
    high = max(marked, *demo.cells, *tops) + 0.2

    def stands(share, value):
        return math.isclose(low + (high - low) * share, value, abs_tol=0.03)

    for step, one in enumerate(drawn):
        assert stands(one["content"], demo.cells[step + 1]) and stands(one["zero"], 0)
        # One bar ends where the next one begins: from zero to what the belt holds.
        part, top = demo.of_mark[step], tops[step]
        for bar, ends in (("own", (0, part)), ("added", (part, top))):
            assert stands(one[bar][1], min(ends)) and stands(one[bar][0], max(ends))
        assert stands(one["taken"][0], top) and stands(one["taken"][1], part + rest[step])
        if one["ghost"]:  # what is left is never more than what came
            top, bottom = one["ghost"]
            assert bottom - 0.01 <= one["own"][1] <= one["own"][0] <= top + 0.01
        assert one["held"] == f"{demo.cells[step + 1]:.2f}".replace("-0.00", "0.00")
        assert one["shown"] == f"{demo.shown[step]:.2f}".replace("-0.00", "0.00")
        assert math.isclose(one["road"], max(1.5, 26 * demo.gradients[step + 1]), abs_tol=0.1)
        gate = demo.marked if step + 1 == demo.mark else demo.idle
        share = 1 / (1 + math.exp(-gate))
        assert math.isclose(one["come"], 48 * abs(CANDIDATES[step]))
        assert math.isclose(one["water"], share * one["come"], abs_tol=1e-3)
        assert math.isclose(one["gap"], one["water"], abs_tol=1e-3)
        assert one["share"] == f"{share:.0%}".replace("%", "\u00a0%")
        assert one["isMarked"] == (step + 1 == demo.mark) and one["chip"] == f"{CANDIDATES[step]}"
        assert (one["wanted"] is None) == (step + 1 < demo.mark)
        assert one["wanted"] is None or stands(one["wanted"], marked)


def test_at_first_the_marked_number_fills_most_of_the_box(show):
    assert 0.7 < show().evaluate(DRAWN)[-1]["wanted"] < 0.9


@pytest.mark.parametrize("mark", [1, 2, 3, 4])
@pytest.mark.parametrize("width", [360, 880])
def test_the_dashed_line_and_zero_have_their_numbers_beside_them(show, mark, width):
    page = show(mark=mark, width=width)
    aim, zero = page.locator(".book-aim"), page.locator(".book-nought")
    assert aim.inner_text().split() == ["wanted", str(CANDIDATES[mark - 1]).replace("-", "−")]
    assert zero.inner_text() == "0"
    for words, kind in ((aim, "wanted"), (zero, "zero")):
        box = words.bounding_box()
        line = page.locator(f".book-station .book-{kind}").last.bounding_box()
        assert math.isclose(box["y"] + box["height"] / 2, line["y"], abs_tol=2)
    boxes = sorted((one.bounding_box() for one in (aim, zero)), key=lambda box: box["y"])
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]


def test_rows_and_colours_have_names(show):
    page = show()
    names = page.locator(".book-line .book-names > div").all_inner_texts()
    names = [" ".join(name.split()) for name in names]
    assert names == ["comes", "tap", "lets in", "wanted 0.8 0", "holds", "gradient"]
    keys = page.locator(".book-key").all_inner_texts()
    assert keys == ["marked number", "all others", "holds"]
    assert page.locator(".book-sum").all_inner_texts() == ["+", "="]

    def paint(selector, name, pseudo=None):
        code = "(node, [name, pseudo]) => getComputedStyle(node, pseudo)[name]"
        return page.locator(selector).first.evaluate(code, [name, pseudo])

    both = paint(".book-key-rest", "backgroundImage", "::before")
    assert paint(".book-added", "backgroundColor") in both
    assert paint(".book-taken", "backgroundColor") in both
    assert paint(".book-tap.book-minus .book-water", "fill") in both
    level = paint(".book-level", "backgroundColor")
    assert level == paint(".book-key-level", "backgroundColor", "::before")
    own = paint(".book-own", "backgroundColor")
    assert own == paint(".book-key-own", "backgroundColor", "::before")
    assert own == paint(".book-marked .book-water", "fill")
    assert own == paint(".book-wanted", "borderTopColor") == paint(".book-aim", "color")


def test_what_the_cell_shows_stands_under_more(show):
    page = show()
    shows = page.locator(".book-shows")
    assert not shows.is_visible()
    open_drawer(page, "More")
    words = [f"{h:.2f}" for h in GateTaps().shown]
    assert shows.inner_text().split("\n") == ["shows h", *words]


def test_the_sentence_says_what_arrives(show):
    said = read(show(), ".book-says")
    assert said == (
        "The belt ends with 0.07: of the marked 0.8 it has 0.07 (green), "
        "of the others +0.36 and \u22120.36."
    )
    demo = GateTaps()
    assert round(demo.cells[-1], 2) == 0.07 == round(demo.of_mark[-1], 2)
    pairs = list(zip(demo.shares, CANDIDATES, strict=True))[1:]
    assert round(sum(share * g for share, g in pairs if g > 0), 2) == 0.36
    assert round(sum(share * g for share, g in pairs if g < 0), 2) == -0.36
    assert read(show(at=0), ".book-says") == "The belt is empty."
    said = read(show(at=2), ".book-says")
    first = "Step 2: the tap lets in 38 % of \u22120.6. The belt holds 0.20"
    assert said == f"{first}: of the mark it has 0.43 (green), of the others +0.00 and \u22120.23."
    assert round(demo.cells[2], 2) == 0.2 and round(demo.of_mark[1], 2) == 0.43
    assert read(show(at=1), ".book-says").endswith("0.58 (green), of the others nothing.")
    said = read(show(at=1, mark=2), ".book-says")
    assert said == "Step 1: the tap lets in 38 % of 0.8. The belt holds 0.30."


def test_play_runs_time_step_by_step(still):
    mount(still, GateTaps(at=8))
    frame(still)
    still.get_by_role("button", name="Play").click()
    seen = []
    for _ in range(8):
        frame(still)
        drawn = still.evaluate(DRAWN)
        seen.append(sum(one["content"] is not None for one in drawn))
        assert seen[-1] == sum(one["isRunning"] for one in drawn)
        assert all((one["held"] != "") == (one["content"] is not None) for one in drawn)
        assert all((one["own"] is None) == (one["content"] is None) for one in drawn)
        still.clock.run_for(600)
    assert seen == [1, 2, 3, 4, 5, 6, 7, 8]
    assert not is_done(still)


def test_keys_turn_the_taps_and_the_task_is_noticed(show):
    page = show(**{**SOLVED, "idle": -4.0})
    assert not is_done(page)
    for _ in range(4):
        page.get_by_label("Let in").press("ArrowLeft")
    frame(page)
    assert is_done(page)
    assert read(page, ".book-control:has-text('Let in') output") == "0.2 %"
    page.get_by_label("Keep").press("Home")
    frame(page)
    assert page.locator(".book-task.book-solved").count() == 1  # and stands there again


@pytest.mark.parametrize(
    "state",
    [
        {**SOLVED, "keep": 3.0},
        {**SOLVED, "idle": -3.0},
        {**SOLVED, "marked": 1.0},
        {**SOLVED, "at": 7},
        {"keep": 6.0, "idle": 6.0, "marked": 6.0},
        {"keep": -6.0, "idle": -6.0, "marked": 6.0},
    ],
)
def test_half_a_solution_is_none(show, state):
    assert not is_done(show(**state))


def test_any_mark_of_the_first_half_can_be_carried(show):
    for mark in (1, 2, 3, 4):
        assert is_done(show(**SOLVED, mark=mark))


def test_turning_a_tap_shows_the_whole_run(show):
    page = show(at=2)
    page.get_by_label("At mark").press("ArrowRight")
    frame(page)
    assert all(one["content"] is not None for one in page.evaluate(DRAWN))


def test_pointing_at_a_step_sets_it_off(show):
    page = show()
    page.locator(".book-station").nth(2).hover()
    pointed = page.locator(".book-station.book-pointed")
    assert pointed.count() == 1 and pointed.locator(".book-chip").inner_text() == "0.5"


def test_a_reader_who_hears_it_gets_the_contents(show):
    demo = GateTaps(at=3)
    words = ", ".join(f"{c:.2f}" for c in demo.cells[1:4])
    label = show(at=3).locator(".book-line").get_attribute("aria-label")
    assert label == f"What the belt holds after each step: {words}."


@pytest.mark.parametrize("state", [{}, {"keep": 4.0, "idle": -2.5, "mark": 3, "show": 0.5}])
def test_the_code_of_the_demo_gives_its_numbers(show, state):
    page, demo = show(**state), GateTaps(**state)
    open_drawer(page, "The same in torch")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(page.inner_text(".book-formula code"), {})
    *lines, slope = printed.getvalue().splitlines()
    for line, c, h in zip(lines, demo.cells[1:], demo.shown, strict=True):
        assert all(
            math.isclose(float(ours), theirs, abs_tol=6e-4)
            for ours, theirs in zip(line.split(), (c, h), strict=True)
        )
    assert math.isclose(float(slope), demo.gradients[0], rel_tol=1e-4)
