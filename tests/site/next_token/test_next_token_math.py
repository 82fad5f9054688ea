"""The transformer in the browser, against torch."""

import math

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.repro import seeded
from utils.sequences.attention import sinusoid
from utils.sequences.sampling import with_temperature
from utils.sequences.writer import Writer
from utils.widgets.next_token import NextToken, read_part, vocabulary
from utils.widgets.next_token.network import BLOCKS, HEADS, foreseen, pack, unpack

RUN = "(module, [net, ids, sizes]) => module.foreseen(module.unpacked(net), ids, sizes)"
TEXTS = ["q", "alice ", "`well!' thought alice to herself, `after such a", "\n\n", 63 * "z"]


def numbers(rows):
    return torch.tensor(rows, dtype=torch.float64)


@pytest.mark.parametrize("text", TEXTS)
def test_logits_and_looks_are_those_of_torch(open_module, text):
    module = open_module("next_token/math")
    ids = vocabulary().encode(text).tolist()
    sizes = {"heads": HEADS, "blocks": BLOCKS}
    found = module.evaluate(RUN, [NextToken().net, ids, sizes])
    logits, looks = foreseen(text)
    assert_same(numbers(found["logits"]), logits, atol=1e-9)
    assert_same(numbers(found["looks"]), looks.flatten(0, 1), atol=1e-9)


def test_so_it_is_for_other_weights_and_sizes(open_module):
    module = open_module("next_token/math")
    seeded(3)
    writer = Writer(5, width=12, heads=3, blocks=3, ratio=2)
    with torch.no_grad():
        for part in writer.parameters():
            part.add_(0.4 * torch.randn(part.shape))
    parts = pack(writer)
    writer.double().load_state_dict(unpack(parts))
    ids = [0, 4, 2, 2, 1, 3]
    sizes = {"heads": 3, "blocks": 3}
    found = module.evaluate(RUN, [{"characters": "abcde", **parts}, ids, sizes])
    wanted = writer(torch.tensor([ids]))[0][0, -1].detach()
    assert_same(numbers(found["logits"]), wanted, atol=1e-8)
    sums = numbers(found["looks"]).sum(1)
    assert_same(sums, torch.ones(9).double(), atol=1e-9)


def test_layer_norm(open_module):
    module = open_module("next_token/math")
    seeded(0)
    for scale in (1e-3, 1, 50):
        row, gain, shift = (torch.randn(6).double() for _ in range(3))
        (found,) = module.call_each(
            [("layerNorm", *(part.tolist() for part in (scale * row, gain, shift)))]
        )
        assert_same(numbers(found), F.layer_norm(scale * row, (6,), gain, shift))


def test_waves_are_those_of_the_book(open_module):
    found = open_module("next_token/math").call_each([("wave", p, 8) for p in range(7)])
    assert_same(numbers(found), sinusoid(7, 8, dtype=torch.float64), atol=1e-12)


@pytest.mark.parametrize("temperature", [0, 0.1, 1, 2])
def test_temperature_is_that_of_the_book(open_module, temperature):
    logits = [[3.0, 1000.0, 999.0], [2.0, 2.0, -1.0], [0.0, -5.0, 0.5]]
    calls = [("withTemperature", row, temperature) for row in logits]
    found = open_module("next_token/math").call_each(calls)
    assert_same(numbers(found), with_temperature(numbers(logits), temperature))


def test_draws_and_orders(open_module):
    calls = [
        ("drawn", [0.25, 0, 0.5, 0.25], 0.0),
        ("drawn", [0.25, 0, 0.5, 0.25], 0.25),
        ("drawn", [0.25, 0, 0.5, 0.25], 0.74),
        ("drawn", [0.25, 0, 0.5, 0.2499999], 0.99999999),
        ("best", [1, 3, 3, 2, -4], 3),
    ]
    assert open_module("next_token/math").call_each(calls) == [0, 2, 2, 3, [1, 2, 3]]


def test_the_part_that_is_read_fills_two_rows_at_most(open_module):
    texts = ["".join(chr(97 + place % 26) for place in range(size)) for size in range(1, 191)]
    calls = [("readPart", text, 64) for text in texts]
    found = open_module("next_token/math").call_each(calls)
    assert found == [read_part(text) for text in texts]
    sizes = [len(part) for part in found]
    assert sizes[:64] == [*range(1, 64), 32] and max(sizes) == 63 and min(sizes[63:]) == 32
    assert all(text.endswith(part) for text, part in zip(texts, found, strict=True))
    starts = [len(text) - size for text, size in zip(texts, sizes, strict=True)]
    assert all(start == 32 * math.ceil(start / 32) for start in starts)


def test_words(open_module):
    calls = [
        ("cleaned", "The Queen; of 3 hearts!", list(vocabulary().characters), 190),
        ("cleaned", "aéb§c", list(vocabulary().characters), 190),
        ("cleaned", "abcdef", list(vocabulary().characters), 4),
        ("goesRound", "the mock turtle the mock turtle "),
        ("goesRound", "turtle turtle"),
        ("goesRound", "abcdefghabcdefgh"),
        ("goesRound", "abcdefgabcdefg"),
        ("goesRound", "abcdefgh-abcdefgh"),
        ("goesRound", "xabcdefghabcdefghi"),
        ("goesRound", "wwwwwwwwwwwwwwww"),
    ]
    assert open_module("next_token/math").call_each(calls) == [
        "the queen; of  hearts!",
        "abc",
        "abcd",
        True,
        False,
        True,
        False,
        False,
        False,
        True,
    ]
