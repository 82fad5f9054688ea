"""Move every control of every demo to another legal value, as a reader may at any moment.

A page's kernel imports this module; :func:`move_all` is called after each of its cells.
"""

import gc
import math
from collections.abc import Iterator

import traitlets

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.lenet import lenet

moved: dict[int, BookWidget] = {}  # the demos that have had their turn


def other_numbers(value: float, low: float | None = None, high: float | None = None) -> Iterator:
    """Yield numbers of the same type: the bounds first, as most is to be found there."""
    for bound in (high, low):
        if bound is not None and math.isfinite(bound):
            yield type(value)(bound)
    yield from (value + 1, value - 1, type(value)(0), value / 2 if isinstance(value, float) else 1)


def others(value: object, trait: traitlets.TraitType | None = None) -> Iterator:
    """Yield values that are like ``value``; a trait may refuse some of them."""
    if isinstance(trait, traitlets.Enum):
        values = list(trait.values)
        place = values.index(value)
        yield from values[place + 1 :] + values[:place]
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        yield from other_numbers(value, getattr(trait, "min", None), getattr(trait, "max", None))
    elif isinstance(value, str):
        # A longer name, the name of a digit, the blocks of a network, or a picture upside down.
        yield from (f"{value}1", "1", "((1, 4), (2, 8))", value[::-1])
    elif value is None:
        yield from (1, lenet())  # a number, or a network of the reader's own
    elif isinstance(value, (tuple, list)):
        kind, inner = type(value), getattr(trait, "_trait", None)  # that of the entries, if any
        yield kind(next(others(each, inner)) for each in value)
        for place, each in enumerate(value):
            for other in others(each, inner):
                yield kind([*value[:place], other, *value[place + 1 :]])
        yield from (value[::-1], value[:-1], kind([*value, *value[:1]]), kind([0]))


def move(demo: BookWidget, name: str) -> object:
    """Set one control to another value, and return that value.

    Raises:
        AssertionError: if the demo takes none of the values that are tried.
    """
    before = getattr(demo, name)
    for value in others(before, demo.traits()[name]):
        try:
            setattr(demo, name, value)
        except traitlets.TraitError:
            continue
        if getattr(demo, name) != before:
            return value
    raise AssertionError(
        f"{type(demo).__name__} takes no other value for {name} than {before!r} among those that "
        "tools/second_runs/other_settings.py tries; yield one that it takes there"
    )


def move_all() -> None:
    """Move all controls of the demos that were made since the last call."""
    for demo in [each for each in gc.get_objects() if issubclass(type(each), BookWidget)]:
        if id(demo) not in moved:
            moved[id(demo)] = demo
            for name in demo.controls():
                move(demo, name)
