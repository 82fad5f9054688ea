"""Answer fields as a reader meets them: keys, verdicts, and a browser that remembers."""

import importlib
import pkgutil

import pytest
from demo_input import tab_order
from demo_kernel import assert_stops, ids_of_two_views, in_a_notebook
from demo_looks import assert_fits, assert_legible
from demo_page import resize
from module_page import mount

import utils.exercises
from utils.widgets.answers import DESK, PHONE, Answers, choice, number, numbers

WORDS = {"hint": "Where can the `window` start?", "because": "At rows 0, 2 and 4."}
SITE = "http://book.test/"
TAKEN = """() => {
    return [...document.querySelectorAll(".book-answers")].map((root) =>
        root.getBoundingClientRect().height + 2 * parseFloat(getComputedStyle(root).marginTop));
}"""


def sheet(*answers):
    return Answers(
        "page/predict",
        number("How many rows come out?", 3, wrong=[(4, "Row 6 sticks out.")], **WORDS),
        choice("Is each pixel used?", ["yes", "no"], "no", **WORDS),
        numbers("Which `shape`?", [3, 3], **WORDS),
        answers=answers,
    )


@pytest.fixture
def page(browser):
    """A page of a website, which can keep things, unlike a blank one."""
    page = browser.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.route(
        f"{SITE}**", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html")
    )
    page.goto(SITE)
    mount(page, sheet())
    yield page
    page.close()
    assert wrong == []


def feedback(page):
    return page.locator(".book-feedback").all_inner_texts()


def answer(page):
    """Answer by keyboard alone: wrong, right, not at all."""
    field = page.get_by_label("How many rows come out?")
    field.fill("4")
    field.press("Enter")
    page.get_by_label("no", exact=True).press("Space")
    page.get_by_role("button", name="Check").nth(1).press("Enter")
    page.get_by_role("button", name="Check").nth(2).press("Enter")


def test_check_judges_and_hint_helps(page):
    answer(page)
    asked = "Write numbers with commas between them, such as 3, 4."
    assert feedback(page) == ["Not yet. Row 6 sticks out.", "Right. At rows 0, 2 and 4.", asked]
    page.get_by_role("button", name="Hint").nth(2).press("Enter")
    assert page.locator(".book-hint").all_inner_texts() == ["", "", "Where can the window start?"]
    assert page.inner_text(".book-hint code") == "window"
    assert feedback(page)[2] == asked


def test_a_verdict_goes_when_the_answer_is_edited(page):
    answer(page)
    page.get_by_label("How many rows come out?").fill("5")
    assert feedback(page)[0] == ""


def test_the_browser_remembers_answers_and_verdicts(page):
    answer(page)
    before = feedback(page)
    page.goto(SITE)
    mount(page, sheet())
    assert page.get_by_label("How many rows come out?").input_value() == "4"
    assert page.get_by_label("no", exact=True).is_checked()
    assert feedback(page) == [*before[:2], ""]


def test_other_questions_under_the_same_key_forget_old_answers(page):
    answer(page)
    page.goto(SITE)
    mount(page, Answers("page/predict", number("How many rows come out?", 3, **WORDS)))
    assert page.get_by_label("How many rows come out?").input_value() == ""


def test_without_storage_the_fields_still_work(browser):
    page = browser.new_page()
    page.add_init_script("delete window.localStorage")
    mount(page, sheet())
    answer(page)
    assert feedback(page)[1] == "Right. At rows 0, 2 and 4."
    page.close()


def test_tab_reaches_each_field_in_order(page):
    names = tab_order(page)
    assert [name for name in names if name in ("Check", "Hint")] == ["Check", "Hint"] * 3


@pytest.mark.parametrize("width", [800, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_fits_and_can_be_read(page, width, theme):
    page.set_viewport_size({"width": width, "height": 900})
    mount(page, sheet("4", "no", ""), theme=theme)
    answer(page)
    assert_fits(page)
    assert_legible(page)


def test_a_notebook_hears_the_answers_and_fills_the_fields(page):
    in_a_notebook(page, sheet())
    page.get_by_role("textbox").nth(1).fill("3, 3")
    assert page.evaluate("model.get('answers')") == ["", "", "3, 3"]
    page.evaluate("model.change('answers', ['5', 'yes', ''])")
    page.wait_for_function("document.querySelector('input').value === '5'")
    assert page.get_by_label("yes", exact=True).is_checked()
    assert_stops(page, Answers)


def test_two_views_share_no_id(page):
    assert ids_of_two_views(page, sheet()) > 0


def test_a_page_keeps_the_room_that_each_of_its_sheets_takes(page):
    sheets = [
        member
        for part in pkgutil.iter_modules(utils.exercises.__path__)
        for member in vars(importlib.import_module(f"utils.exercises.{part.name}")).values()
        if isinstance(member, Answers)
    ]
    assert len(sheets) >= 15
    page.set_viewport_size({"width": DESK, "height": 900})
    mount(page, *sheets)
    for place, width in enumerate((DESK, PHONE)):
        resize(page, width)
        for sheet, taken in zip(sheets, page.evaluate(TAKEN), strict=True):
            kept = sheet.heights[place]
            # One row more or less: letters have other widths on other systems.
            assert abs(kept - taken) <= 40, f"{sheet.key}: {kept} pixels kept, {taken} taken"
