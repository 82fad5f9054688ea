"""What every sheet of questions keeps to, on every page."""

import importlib
import re

import pytest

from tools.pages import page_paths
from utils.widgets.answers import Answers, is_right

DECIMALS = {"one": 1, "two": 2, "three": 3}


def sheets():
    """All sheets by the name of their page and their own."""
    found = {}
    for path in page_paths([]):
        exercises = importlib.import_module(f"utils.exercises.{path.stem.replace('-', '_')}")
        found |= {one.key: one for one in vars(exercises).values() if isinstance(one, Answers)}
    return found


SHEETS = sheets()
every_sheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)


def test_sheets_are_found():
    assert len(SHEETS) > 200


@every_sheet
def test_each_wrong_option_gets_a_sentence(sheet):
    for question in sheet.questions:
        if question["kind"] == "choice":
            said = {question["right"], *(option for option, _ in question["wrong"])}
            assert said == set(question["options"]), question["question"]


@every_sheet
def test_what_is_asked_to_some_decimals_may_have_more_of_them(sheet):
    for question in sheet.questions:
        asked = re.search(r"to (\w+) decimals?\b", question["question"])
        if asked and not float(question["right"]).is_integer() and asked[1] in DECIMALS:
            places = DECIMALS[asked[1]]
            least = 0.5 * 10**-places - 1e-9
            assert question["tolerance"] >= least, question["question"]
            assert is_right(question, f"{question['right']:.{places}f}")


@every_sheet
def test_no_answer_is_both_right_and_wrong(sheet):
    for question in sheet.questions:
        for value, _ in question["wrong"]:
            listed = value if isinstance(value, list) else [value]
            text = value if isinstance(value, str) else ", ".join(map(repr, listed))
            assert not is_right(question, text), (question["question"], value)
