"""Convolution as a matrix product: every window becomes a column."""

import itertools
from collections.abc import Sequence

import torch
import torch.nn.functional as F

from utils.conv import conv_output_size


def im2col(
    x: torch.Tensor,
    kernel_size: Sequence[int],
    *,
    padding: int = 0,
    stride: int = 1,
    dilation: int = 1,
) -> torch.Tensor:
    """Return every window of a batch of images as a column, as ``F.unfold`` does.

    The windows are read by strides alone; one copy at the end lays them out.

    Args:
        x: images of shape ``(batch, channels, height, width)``.
        kernel_size: rows and columns of a window, in weights.
        padding: zeros added to each side.
        stride: pixels between neighbouring windows.
        dilation: pixels between neighbouring weights.

    Returns:
        Tensor of shape ``(batch, channels * rows * columns, windows)``: in a column
        channel by channel and row by row; windows in reading order.

    Raises:
        ValueError: if ``x`` has not four axes, or no window fits.

    >>> im2col(torch.arange(4.0).reshape(1, 1, 2, 2), (1, 2))
    tensor([[[0., 2.],
             [1., 3.]]])
    """
    if x.dim() != 4:
        raise ValueError(f"x must be (batch, channels, height, width), got {tuple(x.shape)}")
    settings = {"padding": padding, "stride": stride, "dilation": dilation}
    for n, k in zip(x.shape[2:], kernel_size, strict=True):
        conv_output_size(n, k, **settings)  # raises where no window fits
    x = F.pad(x, [padding] * 4)
    for axis, k in zip((2, 3), kernel_size, strict=True):
        span = dilation * (k - 1) + 1
        x = x.unfold(axis, span, stride)[..., ::dilation]
    # Now: batch, channels, window down and across, inside the window down and across.
    return x.permute(0, 1, 4, 5, 2, 3).flatten(4).flatten(1, 3)


def col2im(
    columns: torch.Tensor,
    shape: Sequence[int],
    kernel_size: Sequence[int],
    *,
    padding: int = 0,
    stride: int = 1,
    dilation: int = 1,
) -> torch.Tensor:
    """Add the columns up at the pixels they were copied from, as ``F.fold`` does.

    This is the transpose of :func:`im2col`, and so its backward pass.

    Args:
        columns: tensor of the shape that ``im2col`` returns.
        shape: of the images, ``(batch, channels, height, width)``.
        kernel_size: rows and columns of a window, in weights.
        padding: zeros that were added to each side; what falls on them is dropped.
        stride: pixels between neighbouring windows.
        dilation: pixels between neighbouring weights.

    Returns:
        Tensor of shape ``shape``.

    Raises:
        ValueError: if no window fits.

    >>> ones = torch.ones(1, 4, 4)  # four windows of 2×2 on 3×3 pixels
    >>> col2im(ones, (1, 1, 3, 3), (2, 2))
    tensor([[[[1., 2., 1.],
              [2., 4., 2.],
              [1., 2., 1.]]]])
    """
    batch, channels, *size = shape
    settings = {"padding": padding, "stride": stride, "dilation": dilation}
    high, wide = (
        conv_output_size(n, k, **settings) for n, k in zip(size, kernel_size, strict=True)
    )
    x = columns.new_zeros(batch, channels, *(n + 2 * padding for n in size))
    parts = columns.reshape(batch, channels, -1, high, wide).unbind(2)
    weights = itertools.product(*map(range, kernel_size))
    for (a, b), part in zip(weights, parts, strict=True):
        top, left = a * dilation, b * dilation
        bottom, right = top + stride * (high - 1) + 1, left + stride * (wide - 1) + 1
        x[:, :, top:bottom:stride, left:right:stride] += part
    return x[:, :, padding : padding + size[0], padding : padding + size[1]]


def conv2d(x: torch.Tensor, kernel: torch.Tensor, **settings: int) -> torch.Tensor:
    """Return the convolution of images with filters by one matrix product, as ``F.conv2d`` does.

    Args:
        x: images of shape ``(batch, channels, height, width)``.
        kernel: filters of shape ``(filters, channels, rows, columns)``.
        settings: ``padding``, ``stride`` and ``dilation``, an integer each.

    Returns:
        Tensor of shape ``(batch, filters, height, width)``; autograd can differentiate it
        with respect to both arguments.

    Raises:
        ValueError: if the channels differ or no window fits.

    >>> conv2d(torch.ones(1, 2, 3, 3), torch.ones(1, 2, 2, 2))
    tensor([[[[8., 8.],
              [8., 8.]]]])
    """
    if x.dim() != 4 or kernel.dim() != 4 or x.shape[1] != kernel.shape[1]:
        raise ValueError(
            "x must be (batch, channels, height, width) and kernel (filters, channels, rows, "
            f"columns) with as many channels, got {tuple(x.shape)} and {tuple(kernel.shape)}"
        )
    rows = conv_output_size(x.shape[2], kernel.shape[2], **settings)
    sums = kernel.flatten(1) @ im2col(x, kernel.shape[2:], **settings)
    return sums.unflatten(2, (rows, -1))
