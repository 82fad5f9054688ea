"""The Python side of the demo."""

import math

import pytest
import torch
import traitlets

from utils.widgets.threshold_cut import PEOPLE, ThresholdCut


def test_the_people_are_spread_as_two_normal_distributions():
    demo = ThresholdCut(apart=3.0, ill=50)
    ill, healthy = demo.scores[demo.labels == 1], demo.scores[demo.labels == 0]
    assert len(ill) == len(healthy) == PEOPLE / 2
    assert ill.mean().item() == pytest.approx(1.5)
    assert healthy.mean().item() == pytest.approx(-1.5)
    assert ill.std().item() == pytest.approx(1, abs=0.02)
    # The area is the chance that the ill one of a random pair has the higher score.
    normal = torch.distributions.Normal(0.0, 1.0)
    assert demo.area == pytest.approx(normal.cdf(torch.tensor(3 / math.sqrt(2))).item(), abs=2e-3)
    pairs = (ill[:, None] > healthy).double().mean().item()
    assert demo.area == pytest.approx(pairs)


def test_extreme_cuts():
    everybody, nobody = ThresholdCut(cut=-4.0, ill=10), ThresholdCut(cut=4.0, apart=0.0)
    assert everybody.recall == 1
    assert everybody.precision == pytest.approx(0.1)
    assert nobody.recall == 0
    assert math.isnan(nobody.precision)


@pytest.mark.parametrize(
    "bad", [{"cut": 4.1}, {"apart": -0.1}, {"ill": 12}, {"ill": 5}, {"ill": "10"}]
)
def test_what_no_slider_sets_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        ThresholdCut(**bad)
