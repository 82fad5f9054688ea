"""What the sweep of U-Nets has stored is what training gives."""

import statistics

import pytest

from tools.train_unet import RATES
from utils.segmentation import unet_runs


def test_each_arm_has_all_rates_and_takes_the_best():
    runs = unet_runs.found()
    assert list(runs) == list(unet_runs.ARMS)
    for run in runs.values():
        assert [rate for rate, _ in run["validation"]] == list(RATES)
        assert run["lr"] == max(run["validation"], key=lambda pair: pair[1])[0]
        assert len(run["scores"]) == 3
        assert all(0 < score < 1 for score in run["scores"])


def test_skips_were_worth_more_than_the_spread_of_seeds():
    runs = unet_runs.found()
    both, without = (runs[arm]["scores"] for arm in ("both", unet_runs.NO_SKIPS))
    assert min(both) - max(without) > 2 * statistics.stdev(both)


def test_one_stored_score_can_be_trained_again():
    run = unet_runs.found()["both"]
    _, score = unet_runs.train_arm("both", seed=0, lr=run["lr"])
    # Other machines round otherwise: near, not equal.
    assert score == pytest.approx(run["scores"][0], abs=0.06)


def test_an_arm_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="no arm 'IoU'"):
        unet_runs.train_arm("IoU", seed=0, lr=0.01)
