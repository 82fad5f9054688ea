"""The coins of the demo, against torch and the Python side."""

import math

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.best_of_many import BestOfMany

CASES = [(1, 20, 0), (7, 33, 4), (200, 100, 0), (1000, 64, 9), (300, 500, 99), (1000, 20, 5)]


@pytest.fixture(scope="module")
def found(open_module):
    """How many answers of each model are right, as the browser counts them."""
    calls = [("counts", models, examples, 1000, seed) for models, examples, seed in CASES]
    return dict(zip(CASES, open_module("best_of_many/math").call_each(calls), strict=True))


def test_the_python_side_tosses_the_same_coins(found):
    for (models, examples, seed), counts in found.items():
        demo = BestOfMany(models=models, examples=examples, seed=seed)
        assert [tuple(pair) for pair in counts] == demo.counts


def test_the_coins_are_fair_and_have_the_spread_of_a_binomial(found):
    for (models, examples, _), counts in found.items():
        if models < 200:
            continue
        for side, tosses in ((0, examples), (1, 1000)):
            right = torch.tensor(counts, dtype=torch.float64)[:, side]
            law = torch.distributions.Binomial(tosses, torch.tensor(0.5, dtype=torch.float64))
            assert abs(right.mean() - law.mean) < 4 * law.stddev / math.sqrt(models)
            assert abs(right.std() / law.stddev - 1) < 4 / math.sqrt(2 * models)
            assert right.min() >= 0 and right.max() <= tosses


def test_validation_and_test_have_nothing_to_do_with_each_other(found):
    for case in ((1000, 64, 9), (1000, 20, 5)):
        table = torch.tensor(found[case], dtype=torch.float64).T
        assert torch.corrcoef(table)[0, 1].abs() < 4 / math.sqrt(1000)


def test_more_models_are_added_at_the_end(open_module, found):
    (more,) = open_module("best_of_many/math").call_each([("counts", 250, 100, 1000, 0)])
    assert more[:200] == found[200, 100, 0]


def test_the_winner_is_torchs_first_largest(open_module, found):
    module = open_module("best_of_many/math")
    tied = [[3, 9], [5, 1], [5, 8], [4, 0]]
    winners = module.call_each([("winner", counts) for counts in (*found.values(), tied)])
    assert winners[-1] == 1
    for counts, place in zip(found.values(), winners, strict=False):
        right = torch.tensor(counts)[:, 0]
        assert place == (right == right.max()).nonzero()[0, 0]


def test_the_bound_holds_on_average(open_module):
    settings = [(1, 100), (10, 20), (200, 100), (1000, 500)]
    bounds = open_module("best_of_many/math").call_each([("bound", *one) for one in settings])
    for (models, examples), limit in zip(settings, bounds, strict=True):
        assert limit == pytest.approx(BestOfMany(models=models, examples=examples).bound)
        generator = torch.Generator().manual_seed(0)
        law = torch.full((200, models), examples, dtype=torch.float64)
        right = torch.binomial(law, torch.full_like(law, 0.5), generator=generator) / examples
        best = right.amax(1)
        assert best.mean() < limit + 3 * best.std() / math.sqrt(200)
    assert_same(torch.tensor(bounds[0]), torch.tensor(0.5))


def test_the_histogram_is_that_of_torch(open_module, found):
    module = open_module("best_of_many/math")
    for (models, examples, _), counts in found.items():
        rights = [right for right, _ in counts]
        (ours,) = module.call_each([("histogram", rights, examples)])
        wide = max(1, math.ceil(examples / 50))
        bars = torch.bincount(torch.tensor(rights) // wide, minlength=examples // wide + 1)
        assert ours["wide"] == wide and bars.sum() == models
        assert ours["shares"] == pytest.approx((bars / bars.max()).tolist())
