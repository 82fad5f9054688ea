"""Merging in the browser, against Python."""

import random

from utils.sequences.bpe import merge, split_words, train
from utils.widgets.pair_merger import PairMerger, shown

LETTERS = "aab b'é.1_語"


def random_texts(count):
    draw = random.Random(1)
    return ["".join(draw.choices(LETTERS, k=draw.randint(1, 24))) for _ in range(count)]


def test_words_are_those_of_python(open_module):
    texts = [*random_texts(60), "don't  stop", "   ", " a", "naïve café, 12 x_y—“quotes” 🐇🐇"]
    calls = [("words", text, apart) for text in texts for apart in (True, False)]
    found = open_module("pair_merger/math").call_each(calls)
    for (_, text, apart), rows in zip(calls, found, strict=True):
        parts = split_words(text) if apart else [text]
        assert rows == [list(part.encode()) for part in parts]


def test_merging_is_that_of_python(open_module):
    draw = random.Random(2)
    rows = [draw.choices(range(3), k=draw.randint(0, 12)) for _ in range(80)]
    pairs = [(draw.randrange(3), draw.randrange(3)) for _ in rows]
    calls = [("merge", row, list(pair), 9) for row, pair in zip(rows, pairs, strict=True)]
    found = open_module("pair_merger/math").call_each(calls)
    assert found == [merge(row, pair, 9) for row, pair in zip(rows, pairs, strict=True)]


def test_the_story_is_that_of_python(open_module):
    module = open_module("pair_merger/math")
    texts = [*random_texts(40), PairMerger().text, "a", "ab" * 16]
    calls = [("story", text, apart) for text in texts for apart in (True, False)]
    for (_, text, apart), moments in zip(calls, module.call_each(calls), strict=True):
        assert len(moments) == len(train(text, 99, within_words=apart).merges) + 1
        for step, moment in enumerate(moments):
            demo = PairMerger(text=text, step=step, apart=apart)
            words, tokens = demo._learned()
            assert moment["rows"] == words
            assert [bytes(token) for token in moment["tokens"]] == tokens
            ranked = [
                (tuple(shown(tokens[index]) for index in entry["pair"]), entry["count"])
                for entry in moment["pairs"]
            ]
            assert ranked == demo.pairs


def test_tokens_are_shown_as_python_shows_them(open_module):
    tokens = [b"a", b" to", "é语".encode(), b"\xc3", b"\x0a\xf0\x9f", b"\xef\xbb\xbf", b"ab\x80"]
    found = open_module("pair_merger/math").call_each([("shown", list(token)) for token in tokens])
    assert found == [shown(token) for token in tokens]
    assert found[3:5] == ["C3", "0AF09F"]


def test_what_is_typed_becomes_what_python_takes(open_module):
    typed = ["a\tb\u00a0c", "x\u200by\ud83d", "a" * 60, "é" * 30, "🐇" * 13, "\u2028 ok", ""]
    found = open_module("pair_merger/math").evaluate(
        "(module, texts) => texts.map((text) => module.cleaned(text, 48))", typed
    )
    assert found == ["a b c", "xy", "a" * 48, "é" * 24, "🐇" * 12, "  ok", ""]
    for text in found[:-1]:
        assert PairMerger(text=text).text == text
