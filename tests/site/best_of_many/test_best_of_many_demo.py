"""The coins as a reader meets them, in Chromium on a blank page."""

import pytest
from demo_input import tab_order
from demo_page import frame, mount, mounting, read, stop_clock
from demo_stage import is_done, open_drawer

from utils.widgets.best_of_many import BestOfMany


@pytest.fixture
def show(page):
    yield from mounting(page, BestOfMany)


def says(page):
    frame(page)
    return read(page, ".book-says")


def percent(share):
    return f"{int(100 * share + 0.5)} %"


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"models": 1},
        {"models": 1000, "examples": 20},
        {"models": 1000},
        {"seed": 7, "examples": 500},
    ],
)
def test_picture_and_words_show_the_chosen_model(show, state):
    page, demo = show(**state), BestOfMany(**state)
    chosen, looks = demo.chosen, says(page)
    assert f": {percent(chosen.validation)} right on the {demo.examples} examples that" in looks
    assert f"it, {percent(chosen.test)} on new ones" in looks
    average = page.locator(".book-words.book-average").text_content()
    # Beside the line, without the first words where there is no room for them.
    words = "" if demo.bound > 0.68 else "on average "
    assert average == f"{words}≤ {percent(demo.bound)}"
    assert looks.startswith("One coin" if demo.models == 1 else f"Best of {demo.models} coins")
    places = page.locator(".book-head.book-looks, .book-head.book-best").evaluate_all(
        "(dots) => dots.map((dot) => 0.08 + 0.96 * Number(dot.getAttribute('cx')) / 366)"
    )
    assert places == pytest.approx([chosen.validation, chosen.test])
    bars = page.locator(".book-coin").evaluate_all(
        """(all) => all.map((bar) => bar.getAttribute("points").split(" ").map(Number))
            .map(([left, , , , right]) => [left, right])"""
    )
    for share in (chosen.validation, chosen.test):
        across = (share - 0.08) * 366 / 0.96
        assert any(left < across < right for left, right in bars)
    texts = page.locator(".book-words.book-looks, .book-words.book-best").all_text_contents()
    assert texts == [f"looks {percent(chosen.validation)}", f"is {percent(chosen.test)}"]


def test_the_dashed_line_stands_at_the_bound_unless_it_is_out_of_sight(show):
    page = show()
    frame(page)
    across = float(page.locator(".book-mark.book-bound").get_attribute("points").split()[0])
    assert 0.08 + across / 366 * 0.96 == pytest.approx(BestOfMany().bound)


WORDS = ".book-words.book-looks, .book-words.book-best, .book-words.book-average"


@pytest.mark.parametrize("width", [360, 880])
@pytest.mark.parametrize(
    "state",
    [
        {},
        {"models": 1},
        {"models": 4},
        {"models": 300, "examples": 40},
        {"models": 1000},
        {"models": 1000, "examples": 20},
        {"models": 1000, "examples": 500, "seed": 99},
    ],
)
def test_no_upright_line_crosses_words_and_they_stay_in_the_picture(show, state, width):
    page = show(width=width, **state)
    frame(page)
    picture = page.locator(".book-plane").bounding_box()
    lines = page.locator(".book-mark.book-looks, .book-mark.book-bound").evaluate_all(
        """(all) => all.map((node) => node.getBoundingClientRect())
            .map(({ left, top, bottom }) => [left, top, bottom])"""
    )
    assert len(lines) == 2
    for text in page.locator(WORDS).all():
        box = text.bounding_box()
        left, right = box["x"], box["x"] + box["width"]
        assert picture["x"] <= left and right <= picture["x"] + picture["width"]
        middle = box["y"] + box["height"] / 2
        for line, top, bottom in lines:
            assert not (left < line < right and top < middle < bottom), text.text_content()


def test_more_models_never_look_worse(show):
    page = show(models=10)
    seen = []
    for models in (10, 100, 1000):
        page.get_by_label("Models", exact=True).fill(str(models))
        says(page)
        seen.append(float(page.locator(".book-head.book-looks").get_attribute("cx")))
    assert seen == sorted(seen) and seen[0] < seen[-1]


def test_few_examples_and_many_models_do_the_task(show):
    page = show()
    assert not is_done(page)
    page.get_by_label("Models", exact=True).press("End")
    frame(page)
    assert not is_done(page)
    page.get_by_label("Examples", exact=True).press("Home")
    frame(page)
    assert is_done(page)


def test_play_doubles_the_models(page):
    stop_clock(page)
    for demo in mounting(page, BestOfMany):
        view = demo(models=300)
        view.get_by_role("button", name="Play").press("Enter")
        view.clock.run_for(6000)
        assert says(view).startswith("Best of 1000 coins")
        view.get_by_role("button", name="Play").press("Enter")
        view.clock.run_for(50)
        assert says(view).startswith("One coin")


def test_other_coins_are_under_more(show):
    page = show()
    open_drawer(page, "More")
    page.get_by_label("Other coins").press("ArrowRight")
    assert f": {percent(BestOfMany(seed=1).chosen.validation)} right" in says(page)


def test_the_shown_lines_run_and_name_the_demos_numbers(show):
    page, names = show(models=30), {}
    frame(page)
    lines = page.locator("code").text_content()
    exec(lines, names)
    assert names["validation"].shape == names["test"].shape == (30,)
    assert names["validation"].max() >= 0.5
    chosen = BestOfMany(models=30).chosen
    assert lines.endswith(f"{chosen.validation:g}, {chosen.test:g}")


def test_tab_reaches_everything_in_order(show):
    assert tab_order(show())[:4] == ["Play", "Reset", "Models", "Examples"]


def test_the_coin_falls_when_another_is_chosen_and_says_what_it_is_when_it_lands(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, BestOfMany())
    page.clock.run_for(9000)  # it has played by itself
    coin, words = page.locator(".book-head.book-best"), page.locator(".book-words.book-best")
    lying = float(coin.get_attribute("cy"))
    assert words.count() == 1
    page.get_by_label("Examples", exact=True).press("ArrowLeft")
    heights, said = [], []
    for _ in range(20):
        page.clock.run_for(100)
        heights.append(float(coin.get_attribute("cy")))
        said.append(words.count())
    landed = said.index(1)
    assert heights[0] < 0.5 * lying and heights[:landed] == sorted(heights[:landed])
    assert said[landed:] == [1] * (20 - landed) and heights[-1] == pytest.approx(lying)
    assert min(heights[landed:]) < lying - 3  # it bounces
