import random
from collections import Counter

import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_refuted, assert_right, in_every_form, no_verdicts
from exercise_checks import assert_wants_true_or_false as assert_wants

from utils.exercises import language_data as exercises
from utils.exercises.language_data_claims import draw_cuts
from utils.sequences.bpe import train

CLAIMS = {
    "decoding what was encoded gives the text back": True,
    "one merge more: the text takes no more tokens than before": True,
    "one merge more: the text takes fewer tokens than before": False,
    "two texts, joined: as many tokens as both apart": False,
    "each token alone can be read as text": False,
}


def test_the_predictions_are_what_merging_does():
    assert exercises.predict.questions[0]["right"] == len(train("abababab", 2).encode("abababab"))
    assert 16**4 == 65_536 > 256
    assert exercises.predict.questions[1]["right"] == "the one of pieces"


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_merges, [form(3), form(2)])
    assert_right(capsys, 2, exercises.check_measures, [form(2), form(2), form(3)])


def test_the_fields_hold_what_the_checks_want():
    for sheet, check in (
        (exercises.merges, exercises.check_merges),
        (exercises.measures, exercises.check_measures),
    ):
        check([question["right"] for question in sheet.questions])


@pytest.mark.parametrize("wrong", [[6, 2], [4, 2], [3, 3], [3, 1], [2, 3], [3, None]])
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the number of tokens after (2|3) merges"):
        exercises.check_merges(wrong)


@pytest.mark.parametrize("wrong", [[6, 2, 3], [21.33, 2, 3], [2, 4, 3], [2, 2, 1], [2, 2, None]])
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (number|gradient)"):
        exercises.check_measures(wrong)


def by_mask(windows, numbers):
    same = numbers[:, :-1] == numbers[:, 1:]
    return F.pad(windows[:, 1:].where(same, -100), (0, 1), value=-100)


def by_rolling(windows, numbers):
    targets = windows.roll(-1, dims=1)
    targets[numbers.roll(-1, dims=1) != numbers] = -100
    targets[:, -1] = -100
    return targets


def by_loops(windows, numbers):
    targets = torch.zeros(windows.shape, dtype=torch.int32) - 100
    for row in range(len(windows)):
        for at, (token, number) in enumerate(zip(windows[row, 1:], numbers[row, 1:], strict=True)):
            if number == numbers[row, at]:
                targets[row, at] = token
    return targets


@pytest.mark.parametrize("answer", [by_mask, by_rolling, by_loops])
def test_the_third_accepts(answer, capsys):
    assert_right(capsys, 3, exercises.check_targets_of, answer)


def across_borders(windows, numbers):
    return F.pad(windows[:, 1:], (0, 1), value=-100)


def into_the_next_window(windows, numbers):
    flat, of = windows.flatten(), numbers.flatten()
    targets = flat.roll(-1).where(of == of.roll(-1), -100)
    targets[-1] = -100
    return targets.view_as(windows)


def the_token_before(windows, numbers):
    same = numbers[:, :-1] == numbers[:, 1:]
    return F.pad(windows[:, :-1].where(same, -100), (0, 1), value=-100)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (across_borders, "looks across a border"),
        (into_the_next_window, "has a target at a window's end"),
        (the_token_before, "is "),
        (lambda windows, numbers: windows[:, 1:], "has the shape"),
        (lambda windows, numbers: windows, "has a target"),
        (lambda *a: None, "must be a tensor"),
    ],
)
def test_the_third_rejects(answer, words):
    with pytest.raises(AssertionError, match=f"not yet: .*{words}"):
        exercises.check_targets_of(answer)


def by_counter(words):
    counts = Counter()
    for word, times in words.items():
        for pair in zip(word, word[1:], strict=False):
            counts[pair] += times
    return min(counts, key=lambda pair: (-counts[pair], pair))


def by_writing_out(words):
    pairs = [
        word[at : at + 2] for word, n in words.items() for _ in range(n) for at in range(len(word))
    ]
    pairs = sorted(pair for pair in pairs if len(pair) == 2)
    return list(max(dict.fromkeys(pairs), key=pairs.count))


def by_sorting(words):
    counts = {}
    for word, times in words.items():
        for at in range(1, len(word)):
            pair = word[at - 1], word[at]
            counts[pair] = counts.get(pair, 0) + times
    return sorted(sorted(counts), key=counts.get, reverse=True)[0]


@pytest.mark.parametrize(
    "answer",
    [by_counter, by_writing_out, by_sorting, lambda words: torch.tensor(by_counter(words))],
)
def test_the_fourth_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_most_frequent, answer)


def unweighted(words):
    return by_counter(dict.fromkeys(words, 1))


def once_a_word(words):
    counts = Counter()
    for word, times in words.items():
        for pair in set(zip(word, word[1:], strict=False)):
            counts[pair] += times
    return min(counts, key=lambda pair: (-counts[pair], pair))


def larger_in_a_tie(words):
    counts = Counter()
    for word, times in words.items():
        for pair in zip(word, word[1:], strict=False):
            counts[pair] += times
    return max(counts, key=lambda pair: (counts[pair], pair))


def across_words(words):
    whole = tuple(i for word, times in words.items() for _ in range(times) for i in word)
    return by_counter({whole: 1})


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (unweighted, "occurs . times"),
        (once_a_word, "occurs . times"),
        (larger_in_a_tie, "ties with it"),
        (across_words, "."),
        (lambda words: by_counter(words)[::-1], "."),
        (lambda words: by_counter(words)[0], "must be a pair"),
        (lambda words: None, "must be a pair"),
    ],
)
def test_the_fourth_rejects(answer, words):
    with pytest.raises(AssertionError, match=f"not yet: .*{words}"):
        exercises.check_most_frequent(answer)


def test_the_fifth_accepts_what_holds(capsys):
    assert set(exercises.CLAIMS) == set(CLAIMS)
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_the_fifth_refutes(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "text")


@pytest.mark.parametrize("bad", no_verdicts(CLAIMS))
def test_the_fifth_wants_true_or_false(bad):
    assert_wants(exercises.check_claims, bad)


def test_the_texts_are_drawn_alike_and_leave_the_dice_alone():
    random.seed(3)
    before = random.getstate()
    draw_cuts.cache_clear()
    one = draw_cuts(3)
    draw_cuts.cache_clear()
    assert [cut.one for cut in one] == [cut.one for cut in draw_cuts(3)]
    assert random.getstate() == before
    assert all(cut.tokens.merges for cut in one)
