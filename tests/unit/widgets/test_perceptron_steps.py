"""The Python side of the demo."""

import pytest
import torch
import traitlets

from utils.widgets.perceptron_steps import PRESETS, PerceptronSteps


def test_xor_comes_back_to_zero_and_has_no_bound():
    demo = PerceptronSteps(preset="XOR", updates=6)
    assert demo.run.cycle == (0, 4)
    assert not demo.run.settled
    assert demo.bound is None
    assert torch.equal(demo.weights, demo.run.weights[2])


@pytest.mark.parametrize("preset", ["narrow gap", "wide gap"])
def test_separable_presets_settle_within_their_bound(preset):
    demo = PerceptronSteps(preset=preset, updates=400)
    assert demo.run.settled
    assert 0 < len(demo.run.used) <= demo.bound
    assert (demo.signed @ demo.weights > 0).all()


def test_the_opening_is_in_the_middle_of_a_run():
    demo = PerceptronSteps()
    assert 0 < demo.updates < len(demo.run.used)


def test_a_preset_fills_the_points_and_points_name_their_preset():
    demo = PerceptronSteps(preset="XOR")
    assert demo.points == PRESETS["XOR"]
    demo.points = [(0, 0, 1), (1, 1, -1)]
    assert demo.preset == "custom"
    demo.points = PRESETS["wide gap"]
    assert demo.preset == "wide gap"
    assert PerceptronSteps(preset="XOR", points=demo.points).preset == "wide gap"


def test_two_points_at_one_place_have_no_line_between_them():
    demo = PerceptronSteps(points=[(1, 1, 1), (1, 1, -1)])
    assert demo.bound is None
    assert demo.run.cycle is not None


def test_the_bound_of_two_points_by_hand():
    demo = PerceptronSteps(points=[(2, 0, 1), (-2, 0, -1)])
    assert demo.margin == pytest.approx(2)
    assert demo.bound == pytest.approx(5 / 4)
    assert demo.run.used == [0]


@pytest.mark.parametrize(
    "bad",
    [
        [(0, 0, 1)],
        [(0, 0, 1)] * 13,
        [(0, 0, 1), (0, 1, 0)],
        [(0, 0, 1), (0.1, 1, -1)],
        [(3.75, 0, 1), (0, 1, -1)],
        [(0, 2.75, 1), (0, 1, -1)],
        [(float("nan"), 0, 1), (0, 1, -1)],
        [(0, 0), (1, 1)],
        "points",
        None,
    ],
)
def test_points_off_the_grid_or_without_label_are_refused(bad):
    with pytest.raises(traitlets.TraitError, match="2 to 12 points"):
        PerceptronSteps(points=[(0, 0, 1), (1, 1, -1)]).points = bad


@pytest.mark.parametrize("bad", [-1, 401, 1.5, None])
def test_updates_are_counted(bad):
    with pytest.raises(traitlets.TraitError):
        PerceptronSteps(updates=bad)
