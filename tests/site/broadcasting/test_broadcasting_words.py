"""The words of the broadcasting demo: sentences, torch's lines, shapes as readers type them."""

import re

import pytest
import torch
from broadcasting_pairs import by_torch

from utils.widgets.broadcasting import OPERATIONS, a_values, b_values

NO_VALUE = re.compile(r"NaN|undefined|null|Infinity|\[object")


@pytest.fixture
def words(open_module):
    return open_module("broadcasting/words")


def test_each_step_is_told_and_the_last_sentence_gives_the_verdict_of_torch(words, pairs):
    calls = [("stepSentence", min(s, max(map(len, p)) + 2), *p) for p in pairs for s in range(7)]
    for (_, step, a, b), sentence in zip(calls, words.call_each(calls), strict=True):
        assert sentence.endswith(".") and not NO_VALUE.search(sentence), (a, b, step)
        axes = max(len(a), len(b))
        if step == axes + 2:
            result = by_torch(a, b)
            if result is None:
                assert sentence.startswith("No result: ")
            else:
                assert sentence.startswith(f"{a} and {b} give {result}")
                assert ("without a number" in sentence) == (0 in result)
        elif step >= 2:
            sizes = [((1,) * axes + shape)[-(step - 1)] for shape in (a, b)]
            fits = by_torch(*[(size,) for size in sizes]) is not None
            assert sentence.startswith(f"Axis −{step - 1}: ")
            assert ("do not fit" in sentence) != fits
            numbers = set(map(int, re.findall(r"\d+", sentence.split(":", 1)[1])))
            assert set(sizes) <= numbers


SENTENCES = {
    (0, (3, 1), (4,)): "Shapes are compared from the right, so they are written to end together.",
    (1, (3, 1), (4,)): "b has fewer axes, so a 1 is put in front: (4,) counts as (1, 4).",
    (1, (), (2, 3)): "a has fewer axes, so 2 ones are put in front: () counts as (1, 1).",
    (1, (2, 3), (1, 3)): "Both shapes have as many axes, so nothing is put in front.",
    (2, (3, 4), (4,)): "Axis −1: both sizes are 4. They fit.",
    (2, (3, 1), (4,)): "Axis −1: 1 and 4 fit, since one of them is 1: a is read 4 times.",
    (2, (3, 0), (1,)): "Axis −1: 0 and 1 fit, since one of them is 1: b is not read at all.",
    (2, (3, 2), (3,)): "Axis −1: 2 and 3 differ and neither is 1. They do not fit.",
    (4, (3, 1), (4,)): "(3, 1) and (4,) give (3, 4).",
    (2, (), ()): "() and () give ().",
    (4, (5, 2), (4, 3)): "No result: 2 and 3 on axis −1, 5 and 4 on axis −2 differ, "
    "and neither is 1.",
}


def test_the_rules_are_told_in_words(words):
    told = words.call_each([("stepSentence", *arguments) for arguments in SENTENCES])
    assert told == list(SENTENCES.values())


def test_the_result_that_is_spelled_out_is_true_in_torch(words, pairs):
    generator = torch.Generator().manual_seed(5)
    calls = []
    for at, (pair, result) in enumerate(pairs.items()):
        if result is not None and 0 not in result:
            place = [int(torch.randint(0, size, (), generator=generator)) for size in result]
            calls.append(("cellSentence", place, *pair, list(OPERATIONS)[at % 3]))
    assert len(calls) >= 120
    for (_, place, a, b, name), sentence in zip(calls, words.call_each(calls), strict=True):
        operation = OPERATIONS[name]
        numbers = {"a": a_values(a), "b": b_values(b), "c": operation(a_values(a), b_values(b))}
        plain = sentence.replace("−", "-").replace("×", "*").replace("\u00a0", " ")
        sides = [eval(side, dict(numbers)) for side in plain.split(" = ")]
        assert len(sides) == 4 and len({int(side) for side in sides}) == 1, sentence
        assert plain.startswith(f"c{place if place else ''} = ")


def test_the_torch_lines_run_and_give_what_their_comments_say(words, pairs):
    chosen = [
        (pair, result, list(OPERATIONS)[at % 3]) for at, (pair, result) in enumerate(pairs.items())
    ]
    codes = words.call_each([("torchCode", *pair, name) for pair, _, name in chosen])
    for ((a, b), result, name), code in zip(chosen, codes, strict=True):
        shapes, first, second, last = code.split("\n")
        names = {"torch": torch}
        exec(f"{first}\n{second}", names)
        assert torch.equal(names["a"], a_values(a)) and torch.equal(names["b"], b_values(b))
        for line in (shapes, last):
            if result is None:
                assert line.endswith("  # raises RuntimeError")
                with pytest.raises(RuntimeError):
                    exec(line, names)
        if result is not None:
            assert shapes.endswith(f"  # {eval(shapes, names)!r}")
            exec(last, names)
            assert torch.equal(names["c"], OPERATIONS[name](a_values(a), b_values(b)))
            assert last.endswith(f"  # has shape {tuple(names['c'].shape)}")


TYPED = [
    ("3, 1", [3, 1]),
    ("(3, 1)", [3, 1]),
    (" [3,1] ", [3, 1]),
    ("3 1", [3, 1]),
    ("3 × 1", [3, 1]),
    ("3x1X2", [3, 1, 2]),
    ("(4,)", [4]),
    ("4", [4]),
    ("4 ,", [4]),
    ("", []),
    ("()", []),
    ("( )", []),
    ("0, 6, 0, 6", [0, 6, 0, 6]),
    ("+2", [2]),
]
REFUSED = [
    ("3, x", "“x” is not a whole number: write sizes such as 3, 1"),
    ("2.5", "“2.5” is not a whole number: write sizes such as 3, 1"),
    ("(3, 1", "“(3” is not a whole number: write sizes such as 3, 1"),
    ("7", "7 is not from 0 to 6: write sizes such as 3, 1"),
    ("-1, 2", "-1 is not from 0 to 6: write sizes such as 3, 1"),
    ("−1", "−1 is not from 0 to 6: write sizes such as 3, 1"),
    ("3,,1", "a number is missing beside a comma: write sizes such as 3, 1"),
    (",", "a number is missing beside a comma: write sizes such as 3, 1"),
    ("1, 1, 1, 1, 1", "5 axes are too many: at most 4 fit"),
]


def test_a_shape_is_read_as_readers_write_it(words):
    found = words.call_each([("parseShape", text) for text, _ in TYPED + REFUSED])
    for (text, shape), result in zip(TYPED, found, strict=False):
        assert result == {"shape": shape, "trouble": ""}, text
    for (text, trouble), result in zip(REFUSED, found[len(TYPED) :], strict=True):
        assert result == {"shape": None, "trouble": trouble}, text


def test_what_the_demo_writes_it_can_read(words, pairs):
    shapes = sorted({shape for pair in pairs for shape in pair})
    for name in ("shapeText", "typedText"):
        texts = words.call_each([(name, shape) for shape in shapes])
        read = words.call_each([("parseShape", text) for text in texts])
        assert [result["shape"] for result in read] == [list(shape) for shape in shapes]
        if name == "shapeText":
            assert texts == list(map(str, shapes))
