"""Answers as the browser reads and judges them, against the Python side."""

import itertools

import pytest

from utils.widgets.answers import choice, is_right, number, numbers, read

WORDS = {"hint": "Look again.", "because": "It is so."}
QUESTIONS = [
    number("How many?", 3, wrong=[(4, "One too many.")], **WORDS),
    number("Which share?", 0.75, **WORDS),
    number("About?", 2.7, tolerance=0.05, **WORDS),
    number("Below zero?", -2, **WORDS),
    number("How many more?", 1200, wrong=[(7 / 3, "Multiply."), (2.33e6, "Twice.")], **WORDS),
    numbers("Which shape?", [3, 4], wrong=[([4, 3], "Rows come first.")], **WORDS),
    numbers("Which places?", [0, 2, 0.5], any_order=True, **WORDS),
    choice("Is it?", ["yes", "no"], "no", wrong=[("yes", "Look at the last row.")], **WORDS),
]
TEXTS = [
    "",
    " ",
    "3",
    " 3 ",
    "3.0",
    "+3",
    "03",
    "4",
    "3e0",
    "6/2",
    "6 / 2",
    "3/0",
    "3/4",
    ".75",
    "0.75",
]
TEXTS += [
    "75e-2",
    "2.65",
    "2.75",
    "2.64999",
    "2.7500001",
    "−2",
    "-2",
    "- 2",
    "--2",
    "1/2/3",
    "/3",
    "3/",
]
TEXTS += [
    "3, 4",
    "(3, 4)",
    "[3,4]",
    "3 4",
    "3;4",
    "3 × 4",
    "3×4",
    "3x4",
    "3 x 4",
    "3x",
    "x",
    "4, 3",
    "3,",
]
TEXTS += [
    "(3, 4",
    "3, 4, 5",
    "2 0 1/2",
    "0.5, 0, 2",
    "0,2,0",
    "nan",
    "inf",
    "1_000",
    "٣",
    "0x3",
    "three",
    "1,200",
    "-1,234,567.5",
    "1,20",
    "12,3456",
    "1,200/400",
    "1200/400",
]
TEXTS += ["yes", "no", "No", "()", ",", "3,,4", "1e400"]


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("answers/math")


def test_the_browser_and_python_read_and_judge_alike(module):
    pairs = list(itertools.product(QUESTIONS, TEXTS))
    found = module.call_each([("read", *pair) for pair in pairs])
    judged = module.call_each([("judge", *pair) for pair in pairs])
    verdicts = set()
    for (question, text), value, verdict in zip(pairs, found, judged, strict=True):
        ours = read(question, text)
        assert value == ours, (question["question"], text)
        kind = "unread" if ours is None else "right" if is_right(question, text) else "wrong"
        assert verdict["kind"] == kind, (question["question"], text)
        verdicts.add((question["kind"], kind))
    assert len(verdicts) == 9  # three kinds of questions, three verdicts each


@pytest.mark.parametrize(
    ("index", "text", "kind", "words"),
    [
        (0, "3", "right", "Right. It is so."),
        (0, "4", "wrong", "Not yet. One too many."),
        (0, "5", "wrong", "Not yet."),
        (0, "three", "unread", "Write a number, such as 12, 0.5 or 3/4."),
        (4, "1,200", "right", "Right. It is so."),
        (4, "2.33", "wrong", "Not yet. Multiply."),
        (4, "2.3", "wrong", "Not yet."),
        (4, "2,330,000", "wrong", "Not yet. Twice."),
        (4, "2,330,001", "wrong", "Not yet."),
        (5, "4 × 3", "wrong", "Not yet. Rows come first."),
        (5, "", "unread", "Write numbers with commas between them, such as 3, 4."),
        (6, "2 1/2 0", "right", "Right. It is so."),
        (7, "yes", "wrong", "Not yet. Look at the last row."),
        (7, "", "unread", "Choose one of the answers first."),
    ],
)
def test_a_verdict_says_what_to_do(module, index, text, kind, words):
    assert module.call("judge", QUESTIONS[index], text) == {"kind": kind, "words": words}
