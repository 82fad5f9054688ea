"""Numbers in words, and the net that translates them."""

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.repro import seeded
from utils.sequences import translation
from utils.sequences.translation import (
    END,
    MOST,
    PAD,
    START,
    WORDS,
    Translator,
    all_by_dictionary,
    by_dictionary,
    in_words,
    share_right,
    sources,
    split_numbers,
    targets,
    train_translator,
    translate,
)

SPOKEN = {
    7: "seven",
    10: "ten",
    19: "nineteen",
    20: "twenty",
    21: "one and twenty",
    99: "nine and ninety",
    100: "one hundred",
    512: "five hundred twelve",
    3000: "three thousand",
    4050: "four thousand fifty",
    9876: "nine thousand eight hundred six and seventy",
}


@pytest.mark.parametrize(("number", "words"), SPOKEN.items())
def test_numbers_are_spoken_in_the_old_way(number, words):
    assert " ".join(in_words(number)) == words


@pytest.mark.parametrize("number", [0, 10_000, -3])
def test_other_numbers_are_refused(number):
    with pytest.raises(ValueError, match="from 1 to 9999"):
        in_words(number)


def test_no_two_numbers_sound_alike():
    spoken = {tuple(in_words(number)) for number in range(1, MOST + 1)}
    assert len(spoken) == MOST
    assert max(map(len, spoken)) == 7
    assert {word for words in spoken for word in words} == set(WORDS[1:])


def test_a_dictionary_is_right_where_words_and_digits_have_one_order():
    guesses = {7: "7", 512: "512", 21: "12", 100: "1", 9876: "9867", 16: "16", 30: "3"}
    assert {number: by_dictionary(in_words(number)) for number in guesses} == guesses
    assert all_by_dictionary(torch.tensor(list(guesses))) == list(guesses.values())


def test_rows_hold_the_words_and_the_digits():
    rows = sources(torch.tensor([9876, 20]))
    assert rows.shape == (2, 7)
    assert [WORDS[index] for index in rows[0]] == in_words(9876)
    assert rows[1].tolist() == [WORDS.index("twenty"), 0, 0, 0, 0, 0, 0]
    wanted = [[START, 9, 8, 7, 6, END], [START, 2, 0, END, PAD, PAD]]
    assert targets(torch.tensor([9876, 20])).tolist() == wanted


def test_the_split_leaves_nothing_out():
    learnt, held_out = split_numbers(3)
    assert len(learnt) == translation.TRAINED_ON
    assert sorted(torch.cat([learnt, held_out]).tolist()) == list(range(1, MOST + 1))
    assert not torch.equal(learnt, split_numbers(4)[0])
    assert torch.equal(learnt, split_numbers(3)[0])


def test_no_place_sees_what_comes_after_it_and_padding_changes_nothing():
    seeded(0)
    net = Translator().double()
    source, said = sources(torch.tensor([324, 20])), targets(torch.tensor([324, 20]))
    logits = net(source, said)
    other = said.clone()
    other[:, 3] = 9
    assert_same(net(source, other)[:, :3], logits[:, :3])
    assert not torch.isclose(net(source, other)[:, 3], logits[:, 3]).all()
    longer = F.pad(source, (0, 3))
    assert_same(net(longer, said), logits)
    turned = source.clone()
    turned[0, :2] = source[0, :2].flip(0)
    assert not torch.isclose(net(turned, said)[0], logits[0]).all()


def test_it_learns_and_translates():
    learnt, held_out = split_numbers()
    few = learnt[:20]
    net = train_translator(few, seed=0, steps=60)
    assert not net.training
    answers = translate(net, few)
    assert share_right(answers, few) > 0.7
    assert translate(net, few[:5]) == answers[:5]
    twice = [train_translator(few, seed=1, steps=2).scores.weight for _ in range(2)]
    assert torch.equal(*twice)
    assert share_right(translate(Translator().eval(), held_out[:100]), held_out[:100]) < 0.1


def test_padding_is_not_asked_for():
    few = split_numbers()[0][:20]
    few[0] = 7  # the answer and its end, then padding
    net = train_translator(few, seed=0, steps=30)
    said = net(sources(few), targets(few)[:, :-1]).argmax(2)
    assert not (said == PAD).any()


def test_answers_count_whole():
    assert share_right(["12", "13", "", "4?"], torch.tensor([12, 31, 5, 4])) == 0.25
