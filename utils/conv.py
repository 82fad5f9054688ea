"""Shape arithmetic and a plain reference implementation of convolution."""

import torch

Pair = int | tuple[int, int]


def conv_output_size(
    size: int, kernel_size: int, *, padding: int = 0, stride: int = 1, dilation: int = 1
) -> int:
    """Return the number of window positions along one axis of a convolution.

    Args:
        size: input length in pixels, before padding.
        kernel_size: kernel length in entries.
        padding: zeros added to *each* side (PyTorch's meaning, not the total).
        stride: pixels between neighbouring window positions.
        dilation: pixels between neighbouring kernel entries; 1 leaves no gaps.

    Returns:
        Output length in positions; one call per axis.

    Raises:
        ValueError: if an argument is out of range or no window fits.

    Source: Dumoulin and Visin (2016), arXiv:1603.07285, relationship 15.

    >>> conv_output_size(28, 5, padding=2), conv_output_size(8, 3, padding=1, stride=2)
    (28, 4)
    """
    _check(size, kernel_size, padding, stride, dilation)
    span = dilation * (kernel_size - 1) + 1
    padded = size + 2 * padding
    if span > padded:
        raise ValueError(
            f"no window fits: the kernel spans {span} ({kernel_size=}, {dilation=}), but the "
            f"padded input has {padded} ({size=}, {padding=}); use more padding, or a smaller "
            "kernel_size or dilation"
        )
    return (padded - span) // stride + 1


def conv_transpose_output_size(
    size: int,
    kernel_size: int,
    *,
    padding: int = 0,
    stride: int = 1,
    dilation: int = 1,
    output_padding: int = 0,
) -> int:
    """Return the output length along one axis of a transposed convolution.

    Args:
        size: input length in pixels.
        kernel_size: kernel length in entries.
        padding: pixels cut off *each* side of the output.
        stride: output pixels between the places of neighbouring input pixels.
        dilation: output pixels between neighbouring kernel entries.
        output_padding: pixels added to the *end* of the output, fewer than
            ``stride`` or fewer than ``dilation``.

    Returns:
        Output length in pixels; one call per axis.

    Raises:
        ValueError: if an argument is out of range or nothing is left to output.

    Source: Dumoulin and Visin (2016), arXiv:1603.07285, relationship 14, with
    the span of a dilated kernel; the rule for ``output_padding`` is that of
    ``torch.nn.functional.conv_transpose2d``.

    >>> conv_transpose_output_size(4, 3, padding=1, stride=2)
    7
    >>> conv_transpose_output_size(4, 3, padding=1, stride=2, output_padding=1)
    8
    """
    _check(size, kernel_size, padding, stride, dilation)
    if output_padding < 0:
        raise ValueError(f"output_padding must be at least 0, got {output_padding}")
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"output_padding must be smaller than stride or dilation, got {output_padding=}, "
            f"{stride=}, {dilation=}"
        )
    spread = (size - 1) * stride + dilation * (kernel_size - 1) + 1 + output_padding
    if spread <= 2 * padding:
        raise ValueError(
            f"nothing is left of the output: padding={padding} cuts {2 * padding} off a length "
            f"of {spread} ({size=}, {kernel_size=}, {stride=}, {dilation=}, {output_padding=}); "
            "use less padding"
        )
    return spread - 2 * padding


def conv2d(
    x: torch.Tensor,
    kernel: torch.Tensor,
    *,
    padding: Pair = 0,
    stride: Pair = 1,
    dilation: Pair = 1,
) -> torch.Tensor:
    """Return the convolution of one image with one kernel, window by window.

    As everywhere in deep learning this is a cross-correlation: the kernel is
    not flipped. The loop is for reading and checking, not for speed; autograd
    can differentiate it with respect to both arguments.

    Args:
        x: image of shape ``(height, width)``, floating-point or int64.
        kernel: weights of shape ``(height, width)``, same dtype as ``x``.
        padding: zeros added to each side; an integer or ``(height, width)``.
        stride: pixels between window positions; an integer or ``(height, width)``.
        dilation: pixels between kernel entries; an integer or ``(height, width)``.

    Returns:
        Output of shape ``(rows, columns)`` given by :func:`conv_output_size`.

    Raises:
        ValueError: if an argument has another shape, dtype or range than this,
            or if no window fits.

    >>> x = torch.arange(9).reshape(3, 3)
    >>> conv2d(x, torch.tensor([[1, 0], [0, 1]]))
    tensor([[ 4,  6],
            [10, 12]])
    >>> conv2d(x, torch.ones(3, 3, dtype=torch.int64), padding=1, stride=2)
    tensor([[ 8, 12],
            [20, 24]])
    """
    for name, value in (("x", x), ("kernel", kernel)):
        if value.dim() != 2:
            raise ValueError(
                f"{name} must have the shape (height, width), got {tuple(value.shape)}"
            )
    if x.dtype != kernel.dtype:
        raise ValueError(f"x and kernel must have one dtype, got {x.dtype} and {kernel.dtype}")
    pad_rows, pad_columns = _pair("padding", padding)
    row_stride, column_stride = _pair("stride", stride)
    row_dilation, column_dilation = _pair("dilation", dilation)
    height, width = x.shape
    kernel_height, kernel_width = kernel.shape
    rows = conv_output_size(
        height, kernel_height, padding=pad_rows, stride=row_stride, dilation=row_dilation
    )
    columns = conv_output_size(
        width, kernel_width, padding=pad_columns, stride=column_stride, dilation=column_dilation
    )
    padded = x.new_zeros(height + 2 * pad_rows, width + 2 * pad_columns)
    padded[pad_rows : pad_rows + height, pad_columns : pad_columns + width] = x
    row_span = row_dilation * (kernel_height - 1) + 1
    column_span = column_dilation * (kernel_width - 1) + 1
    sums = []
    for top in range(0, rows * row_stride, row_stride):
        for left in range(0, columns * column_stride, column_stride):
            window = padded[
                top : top + row_span : row_dilation, left : left + column_span : column_dilation
            ]
            sums.append((window * kernel).sum())
    return torch.stack(sums).reshape(rows, columns)


def _pair(name: str, value: Pair) -> tuple[int, int]:
    pair = (value, value) if isinstance(value, int) else tuple(value)
    if len(pair) != 2:
        raise ValueError(f"{name} must be an integer or a (height, width) pair, got {value!r}")
    return pair


def _check(size: int, kernel_size: int, padding: int, stride: int, dilation: int) -> None:
    smallest = {"size": 1, "kernel_size": 1, "padding": 0, "stride": 1, "dilation": 1}
    values = (size, kernel_size, padding, stride, dilation)
    for (name, least), value in zip(smallest.items(), values, strict=True):
        if value < least:
            raise ValueError(f"{name} must be at least {least}, got {value}")
