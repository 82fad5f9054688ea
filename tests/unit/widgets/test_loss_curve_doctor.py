"""The Python side of the doctor of loss curves."""

import pytest
import torch
import traitlets

from utils.widgets.loss_curve_doctor import CASES, LossCurveDoctor


def test_right_guesses_are_counted_one_by_one():
    demo = LossCurveDoctor()
    assert demo.right == [False] * 6
    demo.guesses = ["not shuffled", "rate too high", "", *CASES[3:]]
    assert demo.right == [True, False, False, True, True, True]


def test_a_run_of_a_few_epochs_is_the_beginning_of_a_longer_one():
    short, whole = LossCurveDoctor(epochs=2), LossCurveDoctor(epochs=4)
    with torch.no_grad():  # a reader may ask in such a block
        found = short.curves()
    assert found["training"] == whole.curves()["training"][:18]
    assert [len(part) for part in found.values()] == [18, 2, 2]


def test_the_seed_changes_weights_and_orders():
    one, other = (LossCurveDoctor(patient=1, epochs=1, seed=seed).curves() for seed in (0, 1))
    assert one["training"] != other["training"]


@pytest.mark.parametrize(
    "bad",
    [
        {"patient": 0},
        {"patient": 7},
        {"epochs": 0},
        {"epochs": 31},
        {"seed": 100},
        {"guesses": ["", ""]},
        {"guesses": ["flu"] * 6},
    ],
)
def test_what_does_not_exist_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        LossCurveDoctor(**bad)
