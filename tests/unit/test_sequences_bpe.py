"""Byte-pair encoding against counting anew, and against the library `tokenizers`."""

import json
import random
import re
from collections import Counter

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

from utils.data.texts import load_text
from utils.sequences.bpe import BytePairs, merge, split_words, train

TEXTS = st.text(st.sampled_from("ab' \n.é1"), max_size=60)


def counted_anew(text, merges, within_words=True):
    """The definition: recount all pairs of all words before each merge."""
    words = [list(word.encode()) for word in (split_words(text) if within_words else [text])]
    learned = []
    while len(learned) < merges:
        pairs = Counter(pair for word in words for pair in zip(word, word[1:], strict=False))
        most = max(pairs.values(), default=0)
        if most < 2:
            break
        pair = min(pair for pair, count in pairs.items() if count == most)
        new, joined = 256 + len(learned), []
        for word in words:
            at, after = 0, []
            while at < len(word):
                if word[at : at + 2] == list(pair):
                    after.append(new)
                    at += 2
                else:
                    after.append(word[at])
                    at += 1
            joined.append(after)
        words = joined
        learned.append(pair)
    return learned, [index for word in words for index in word]


@given(TEXTS, st.integers(0, 12), st.booleans())
@settings(max_examples=300, deadline=None)
def test_learning_is_counting_anew(text, merges, within_words):
    learned, ids = counted_anew(text, merges, within_words)
    found = train(text, merges, within_words=within_words)
    assert found.merges == learned
    if within_words:
        assert found.encode(text).tolist() == ids


def library(text, merges, *, on_bytes):
    """The same by `tokenizers`, trained on the text."""
    parts = [pre_tokenizers.Split(Regex(r" ?\w+| ?[^\w\s]+|\s+(?!\S)|\s+"), "isolated")]
    alphabet = pre_tokenizers.ByteLevel.alphabet() if on_bytes else sorted(set(text))
    if on_bytes:
        parts.append(pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False))
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(parts)
    trainer = trainers.BpeTrainer(
        vocab_size=len(alphabet) + merges,
        min_frequency=2,
        initial_alphabet=alphabet,
        show_progress=False,
    )
    tokenizer.train_from_iterator([text], trainer)
    return tokenizer


def learned_pairs(tokenizer):
    return json.loads(tokenizer.to_str())["model"]["merges"]


def random_words(seed):
    """Words of few letters, so that ties abound; no letter stands three times in a row."""
    draw = random.Random(seed)
    letters = ("".join(draw.choices("abcd", k=draw.randint(1, 9))) for _ in range(300))
    return " ".join(word for word in letters if not re.search(r"(.)\1\1", word))


@pytest.mark.parametrize("seed", range(12))
def test_random_words_are_learned_as_the_library_learns_them(seed):
    text = random_words(seed)
    theirs = [
        tuple(part.encode() for part in pair)
        for pair in learned_pairs(library(text, 80, on_bytes=False))
    ]
    ours = train(text, 80)
    assert [tuple(ours.tokens[part] for part in pair) for pair in ours.merges] == theirs
    assert len(theirs) == 80


def test_alice_is_learned_as_the_library_learns_it():
    text = load_text()
    theirs = library(text, 400, on_bytes=False)
    ours = train(text, 400)
    found = [b"".join(part.encode() for part in pair) for pair in learned_pairs(theirs)]
    assert ours.tokens[256:] == found
    signs = [ours.tokens[index].decode() for index in ours.encode(text)]
    assert signs == theirs.encode(text).tokens


def byte_signs():
    """The byte behind each sign that the library writes for it, as GPT-2 defined it."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in plain]
    return {
        **{chr(byte): byte for byte in plain},
        **{chr(256 + number): byte for number, byte in enumerate(rest)},
    }


def test_their_merges_cut_any_text_as_they_do():
    text, held_out = load_text(lower=False)[:60_000], load_text(lower=False)[60_000:80_000]
    held_out += "naïve – 语言 🐇\t\n\n  x "
    theirs, signs = library(text, 500, on_bytes=True), byte_signs()
    ids = {bytes([byte]): byte for byte in range(256)}
    pairs = []
    for pair in learned_pairs(theirs):
        parts = [bytes(signs[one] for one in part) for part in pair]
        pairs.append(tuple(ids[part] for part in parts))
        ids[b"".join(parts)] = len(ids)
    ours = BytePairs(pairs)
    assert len(ours) == 756
    found = [bytes(signs[one] for one in token) for token in theirs.encode(held_out).tokens]
    assert [ours.tokens[index] for index in ours.encode(held_out)] == found


ALICE = train(load_text(), 300)


@given(st.binary(max_size=80))
def test_any_bytes_come_back(data):
    assert ALICE.decode_bytes(ALICE.encode(data)) == data


@given(st.text(max_size=60))
def test_any_text_comes_back(text):
    assert "".join(split_words(text)) == text
    assert ALICE.decode(ALICE.encode(text)) == text
    assert ALICE.encode(text).tolist() == ALICE.encode(text.encode()).tolist()


def test_nothing_is_no_tokens():
    assert ALICE.encode("").shape == (0,) and ALICE.encode("").dtype == torch.int64
    assert ALICE.decode([]) == "" and train("", 5).merges == train("abc", 5).merges == []
    assert train("", 3, within_words=False).merges == []


def test_ties_go_to_smaller_ids():
    assert train("dcdc baba", 1).merges == [(98, 97)]
    assert train("zz za zz za", 2).merges == [(32, 122), (256, 97)]
    assert train("aaa", 9).merges == [(97, 97)]


def test_words_hold_tokens_apart():
    text = "to be to be to be"
    assert b"to be" in train(text, 9, within_words=False).tokens
    assert all(b" " not in token[1:] for token in train(text, 9).tokens)


def test_a_token_for_half_a_letter_decodes_to_a_mark():
    broken = ALICE.encode("é")[:1]
    assert ALICE.decode(broken) == "\N{REPLACEMENT CHARACTER}"
    assert ALICE.decode_bytes(broken) == "é".encode()[:1]


def test_merging_runs_from_left_to_right():
    assert merge([1, 1, 1, 1, 1], (1, 1), 9) == [9, 9, 1]
    assert merge([], (1, 2), 9) == [] and merge([1], (1, 1), 9) == [1]
    assert merge((2, 1, 2, 1), (1, 2), 9) == [2, 9, 1]


@pytest.mark.parametrize(
    ("merges", "words"),
    [
        ([(97, 256)], "merge 0 joins .* between 0 and 255"),
        ([(97, 98), (257, 1)], "merge 1 joins .* between 0 and 256"),
        ([(-1, 2)], "merge 0"),
        ([(97, 98), (97, 98)], "twice"),
    ],
)
def test_impossible_merges_are_refused(merges, words):
    with pytest.raises(ValueError, match=words):
        BytePairs(merges)


def test_other_bad_input_is_refused():
    with pytest.raises(ValueError, match="at least 0, got -1"):
        train("abc", -1)
    for bad in (556, -1, 1.5):
        with pytest.raises(ValueError, match="between 0 and 555"):
            ALICE.decode([97, bad])
    with pytest.raises(ValueError, match="surrogates"):
        ALICE.encode("\ud800")
