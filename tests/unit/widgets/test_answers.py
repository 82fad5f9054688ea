"""Answer fields on the Python side, and the answers of every exercise module."""

import importlib
import pkgutil
import re

import pytest
import traitlets

import utils.exercises
from utils.widgets.answers import Answers, choice, is_right, number, numbers, read

WORDS = {"hint": "Look again.", "because": "It is so."}
COUNT = number("How many?", 3, **WORDS)
SHAPE = numbers("Which shape?", [3, 4], **WORDS)
DECIMALS = {"one": 1, "two": 2, "three": 3}
YES = choice("Is it?", ["yes", "no"], "no", **WORDS)


def sheets():
    """Return every sheet that an exercise module holds, under its name."""
    found = []
    for module in pkgutil.iter_modules(utils.exercises.__path__):
        members = vars(importlib.import_module(f"utils.exercises.{module.name}"))
        for name, member in members.items():
            if isinstance(member, Answers):
                found.append(pytest.param(member, id=f"{module.name}.{name}"))
    return found


def text_of(question, value):
    if question["kind"] == "choice":
        return value
    return repr(value) if question["kind"] == "number" else ", ".join(map(repr, value))


def test_a_sheet_is_the_sequence_of_its_values():
    sheet = Answers("page/sizes", COUNT, SHAPE, YES, answers=["6/2", "3 × 4.5", ""])
    assert list(sheet) == [3, [3, 4.5], None]
    assert len(sheet) == 3
    assert repr(sheet) == "Answers('page/sizes', 3 questions)"
    sheet.answers = ["", "", "no"]
    assert list(sheet) == [None, None, "no"]


def test_an_answer_is_wanted_for_each_question():
    sheet = Answers("page/sizes", COUNT, SHAPE)
    with pytest.raises(traitlets.TraitError, match="answers must be 2 texts"):
        sheet.answers = ["3"]


def test_the_check_of_the_exercise_runs_on_the_answers():
    heard = []
    sheet = Answers("page/sizes", COUNT, check=lambda answers: heard.append(list(answers)))
    sheet.answers = ["4"]
    sheet.check()
    assert heard == [[4]]
    with pytest.raises(TypeError, match="no check"):
        Answers("page/sizes", COUNT).check()


def test_a_choice_outside_of_the_options_is_refused():
    with pytest.raises(ValueError, match="'maybe' is none of the options"):
        choice("Is it?", ["yes", "no"], "maybe", **WORDS)


def test_who_sees_no_field_reads_the_question_but_not_the_answer():
    page = Answers("page/sizes", number("How many <b>?", 31337, **WORDS)).fallback()
    assert page == "<ol><li>How many &lt;b&gt;?</li></ol>"


@pytest.mark.parametrize("sheet", sheets())
def test_right_answers_are_right_and_wrong_ones_wrong(sheet):
    page, _, name = sheet.key.partition("/")
    assert page
    assert name
    for question in sheet.questions:
        assert is_right(question, text_of(question, question["right"]))
        for value, sentence in question["wrong"]:
            text = text_of(question, value)
            assert read(question, text) is not None
            assert not is_right(question, text)
            assert sentence.endswith(".")
        assert question["question"].endswith("?")
        assert question["hint"]
        assert question["because"].endswith(".")


@pytest.mark.parametrize("sheet", sheets())
def test_each_wrong_option_gets_a_sentence(sheet):
    for question in sheet.questions:
        if question["kind"] == "choice":
            said = {question["right"], *(option for option, _ in question["wrong"])}
            assert said == set(question["options"]), question["question"]


@pytest.mark.parametrize("sheet", sheets())
def test_what_is_asked_to_some_decimals_may_have_more_of_them(sheet):
    for question in sheet.questions:
        asked = re.search(r"to (one|two|three) decimals?\b", question["question"])
        if asked and not float(question["right"]).is_integer():
            places = DECIMALS[asked[1]]
            assert question["tolerance"] >= 0.5 * 10**-places - 1e-9, question["question"]
            assert is_right(question, f"{question['right']:.{places}f}")


@pytest.mark.parametrize("sheet", [param for param in sheets() if param.values[0]._check])
def test_the_exercises_check_agrees_with_the_fields(sheet, capsys):
    texts = [text_of(question, question["right"]) for question in sheet.questions]
    before = list(sheet.answers)
    try:
        sheet.answers = texts
        sheet.check()
        assert "is right" in capsys.readouterr().out
        for index in range(len(texts)):
            sheet.answers = [*texts[:index], "", *texts[index + 1 :]]
            with pytest.raises(AssertionError, match="not yet"):
                sheet.check()
    finally:
        sheet.answers = before


@pytest.mark.parametrize("sheet", sheets())
def test_fields_show_text_and_code_so_that_other_marks_would_be_seen(sheet):
    for question in sheet.questions:
        wrong = [sentence for _, sentence in question["wrong"]]
        for text in (question["question"], question["hint"], question["because"], *wrong):
            outside = "".join(text.split("`")[::2])
            assert "*" not in outside and "$" not in outside, text


def test_no_two_sheets_share_a_key():
    keys = [param.values[0].key for param in sheets()]
    assert len(keys) == len(set(keys))
