"""What a check is asked with: something that is no answer at all is named before it is judged."""

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import get_origin

from utils.exercises.feedback import expect


def _has_parts(given: object) -> bool:
    if isinstance(given, (str, bytes)):
        return False
    try:
        len(given)
    except TypeError:  # None, a number, a tensor without axes
        return False
    return True


# What an annotation asks for: in words, and as a test.
_KINDS: dict[object, tuple[str, Callable[[object], bool]]] = {
    Callable: ("a function", callable),
    type: ("a class", callable),
    Mapping: ("a dictionary", lambda given: isinstance(given, Mapping)),
    Sequence: ("a list", _has_parts),
}


def exercise(check: Callable[..., None]) -> Callable[..., None]:
    """Let a check refuse arguments of another kind than its annotations name.

    The check raises an AssertionError that says which argument needs a function, a class, a
    dictionary or a list, and what was given. Other annotations are not looked at.
    """
    signature = inspect.signature(check)
    kinds = {
        name: _KINDS[kind]
        for name, parameter in signature.parameters.items()
        if (kind := get_origin(parameter.annotation) or parameter.annotation) in _KINDS
    }

    @functools.wraps(check)
    def asked(*args: object, **kwargs: object) -> None:
        for name, given in signature.bind(*args, **kwargs).arguments.items():
            words, fits = kinds.get(name, ("", lambda _: True))
            expect(fits(given), f"{name} needs {words}, got {given!r}")
        check(*args, **kwargs)

    return asked
