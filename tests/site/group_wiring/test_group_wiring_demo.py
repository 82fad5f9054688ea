"""Group wiring, as a reader meets it in Chromium."""

import pytest
from demo_page import frame, mounting, read
from demo_stage import is_done

from utils.widgets.group_wiring import GroupWiring


@pytest.fixture
def show(page):
    yield from mounting(page, GroupWiring)


def test_a_key_moves_the_point_and_the_sentence_says_where_it_is(show):
    page = show(x=1.0)
    page.get_by_label("x", exact=True).press("ArrowRight")
    frame(page)
    assert read(page, ".book-says") == "At x = 1.10 the curve is 1.21 high."


def test_the_task_is_done_at_the_place_asked_for(show):
    page = show(x=-1.4)
    assert not is_done(page)
    page.get_by_label("x", exact=True).press("ArrowLeft")
    frame(page)
    assert is_done(page)
