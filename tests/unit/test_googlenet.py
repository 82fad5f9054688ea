"""The parts of GoogLeNet: sizes of the blocks, heads, and weights that two networks share."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from utils.googlenet import (
    BLOCKS,
    auxiliary,
    block_cases,
    block_of_functions,
    made,
    normed,
    of_weights,
    plain,
    trunk,
    twins,
)


def test_the_nine_blocks_have_the_channels_of_the_paper():
    assert list(BLOCKS) == ["3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"]
    assert [made(widths) for widths in BLOCKS.values()] == [
        *(256, 480, 512, 512, 512, 528, 832, 832, 1024)
    ]
    assert BLOCKS["4e"] == (256, 160, 320, 32, 128, 128)


@pytest.mark.parametrize(("k", "stride"), [(1, 1), (3, 1), (5, 2), (7, 2)])
def test_layers_pad_by_half_a_kernel_and_end_in_a_relu(k, stride):
    x = torch.randn(2, 3, 9, 8, generator=torch.Generator().manual_seed(0))
    for layer in (plain(3, 4, k, stride), normed(3, 4, k, stride)):
        out = layer(x)
        assert tuple(out.shape) == (2, 4, -(-9 // stride), -(-8 // stride))
        assert (out >= 0).all() and (out == 0).any()
    conv, norm, _ = normed(3, 4, k)
    assert conv.bias is None and norm.eps == 0.001
    assert plain(3, 4, k)[0].bias is not None


@pytest.mark.parametrize("pool", [2, 3])
def test_the_trunk_halves_the_maps_between_its_stages(pool):
    with torch.device("meta"):
        parts = trunk(lambda c_in, widths: nn.Conv2d(c_in, made(widths), 1), plain, pool)
        x, shapes = torch.empty(1, 3, 224, 224), {}
        for name, part in parts.items():
            x = part(x)
            shapes[name] = tuple(x.shape[1:3])
    assert list(shapes)[:4] == ["stem", "3a", "3b", "max 3"] and "max 4" in shapes
    assert shapes["stem"] == (192, 28) and shapes["max 3"] == (480, 14)
    assert shapes["max 4"] == (832, 7) and shapes["5b"] == (1024, 7)
    assert parts["max 3"].kernel_size == 3 and parts["max 4"].kernel_size == pool


def test_a_head_averages_windows_of_four_by_four():
    head = auxiliary(8, plain, 5).eval()
    assert tuple(head(torch.rand(2, 8, 14, 14)).shape) == (2, 5)
    x = torch.rand(1, 1, 14, 14, generator=torch.Generator().manual_seed(1))
    starts = (0, 3, 7, 10)
    wanted = [[x[0, 0, r : r + 4, c : c + 4].mean() for c in starts] for r in starts]
    assert torch.allclose(head[0](x)[0, 0], torch.tensor(wanted))
    assert not torch.allclose(head[0](x), F.avg_pool2d(x, 5, stride=3))  # the paper's


def test_cases_are_of_both_dtypes_and_fit_a_block():
    for x, *parts in block_cases():
        out = block_of_functions(x, *parts)
        assert out.shape[1] == sum(parts[place].shape[0] for place in (0, 4, 8, 10))
        assert (out.shape[0], *out.shape[2:]) == (x.shape[0], *x.shape[2:])
    assert {case[0].dtype for case in block_cases()} == {torch.float32, torch.float64}


def test_a_block_joins_its_paths_in_the_order_of_its_widths():
    x = torch.rand(1, 2, 3, 3)
    parts = []
    for place, (c_in, k) in enumerate([(2, 1), (2, 1), (1, 3), (2, 1), (1, 5), (2, 1)]):
        parts += [torch.zeros(1, c_in, k, k), torch.full((1,), place + 1.0)]
    assert block_of_functions(x, *parts)[0, :, 0, 0].tolist() == [1, 3, 5, 6]


def test_twins_share_their_weights_and_drop_nothing():
    def net():
        return nn.Sequential(nn.Conv2d(3, 2, 1), nn.Dropout(0.5), nn.Flatten())

    with torch.device("meta"):
        ours = net()
    theirs = net()
    x, labels, *weights = twins(ours, theirs)
    assert x.shape[0] == len(labels) and x.dtype == weights[0].dtype == torch.float64
    assert torch.equal(ours(x), theirs(x))
    loss = of_weights(ours, lambda outputs, _: outputs[0].sum(), order=(1, 0))
    doubled = loss(x, labels, *(2 * part for part in weights))
    assert torch.allclose(doubled, 2 * theirs(x)[1].sum())
