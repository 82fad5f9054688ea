"""The Python side of the demo."""

import pytest
import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.weight_bands import PLACES, WeightBands, free_weights


def test_shared_weights_are_equal_on_each_diagonal():
    W = WeightBands(share=True).matrix
    assert torch.equal(W[1:, 1:], W[:-1, :-1])
    assert torch.equal(W[0], free_weights()[0]) and torch.equal(W[:, 0], free_weights()[:, 0])
    assert not torch.equal(W, free_weights())


@pytest.mark.parametrize("reach", [0, 1, 6, 15])
def test_shared_weights_are_a_convolution(reach):
    demo = WeightBands(share=True, reach=reach, shift=3)
    x, v = demo.signal[None, None], demo.kernel[None, None]
    assert torch.allclose(F.conv1d(x, v, padding=reach)[0, 0], demo.output)
    assert demo.free == len(demo.kernel) == 2 * reach + 1


@pytest.mark.parametrize("reach", [0, 2, 15])
def test_free_weights_are_those_of_the_band(reach):
    demo = WeightBands(reach=reach)
    cells = torch.ones(PLACES, PLACES).triu(-reach).tril(reach)
    assert demo.free == cells.sum()
    assert torch.equal(demo.matrix, free_weights() * cells)


def test_the_output_moves_along_with_shared_weights_alone():
    for shift in range(1, 12):
        assert WeightBands(share=True, reach=4, shift=shift).moves_along
        assert not WeightBands(reach=4, shift=shift).moves_along


def test_the_signal_stays_inside():
    for shift in range(12):
        x = WeightBands(shift=shift).signal
        assert x.sum() == 6 and x[2 + shift : 5 + shift].tolist() == [1, 3, 2]


@pytest.mark.parametrize(
    "bad", [{"reach": 16}, {"reach": -1}, {"shift": 12}, {"shift": 0.5}, {"share": "yes"}]
)
def test_a_setting_out_of_range_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        WeightBands(**bad)
