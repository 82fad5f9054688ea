"""A convolution as a matrix: what a dense layer's weights are if it computes the same."""

from collections.abc import Sequence

import torch

from utils.conv import conv_output_size


def conv_shape(
    kernel: torch.Tensor,
    size: Sequence[int],
    *,
    padding: int = 0,
    stride: int = 1,
    dilation: int = 1,
    groups: int = 1,
) -> tuple[int, int, int]:
    """Return filters, rows and columns of what a convolution puts out for one image.

    Args:
        kernel: as :func:`conv_matrix` takes it.
        size: height and width of the image in pixels.
        padding: zeros added to each side.
        stride: pixels between window positions.
        dilation: pixels between kernel entries.
        groups: the output's shape does not depend on it.

    Raises:
        ValueError: if no window fits.
    """
    settings = {"padding": padding, "stride": stride, "dilation": dilation}
    sides = zip(size, kernel.shape[2:], strict=True)
    rows, columns = (conv_output_size(n, k, **settings) for n, k in sides)
    return len(kernel), rows, columns


def conv_matrix(
    kernel: torch.Tensor,
    size: Sequence[int],
    *,
    padding: int = 0,
    stride: int = 1,
    dilation: int = 1,
    groups: int = 1,
) -> torch.Tensor:
    """Return the matrix that takes a flattened image to the flattened output of a convolution.

    Each row holds the kernel of one output number, at the pixels that it is laid on. Autograd
    goes through: the gradient of a kernel entry is the sum over its places in the matrix.

    Args:
        kernel: floating, ``(filters, channels / groups, height, width)``, not flipped.
        size: height and width of the image in pixels.
        padding: zeros added to each side, the same for both axes, as all settings.
        stride: pixels between window positions.
        dilation: pixels between kernel entries.
        groups: parts of the channels that are convolved apart.

    Returns:
        ``(filters * rows * columns, channels * height * width)``, in the order of
        ``torch.flatten``; :func:`conv_shape` gives filters, rows and columns.

    Raises:
        ValueError: if the kernel has another number of axes, no window fits, or ``groups`` does
            not divide the filters.

    Source: Dumoulin and Visin (2016), arXiv:1603.07285, section 4.1.

    >>> conv_matrix(torch.tensor([[[[1.0, 2.0]]]]), (1, 4))
    tensor([[1., 2., 0., 0.],
            [0., 1., 2., 0.],
            [0., 0., 1., 2.]])
    """
    if kernel.ndim != 4:
        raise ValueError(
            "kernel must have the shape (filters, channels / groups, height, width), "
            f"got {tuple(kernel.shape)}"
        )
    if groups < 1 or len(kernel) % groups:
        raise ValueError(f"groups must divide the filters, got {groups=} and {len(kernel)}")
    settings = {"padding": padding, "stride": stride, "dilation": dilation}
    _, *places = conv_shape(kernel, size, **settings)

    def laid(axis: int) -> torch.Tensor:
        """1 where a kernel entry lies on a pixel, ``(places, entries, pixels)``."""
        place = torch.arange(places[axis], device=kernel.device)[:, None, None]
        entry = torch.arange(kernel.shape[2 + axis], device=kernel.device)[:, None]
        pixel = torch.arange(size[axis], device=kernel.device)
        return (pixel == place * stride + entry * dilation - padding).to(kernel.dtype)

    blocks = [
        torch.einsum("fcab,iak,jbl->fijckl", part, laid(0), laid(1)).flatten(0, 2).flatten(1)
        for part in kernel.chunk(groups)
    ]
    return torch.block_diag(*blocks)
