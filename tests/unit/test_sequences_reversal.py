"""The toy task of attention."""

import pytest
import torch

from utils.repro import seeded
from utils.sequences.reversal import LENGTH, LETTERS, Reverser, draw_words, run_arm, share_right


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


def test_an_unknown_arm_is_refused():
    with pytest.raises(ValueError, match="take one of positions, no positions"):
        Reverser("clocks")
