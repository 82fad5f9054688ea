"""How high a sheet of questions will be, so that a page keeps the room free while it loads."""

import math
from collections.abc import Sequence

# Pixels, as look.css draws a sheet with the letters of most systems.
LETTER, LINE, FIELD, OPTION = 7.9, 23, 36, 36
BUTTONS, GAP, MARK = 146, 20, 30
NARROW, INSET = 7.6, 8  # letters of options, and what these have less than a question
AROUND = 42  # margin and padding of the sheet
CARD = 45  # of one question: its padding, its rule, the line for the verdict


def rows(widths: Sequence[float], room: float) -> int:
    """Return in how many rows things of these widths stand, one after the other.

    >>> rows([100, 100, 100], 250)
    2
    """
    count, used = 1, 0.0
    for width in widths:
        if used and used + width > room:
            count, used = count + 1, 0.0
        used += width + GAP
    return count


def card_height(question: dict[str, object], room: float) -> int:
    """Return the height of one question in pixels where ``room`` pixels are free for its text."""
    lines = math.ceil(len(question["question"]) * LETTER / room)
    if question["kind"] != "choice":
        return CARD + LINE * lines + FIELD
    inner = room - INSET
    widths = [min(MARK + NARROW * len(option), inner) for option in question["options"]]
    beside = rows([*widths, BUTTONS], room) == 1
    if beside:
        return CARD + LINE * lines + FIELD
    broken = sum(
        math.ceil(len(option) * NARROW / (inner - MARK)) - 1 for option in question["options"]
    )
    return CARD + LINE * (lines + broken) + OPTION * rows(widths, inner) + FIELD + 8


def sheet_height(questions: Sequence[dict[str, object]], width: float) -> int:
    """Return the height of a sheet of some width, both in pixels."""
    return AROUND + sum(card_height(question, width - 36) for question in questions)
