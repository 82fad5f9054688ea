"""The Python side of the demo: its net, and what it answers."""

import json

import pytest
import torch
import traitlets

from utils.repro import seeded
from utils.sequences.reversal import LETTERS, TEST, draw_words
from utils.widgets.attention_map import AttentionMap
from utils.widgets.attention_map.network import answer_of, unpacked


def test_the_net_says_words_backwards():
    words = draw_words(300, seeded(TEST))
    right = [torch.equal(answer_of(unpacked(), word), word.flip(0)) for word in words]
    assert sum(right) > 295


def test_most_weight_lies_across():
    weights = AttentionMap().weights
    assert (weights.flip(1).diagonal() > 0.5).all()
    assert torch.allclose(weights.sum(1), torch.ones(8).double())
    assert AttentionMap(sharpness=3).weights.flip(1).diagonal().mean() > 0.98
    assert torch.allclose(AttentionMap(sharpness=0).weights, torch.tensor(1 / 8).double())


def test_without_positions_a_place_cannot_be_told():
    demo = AttentionMap(word="ABCABCAB", positions=False)
    assert demo.answer != "BACBACBA"
    for one, other in ((0, 3), (1, 4), (2, 5)):
        assert demo.answer[one] == demo.answer[other]
    for letter in LETTERS:  # the task can be solved
        assert AttentionMap(word=8 * letter, positions=False).answer == 8 * letter


def test_a_causal_mask_hides_later_letters():
    weights = AttentionMap(causal=True).weights
    assert not weights.triu(1).any() and weights[0, 0] == 1


def test_small_letters_are_made_large():
    assert AttentionMap(word="sentence").word == "SENTENCE"


def test_what_the_website_carries_is_small():
    assert len(json.dumps(AttentionMap().asset_values())) < 20_000


@pytest.mark.parametrize(
    "bad",
    [
        {"word": "SEVENLE"},
        {"word": "NINELETTE"},
        {"word": "EIGHT 88"},
        {"word": None},
        {"word": "EIGHTÉÉÉ"},
        {"place": 8},
        {"place": -1},
        {"sharpness": 3.1},
        {"sharpness": -0.1},
    ],
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        AttentionMap(**bad)
