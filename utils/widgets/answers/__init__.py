"""Answer fields for predictions and exercises by hand: they judge without a kernel."""

import html
import math
import re
from collections.abc import Callable, Iterator, Sequence

import traitlets

from utils.widgets.answers.room import sheet_height
from utils.widgets.kit.base import BookWidget

Question = dict[str, object]
Value = int | float | str | list | None

DESK, PHONE = 640, 328  # pixels that a page's text is wide
_THOUSANDS = r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?"
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"


def number(
    question: str,
    right: float,
    *,
    tolerance: float = 0.0,
    hint: str,
    because: str,
    wrong: Sequence[tuple[float, str]] = (),
) -> Question:
    """Return a question that is answered with one number: 12, 0.5, 1e-3 or 3/4.

    Args:
        question: plain text; code stands between backticks.
        right: the right answer.
        tolerance: how far an answer may be off and still count as right.
        hint: what the reader sees on demand.
        because: why the answer is right, shown with it.
        wrong: likely wrong answers, each with a sentence on what went wrong.
    """
    return {
        "kind": "number",
        "question": question,
        "right": right,
        "tolerance": tolerance + 1e-9 * abs(right),  # room for the last digit of a fraction
        "hint": hint,
        "because": because,
        "wrong": [[value, sentence] for value, sentence in wrong],
    }


def numbers(
    question: str,
    right: Sequence[float],
    *,
    any_order: bool = False,
    tolerance: float = 0.0,
    hint: str,
    because: str,
    wrong: Sequence[tuple[Sequence[float], str]] = (),
) -> Question:
    """Return a question that is answered with a short list of numbers: 3, 4 or (3, 4) or 3 × 4.

    Args:
        question: as in :func:`number`.
        right: the right answer.
        any_order: whether the numbers may come in any order.
        tolerance: how far each number may be off and still count as right.
        hint: as in :func:`number`.
        because: as in :func:`number`.
        wrong: as in :func:`number`, each wrong answer a list.
    """
    return {
        "kind": "numbers",
        "question": question,
        "right": list(right),
        "anyOrder": any_order,
        "tolerance": tolerance + 1e-9 * max(map(abs, right), default=0),
        "hint": hint,
        "because": because,
        "wrong": [[list(value), sentence] for value, sentence in wrong],
    }


def choice(
    question: str,
    options: Sequence[str],
    right: str,
    *,
    hint: str,
    because: str,
    wrong: Sequence[tuple[str, str]] = (),
) -> Question:
    """Return a question that is answered by one of several options.

    Args:
        question: as in :func:`number`.
        options: what the reader chooses from.
        right: one of ``options``.
        hint: as in :func:`number`.
        because: as in :func:`number`.
        wrong: as in :func:`number`, each wrong answer one of ``options``.

    Raises:
        ValueError: if ``right`` or a wrong answer is none of the options.
    """
    for option in (right, *(value for value, _ in wrong)):
        if option not in options:
            raise ValueError(f"{option!r} is none of the options {list(options)}")
    return {
        "kind": "choice",
        "question": question,
        "options": list(options),
        "right": right,
        "hint": hint,
        "because": because,
        "wrong": [[value, sentence] for value, sentence in wrong],
    }


def read_number(text: str) -> float | None:
    """Return the number that a text stands for, or None.

    >>> read_number("3/4"), read_number("−2"), read_number("1,200"), read_number("2,5")
    (0.75, -2.0, 1200.0, None)
    """
    signs = text.replace("\u2212", "-").split("/")
    parts = [
        part.replace(",", "") if re.fullmatch(_THOUSANDS, part, re.ASCII) else part
        for part in map(str.strip, signs)
    ]
    if len(parts) > 2 or not all(re.fullmatch(_NUMBER, part, re.ASCII) for part in parts):
        return None
    over, under = float(parts[0]), float(parts[1]) if len(parts) == 2 else 1.0
    found = over / under if under else math.inf
    return found if math.isfinite(found) else None


def read_numbers(text: str) -> list[float] | None:
    """Return the numbers of a list, or None where one of its parts is no number.

    >>> read_numbers("(3, 4)"), read_numbers("3 x 4"), read_numbers("3, x")
    ([3.0, 4.0], [3.0, 4.0], None)
    """
    parts = re.split(r"(?<=\d)\s*x\s*(?=\d)|[\s,;×]+", text.strip(" \t([{)]}"))
    found = [read_number(part) for part in parts if part]
    return None if None in found or not found else found


def read(question: Question, text: str) -> Value:
    """Return the answer that a text stands for, or None."""
    if question["kind"] == "choice":
        return text if text in question["options"] else None
    found = read_number(text) if question["kind"] == "number" else read_numbers(text)
    if isinstance(found, list):
        return [int(value) if value.is_integer() else value for value in found]
    return int(found) if found is not None and found.is_integer() else found


def is_right(question: Question, text: str) -> bool:
    """Return whether a text is the right answer to a question."""
    found, right = read(question, text), question["right"]
    if found is None or question["kind"] == "choice":
        return found == right
    if question["kind"] == "number":
        return abs(found - right) <= question["tolerance"]
    if question["anyOrder"]:
        found, right = sorted(found), sorted(right)
    return len(found) == len(right) and all(
        abs(ours - theirs) <= question["tolerance"]
        for ours, theirs in zip(found, right, strict=True)
    )


class Answers(BookWidget):
    """Questions with fields for their answers: Check judges, Hint helps, the browser remembers.

    As a sequence it holds what was answered: numbers, lists of numbers, options, and None where
    an answer is missing. So ``exercises.check_sizes(sheet)`` runs an exercise's check on it.

    Args:
        key: where the browser keeps the answers, ``"<page>/<name>"``.
        questions: what :func:`number`, :func:`numbers` and :func:`choice` return.
        check: the exercise's own check, if it has one, for :meth:`check`.
    """

    module = "answers/view"

    key = traitlets.Unicode().tag(sync=True)
    questions = traitlets.List().tag(sync=True)
    answers = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(
        self,
        key: str = "",
        *questions: Question,
        check: Callable[["Answers"], None] | None = None,
        answers: Sequence[str] | None = None,
    ) -> None:
        super().__init__(answers=list(answers or [""] * len(questions)))
        self.key, self.questions, self._check = key, list(questions), check
        self.heights = sheet_height(questions, DESK), sheet_height(questions, PHONE)

    @traitlets.validate("answers")
    def _one_answer_for_each(self, proposal: dict) -> list[str]:
        if self.questions and len(proposal["value"]) != len(self.questions):
            raise traitlets.TraitError(
                f"answers must be {len(self.questions)} texts, got {proposal['value']!r}"
            )
        return proposal["value"]

    @classmethod
    def controls(cls) -> list[str]:
        """Return the names of the traits that a reader can set."""
        return ["answers"]

    def state(self) -> dict[str, object]:
        """Return what the view needs: the questions and the answers so far."""
        return {"key": self.key, "questions": self.questions, "answers": list(self.answers)}

    def check(self) -> None:
        """Run the exercise's own check on the answers."""
        if self._check is None:
            raise TypeError("these questions have no check beyond their Check buttons")
        self._check(self)

    def fallback(self) -> str:
        """Return the questions for readers who see no live fields."""
        items = "".join(f"<li>{html.escape(each['question'])}</li>" for each in self.questions)
        return f"<ol>{items}</ol>"

    def __len__(self) -> int:
        return len(self.questions)

    def __iter__(self) -> Iterator[Value]:
        return iter([self[index] for index in range(len(self))])

    def __getitem__(self, index: int) -> Value:
        return read(self.questions[index], self.answers[index])

    def __repr__(self) -> str:
        return f"Answers({self.key!r}, {len(self)} questions)"
