import pytest
import torch
import torch.nn.functional as F

from utils import cases
from utils.checks import agree, assert_same
from utils.conv_matrix import conv_matrix
from utils.transposed import bilinear_kernel, conv_transpose2d


def test_stamps_add_up_to_what_torch_computes():
    agree(conv_transpose2d, F.conv_transpose2d, cases.transposed_convolutions())


def test_stamps_are_the_transpose_of_the_matrix_of_a_convolution():
    draw = torch.Generator().manual_seed(0)
    x = torch.randn(2, 4, 3, 4, generator=draw, dtype=torch.float64)
    kernel = torch.randn(4, 3, 3, 3, generator=draw, dtype=torch.float64)
    settings = {"padding": 1, "stride": 2}
    y = conv_transpose2d(x, kernel, **settings)
    V = conv_matrix(kernel, y.shape[2:], **settings)
    assert_same(y.flatten(1), x.flatten(1) @ V)


@pytest.mark.parametrize("stride", [1, 2, 3, 4, 8])
def test_the_kernel_interpolates_up_to_the_edge(stride):
    x = 1 + torch.rand(2, 3, 4, 5, generator=torch.Generator().manual_seed(0))
    edge = stride // 2
    found = F.conv_transpose2d(x, bilinear_kernel(3, stride), stride=stride, padding=edge)
    wanted = F.interpolate(x, scale_factor=stride, mode="bilinear", align_corners=False)
    rows, columns = (slice(edge, n - edge) for n in wanted.shape[2:])
    assert found.shape == wanted.shape
    assert_same(found[..., rows, columns], wanted[..., rows, columns])
    for across in range(edge):
        assert (found < wanted - 0.01)[..., [across, -1 - across]].all()


def test_the_kernel_keeps_channels_apart_and_the_mean():
    kernel = bilinear_kernel(2, 3)
    assert kernel.dtype == torch.float32 and kernel.shape == (2, 2, 5, 5)
    assert not kernel[0, 1].any() and not kernel[1, 0].any()
    assert_same(kernel[0, 0].sum(), torch.tensor(9.0))


@pytest.mark.parametrize("arguments", [(0, 2), (1, 0), (-1, -1)])
def test_a_kernel_of_nothing_is_refused(arguments):
    with pytest.raises(ValueError, match="must be at least 1"):
        bilinear_kernel(*arguments)


@pytest.mark.parametrize(
    ("x", "kernel", "settings", "words"),
    [
        ((1, 2, 3, 3), (3, 2, 3, 3), {}, "as many channels"),
        ((2, 3, 3), (2, 1, 3, 3), {}, "as many channels"),
        ((1, 2, 3, 3), (2, 3, 3), {}, "as many channels"),
        ((1, 4, 3, 3), (4, 1, 3, 3), {"groups": 3}, "groups must divide the channels"),
        ((1, 4, 3, 3), (4, 1, 3, 3), {"groups": 0}, "groups must divide the channels"),
        ((1, 1, 3, 3), (1, 1, 3, 3), {"output_padding": 1}, "output_padding must be smaller"),
        ((1, 1, 1, 3), (1, 1, 1, 3), {"padding": 1}, "nothing is left of the output"),
        ((1, 1, 3, 3), (1, 1, 3, 3), {"stride": 0}, "stride must be at least 1"),
    ],
)
def test_what_does_not_fit_is_refused(x, kernel, settings, words):
    with pytest.raises(ValueError, match=words):
        conv_transpose2d(torch.zeros(x), torch.zeros(kernel), **settings)
