import pytest
import torch
import torch.nn.functional as F
from d2l import torch as d2l

from utils import cases
from utils.checks import agree, assert_same
from utils.conv_matrix import conv_matrix, conv_shape


def by_matrix(x, kernel, **settings):
    W = conv_matrix(kernel, x.shape[2:], **settings)
    return (x.flatten(1) @ W.mT).reshape(-1, *conv_shape(kernel, x.shape[2:], **settings))


@pytest.mark.parametrize("form", ["batched", "grouped"])
def test_the_matrix_computes_what_torch_does(form):
    agree(by_matrix, F.conv2d, cases.convolutions(**{form: True}))


def test_the_matrix_computes_what_d2l_does():
    x, kernel = torch.arange(20.0).reshape(4, 5), torch.tensor([[1.0, -2.0], [0.5, 3.0]])
    found = by_matrix(x[None, None], kernel[None, None])[0, 0]
    assert_same(found, d2l.corr2d(x, kernel))


def test_its_transpose_is_the_transposed_convolution():
    x = torch.randn(2, 4, 3, 4, generator=torch.Generator().manual_seed(0)).double()
    kernel = torch.randn(4, 3, 3, 3, generator=torch.Generator().manual_seed(1)).double()
    settings = {"padding": 1, "stride": 2}
    wanted = F.conv_transpose2d(x, kernel, **settings)
    W = conv_matrix(kernel, wanted.shape[2:], **settings)
    assert_same((x.flatten(1) @ W).reshape(wanted.shape), wanted)


def test_a_kernel_without_its_four_axes_is_refused():
    with pytest.raises(ValueError, match="kernel must have the shape"):
        conv_matrix(torch.ones(3, 3), (5, 5))


@pytest.mark.parametrize("groups", [0, 2, 4])
def test_groups_that_do_not_divide_are_refused(groups):
    with pytest.raises(ValueError, match="groups must divide the filters"):
        conv_matrix(torch.ones(3, 1, 2, 2), (5, 5), groups=groups)


def test_a_kernel_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="no window fits"):
        conv_matrix(torch.ones(1, 1, 3, 3), (2, 5))
