"""Cases of images: convolutions and pooling windows."""

import torch

from utils.cases.drawing import Case, draws, in_dtypes

# Image, kernel, and one setting of padding, stride and dilation, each with what it tries.
CONVOLUTIONS = (
    ((6, 5), (3, 3), 0, 1, 1),  # the plain one
    ((4, 4), (1, 1), 0, 1, 1),  # a kernel of one entry
    ((3, 4), (3, 4), 0, 1, 1),  # one window only
    ((1, 7), (1, 3), 0, 1, 1),  # an image of a single row
    ((6, 7), (2, 4), 0, 1, 1),  # an even kernel, wider than tall
    ((5, 6), (3, 3), 1, 1, 1),  # the size stays
    ((4, 3), (2, 2), 3, 1, 1),  # windows that see nothing but padding
    ((7, 8), (3, 3), 0, 2, 1),  # the stride divides along one axis only
    ((8, 9), (2, 2), 0, 3, 1),  # pixels that no window sees
    ((7, 6), (3, 2), 0, 1, 2),  # a kernel with gaps
    ((9, 7), (2, 3), 2, 3, 2),  # all together; the stride does not divide
)

# Image, kernel, padding, stride, dilation and output padding, each with what it tries.
TRANSPOSED = (
    ((3, 4), (3, 3), 0, 1, 1, 0),  # the plain one
    ((4, 3), (1, 1), 0, 1, 1, 0),  # a kernel of one entry
    ((1, 1), (2, 4), 0, 2, 1, 0),  # one pixel: a single stamp
    ((1, 4), (1, 3), 0, 2, 1, 0),  # an image of a single row
    ((3, 4), (3, 3), 0, 2, 1, 0),  # stamps that overlap in some pixels
    ((4, 3), (4, 4), 1, 2, 1, 0),  # twice the size
    ((3, 3), (2, 2), 0, 3, 1, 0),  # gaps between the stamps
    ((5, 4), (2, 3), 2, 1, 1, 0),  # cut edges: the output is smaller than the input
    ((4, 4), (3, 3), 1, 2, 1, 1),  # a row and a column more
    ((2, 3), (2, 2), 0, 3, 1, 2),  # more output padding than the kernel fills: zeros
    ((3, 2), (3, 2), 0, 1, 2, 0),  # a kernel with gaps
    ((3, 4), (2, 3), 1, 2, 3, 2),  # all together; output padding between stride and dilation
)

# Groups, and channels of the image and of the output, each with what it tries.
GROUPS = (
    (1, 2, 3),  # one group: the ordinary convolution
    (2, 4, 6),  # two groups
    (3, 3, 3),  # depthwise: a group for each channel
    (2, 2, 4),  # depthwise with two outputs a channel
)

# Batch and image, and one setting of window, stride and padding, each with what it tries.
POOLS = (
    ((2, 3, 6, 8), 2, 2, 0),  # the plain one
    ((1, 1, 4, 4), 1, 1, 0),  # windows of one entry: nothing changes
    ((1, 2, 3, 5), 3, 1, 0),  # one row of windows, which overlap
    ((2, 1, 7, 7), 3, 2, 0),  # windows that overlap, as AlexNet's do
    ((1, 3, 5, 6), 2, 2, 0),  # a last row that no window sees
    ((2, 2, 5, 7), 2, 3, 0),  # gaps between the windows
    ((1, 2, 5, 4), 3, 2, 1),  # windows that stick out by one
    ((3, 1, 6, 5), (2, 3), (3, 2), (1, 0)),  # height and width apart
)


def convolutions(
    seed: int = 0,
    *,
    batched: bool = False,
    grouped: bool = False,
    dtype: torch.dtype | None = None,
    device=None,
) -> list[Case]:
    """Return cases of an image, a kernel, and ``padding``, ``stride`` and ``dilation``.

    ``CONVOLUTIONS`` lists them: even kernels, strides that do not divide, one
    window, windows in the padding, gaps. Settings are integers, for both axes alike.

    Args:
        seed: of the random entries.
        batched: images ``(batch, channels, height, width)`` with kernels
            ``(filters, channels, height, width)``, from one image and one channel
            up, instead of ``(height, width)`` both.
        grouped: batched images, and ``groups`` among the settings: ``GROUPS`` lists
            them, from an ordinary convolution to one that is depthwise.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> image, kernel, settings = convolutions()[-1]
    >>> tuple(image.shape), tuple(kernel.shape), settings
    ((9, 7), (2, 3), {'padding': 2, 'stride': 3, 'dilation': 2})
    """
    random = draws(seed)
    cases = []
    for index, (image, kernel, padding, stride, dilation) in enumerate(CONVOLUTIONS):
        batch, channels, filters, groups = 1 + index % 3, 1 + index % 2, 1 + index % 4, 1
        settings = {"padding": padding, "stride": stride, "dilation": dilation}
        if grouped:
            groups, channels, filters = GROUPS[index % len(GROUPS)]
            settings["groups"] = groups
        leading = ((), ())
        if batched or grouped:
            leading = ((batch, channels), (filters, channels // groups))
        cases.append((random(*leading[0], *image), random(*leading[1], *kernel), settings))
    return in_dtypes(cases, dtype, device)


def transposed_convolutions(
    seed: int = 0, *, dtype: torch.dtype | None = None, device=None
) -> list[Case]:
    """Return cases of images, kernels, and the settings of a transposed convolution.

    ``TRANSPOSED`` lists the sides, ``GROUPS`` the channels. A kernel has the channels that come
    in first: ``(channels, filters / groups, height, width)``.

    Args:
        seed: of the random entries.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> images, kernel, settings = transposed_convolutions()[-1]
    >>> tuple(images.shape), tuple(kernel.shape), settings["output_padding"], settings["groups"]
    ((3, 2, 3, 4), (2, 2, 2, 3), 2, 2)
    """
    random = draws(seed)
    names = ("padding", "stride", "dilation", "output_padding")
    cases = []
    for index, (image, kernel, *values) in enumerate(TRANSPOSED):
        groups, channels, filters = GROUPS[index % len(GROUPS)]
        settings = {**dict(zip(names, values, strict=True)), "groups": groups}
        images = random(1 + index % 3, channels, *image)
        cases.append((images, random(channels, filters // groups, *kernel), settings))
    return in_dtypes(cases, dtype, device)


def pools(seed: int = 0, *, dtype: torch.dtype | None = None, device=None) -> list[Case]:
    """Return cases of a batch of images, and ``kernel_size``, ``stride`` and ``padding``.

    ``POOLS`` lists them: windows that touch, overlap, leave gaps, stick out, or miss the
    last row. Two more: images below zero everywhere, where a
    padding of zeros would win, and windows that all hold their largest value twice.

    Args:
        seed: of the random entries.
        dtype: a floating dtype; by default each case is there in float32 and in float64.
        device: where the tensors live; by default the device in use.

    >>> images, settings = pools()[-1]
    >>> tuple(images.shape), settings
    ((1, 1, 4, 6), {'kernel_size': 2, 'stride': 2, 'padding': 0})
    """
    random = draws(seed)
    cases = []
    for shape, kernel_size, stride, padding in POOLS:
        settings = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
        cases.append((random(*shape), settings))
    negative = -1 - random(1, 2, 4, 4).abs()
    tied = random(1, 1, 2, 3).repeat_interleave(2, 2).repeat_interleave(2, 3)
    tied[..., ::2, ::2] -= 1
    tied[..., 1::2, 1::2] -= 1
    cases.append((negative, {"kernel_size": 3, "stride": 2, "padding": 1}))
    cases.append((tied, {"kernel_size": 2, "stride": 2, "padding": 0}))
    return in_dtypes(cases, dtype, device)
