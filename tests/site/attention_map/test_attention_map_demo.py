"""Attention map, as a reader meets it in Chromium."""

import contextlib
import io

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer
from module_page import mount
from playwright.sync_api import expect

from utils.checks import assert_same
from utils.widgets.attention_map import AttentionMap

STATES = [
    {},
    {"sharpness": 0.4, "place": 6},
    {"positions": False, "word": "TENSORAB"},
    {"causal": True, "place": 0},
]


@pytest.fixture
def show(page):
    yield from mounting(page, AttentionMap)


def texts(page, selector):
    return "".join(page.locator(f"{selector} text").all_text_contents())


def shares(page):
    """What the cells of the table are filled by, ``(8, 8)``."""
    found = page.eval_on_selector_all(
        ".book-cell", "all => all.map((cell) => Number(cell.style.getPropertyValue('--share')))"
    )
    return torch.tensor(found, dtype=torch.float64).view(8, 8)


def widths(page):
    found = page.eval_on_selector_all(
        ".book-rows line", "all => all.map((line) => Number(line.getAttribute('stroke-width')))"
    )
    return (torch.tensor(found, dtype=torch.float64) - 0.5) / 13


@pytest.mark.parametrize("state", STATES)
def test_letters_weights_and_answers_are_those_of_torch(show, state):
    page, demo = show(**state), AttentionMap(**state)
    assert texts(page, ".book-letter") == demo.word
    assert texts(page, ".book-out") == demo.answer
    assert_same(shares(page), demo.weights, atol=1e-4)
    assert_same(widths(page), demo.weights[demo.place], atol=1e-4)
    solid = page.eval_on_selector_all(
        ".book-rows line", "all => all.map((line) => Number(line.getAttribute('stroke-opacity')))"
    )
    wanted = 0.15 + 0.75 * demo.weights[demo.place]
    assert_same(torch.tensor(solid, dtype=torch.float64), wanted, atol=1e-4)
    wrong = [one != two for one, two in zip(demo.answer, demo.word[::-1], strict=True)]
    marked = page.eval_on_selector_all(
        ".book-out", "all => all.map((box) => box.classList.contains('book-wrong'))"
    )
    assert marked == wrong
    hidden = page.eval_on_selector_all(
        ".book-cell", "all => all.map((cell) => cell.classList.contains('book-hidden'))"
    )
    later = torch.ones(8, 8).triu(1).bool() & demo.causal
    assert torch.equal(torch.tensor(hidden).view(8, 8), later)
    labels = page.locator(".book-table text").all_text_contents()
    assert labels == [*demo.word, *demo.answer]


def test_it_opens_on_a_place_that_looks_across(show):
    page, demo = show(), AttentionMap()
    weight = demo.weights[2].max()
    assert read(page, ".book-says") == (
        f"The third place looks at the sixth letter most, by {weight:.2f}, and says A. "
        "All eight letters are right."
    )
    assert not is_done(page)
    assert page.locator(".book-out.book-chosen text").text_content() == "A"


def test_rows_are_named_and_a_row_of_the_table_is_a_place(show):
    page = show(causal=True)
    names = page.locator(".book-rows .book-name")
    assert names.all_text_contents() == ["word", "says"]
    tops = [float(name.get_attribute("y")) for name in names.all()]
    rows = [
        page.locator(f".book-{look} text").first.get_attribute("y") for look in ("letter", "out")
    ]
    assert tops == [float(top) for top in rows]
    corners = page.eval_on_selector_all(
        ".book-cell", "all => all.map(({ x, y }) => [x, y].map((side) => side.baseVal.value))"
    )
    assert corners == [[24 + 24 * at, 24 + 24 * place] for place in range(8) for at in range(8)]


def test_wrong_answers_and_hidden_letters_look_different(show):
    page = show(causal=True)
    style = "(node, name) => getComputedStyle(node)[name]"
    boxes = (".book-out.book-wrong rect", ".book-out:not(.book-wrong) rect")
    assert len({page.locator(box).first.evaluate(style, "fill") for box in boxes}) == 2
    hidden, seen = (
        page.locator(f".book-cell{look}").last.evaluate(style, "fill")
        for look in (".book-hidden", ":not(.book-hidden)")
    )
    empty = page.locator(".book-cell:not(.book-hidden)[style*='--share: 0.0000']").first
    assert hidden != seen and (not empty.count() or empty.evaluate(style, "fill") != hidden)


def test_lines_start_at_the_letters_and_end_at_the_place(show):
    page = show(place=5)
    ends = page.eval_on_selector_all(
        ".book-rows line",
        "all => all.map((line) => ['x1', 'x2'].map((name) => Number(line.getAttribute(name))))",
    )
    letters = page.eval_on_selector_all(
        ".book-letter text", "all => all.map((text) => Number(text.getAttribute('x')))"
    )
    place = float(page.locator(".book-out text").nth(5).get_attribute("x"))
    assert ends == [[x, place] for x in letters]


def test_sharpness_zero_looks_at_all_alike(show):
    page = show(sharpness=0.0)
    assert "looks at all letters alike" in read(page, ".book-says")
    assert_same(shares(page), torch.full((8, 8), 1 / 8).double())


@pytest.mark.parametrize(
    ("state", "looks"),
    [
        (
            {"positions": False, "place": 6, "sharpness": 0.5},
            "the second and sixth letters most, by {:.2f} each,",
        ),
        ({"word": "OOOWOOOB", "positions": False, "place": 3}, "6 letters most, by {:.2f} each,"),
        ({"sharpness": 0.0, "causal": True}, "3 letters most, by {:.2f} each,"),
        ({"causal": True, "place": 0}, "the first letter most, by {:.2f},"),
    ],
)
def test_equal_weights_are_named_together(show, state, looks):
    page, demo = show(**state), AttentionMap(**state)
    top = demo.weights[demo.place].max().item()
    assert f"place looks at {looks.format(top)} and says" in read(page, ".book-says")


def test_a_letter_is_tinted_by_the_weight_it_gets(show):
    page, demo = show(place=4), AttentionMap(place=4)
    found = page.eval_on_selector_all(
        ".book-letter", "all => all.map((box) => Number(box.style.getPropertyValue('--share')))"
    )
    assert_same(torch.tensor(found).double(), demo.weights[4], atol=1e-4)


def test_keys_and_pointer_choose_a_place(show):
    page = show()
    view = page.get_by_role("slider", name="Chosen place")
    view.press("ArrowRight")
    frame(page)
    assert read(page, ".book-says").startswith("The fourth place")
    assert view.get_attribute("aria-valuenow") == "4"
    says = AttentionMap().answer[3]
    assert view.get_attribute("aria-valuetext") == f"place 4, says {says}"
    view.press("End")
    frame(page)
    assert read(page, ".book-says").startswith("The eighth place")
    view.press("Home")
    view.press("ArrowUp")
    frame(page)
    assert read(page, ".book-says").startswith("The first place")
    page.locator(".book-out").nth(6).hover()
    frame(page)
    assert read(page, ".book-says").startswith("The seventh place")
    page.locator(".book-band").nth(3).hover()
    frame(page)
    assert read(page, ".book-says").startswith("The fourth place")
    page.locator(".book-band").nth(1).click()
    frame(page)
    assert read(page, ".book-says").startswith("The second place")
    mark = float(page.locator(".book-mark").get_attribute("y"))
    assert mark == pytest.approx(24 + 24 - 1)


def test_a_word_is_typed_and_counted(show):
    page = show()
    field = page.get_by_label("Word of eight letters")
    field.focus()
    page.keyboard.type("ten so")
    frame(page)
    assert field.input_value() == "TENSO"
    assert read(page, ".book-word .book-value") == "5 of 8"
    assert texts(page, ".book-letter") == "BACKWARD"
    page.keyboard.type("r1abc")
    frame(page)
    assert texts(page, ".book-letter") == field.input_value() == "TENSORAB"
    assert texts(page, ".book-out") == AttentionMap(word="TENSORAB").answer
    assert read(page, ".book-word .book-value") == ""
    page.get_by_role("button", name="Reset").click()
    frame(page)
    assert field.input_value() == texts(page, ".book-letter") == "BACKWARD"


def test_the_task_wants_a_right_answer_without_positions(show):
    page = show()
    page.get_by_label("Positions", exact=True).click()
    frame(page)
    assert not is_done(page)
    field = page.get_by_label("Word of eight letters")
    field.fill("nnnnnnnn")
    frame(page)
    assert is_done(page)
    page.get_by_label("Positions", exact=True).click()
    field.fill("tensorab")
    frame(page)
    page.get_by_label("Positions", exact=True).click()
    frame(page)
    assert texts(page, ".book-out") != "TENSORAB"[::-1]
    assert "book-solved" in page.locator(".book-task").get_attribute("class")


def test_a_right_word_with_positions_is_not_enough(show):
    assert not is_done(show(word="NNNNNNNN"))


def test_later_letters_are_hidden_from_the_drawer(show):
    page = show()
    open_drawer(page, "More")
    page.get_by_label("Hide later letters", exact=True).click()
    frame(page)
    assert_same(shares(page), AttentionMap(causal=True).weights, atol=1e-4)
    assert page.locator(".book-cell.book-hidden").count() == 28


def test_play_visits_the_places(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, AttentionMap(place=5))
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(850)
    frame(page)
    assert read(page, ".book-says").startswith("The seventh place")
    page.clock.run_for(1000)
    frame(page)
    assert read(page, ".book-says").startswith("The eighth place")
    page.clock.run_for(900)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="Play").press("Enter")
    page.clock.run_for(50)
    assert read(page, ".book-says").startswith("The first place")
    assert not is_done(page)


@pytest.mark.parametrize("state", STATES)
def test_the_lines_of_torch_give_the_answer(show, state):
    page = show(**state)
    open_drawer(page, "The same in torch")
    scope, heard = {}, io.StringIO()
    with contextlib.redirect_stdout(heard):
        exec(page.inner_text("code"), scope)
    assert heard.getvalue().strip() == AttentionMap(**state).answer == texts(page, ".book-out")
