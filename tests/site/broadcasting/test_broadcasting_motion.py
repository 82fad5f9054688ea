"""The story of the broadcasting demo: copies slide out, then the numbers combine cell by cell."""

import pytest
from demo_page import frame, stop_clock
from demo_stage import open_drawer
from module_page import mount

from utils.widgets.broadcasting import Broadcasting

OPEN = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
# What moves: the row of a's copies from left to right, and the numbers that the result has; which
# numbers touch each other, and what the button says.
LOOK = """() => ({
    across: [...document.querySelectorAll(".book-a [data-place^='0,']")]
        .map((node) => Number(node.getAttribute("transform").match(/[\\d.]+/)[0]))
        .sort((one, other) => one - other),
    numbers: [...document.querySelectorAll(".book-c [data-place]:not(.book-ghost)")].length,
    sources: [..."ab"].map((name) =>
        document.querySelector(`.book-${name} .book-source`)?.dataset.place ?? ""),
    lit: [..."abc"].map((name) =>
        document.querySelector(`.book-${name} .book-lit`)?.dataset.place ?? ""),
    crossing: (() => {
        const all = [...document.querySelectorAll(".book-broadcast text")]
            .filter((node) => /\\d/.test(node.textContent) && node.getClientRects().length)
            .map((node) => ({ text: node.textContent, box: node.getBoundingClientRect() }));
        return all.flatMap((one, at) => all.slice(at + 1)
            .filter(({ box }) => box.left < one.box.right && one.box.left < box.right
                && box.top < one.box.bottom && one.box.top < box.bottom)
            .map((other) => [one.text, other.text]));
    })(),
    button: document.querySelector(".book-play").textContent,
    says: document.querySelector(".book-says").textContent,
})"""


@pytest.fixture
def story(fresh_page):
    """A function that shows the demo to a reader who likes motion, with a clock that is wound."""

    def shown(**state):
        page = fresh_page
        page.emulate_media(reduced_motion="no-preference")
        stop_clock(page)
        mount(page, Broadcasting(**state))
        frame(page)
        page.clock.run_for(80)
        page.evaluate(OPEN)
        return page

    return shown


def at(page, milliseconds):
    page.clock.run_for(milliseconds)
    return page.evaluate(LOOK)


def test_the_stretch_is_played_by_itself_from_the_first_step_to_the_result(story):
    page = story()
    resting = at(page, 1500)  # first the result is looked at
    assert resting["numbers"] == 12 and resting["lit"] == ["1,2"] * 3
    assert page.get_by_role("button", name="Play").count() == 1
    seen = [at(page, 50) for _ in range(40)]
    told = [each for each in seen if each["says"].startswith("Axis −1")]
    assert told[0]["across"][-1] < told[-1]["across"][-1] and told[0]["lit"] == [""] * 3
    assert told[0]["numbers"] == 0
    assert sum(each["across"][-1] < 5 for each in told) < 6  # soon the first axis is stretched
    ways = [tuple(each["across"]) for each in told]
    unit = max(way[1] for way in ways)
    between = [way for way in ways if 0 < way[1] < unit]
    assert len(between) >= 3  # the copies slide
    assert all(way == pytest.approx([k * way[1] for k in range(4)]) for way in between)
    assert ways == sorted(ways)
    end = [at(page, 100) for _ in range(75)]
    counts = [each["numbers"] for each in end]
    assert counts == sorted(counts)
    assert len(set(counts)) > 5 and counts[-1] == 12  # cell by cell
    filling = [each for each in end if 0 < each["numbers"] < 12]
    assert len({each["lit"][2] for each in filling}) > 4
    for each in filling:
        row, column = each["lit"][2].split(",")
        assert each["lit"] == [each["lit"][2]] * 3
        assert each["sources"] == [f"{row},0", f"0,{column}"]
        assert each["crossing"] == []
        assert each["says"] == "(3, 1) and (4,) give (3, 4)."  # names no number but the lit one
    assert end[-1]["lit"] == ["1,2"] * 3
    assert (
        end[-1]["says"].replace("\u00a0", " ").endswith("c[1, 2] = a[1, 0] + b[2] = 20 + 3 = 23.")
    )
    page.clock.run_for(3000)
    assert page.get_by_role("button", name="Play").count() == 1


def test_play_begins_again_from_the_result_and_after_other_shapes(story):
    page = story()
    page.keyboard.press("Tab")  # a key stops what began by itself
    page.locator(".book-scene").dispatch_event("pointerdown")
    assert page.get_by_role("button", name="Play").count() == 1
    page.get_by_role("slider", name="Step").press("End")
    for shape in ("4", "5, 1, 1"):
        page.get_by_role("textbox", name="Shape of b").fill(shape)
        page.clock.run_for(3000)
        page.get_by_role("button", name="Play").press("Enter")
        assert at(page, 1000)["says"].startswith("Axis −1")
        page.clock.run_for(20_000)
        assert " give " in at(page, 100)["says"]
        assert page.get_by_role("button", name="Play").count() == 1


def test_other_shapes_are_stretched_before_the_readers_eyes(story):
    page = story()
    page.get_by_role("button", name="Reset").press("Enter")
    page.clock.run_for(3000)
    page.get_by_role("textbox", name="Shape of b").fill("6")
    ways = [tuple(at(page, 50)["across"]) for _ in range(40)]
    assert len(set(ways)) > 5
    assert ways[0][-1] < ways[-1][-1]
    assert at(page, 2000)["numbers"] == 18


def test_the_button_says_pause_as_long_as_an_example_moves_and_ends_that(story):
    page = story()
    page.clock.run_for(20_000)  # the story is told, and would fill slowly
    example = page.get_by_label("Example")
    example.select_option("scores and biases")
    seen = [at(page, 50) for _ in range(40)]
    moving = [each["button"] == "Pause" for each in seen]
    assert sum(moving) > 15 and not moving[-1] and seen[-1]["numbers"] == 15
    rest = moving.index(False, 2)
    assert not any(moving[rest:])
    assert seen[rest]["across"] == seen[-1]["across"]
    example.select_option("a loss gone wrong")
    page.clock.run_for(300)
    page.get_by_role("button", name="Pause").click()
    ended = at(page, 50)
    assert ended["numbers"] == 16 and ended["button"] == "Play"
    assert at(page, 1000)["across"] == ended["across"]
    page.get_by_role("button", name="Play").press("Enter")
    assert at(page, 500)["says"].startswith("Axis −1")


def test_pause_completes_the_step_that_is_told(story):
    page = story()
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(300)
    page.get_by_role("button", name="Pause").press("Enter")
    paused = at(page, 50)
    assert paused["says"].startswith("Axis −1") and paused["button"] == "Play"
    assert at(page, 3000)["across"] == paused["across"]
    assert paused["across"][1] > 20


def test_nothing_slides_for_readers_who_want_no_motion(page):
    mount(page, Broadcasting(step=1))
    page.evaluate("window.ways = new Set()")
    open_drawer(page, "More")
    page.get_by_role("slider", name="Step").press("ArrowRight")
    frame(page)
    found = page.evaluate(LOOK)
    assert found["across"][1] > 0
    page.get_by_role("button", name="Play").press("Enter")
    frame(page)
    after = page.evaluate(LOOK)["across"]
    assert after == found["across"]
