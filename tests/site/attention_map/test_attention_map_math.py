"""The net in the browser, against torch."""

import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.repro import seeded
from utils.sequences.attention import sinusoid
from utils.sequences.reversal import BASE, LETTERS, draw_words
from utils.widgets.attention_map.network import PARTS, look_up, packed, unpacked

RUN = """(module, [net, state, base]) => module.lookedUp(net, state, base)"""


def settings(seed):
    """A random word and random settings."""
    generator = seeded(seed)
    word = draw_words(1, generator)[0]
    return word, {
        "sharpness": float(3 * torch.rand(1, generator=generator)),
        "positions": seed % 2 == 0,
        "causal": seed % 3 == 0,
    }


def as_numbers(rows):
    return torch.tensor(rows, dtype=torch.float64)


def test_weights_and_logits_are_those_of_torch(open_module):
    module = open_module("attention_map/math")
    nets = [packed()]
    generator = seeded(9)
    shapes = {name: torch.tensor(rows).shape for name, rows in packed().items()}
    for scale in (0.3, 3.0):
        nets.append(
            {n: (scale * torch.randn(s, generator=generator)).tolist() for n, s in shapes.items()}
        )
    for net in nets:
        parts = {name: as_numbers(rows) for name, rows in net.items()}
        for seed in range(12):
            word, state = settings(seed)
            text = "".join(LETTERS[index] for index in word)
            found = module.evaluate(RUN, [net, {"word": text, **state}, BASE])
            weights, logits = look_up(parts, word, **state)
            assert_same(as_numbers(found["weights"]), weights, atol=1e-9)
            assert_same(as_numbers(found["logits"]), logits, atol=1e-8)


def test_the_look_up_is_torchs_own():
    parts = unpacked()
    word, _ = settings(4)
    x = parts["letters"][word] + sinusoid(8, 16, base=BASE, dtype=torch.float64)
    Q, K, V = (x @ parts[name].T for name in ("query", "key", "value"))
    out = F.scaled_dot_product_attention(Q, K, V, scale=0.7 / 4, is_causal=True)
    options = {"sharpness": 0.7, "positions": True, "causal": True}
    logits = look_up(parts, word, **options)[1]
    assert_same(logits, out @ parts["out"].T + parts["bias"])
    assert list(parts) == list(PARTS)


def test_waves_are_those_of_the_book(open_module):
    module = open_module("attention_map/math")
    for length, width, base in ((8, 16, 100.0), (5, 4, 10_000.0), (1, 2, 7.0)):
        (found,) = module.call_each([("waves", length, width, base)])
        assert_same(
            as_numbers(found), sinusoid(length, width, base=base, dtype=torch.float64), atol=1e-12
        )


def test_softmax_survives_large_scores_and_hidden_keys(open_module):
    found = open_module("attention_map/math").evaluate(
        "(module) => [module.softmax([1000, 1001]), module.softmax([2, -Infinity])]"
    )
    wanted = torch.tensor([[0.0, 1.0], [0.0, 0.0]]).double()
    wanted[1, 1] = -torch.inf
    assert_same(as_numbers(found), wanted.softmax(1), atol=1e-12)


def test_words(open_module):
    module = open_module("attention_map/math")
    calls = [
        ("cleaned", "back-ward 8!", 8),
        ("cleaned", "abcdefghij", 8),
        ("cleaned", "é1", 8),
        ("rightCount", "ABCDEFGH", "HGFEDCBA"),
        ("rightCount", "ABCDEFGH", "HGAEDCBB"),
        ("spelled", [0, 25, 7]),
        ("indices", "AZH"),
        ("largest", [1, 3, 3, 0]),
    ]
    assert module.call_each(calls) == ["BACKWARD", "ABCDEFGH", "", 8, 6, "AZH", [0, 25, 7], 1]
