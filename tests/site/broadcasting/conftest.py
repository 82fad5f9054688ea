"""Pairs of shapes for the tests of the broadcasting demo, drawn once."""

import pytest
from broadcasting_pairs import draw_pairs


@pytest.fixture(scope="session")
def pairs():
    """Pairs of shapes, each with the shape that torch gives, or None."""
    return draw_pairs()
