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


def masked(logits, targets, lengths):
    real = torch.arange(targets.shape[1]) < lengths[:, None]
    return F.cross_entropy(logits[real], targets[real])


def ignoring(logits, targets, lengths):
    for row, length in zip(targets, lengths, strict=True):
        row[length:] = -100
    return F.cross_entropy(logits.mT, targets)


def row_by_row(logits, targets, lengths):
    total = 0.0
    for scores, row, length in zip(logits, targets, lengths.tolist(), strict=True):
        for t in range(length):
            total -= scores[t].log_softmax(0)[row[t]].item()
    return total / lengths.sum().item()


def joined(logits, targets, lengths):
    rows = range(len(lengths))
    scores = torch.cat([logits[n, : lengths[n]] for n in rows])
    return F.cross_entropy(scores, torch.cat([targets[n, : lengths[n]] for n in rows]))[None]


@pytest.mark.parametrize("answer", [masked, ignoring, row_by_row, joined])
def test_the_third_accepts(answer, capsys):
    assert_right(capsys, 3, exercises.check_mean_loss, answer)


def of_all(logits, targets, lengths):
    return F.cross_entropy(logits.mT, targets)


def over_all_places(logits, targets, lengths):
    return masked(logits, targets, lengths) * lengths.sum() / targets.numel()


def mean_of_means(logits, targets, lengths):
    rows = range(len(lengths))
    return torch.stack(
        [masked(logits[n : n + 1], targets[n : n + 1], lengths[n : n + 1]) for n in rows]
    ).mean()


def one_too_many(logits, targets, lengths):
    return masked(logits, targets, lengths + 1)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (of_all, "counts the padding"),
        (over_all_places, "divides by all places"),
        (mean_of_means, "gives each row the same weight"),
        (lambda *a: masked(*a) * a[2].sum(), "is not the mean"),
        (
            lambda logits, targets, n: F.cross_entropy(logits.mT, targets, reduction="none"),
            "number",
        ),
        (lambda *a: None, "must be one number"),
    ],
)
def test_the_third_rejects(answer, words):
    with pytest.raises(AssertionError, match=f"not yet: .*{words}"):
        exercises.check_mean_loss(answer)


def test_the_third_rejects_one_step_too_many():
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_mean_loss(one_too_many)


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


@pytest.mark.parametrize("answer", [by_counter, by_writing_out, by_sorting])
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
