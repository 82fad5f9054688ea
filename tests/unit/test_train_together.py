"""Networks trained side by side end where each would end alone."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from utils.repro import seeded
from utils.train import fit
from utils.train_together import fit_together

SETTINGS = {"loss": F.cross_entropy, "epochs": 2, "batch_size": 8}


def net(seed, drop=0.0, classes=3):
    seeded(seed)
    conv = nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)
    return nn.Sequential(*conv, nn.Flatten(), nn.Dropout(drop), nn.Linear(4 * 9, classes)).double()


@pytest.fixture
def train():
    draw = torch.Generator().manual_seed(0)
    images = torch.randn(21, 1, 6, 6, generator=draw, dtype=torch.float64)
    return images, torch.randint(3, (21,), generator=draw)


def generators(count):
    return [torch.Generator().manual_seed(seed) for seed in range(count)]


def test_each_goes_the_way_it_goes_alone(train):
    rates = [0.001, 0.01, 0.03]
    together = [net(seed) for seed in range(3)]
    before = [[part.clone() for part in one.parameters()] for one in together]
    fit_together(together, train, rates=rates, generators=generators(3), **SETTINGS)
    for seed, (one, lr) in enumerate(zip(together, rates, strict=True)):
        alone = net(seed)
        adam = torch.optim.Adam(alone.parameters(), lr=lr)
        draw = generators(3)[seed]
        fit(alone, train, optimizer=adam, generator=draw, live=False, **SETTINGS)
        for ours, theirs, start in zip(
            one.parameters(), alone.parameters(), before[seed], strict=True
        ):
            torch.testing.assert_close(ours, theirs)
            assert not torch.equal(ours, start)


def test_dropout_draws_a_mask_for_each(train):
    twins = [net(0, drop=0.5), net(0, drop=0.5)]
    same_order = [torch.Generator().manual_seed(1) for _ in twins]
    fit_together(twins, train, rates=[0.01, 0.01], generators=same_order, **SETTINGS)
    one, other = (twin[-1].weight for twin in twins)
    assert not torch.equal(one, other)


@pytest.mark.parametrize("rates", [[0.1], [0.1, 0.1, 0.1]])
def test_lists_of_other_lengths_are_refused(train, rates):
    with pytest.raises(ValueError, match="each model needs a rate"):
        fit_together([net(0), net(1)], train, rates=rates, generators=generators(2), **SETTINGS)


def test_networks_that_differ_are_refused(train):
    with pytest.raises(ValueError, match="the same parameters"):
        pair = [net(0), net(1, classes=4)]
        fit_together(pair, train, rates=[0.1, 0.1], generators=generators(2), **SETTINGS)


def test_a_loss_that_is_not_finite_stops(train):
    broken = net(1)
    with torch.no_grad():
        broken[0].weight.fill_(torch.nan)
    with pytest.raises(FloatingPointError, match="no longer finite"):
        fit_together(
            [net(0), broken], train, rates=[0.1, 0.1], generators=generators(2), **SETTINGS
        )
