"""The perceptron as a reader meets it, in Chromium on a blank page."""

import pytest
import torch
from demo_input import drag, middle, tab_order
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount
from playwright.sync_api import expect

from utils.widgets.perceptron_steps import PRESETS, PerceptronSteps


@pytest.fixture
def show(page):
    yield from mounting(page, PerceptronSteps)


def says(page):
    frame(page)
    return read(page, ".book-says")


def grips(page):
    return page.locator(".book-handle:visible")


def scrub(page, key, times=1):
    for _ in range(times):
        page.get_by_label("Updates").press(key)
        frame(page)


def test_a_step_uses_the_mistake_that_is_ringed(show):
    page = show(updates=9)
    assert (
        says(page)
        == "Sample 4 has label × score = −2.3125, not above 0: it makes the next update."
    )
    ring = page.locator(".book-head.book-next")
    assert middle(ring) == pytest.approx(
        middle(page.get_by_label("orange square 2", exact=True)), abs=1
    )
    assert page.locator(".book-head.book-wrong").count() == 1
    scrub(page, "ArrowRight")
    assert page.locator(".book-strip span").all_inner_texts()[-1] == "4"
    assert read(page, ".book-count") == "10"
    assert page.locator(".book-numbers").text_content() == "w = (2.5, 1), b = −2"


def test_the_next_update_is_an_addition_in_columns(show):
    page = show(updates=9)
    lines = page.locator(".book-entry")
    titles, now, change, after = (line.locator("> span").all_inner_texts() for line in lines.all())
    assert titles == ["", "w₁", "w₂", "b"] and now == ["now", "1", "2.75", "−1"]
    assert change[0].split() == ["+", "4"] and change[1:] == ["1.5", "−1.75", "−1"]
    assert after == ["next", "2.5", "1", "−2"]
    assert "book-minus" in lines.nth(2).get_attribute("class")  # sample 4 is orange
    scrub(page, "ArrowRight")
    assert lines.nth(1).locator("> span").all_inner_texts() == ["now", *after[1:]]
    page = show(updates=8)
    assert "book-plus" in lines.nth(2).get_attribute("class")  # sample 1 is blue
    assert lines.nth(2).locator("> span").all_inner_texts()[-1] == "1"
    assert show(updates=400).locator(".book-entry").count() == 2  # nothing follows


def test_the_run_settles_below_the_bound(show):
    page = show(updates=400)
    assert says(page) == "No sample is wrong after 19 updates; the bound allowed 152."
    assert read(page, ".book-most") == "Bound (r² + 1) / ρ² = 152.4"
    assert page.locator(".book-head").count() == 1  # the arrow's tip alone: no ring is left
    assert page.locator(".book-fill").evaluate("(node) => parseFloat(node.style.width)") == (
        pytest.approx(100 * 19 / PerceptronSteps().bound, abs=0.01)
    )


def test_the_line_is_where_the_score_is_zero(show):
    page = show(updates=9)
    (w1, w2, b) = PerceptronSteps(updates=9).weights.tolist()
    ends = page.locator(".book-border").get_attribute("points").split()
    pixels = torch.tensor(list(map(float, ends)), dtype=torch.float64).reshape(2, 2)
    places = torch.stack([pixels[:, 0] / 45 - 4, 3 - pixels[:, 1] / 45], dim=1)
    scores = places @ torch.tensor([w1, w2], dtype=torch.float64) + b
    assert scores.abs().max() < 1e-9
    tip = page.locator(".book-head.book-normal").get_attribute("points").split()[:2]
    x, y = (float(value) for value in tip)
    assert w1 * (x / 45 - 4) + w2 * (3 - y / 45) + b > 0  # towards the blue side


def test_xor_comes_back(show):
    page = show()
    page.get_by_label("Points", exact=True).select_option("XOR")
    assert says(page) == "Sample 2 has label × score = −1, not above 0: it makes the next update."
    assert read(page, ".book-count") == "1"
    assert read(page, ".book-most") == "No bound: no line separates them"
    scrub(page, "ArrowRight", times=3)
    assert says(page) == (
        "After update 4 the weights are back where they were after update 0: "
        "the same 4 updates come again and again."
    )
    scrub(page, "End")
    assert read(page, ".book-count") == "8"
    assert page.locator(".book-strip span").all_inner_texts() == list("12341234")


def test_play_steps_to_the_end_and_starts_anew_from_zero(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, PerceptronSteps(preset="wide gap", updates=2))
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(3000)
    assert page.inner_text(".book-says").startswith("No sample is wrong after 3 updates")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert page.inner_text(".book-count") == "0"


def test_the_task_is_to_drag_one_point_of_xor_and_play(show):
    page = show(preset="XOR", updates=1)
    corner = page.get_by_label("orange square 2", exact=True)
    start, goal = middle(corner), middle(page.get_by_label("orange square 1", exact=True))
    drag(page, start, (goal[0] + 90, goal[1]))
    frame(page)
    assert page.get_by_label("Points", exact=True).input_value() == "custom"
    assert not is_done(page)
    scrub(page, "End")
    assert says(page).startswith("No sample is wrong after")
    assert is_done(page)


def test_separable_points_of_another_kind_do_not_count(show):
    page = show(points=[(0, 0, 1), (1, 1, -1)], updates=400)
    assert not is_done(page)
    other = [(x + 0.25, y, label) for x, y, label in PRESETS["XOR"][:2]]
    page = show(points=[*other, *PRESETS["XOR"][2:3], (-3, -2, -1)], updates=400)
    assert says(page).startswith("No sample is wrong")
    assert not is_done(page)


def test_points_keep_to_the_grid_and_to_the_plane(show):
    page = show(preset="XOR")
    point = page.get_by_label("blue circle 1", exact=True)
    point.press("ArrowRight")
    frame(page)
    assert point.get_attribute("aria-valuetext") == "sample 2, x −1.25, y 1.50"
    x, y = middle(point)
    drag(page, (x, y), (x - 900, y - 13))
    frame(page)
    assert point.get_attribute("aria-valuetext") == "sample 2, x −3.50, y 1.75"
    drag(page, middle(point), (x, y - 900))
    frame(page)
    assert point.get_attribute("aria-valuetext") == "sample 2, x −1.25, y 2.50"


def test_points_are_added_and_removed(show):
    page = show(preset="XOR")
    open_drawer(page, "More")
    assert grips(page).count() == 4
    for _ in range(12):
        page.get_by_role("button", name="Add a blue circle").press("Enter")
        frame(page)
    assert grips(page).count() == 12
    assert page.get_by_role("button", name="Add an orange square").is_disabled()
    for _ in range(12):
        if page.get_by_role("button", name="Remove the last point").is_enabled():
            page.get_by_role("button", name="Remove the last point").press("Enter")
            frame(page)
    assert grips(page).count() == 2
    page.get_by_role("button", name="Add an orange square").press("Enter")
    frame(page)
    assert page.get_by_label("orange square 2", exact=True).is_visible()


def test_reset_leads_back(show):
    page = show(preset="XOR", updates=2)
    before = says(page)
    scrub(page, "End")
    page.get_by_role("button", name="Reset").press("Enter")
    assert says(page) == before


@pytest.mark.parametrize(
    "state", [{"updates": 9}, {"preset": "XOR", "updates": 7}, {"updates": 400}]
)
def test_the_shown_lines_make_the_same_weights(show, state):
    page = show(**state)
    names = {"torch": torch}
    lines = page.locator("code").text_content()
    exec(lines, names)
    found = [*names["w"].tolist(), float(names["b"])]
    assert found == PerceptronSteps(**state).weights.tolist()
    assert [float(part) for part in lines.rpartition("# ")[2].split(",")] == found


def test_tab_reaches_everything_in_order(show):
    page = show(preset="XOR")
    names = tab_order(page)
    kinds = ("blue circle", "orange square")
    assert sorted(names[:4]) == [f"{kind} {count}" for kind in kinds for count in (1, 2)]
    assert names[4:8] == ["Play", "Reset", "Points", "Updates"]
