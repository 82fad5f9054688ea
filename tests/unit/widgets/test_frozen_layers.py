"""The Python side of the demo of frozen layers, and the figures that it shows."""

import pytest
import traitlets

from utils.overlapping_tasks import TARGET, five_layers
from utils.widgets.frozen_layers import COUNTS, FILE, LAYERS, FrozenLayers, runs


def test_the_work_and_the_weights_are_those_of_the_layers_that_learn():
    sizes = [sum(p.numel() for p in layer.parameters()) for layer in five_layers(1, len(TARGET))]
    assert [FrozenLayers(frozen=k).learning for k in range(5)] == [
        sum(sizes[k:]) for k in range(5)
    ]
    assert [FrozenLayers(frozen=k).work for k in range(5)] == [79232, 65408, 37760, 10112, 448]


def test_there_are_figures_for_each_setting():
    assert FILE.stat().st_size < 10_000
    assert [int(count) for count in runs()] == list(COUNTS)
    for several in runs().values():
        assert len(several) == LAYERS
        for frozen, run in enumerate(several):
            assert [moved == 0 for moved in run["moved"]] == [place < frozen for place in range(5)]
            assert 1 / 7 < run["accuracy"] < 1 and 0 < run["spread"] < 0.1
            assert 0.001 < run["lr"] < 0.1  # not at the edge of the grid


def test_what_the_page_says_of_the_figures_holds():
    for several in runs().values():
        none, *_, three, four = (run["accuracy"] for run in several)
        assert three > none - 0.012  # next to nothing is lost
        assert four == min(run["accuracy"] for run in several)  # the classifier alone is the worst
        lower, *_, upper = several[0]["moved"]
        assert several[0]["moved"] == sorted(several[0]["moved"]) and lower < upper / 3
    lost = {
        int(count): several[0]["accuracy"] - several[4]["accuracy"]
        for count, several in runs().items()
    }
    assert all((gap > 0.03) == (count >= 8) and gap > 0 for count, gap in lost.items())


@pytest.mark.parametrize(
    "bad", [{"frozen": 5}, {"frozen": -1}, {"images": 3}, {"images": 64}, {"frozen": "1"}]
)
def test_what_is_out_of_range_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        FrozenLayers(**bad)
