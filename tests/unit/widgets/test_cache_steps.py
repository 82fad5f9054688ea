"""The Python side of the demo."""

import pytest
import traitlets

from utils.widgets.cache_steps import CacheSteps


def test_the_demo_opens_with_a_cache_that_is_too_small():
    demo = CacheSteps()
    assert (demo.order, demo.lines, demo.line_length, demo.rows) == ("columns", 3, 4, 6)
    assert demo.misses == 48 and not any(demo.hits)


def test_hits_and_misses_follow_the_settings():
    demo = CacheSteps(order="rows")
    assert demo.misses == 12
    assert demo.hits == [False, True, True, True] * 12
    demo.order, demo.lines = "columns", 6
    assert demo.misses == 12
    demo.lines = 5
    assert demo.misses == 48
    demo.rows = 5
    assert demo.misses == 10 and len(demo.hits) == 40


@pytest.mark.parametrize(
    "bad",
    [{"order": "rings"}, {"lines": 0}, {"lines": 9}, {"line_length": 3}, {"rows": 1}, {"rows": 7}]
    + [{"step": -1}, {"step": 49}, {"line_length": "4"}],
)
def test_what_the_demo_does_not_have_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        CacheSteps(**bad)
