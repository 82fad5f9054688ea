"""The cases of quantisation hold what their texts say."""

import torch

from utils.cases import levels


def test_numbers_hold_ties_and_ends():
    found = levels.numbers()
    x, scale, *_ = found[0]
    assert ((x / scale) % 1 == 0.5).sum() > 10
    clipped, both = 0, 0
    for x, scale, zero, first, last in found:
        q = (x / scale).round() + zero
        outside = (q < first) | (q > last)
        clipped += outside.any()
        both += bool(outside.all())
    assert clipped >= 4 and both == 1


def test_weights_and_integers():
    assert {tuple(w.shape) for w, _ in levels.weights()} == {(4, 6), (1, 3), (5, 2, 3, 3)}
    assert {bits for _, bits in levels.weights()} == {2, 4, 8}
    for qx, _, zero, qw, _ in levels.integers():
        assert (qx.dtype, qw.dtype) == (torch.uint8, torch.int8) and 0 <= zero <= 255
        assert qw.min() >= -127 and qx.shape[1] == qw.shape[1]
    assert max(qx.shape[1] for qx, *_ in levels.integers()) == 2000
