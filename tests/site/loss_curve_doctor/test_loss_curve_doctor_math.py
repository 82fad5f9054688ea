"""The training that the doctor's patients get in the page, against torch."""

import math

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.widgets.loss_curve_doctor import CASES, EPOCHS, LossCurveDoctor
from utils.widgets.loss_curve_doctor.cases import MIXED_UP, TRAINING, VALIDATION, curves

SEEDS = (0, 7, 99)
# What leaps about magnifies rounding from step to step, so that its last epochs are left out.
LEAPS = ("never cleared", "rate too high")


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("loss_curve_doctor/math")


@pytest.fixture(scope="module")
def found(module):
    """Each case and seed, trained by the demo and by torch."""
    settings = [(case, seed) for case in CASES for seed in SEEDS]
    data = LossCurveDoctor().asset_values()["data"]
    ours = module.call_each([("curves", *setting, EPOCHS, data) for setting in settings])
    theirs = [curves(case, seed=seed) for case, seed in settings]
    return {key: pair for key, pair in zip(settings, zip(ours, theirs, strict=True), strict=True)}


def test_all_losses_are_those_of_torch(found):
    for (case, _), (ours, theirs) in found.items():
        last = 8 if case in LEAPS else EPOCHS
        close = {"rtol": 1e-4 if case in LEAPS else 1e-8, "atol": 1e-12}
        for name, size in (("training", 9), ("validation", 1)):
            assert len(ours[name]) == len(theirs[name]) == size * EPOCHS
            mine, wanted = (tensor(part[name][: size * last]) for part in (ours, theirs))
            assert_same(mine, wanted, **close)
        assert ours["accuracy"][:last] == pytest.approx(theirs["accuracy"][:last], abs=1e-12)


def test_each_case_shows_the_symptom_that_the_demo_describes(found):
    guessing = math.log(3)
    for (case, _), (ours, _) in found.items():
        means = tensor(ours["training"]).view(EPOCHS, 9).mean(1)
        validation, right = tensor(ours["validation"]), ours["accuracy"][-1]
        healthy = means[-1] < 0.15 and validation[-1] < 0.2 and right > 0.9
        assert healthy == (case in ("nothing wrong", "not shuffled"))
        if case == "rate too high":
            assert (means > guessing).all() and (validation[3:] > guessing).float().mean() > 0.9
        if case == "never cleared":
            assert means[0] < guessing and means[10:].min() > guessing
        if case == "labels mixed up":
            assert (means - guessing).abs().max() < 0.12 and right < 0.6
            assert (validation - guessing).abs().max() < 0.15
        if case == "softmax twice":
            floor = math.log(1 + 2 / math.e)  # probabilities 1, 0, 0 taken for logits
            assert floor < means.min() < floor + 0.1 and right > 0.9
        # The pattern of an epoch comes again where classes come one after the other.
        late = tensor(ours["training"]).view(EPOCHS, 9)[10:].log()
        same = torch.corrcoef(torch.stack([late[:-1].flatten(), late[1:].flatten()]))[0, 1]
        assert (same > 0.9) == (case == "not shuffled")


def test_without_shuffling_a_minibatch_holds_one_class():
    labels = torch.tensor([point[2] for point in TRAINING])
    assert all(len(part.unique()) == 1 for part in labels.split(10))
    assert sorted(MIXED_UP) == labels.tolist() != list(MIXED_UP)
    assert not set(TRAINING) & set(VALIDATION)


def test_softmax_and_loss_of_huge_numbers_do_not_overflow(module):
    rows = tensor([[900.0, -900, 0], [1, 1, 1], [-5, 700, 699]])
    asked = """(module, rows, labels) => {
        const flat = Float64Array.from(rows.flat());
        return [module.softmax(flat), module.crossEntropy(flat, labels)];
    }"""
    labels = [1, 0, 2]
    shares, loss = module.evaluate(asked, rows.tolist(), labels)
    assert_same(tensor(shares).view(3, 3), rows.softmax(1))
    assert loss == pytest.approx(F.cross_entropy(rows, torch.tensor(labels)).item(), rel=1e-12)


def test_means_of_epochs(module):
    assert module.call("epochMeans", [1, 3, 5, 9, 0, 1], 3) == [2, 7, 0.5]
