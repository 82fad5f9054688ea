"""The toy task of attention."""

import pytest
import torch

from utils.repro import seeded
from utils.sequences.attention import sinusoid
from utils.sequences.reversal import (
    LENGTH,
    LETTERS,
    TEST,
    VALIDATION,
    Reverser,
    draw_words,
    run_arm,
    share_right,
    train_reverser,
)


def test_words_are_letters_and_repeat_with_their_seed():
    words = draw_words(500, seeded(1))
    assert words.shape == (500, LENGTH) and words.unique().tolist() == [*range(len(LETTERS))]
    assert torch.equal(words, draw_words(500, seeded(1)))


def test_shares_count_letters_at_their_places():
    words = torch.arange(8).view(1, 8)

    def said(answer):
        one_hot = torch.nn.functional.one_hot(torch.tensor(answer), len(LETTERS))
        return lambda _: one_hot.T[None].double()

    assert share_right(said([7, 6, 5, 4, 3, 2, 1, 0]), words) == 1
    assert share_right(said([7, 6, 5, 4, 3, 2, 1, 1]), words) == 7 / 8
    assert share_right(said([*range(8)]), words) == 0


def test_without_positions_the_net_is_blind_to_order():
    seeded(0)
    words, order = draw_words(4, seeded(2)), torch.tensor([3, 1, 0, 2, 7, 6, 5, 4])
    for arm, blind in (("no positions", True), ("positions", False)):
        net = Reverser(arm)
        same = torch.allclose(net(words)[:, :, order], net(words[:, order]), atol=1e-5)
        assert same == blind, arm


def test_a_few_steps_learn_with_positions_alone():
    validation, test = run_arm("positions", seed=0, lr=0.03)
    assert min(validation, test) > 0.95 and validation != test or validation == test == 1
    assert max(run_arm("no positions", seed=0, lr=0.03)) < 0.4


def test_scores_are_those_of_validation_and_of_test_words():
    net = train_reverser("no positions", lr=0.03, seed=1)
    words = (draw_words(1000, seeded(judge)) for judge in (VALIDATION, TEST))
    wanted = tuple(share_right(net, part) for part in words)
    assert run_arm("no positions", lr=0.03, seed=1) == wanted and wanted[0] != wanted[1]


def test_a_seed_draws_first_weights_and_words_and_the_rate_falls(monkeypatch):
    rates = []
    step = torch.optim.Adam.step

    def watched(self, *parts):
        rates.append(self.param_groups[0]["lr"])
        return step(self, *parts)

    monkeypatch.setattr(torch.optim.Adam, "step", watched)
    one, again, other = (train_reverser(lr=0.1, seed=seed, steps=4) for seed in (0, 0, 1))
    assert torch.equal(one.out.weight, again.out.weight)
    assert not torch.equal(one.out.weight, other.out.weight)
    assert not one.training
    assert rates[:4] == pytest.approx([0.1, 0.0853553, 0.05, 0.0146447], abs=1e-6)


def test_positions_are_waves_that_eight_places_can_tell_apart():
    assert torch.equal(Reverser().places, sinusoid(8, 16, base=100.0))


def test_an_unknown_arm_is_refused():
    with pytest.raises(ValueError, match="take one of positions, no positions"):
        Reverser("clocks")
