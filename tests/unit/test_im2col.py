"""Convolution as a matrix product, against torch."""

import pytest
import torch
import torch.nn.functional as F

from utils import cases
from utils.checks import agree, assert_same
from utils.im2col import col2im, conv2d, im2col

BATCHES = cases.convolutions(batched=True, device="cpu")
SIZES = [(x, tuple(kernel.shape[2:]), settings) for x, kernel, settings in BATCHES]


def test_columns_and_convolution_are_those_of_torch(capsys):
    agree(im2col, F.unfold, SIZES)
    agree(conv2d, F.conv2d, BATCHES)
    assert capsys.readouterr().out.count("outputs and gradients, float32 and float64") == 2


def test_adding_up_is_fold_and_the_transpose_of_im2col():
    generator = torch.Generator().manual_seed(0)
    for x, size, settings in SIZES:
        columns = im2col(x, size, **settings)
        given = torch.randn(columns.shape, generator=generator, dtype=torch.float64).to(x.dtype)
        added = col2im(given, x.shape, size, **settings)
        assert_same(added, F.fold(given, x.shape[2:], size, **settings))
        assert_same((columns * given).sum(), (x * added).sum(), rtol=1e-4, atol=1e-4)


def test_what_does_not_fit_is_refused():
    image, kernel = torch.zeros(1, 2, 4, 4), torch.zeros(3, 2, 5, 2)
    with pytest.raises(ValueError, match="no window fits"):
        conv2d(image, kernel)
    with pytest.raises(ValueError, match="no window fits"):
        im2col(image, (2, 3), dilation=2)
    with pytest.raises(ValueError, match="no window fits"):
        col2im(torch.zeros(1, 2, 1), image.shape, (5, 1))
    with pytest.raises(ValueError, match=r"got \(2, 4, 4\)"):
        im2col(image[0], (2, 2))
    with pytest.raises(ValueError, match="with as many channels"):
        conv2d(image, torch.zeros(3, 1, 2, 2))
    with pytest.raises(ValueError, match="with as many channels"):
        conv2d(image, torch.zeros(3, 2, 2))
