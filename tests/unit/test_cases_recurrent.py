"""Cases of recurrent layers."""

import pytest
import torch
from torch import nn

from utils.cases.recurrent import LENGTHS, SHAPES, ragged, recurrent


@pytest.mark.parametrize("kind, gates, states", [(nn.RNN, 1, 1), (nn.GRU, 3, 1), (nn.LSTM, 4, 2)])
def test_weights_have_the_shapes_of_torch(kind, gates, states):
    for case in recurrent(gates, states, dtype=torch.float64, device="cpu"):
        x, *rest = case
        layer = kind(x.shape[2], rest[0].shape[1], batch_first=True).double()
        wanted = [part.shape for part in layer.parameters()]
        assert [part.shape for part in rest[states:]] == wanted
        assert all(part.shape == (len(x), layer.hidden_size) for part in rest[:states])


def test_cases_come_in_both_dtypes_and_the_last_begins_with_zeros():
    cases = recurrent(4, 2, device="cpu")
    assert len(cases) == 2 * (len(SHAPES) + 1)
    assert [case[0].dtype for case in cases[:2]] == [torch.float32, torch.float64]
    for case in cases[-2:]:
        assert not case[1].any() and not case[2].any() and case[3].any()
    assert cases[0][1].any() and not torch.equal(cases[0][1], cases[0][2])
    assert not torch.equal(recurrent(4, 2, seed=1)[0][0], cases[0][0])
    assert {case[0].dtype for case in recurrent(1, dtype=torch.float32)} == {torch.float32}


@pytest.mark.parametrize("dtype", [None, torch.float32])
def test_ragged_cases_have_a_length_for_each_sequence(dtype):
    cases = ragged(4, 2, dtype=dtype, device="cpu")
    assert len(cases) == len(SHAPES) * (2 if dtype is None else 1)
    for case in cases:
        lengths, x = case[-1]["lengths"], case[0]
        assert lengths.shape == (len(x),) and lengths.dtype == torch.int64
        assert lengths.min() >= 1 and lengths.max() <= x.shape[1] and lengths.max() == x.shape[1]
    assert any(list(row) != sorted(row, reverse=True) for row in LENGTHS)
