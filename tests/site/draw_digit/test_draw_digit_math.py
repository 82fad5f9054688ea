"""The arithmetic of the demo, against torch and against its Python side."""

import itertools

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.data.images import load_images
from utils.widgets.draw_digit import DrawDigit, stroke

DOUBLE = torch.float64


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("draw_digit/math")


@pytest.fixture(scope="module")
def demo():
    return DrawDigit()


@pytest.fixture(scope="module")
def digits():
    """All test images, ``(360, 64)`` numbers from 0 to 16."""
    return (load_images("digits").test_images.flatten(1).double() * 16).round()


def test_the_network_answers_as_torch_does_for_all_test_digits(module, demo, digits):
    found = module.evaluate(
        """({ networkOf, answer, votes }, layers, drawings) => {
            const network = networkOf(layers);
            const answers = drawings.map((drawing) => answer(network, drawing));
            const spoken = answers.map(({ hidden, said }) => votes(network, hidden, said));
            const listed = ["hidden", "logits", "probabilities"].map((name) =>
                answers.map((one) => [...one[name]]));
            return [...listed, answers.map(({ said }) => said), spoken];
        }""",
        demo.layers,
        digits.tolist(),
    )
    hidden, logits, probabilities, said, votes = (
        torch.tensor(part, dtype=DOUBLE) for part in found
    )
    W1, b1, W2, b2 = demo.tensors
    by_torch = F.relu(F.linear(digits / 16, W1, b1))
    assert_same(hidden, by_torch)
    assert_same(logits, F.linear(by_torch, W2, b2))
    assert_same(probabilities, F.linear(by_torch, W2, b2).softmax(1))
    said = said.long()
    assert torch.equal(said, logits.argmax(1))
    assert_same(votes, by_torch * W2[said])
    assert_same(votes.sum(1) + b2[said], logits.amax(1))


def test_large_logits_overflow_nothing(module):
    layers = [[[1000.0] * 64], [0.0], [[k - 4.0] for k in range(10)], [0.0] * 10]
    found = module.evaluate(
        "({ networkOf, answer }, layers, ink) => answer(networkOf(layers), ink).probabilities",
        layers,
        [16] * 64,
    )
    assert found == [0.0] * 9 + [1.0]


def test_what_is_seen_is_what_python_sees(module, demo, digits):
    draw = torch.Generator().manual_seed(1)
    cases = []
    for drawing in digits[:40]:
        moved = torch.randint(-7, 8, (2,), generator=draw).tolist()
        drawn = torch.randint(0, 40, (), generator=draw).item()
        cases.append({"drawing": drawing.view(8, 8).tolist(), "moved": moved, "drawn": drawn})
    found = module.call_each([("seen", case) for case in cases])
    theirs = torch.stack([DrawDigit(layers=demo.layers, **case).seen for case in cases])
    assert torch.equal(torch.tensor(found, dtype=DOUBLE) / 16, theirs)
    assert theirs.any(1).sum() > 10  # not all are moved out of the picture


def test_a_stroke_takes_each_inked_pixel_once_and_python_takes_the_same(module, digits):
    drawings = digits[:40].tolist()
    found = module.call_each([("stroke", drawing) for drawing in drawings])
    for path, drawing in zip(found, drawings, strict=True):
        assert path == stroke(drawing)
        assert sorted(path) == [place for place, ink in enumerate(drawing) if ink]
    assert module.call("stroke", [0] * 64) == stroke([0] * 64) == []


def test_the_brush_is_dark_in_the_middle_soft_beside_it_and_takes_no_ink_away(module):
    corner, middle, again = module.evaluate(
        """({ brushed }) => {
            const blank = Array(64).fill(0);
            const first = brushed(blank, 27);
            return [brushed(blank, 0), first, brushed(first, 28)];
        }"""
    )
    assert {at: ink for at, ink in enumerate(corner) if ink} == {0: 16, 1: 7, 8: 7}
    assert {at: ink for at, ink in enumerate(middle) if ink} == {
        **{27: 16},
        **dict.fromkeys((19, 26, 28, 35), 7),
    }
    assert again[27] == again[28] == 16


def test_a_quick_stroke_leaves_no_gap(module):
    assert module.call("way", 0, 63) == [9, 18, 27, 36, 45, 54, 63]
    assert module.call("way", 7, 4) == [6, 5, 4]
    assert module.call("way", 20, 20) == [20]
    ways = module.call_each([("way", 27, to) for to in range(64)])
    for to, places in enumerate(ways):
        assert places[-1] == to
        for one, other in itertools.pairwise([27, *places]):
            assert max(abs(one // 8 - other // 8), abs(one % 8 - other % 8)) <= 1
