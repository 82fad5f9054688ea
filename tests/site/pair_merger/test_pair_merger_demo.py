"""Pair merger, as a reader meets it in Chromium."""

import contextlib
import io

import pytest
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount
from playwright.sync_api import expect

from utils.widgets.pair_merger import PairMerger

STATES = [
    {},
    {"step": 0},
    {"step": 40},
    {"text": "é语🐇 é语🐇", "step": 3},
    {"text": "to be to be to be", "step": 3, "apart": False},
    {"text": "to be to be to be", "step": 3},
]


@pytest.fixture
def show(page):
    yield from mounting(page, PairMerger)


def texts(page, selector):
    """What chips say, with spaces as they are."""
    found = page.locator(f"{selector} .book-chip").all_text_contents()
    return [text.replace("␣", " ") for text in found]


@pytest.mark.parametrize("state", STATES)
def test_chips_and_bars_are_those_of_python(show, state):
    page, demo = show(**state), PairMerger(**state)
    assert texts(page, ".book-tokens") == demo.tokens
    assert texts(page, ".book-made") == demo.learned
    top = demo.pairs[:5]
    assert texts(page, ".book-bar:not(.book-none)") == [part for pair, _ in top for part in pair]
    counts = page.locator(".book-bar:not(.book-none) .book-count").all_text_contents()
    assert counts == [str(count) for _, count in top]
    size = len(demo.text.encode())
    assert read(page, ".book-head b") == f"{size} → {len(demo.tokens)}"


LONG = {"text": 32 * "a", "step": 5}
MANY = {"text": "mississippi mississippi banana bandana missouri!", "step": 9}


@pytest.mark.parametrize("state", [*STATES, LONG, MANY])
def test_each_learned_token_shows_the_pair_that_it_was_made_of(show, state):
    page, end = show(**state), PairMerger(**state)
    before = [PairMerger(**{**state, "step": step}) for step in range(len(end.learned))]
    assert texts(page, ".book-from") == [part for demo in before for part in demo.pairs[0][0]]
    assert page.locator(".book-recipe").count() == len(end.learned)
    shown = page.locator(".book-from:visible").count()
    has_room = len(end.learned) <= 8 and all(len(token) <= 8 for token in end.learned)
    assert shown == (len(end.learned) if has_room else 0)


@pytest.mark.parametrize("state", STATES)
def test_bars_are_as_long_as_counts_say(show, state):
    page, demo = show(**state), PairMerger(**state)
    widths = page.eval_on_selector_all(
        ".book-fill", "all => all.map((fill) => parseFloat(fill.style.width))"
    )
    most = PairMerger(**{**state, "step": 0}).pairs[0][1]
    wanted = [100 * count / most for _, count in demo.pairs[:5]]
    wanted += [0] * (5 - len(wanted)) + [100 * len(demo.tokens) / len(demo.text.encode())]
    assert widths == pytest.approx(wanted, abs=0.01)


def marked(page, name):
    return page.eval_on_selector_all(
        ".book-tokens .book-chip", f"all => all.map((chip) => chip.classList.contains('{name}'))"
    )


def test_marks_show_what_came_and_what_comes(show):
    page = show(text="abab cab", step=0)
    assert marked(page, "book-next") == [1, 1, 1, 1, 0, 0, 1, 1]
    assert not any(marked(page, "book-newest"))
    assert page.locator(".book-word").all_text_contents() == ["abab", "␣cab"]
    assert page.locator(".book-bar.book-next").count() == 1
    page.get_by_label("Merges", exact=True).press("ArrowRight")
    frame(page)
    assert texts(page, ".book-tokens") == ["ab", "ab", " ", "c", "ab"]
    assert marked(page, "book-newest") == [1, 1, 0, 0, 1]
    assert not any(marked(page, "book-next"))  # no pair stands there twice
    assert page.locator(".book-bar.book-next").count() == 0


def tints(page, selector):
    return page.eval_on_selector_all(
        f"{selector} .book-chip",
        "all => all.map((chip) => chip.className.match(/book-tint-./)?.[0] ?? '')",
    )


def test_equal_tokens_have_equal_tints(show):
    page = show(step=40)
    by_token = dict(zip(texts(page, ".book-made"), tints(page, ".book-made"), strict=True))
    assert list(by_token.values()) == [f"book-tint-{n % 6}" for n in range(8)]
    for token, tint in zip(texts(page, ".book-tokens"), tints(page, ".book-tokens"), strict=True):
        assert tint == by_token.get(token, "")


def test_the_sentence_names_the_next_pair_and_the_end(show):
    page = show()
    assert read(page, ".book-says") == (
        "37 bytes, 4 merges, 26 tokens. Next: o and d, together 2 times."
    )
    page = show(step=40)
    assert read(page, ".book-says") == (
        "37 bytes, 8 merges, 18 tokens. No pair stands there twice: the end."
    )
    page = show(step=0, text="a")
    assert read(page, ".book-says") == (
        "1 byte, 0 merges, 1 token. No pair stands there twice: the end."
    )
    page = show(step=1, text="x as as")
    assert read(page, ".book-says").startswith("7 bytes, 1 merge, 5 tokens. Next: ␣a and s")


def test_pointing_at_a_bar_shows_its_places(show):
    page = show(text="abab cab", step=0)
    page.locator(".book-bar").first.hover()
    assert marked(page, "book-pointed") == [1, 1, 1, 1, 0, 0, 1, 1]
    page.locator(".book-bar").nth(3).hover()  # c and a
    assert marked(page, "book-pointed") == [0, 0, 0, 0, 0, 1, 1, 0]
    page.locator(".book-says").hover()
    assert not any(marked(page, "book-pointed"))
    page = show(text="abab cab", step=1)
    page.locator(".book-made .book-chip").hover()
    assert marked(page, "book-pointed") == [1, 1, 0, 0, 1]


def test_the_slider_ends_where_learning_ends(show):
    page = show()
    merges = page.get_by_label("Merges", exact=True)
    assert merges.get_attribute("max") == "8"
    merges.press("End")
    frame(page)
    assert texts(page, ".book-tokens") == PairMerger(step=8).tokens
    merges.press("Home")
    frame(page)
    assert texts(page, ".book-tokens") == [*PairMerger().text]


def test_a_sentence_is_typed(show):
    page = show()
    field = page.get_by_label("Sentence")
    field.fill("")
    frame(page)
    assert field.input_value() == "" and texts(page, ".book-tokens") == PairMerger().tokens
    field.press_sequentially("to be or\tnot to be")
    frame(page)
    typed = PairMerger(text=field.input_value())
    assert typed.text.startswith("to be or") and texts(page, ".book-tokens") == typed.tokens
    field.fill("z" * 70)
    frame(page)
    assert field.input_value() == "z" * 48
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert field.input_value() == PairMerger().text
    assert texts(page, ".book-tokens") == PairMerger().tokens


def test_words_may_be_joined_from_the_drawer(show):
    page = show(text="to be to be to be", step=40)
    open_drawer(page, "More")
    page.get_by_label("Keep words apart").click()
    frame(page)
    wanted = PairMerger(text="to be to be to be", step=40, apart=False).tokens
    assert texts(page, ".book-tokens") == wanted
    assert any(" " in token[1:] for token in wanted)


def test_the_task_wants_32_letters_and_four_merges(show):
    page = show()
    assert not is_done(page)
    page.get_by_label("Sentence").fill("a" * 31)
    page.get_by_label("Merges", exact=True).press("End")
    frame(page)
    assert not is_done(page)
    page.get_by_label("Merges", exact=True).press("Home")
    page.get_by_label("Sentence").fill("b" * 32)
    frame(page)
    assert not is_done(page)
    page.get_by_label("Merges", exact=True).press("End")
    frame(page)
    assert is_done(page)
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert not is_done(page)


def test_more_merges_are_too_many_and_pairs_do_as_well(show):
    assert not is_done(show(text="abcd" * 8, step=40))
    assert is_done(show(text="ab" * 16, step=4))
    assert not is_done(show(text="ab" * 16, step=3))
    assert not is_done(show(text="ab" * 8, step=4))


def test_play_tells_the_story_and_does_not_solve_the_task(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, PairMerger(step=6))
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(2300)
    frame(page)
    assert texts(page, ".book-tokens") == PairMerger(step=8).tokens
    page.clock.run_for(1200)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert texts(page, ".book-tokens") == PairMerger(step=0).tokens
    assert not is_done(page)


@pytest.mark.parametrize("state", [*STATES, {"text": "say \"a\\b\" 'a\\b'", "step": 1}])
def test_the_lines_of_python_give_the_tokens(show, state):
    page, demo = show(**state), PairMerger(**state)
    open_drawer(page, "The same in torch")
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(page.inner_text("code"), {})
    words, tokens = demo._learned()
    assert heard.getvalue().strip() == str([tokens[index] for word in words for index in word])


def test_what_it_shows_is_said_as_well(show):
    page = show(text="abab cab", step=1)
    assert (
        page.locator(".book-tokens").get_attribute("aria-label") == "Tokens: ab | ab | ␣ | c | ab"
    )
    assert page.locator(".book-learned").get_attribute("aria-label") == "Learned: ab"
    page = show(step=0)
    assert page.locator(".book-learned").get_attribute("aria-label") == "Learned: nothing yet"
