r"""Outputs that depend on the processor: what of them has to be as stored.

A training adds numbers in an order that each processor, a GPU too, chooses for itself. The last
digits differ at once; after some hundred steps all of them may. A cell that prints such numbers
carries the tag ``numbers-vary``: its words, signs of comparison and verdicts are compared, not
its numbers. Which numbers are acceptable is for the asserts of the page to say. Where the verdict
of a fair experiment is so close that it may fall either way, or settings are tied, one of them at
the edge of its grid, and the page says nothing that rests on it, the tag is ``verdicts-vary``.
"""

import re

NUMBERS, VERDICTS = TAGS = ("numbers-vary", "verdicts-vary")
# "nan" and "inf" are words: where they are new, something broke.
NUMBER = re.compile(r"[-+−]?\d[\d,]*(\.\d*)?(e[-+]?\d+)?")
VERDICT = re.compile(r"\b(yes|no), # (<|>|<=|>=|==|!=) #")
EDGE = re.compile(r" \([\w, ]+ at the edge of its grid\)")
SPACES = re.compile(r"[ \t]+")


def vary(tags: list[str]) -> bool:
    """Return whether the numbers of a cell with these tags may differ from the stored ones."""
    return not set(TAGS).isdisjoint(tags)


def words(text: object, tags: list[str]) -> object:
    r"""Return what is compared of a text: without numbers, and the spaces that align them.

    >>> words("sigmoid   0.95 ± 0.01\n", [NUMBERS])
    'sigmoid # ± #\n'
    >>> words("loss nan after 3 steps", [NUMBERS])
    'loss nan after # steps'
    >>> words("better: no, -1e-05 <= 0", [NUMBERS])
    'better: no, # <= #'
    >>> words("better: no, -1e-05 <= 0", [VERDICTS])
    'better: yes or no'
    >>> words("Xavier  lr=0.3 (lr at the edge of its grid)  0.08", [VERDICTS])
    'Xavier lr=# #'
    >>> words("no, not 12", [VERDICTS]), words("12", [])
    ('no, not #', '12')

    Args:
        text: what a cell printed or showed; anything but a text comes back as it is.
        tags: those of the cell.
    """
    if not isinstance(text, str) or not vary(tags):
        return text
    masked = SPACES.sub(" ", NUMBER.sub("#", text))
    return VERDICT.sub("yes or no", EDGE.sub("", masked)) if VERDICTS in tags else masked
