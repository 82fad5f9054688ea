"""The Python side of the polynomial fit."""

import pytest
import torch
import traitlets

from utils.widgets.polynomial_fit import TRAINING, VALIDATION, PolynomialFit


def test_the_pool_is_spread_and_within_the_picture():
    for count in (4, 10, 24):
        gaps = TRAINING[:count, 0].sort().values.diff()
        assert gaps.min() > 0.02 and gaps.max() < 4 * gaps.min()
    assert TRAINING.abs().max() <= 2 and VALIDATION.abs().max() <= 2
    noise = VALIDATION[:, 1] - torch.sin(3 * VALIDATION[:, 0])
    assert 0.2 < noise.std() < 0.45


def test_errors_of_a_line_that_all_points_are_on():
    x = TRAINING[:6, 0]
    demo = PolynomialFit(targets=(0.5 - x).tolist(), degree=1)
    assert demo.training_errors[1] == pytest.approx(0, abs=1e-12)
    assert demo.training_errors[0] == pytest.approx(x.std(correction=0).item())
    fit = 0.5 - VALIDATION[:, 0]
    wanted = (fit - VALIDATION[:, 1]).square().mean().sqrt().item()
    assert demo.validation_errors[1] == pytest.approx(wanted)
    assert demo.weights(1).tolist() == pytest.approx([0.5, -1])


def test_more_weights_than_points_are_the_shortest_that_meet_them():
    demo = PolynomialFit(targets=[1, -1, 0.5, 0], degree=9)
    assert demo.training_errors[9] == pytest.approx(0, abs=1e-12)
    assert demo.weights(9).norm() < demo.weights(6).norm() < demo.weights(3).norm()


def test_the_opening_state_overfits():
    demo = PolynomialFit()
    assert demo.best_degree < demo.degree < len(demo.targets)
    assert demo.validation_errors[demo.degree] > 5 * demo.training_errors[demo.degree]


@pytest.mark.parametrize(
    "bad", [[0, 0, 0], [0] * 25, [0, 0, 0, 2.1], [0, 0, 0, float("nan")], "abcd", None, [[0] * 4]]
)
def test_bad_targets_are_refused(bad):
    with pytest.raises(traitlets.TraitError, match="4 to 24 numbers from -2 to 2"):
        PolynomialFit(targets=bad)


@pytest.mark.parametrize("bad", [-1, 16, 2.5, "1"])
def test_a_degree_outside_the_picture_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        PolynomialFit(degree=bad)
