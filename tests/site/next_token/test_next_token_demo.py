"""Next token, as a reader meets it in Chromium."""

import contextlib
import io

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount
from playwright.sync_api import expect

from utils.checks import assert_same
from utils.widgets.next_token import CONTEXT, NextToken, read_part, vocabulary

STATES = [
    {},
    {"text": "the q", "temperature": 1.0},
    {"text": "down, down, down. ", "temperature": 0.0, "head": 3},
    {"text": 7 * "alice was a little ", "head": 8, "temperature": 2.0},
]
SIGNS = {" ": "␣", "\n": "↵"}


@pytest.fixture
def show(page):
    yield from mounting(page, NextToken)


def shares(page, selector):
    found = page.eval_on_selector_all(
        selector, "all => all.map((node) => Number(node.style.getPropertyValue('--share')))"
    )
    return torch.tensor(found, dtype=torch.float64)


def bars(page):
    return page.locator(".book-bar .book-key").all_text_contents()


def letters(page):
    return page.locator(".book-cell").all_text_contents()


def top(demo):
    order = demo.logits.argsort(descending=True, stable=True)[:10]
    return [vocabulary().characters[place] for place in order], demo.chances[order]


@pytest.mark.parametrize("state", STATES)
def test_text_bars_and_shades_are_those_of_torch(show, state):
    page, demo = show(**state), NextToken(**state)
    text = read_part(demo.text)
    shown = [SIGNS.get(one, one) for one in text]
    assert letters(page) == [*shown, *[""] * (CONTEXT - len(shown))]
    characters, chances = top(demo)
    assert bars(page) == [SIGNS.get(one, one) for one in characters]
    assert_same(shares(page, ".book-bar"), chances, atol=1e-4)
    looks = demo.looks / demo.looks.max()
    assert_same(shares(page, ".book-cell")[: len(text)], looks, atol=1e-3)
    assert not shares(page, ".book-cell")[len(text) :].any()
    marks = [
        page.eval_on_selector_all(
            ".book-cell", f"all => all.findIndex((cell) => cell.classList.contains('{name}'))"
        )
        for name in ("book-last", "book-next")
    ]
    assert marks == [len(text) - 1, len(text)]


def test_it_opens_at_a_fork(show):
    page = show()
    said = read(page, ".book-says")
    assert said.startswith("“e” has 4") and "a space 2" in said
    assert said.endswith("places before the last.") or "before the last" in said
    assert not is_done(page)
    assert page.get_by_label("Text so far").input_value() == NextToken().text


def test_the_sentence_names_what_is_looked_at_most(show):
    for head in range(9):
        page, demo = show(text="the queen of hea", head=head), NextToken(text="the queen of hea")
        demo.head = head
        most = int(demo.looks.argmax())
        back = len(demo.text) - 1 - most
        names = {0: "the last character", 1: "the one before the last"}
        letter = {" ": "a space"}.get(demo.text[most], f"“{demo.text[most]}”")
        wanted = names.get(back, f"{letter}, {back} places before the last")
        assert read(page, ".book-says").endswith(f"The model looks most at {wanted}.")


def test_temperature_zero_gives_all_to_one(show):
    page = show(temperature=0.0)
    assert read(page, ".book-says").startswith(
        "At temperature 0 the likeliest takes all. “e” has 100 %."
    )
    amounts = page.locator(".book-bar .book-percent").all_text_contents()
    assert amounts == ["100\u202f%"] + 9 * ["0\u202f%"]  # spaces as narrow as the bars are
    assert shares(page, ".book-bar").tolist() == [1.0] + 9 * [0.0]


def test_a_bar_writes_its_character(show):
    page, demo = show(), NextToken()
    page.locator(".book-bar").nth(1).click()
    frame(page)
    demo.text += " "
    assert page.get_by_label("Text so far").input_value() == demo.text
    page.wait_for_timeout(400)
    assert bars(page) == [SIGNS.get(one, one) for one in top(demo)[0]]
    page.locator(".book-bar").nth(2).press("Enter")
    frame(page)
    demo.text += top(demo)[0][2]
    assert "".join(letters(page)) == demo.text.replace(" ", "␣")
    name = page.locator(".book-bar").nth(0).get_attribute("aria-label")
    first = top(demo)[0][0]
    assert name.startswith("Write a space:" if first == " " else f"Write “{first}”:")


def test_pointing_at_a_bar_shows_its_character_in_the_next_box(show):
    page = show()
    box = page.locator(".book-next")

    def inside():
        return box.evaluate("node => getComputedStyle(node, '::after').content")

    assert inside() == '"?"'
    page.locator(".book-bar").nth(1).hover()
    assert inside() == '"␣"'
    page.locator(".book-percent").nth(0).hover()
    assert inside() == '"e"'
    page.mouse.move(1, 1)
    assert inside() == '"?"'
    page.locator(".book-bar").nth(2).focus()
    assert inside() == f'"{bars(page)[2]}"'
    page.locator(".book-bar").nth(2).blur()
    assert inside() == '"?"'
    for cell in page.locator(".book-cell:not(.book-next)").all()[:3]:
        assert cell.evaluate("node => getComputedStyle(node, '::after').content") == "none"


def test_a_text_is_typed(show):
    page = show()
    field = page.get_by_label("Text so far")
    field.fill("Off with 2 heads")
    frame(page)
    assert "".join(letters(page)) == "off␣with␣␣heads"
    field.fill("")
    frame(page)
    assert "".join(letters(page)) == "off␣with␣␣heads"  # a model needs something to read
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert field.input_value() == NextToken().text


def test_play_writes_what_python_draws(fresh_page):
    page = fresh_page
    stop_clock(page)
    demo = NextToken(text="she said to the ", dice=7)
    mount(page, demo)
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(450 * 12 + 100)
    frame(page)
    written = page.locator(".book-page").get_attribute("aria-label").removeprefix("Text: ")
    assert len(written) > len(demo.text) + 5
    while len(demo.text) < len(written):
        demo.text += demo.following
    assert written == demo.text


def test_play_ends_when_the_text_is_full(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, NextToken(text=188 * "a"))
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(2000)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert page.get_by_label("Text so far").input_value()[:188] == 188 * "a"
    assert len(read_part(188 * "a" + "bc")) == len([one for one in letters(page) if one])


def test_the_task_is_to_go_round(show):
    page = show(text="the mock turtle the mock turtl")
    assert not is_done(page)
    page.get_by_label("Temperature", exact=True).press("Home")
    frame(page)
    assert not is_done(page)
    field = page.get_by_label("Text so far")
    field.fill("the mock turtle the mock turtle ")
    frame(page)
    assert is_done(page)
    page.locator(".book-bar").nth(5).click()
    frame(page)
    assert "book-solved" in page.locator(".book-task").get_attribute("class")


def test_greedy_writing_goes_round_and_the_opening_draw_does_not(open_module):
    module = open_module("next_token/math")
    for temperature, wanted in ((0.0, True), (0.8, False)):
        demo, seen = NextToken(temperature=temperature), []
        while len(demo.text) < 150:
            demo.text += demo.following
            seen.append(demo.text)
        assert any(module.call_each([("goesRound", text) for text in seen])) == wanted


def test_heads_and_dice_are_in_the_drawer(show):
    page = show()
    open_drawer(page, "More")
    head = page.get_by_label("Head", exact=True)
    head.press("ArrowRight")
    frame(page)
    assert head.get_attribute("aria-valuetext") == "1 of block 1"
    head.press("End")
    frame(page)
    assert head.get_attribute("aria-valuetext") == "4 of block 2"
    page.wait_for_timeout(400)
    looks = NextToken(head=8).looks
    found = shares(page, ".book-cell")[: len(looks)]
    assert_same(found, looks / looks.max(), atol=1e-3)


@pytest.mark.parametrize("state", STATES)
def test_the_lines_of_torch_give_the_chances(show, state):
    page = show(**state)
    open_drawer(page, "The same in torch")
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(page.inner_text("code"), {})
    characters, chances = top(NextToken(**state))
    lines = [f"{one!r} {two:.3f}" for one, two in zip(characters, chances, strict=True)][:5]
    if state.get("temperature") == 0:  # equal zeros have no order
        lines, said = lines[:1], heard.getvalue().splitlines()[:1]
    else:
        said = heard.getvalue().splitlines()
    assert said == lines
