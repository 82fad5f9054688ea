"""Scores, groups and curve of the demo, against torch and scikit-learn."""

import math

import pytest
import torch
from sklearn.metrics import roc_curve

from utils.checks import assert_same
from utils.repro import seeded
from utils.widgets.threshold_cut import ThresholdCut


def random_states(count):
    """Settings as the sliders make them, drawn at random."""
    draw = seeded(0)
    whole = [torch.randint(*ends, (count,), generator=draw).tolist() for ends in RANGES]
    return [
        {"cut": cut / 20, "apart": apart / 10, "ill": 5 * ill}
        for cut, apart, ill in zip(*whole, strict=True)
    ]


RANGES = (-80, 81), (0, 41), (2, 11)
STATES = [{"cut": 4.0, "apart": 0.0, "ill": 10}, {"cut": -4.0, "apart": 0.0, "ill": 50}]
STATES += random_states(30)


@pytest.fixture(scope="module")
def ask(open_module):
    """A function that calls one function of the module for all settings."""
    module = open_module("threshold_cut/math")
    return lambda name, *more: module.call_each([(name, state, *more) for state in STATES])


def test_a_quantile_is_that_of_torch(open_module):
    shares = [1e-3, 0.0025, 0.1, 0.4999, 0.5, 0.9975]
    found = open_module("threshold_cut/math").call_each([("quantile", share) for share in shares])
    wanted = torch.special.ndtri(torch.tensor(shares, dtype=torch.float64))
    assert_same(torch.tensor(found, dtype=torch.float64), wanted, atol=1e-12)


def test_scores_are_those_of_python(ask):
    for state, found in zip(STATES, ask("scores"), strict=True):
        both = torch.tensor(found["ill"] + found["healthy"], dtype=torch.float64)
        assert_same(both, ThresholdCut(**state).scores, atol=1e-12)


def test_groups_are_those_that_scikit_learn_counts(ask):
    for state, found in zip(STATES, ask("groups"), strict=True):
        demo = ThresholdCut(**state)
        assert {name: found[name] for name in demo.counts} == demo.counts
        assert found["recall"] == pytest.approx(demo.recall)
        counts = demo.counts
        healthy = counts["alarms"] + counts["spared"]
        assert found["fallOut"] == pytest.approx(counts["alarms"] / healthy)
        if counts["found"] + counts["alarms"]:
            assert found["precision"] == pytest.approx(demo.precision)
        else:
            assert found["precision"] is None
            assert math.isnan(demo.precision)


def test_the_curve_and_its_area_are_those_of_scikit_learn(ask, open_module):
    module = open_module("threshold_cut/math")
    for state, points in zip(STATES, ask("roc"), strict=True):
        demo = ThresholdCut(**state)
        alarmed, found, _ = roc_curve(demo.labels, demo.scores, drop_intermediate=False)
        # Equal scores, which torch rounds apart now and then, make no difference to the area.
        if state["apart"]:
            wanted = torch.stack([torch.from_numpy(part) for part in (alarmed, found)], dim=1)
            assert_same(torch.tensor(points, dtype=torch.float64), wanted, atol=1e-12)
        assert module.call("area", points) == pytest.approx(demo.area, abs=1e-3)
