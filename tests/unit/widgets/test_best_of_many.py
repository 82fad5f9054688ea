"""The Python side of the demo."""

import pytest
import traitlets

from utils.widgets.best_of_many import BestOfMany


def test_more_models_look_better_and_are_no_better():
    seeds = range(12)
    few, many = ([BestOfMany(models=m, seed=s).chosen for s in seeds] for m in (3, 400))
    assert all(b.validation >= a.validation for a, b in zip(few, many, strict=True))
    assert sum(b.validation - a.validation for a, b in zip(few, many, strict=True)) / 12 > 0.08
    for chosen in (few, many):
        assert abs(sum(one.test for one in chosen) / 12 - 0.5) < 0.02


def test_the_first_of_equals_is_chosen():
    ties = 0
    for seed in range(8):
        demo = BestOfMany(models=60, examples=20, seed=seed)
        rights = [right for right, _ in demo.counts]
        ties += rights.count(max(rights)) > 1
        assert demo.chosen.place == rights.index(max(rights))
    assert ties > 0


def test_the_bound_by_hand():
    assert BestOfMany(models=1, examples=20).bound == 0.5
    assert BestOfMany(models=200, examples=100).bound == pytest.approx(0.6628, abs=1e-4)


@pytest.mark.parametrize(
    "bad", [{"models": 0}, {"models": 1001}, {"examples": 19}, {"examples": 501}, {"seed": -1}]
)
def test_impossible_settings_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        BestOfMany(**bad)
