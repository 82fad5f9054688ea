"""A verdict about a run, printed with the two numbers that decide it.

What holds on one data set may fail on another, so no text of the book says it: the page prints it.
"""

import math
import operator
import re
from collections.abc import Iterator
from typing import NamedTuple

RELATIONS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}

_NUMBER = r"[-+.\de]+|-?inf"
_LINE = re.compile(
    rf"^(?P<claim>.+): (?P<word>yes|no), (?P<left>{_NUMBER}) "
    rf"(?P<relation><=?|>=?) (?P<right>{_NUMBER})$",
    re.MULTILINE,
)


class Verdict(NamedTuple):
    """A line that :func:`verdict` printed: ``relation`` is the one that holds."""

    claim: str
    word: str
    left: float
    relation: str
    right: float


def verdict(claim: str, left: float, relation: str, right: float) -> None:
    """Print whether a claim about this run holds.

    >>> verdict("the second model is better", 0.9123, ">", 0.9127)
    the second model is better: no, 0.912 <= 0.913

    Args:
        claim: a sentence without a full stop; the same on every data set.
        left: one of the numbers, shown with as many digits as it takes to see the verdict.
        relation: ``"<"``, ``"<="``, ``">"`` or ``">="``.
        right: the other number.

    Raises:
        ValueError: if there is no such relation, or a number is NaN.
    """
    if relation not in RELATIONS:
        raise ValueError(f"relation must be one of {', '.join(RELATIONS)}, got {relation!r}")
    left, right = float(left), float(right)
    if math.isnan(left) or math.isnan(right):
        raise ValueError(f"{claim!r} compares {left} and {right}: NaN decides nothing")
    holds = RELATIONS[relation](left, right)
    # As many digits as tell the two apart; 17 tell all floats apart.
    shown = next(
        pair
        for pair in ((f"{left:.{n}g}", f"{right:.{n}g}") for n in range(2, 18))
        if pair[0] != pair[1] or left == right
    )
    word, seen = ("yes", relation) if holds else ("no", OPPOSITE[relation])
    print(f"{claim}: {word}, {shown[0]} {seen} {shown[1]}")


def read_verdicts(text: str) -> Iterator[Verdict]:
    """Yield the verdicts in what a page printed."""
    for line in _LINE.finditer(text):
        numbers = float(line["left"]), float(line["right"])
        yield Verdict(line["claim"], line["word"], numbers[0], line["relation"], numbers[1])
