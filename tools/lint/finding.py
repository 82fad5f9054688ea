"""What a rule reports."""

from typing import NamedTuple


class Finding(NamedTuple):
    """A place on a page and what to do there; cell 0 is the page as a whole."""

    cell: int
    message: str
