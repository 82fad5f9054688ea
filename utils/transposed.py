"""Transposed convolution by stamps, and the kernel with which it interpolates."""

import itertools

import torch

from utils.conv import conv_transpose_output_size


def conv_transpose2d(
    x: torch.Tensor,
    kernel: torch.Tensor,
    *,
    padding: int = 0,
    stride: int = 1,
    dilation: int = 1,
    output_padding: int = 0,
    groups: int = 1,
) -> torch.Tensor:
    """Return the transposed convolution of images, as ``F.conv_transpose2d`` does.

    Each number of the input lays its kernel, times itself, on an empty canvas, ``stride`` pixels
    from its neighbours'; where stamps overlap they add up. Then ``padding`` rows and columns are
    cut off each edge. One kernel entry after the other is laid for all inputs at once; autograd
    goes through.

    Args:
        x: images, floating, ``(batch, channels, height, width)``.
        kernel: ``(channels, filters / groups, rows, columns)``: the channels that come *in* stand
            first, unlike in a convolution.
        padding: pixels cut off each edge, the same for both axes, as all settings.
        stride: output pixels between the places of neighbouring input pixels.
        dilation: output pixels between neighbouring kernel entries.
        output_padding: pixels fewer that are cut at the bottom and on the right, or more of
            the canvas; fewer than ``stride`` or fewer than ``dilation``.
        groups: parts of the channels that are stamped apart.

    Returns:
        ``(batch, filters, rows, columns)``, as large as
        :func:`utils.conv.conv_transpose_output_size` says.

    Raises:
        ValueError: if the shapes do not fit, a setting is out of range, or nothing is left.

    Source: Dumoulin and Visin (2016), arXiv:1603.07285, section 4.

    >>> x = torch.tensor([[[[1.0, 2.0]]]])
    >>> conv_transpose2d(x, torch.ones(1, 1, 1, 3), stride=2)
    tensor([[[[1., 1., 3., 2., 2.]]]])
    """
    if x.ndim != 4 or kernel.ndim != 4 or x.shape[1] != len(kernel):
        raise ValueError(
            "x must be (batch, channels, height, width) and kernel (channels, filters / groups, "
            f"rows, columns) with as many channels, got {tuple(x.shape)} and "
            f"{tuple(kernel.shape)}; a kernel of F.conv2d needs kernel.transpose(0, 1)"
        )
    if groups < 1 or len(kernel) % groups:
        raise ValueError(f"groups must divide the channels, got {groups=} and {len(kernel)}")
    settings = {"stride": stride, "dilation": dilation, "output_padding": output_padding}
    sides = [*zip(x.shape[2:], kernel.shape[2:], strict=True)]
    rows, columns = (
        conv_transpose_output_size(n, k, padding=padding, **settings) for n, k in sides
    )
    canvas_sides = (conv_transpose_output_size(n, k, **settings) for n, k in sides)
    stamps = torch.einsum(
        "bgchw,gcfij->bgfijhw",
        x.unflatten(1, (groups, -1)),
        kernel.unflatten(0, (groups, -1)),
    ).flatten(1, 2)
    canvas = stamps.new_zeros(*stamps.shape[:2], *canvas_sides)
    for i, j in itertools.product(*map(range, kernel.shape[2:])):
        down, across = (
            slice(at * dilation, at * dilation + stride * (n - 1) + 1, stride)
            for at, n in zip((i, j), x.shape[2:], strict=True)
        )
        canvas[:, :, down, across] += stamps[:, :, i, j]
    return canvas[:, :, padding : padding + rows, padding : padding + columns]


def bilinear_kernel(
    channels: int, stride: int, *, device: torch.device | str | None = None
) -> torch.Tensor:
    """Return weights with which a transposed convolution enlarges by bilinear interpolation.

    For ``nn.ConvTranspose2d(channels, channels, kernel_size, stride, padding=stride // 2)``, with
    ``kernel_size = 2 * stride - stride % 2``. Each channel is enlarged by itself: the kernels
    between different channels are zero. The result equals
    ``F.interpolate(x, scale_factor=stride, mode="bilinear", align_corners=False)`` but for
    ``stride // 2`` pixels along each edge, where ``interpolate`` repeats the pixels of the border
    and a transposed convolution adds nothing.

    Args:
        channels: how many come in and go out; 1 for kernels of a depthwise layer.
        stride: by how much height and width are multiplied, at least 1.
        device: where the weights go.

    Returns:
        float32, ``(channels, channels, kernel_size, kernel_size)``.

    Raises:
        ValueError: if an argument is less than 1.

    Source: Long, Shelhamer and Darrell (2015), arXiv:1411.4038, section 3.3.

    >>> bilinear_kernel(1, 2)[0, 0, 0]
    tensor([0.0625, 0.1875, 0.1875, 0.0625])
    """
    for name, value in (("channels", channels), ("stride", stride)):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, got {value}")
    kernel_size = 2 * stride - stride % 2
    entry = torch.arange(kernel_size, dtype=torch.float64)
    tent = 1 - (entry - (kernel_size - 1) / 2).abs() / stride
    square = torch.outer(tent, tent)
    same = torch.eye(channels, dtype=torch.float64)
    return torch.einsum("io,hw->iohw", same, square).to(device, torch.float32)
