"""The Python side of the demo."""

import pytest
import traitlets

from utils.widgets.checkpoint_segments import CheckpointSegments


def test_the_answer_of_the_task():
    demo = CheckpointSegments(layers=25)
    assert min(demo.peaks) == 10
    assert [k for k, peak in enumerate(demo.peaks, start=1) if peak == 10] == [4, 5, 6, 7]
    assert demo.peak == 11  # not solved at the start


def test_a_length_beyond_the_net_is_the_whole_net():
    demo = CheckpointSegments(layers=8, length=20)
    assert demo.peak == demo.peaks[-1] == 9
    assert demo.held == CheckpointSegments(layers=8, length=8).held
    assert len(demo.held) == 25


@pytest.mark.parametrize(
    "bad",
    [{"layers": 7}, {"layers": 37}, {"length": 0}, {"length": 37}, {"step": -1}, {"step": 109}],
)
def test_settings_that_do_not_exist_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        CheckpointSegments(**bad)
