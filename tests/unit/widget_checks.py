"""What the tests of several demos ask of their Python side."""

import math

import pytest
import traitlets

from utils.widgets.kit.base import BookWidget


def assert_refused(demo: BookWidget, name: str, value: object, match: str | None = None) -> None:
    """The demo refuses a value for a control, with a message to ``match``, and stays as it is."""
    before = demo.state()
    with pytest.raises(traitlets.TraitError, match=match):
        setattr(demo, name, value)
    assert demo.state() == before


def assert_turns(demo: type[BookWidget]) -> None:
    """The angle of the demo is brought into one turn, and is a number."""
    turned = demo(angle=-90)
    assert turned.angle == 270
    turned.angle = 720.5
    assert turned.angle == 0.5
    for bad in (math.nan, math.inf):
        assert_refused(turned, "angle", bad, "angle must be a finite number")
