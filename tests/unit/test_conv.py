"""utils.conv against torch and d2l."""

import math

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.checks import assert_same, assert_same_gradients
from utils.conv import conv2d, conv_output_size, conv_transpose_output_size

SIZES = st.integers(1, 9)
KERNELS = st.integers(1, 4)
PADDINGS = st.integers(0, 3)
STEPS = st.integers(1, 4)


def both(strategy):
    return st.tuples(strategy, strategy)


def torch_conv2d(x, kernel, **options):
    return F.conv2d(x[None, None], kernel[None, None], **options)[0, 0]


def refused_by_torch(function, *arguments, **options):
    try:
        return None, function(*arguments, **options)
    except RuntimeError as error:
        return error, None


@given(size=SIZES, kernel_size=KERNELS, padding=PADDINGS, stride=STEPS, dilation=STEPS)
@settings(deadline=None, max_examples=300)
def test_output_size_is_that_of_torch_or_both_refuse(size, kernel_size, **options):
    error, theirs = refused_by_torch(
        F.conv1d, torch.zeros(1, 1, size), torch.zeros(1, 1, kernel_size), **options
    )
    if error:
        with pytest.raises(ValueError, match="no window fits"):
            conv_output_size(size, kernel_size, **options)
    else:
        assert conv_output_size(size, kernel_size, **options) == theirs.shape[-1]


@given(
    size=SIZES,
    kernel_size=KERNELS,
    padding=PADDINGS,
    stride=STEPS,
    dilation=STEPS,
    output_padding=PADDINGS,
)
@settings(deadline=None, max_examples=400)
def test_transposed_output_size_is_that_of_torch_or_both_refuse(size, kernel_size, **options):
    error, theirs = refused_by_torch(
        F.conv_transpose1d, torch.zeros(1, 1, size), torch.zeros(1, 1, kernel_size), **options
    )
    if error:
        reason = "output_padding" if "output padding" in str(error) else "nothing is left"
        with pytest.raises(ValueError, match=reason):
            conv_transpose_output_size(size, kernel_size, **options)
    else:
        assert conv_transpose_output_size(size, kernel_size, **options) == theirs.shape[-1]


@given(
    shape=both(SIZES),
    kernel_shape=both(KERNELS),
    padding=both(PADDINGS),
    stride=both(STEPS),
    dilation=both(STEPS),
    seed=st.integers(0, 2**31),
)
@settings(deadline=None, max_examples=100)
def test_convolution_is_that_of_torch_with_its_gradients(shape, kernel_shape, seed, **options):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(shape, dtype=torch.float64, generator=generator)
    kernel = torch.randn(kernel_shape, dtype=torch.float64, generator=generator)
    if refused_by_torch(torch_conv2d, x, kernel, **options)[0]:
        with pytest.raises(ValueError, match="no window fits"):
            conv2d(x, kernel, **options)
        return
    assert_same_gradients(
        lambda x, kernel: conv2d(x, kernel, **options),
        lambda x, kernel: torch_conv2d(x, kernel, **options),
        x,
        kernel,
    )


def test_one_integer_means_both_sides():
    x, kernel = torch.arange(63.0).reshape(7, 9), torch.ones(3, 2)
    ours = conv2d(x, kernel, padding=1, stride=2, dilation=2)
    assert_same(ours, conv2d(x, kernel, padding=(1, 1), stride=(2, 2), dilation=(2, 2)))


def test_integers_stay_exact():
    x = torch.tensor([[2**60, 1], [0, 0]])
    assert conv2d(x, torch.tensor([[1, 1]])).tolist() == [[2**60 + 1], [0]]


def test_the_inputs_are_not_changed():
    x, kernel = torch.ones(4, 4), torch.ones(2, 2)
    conv2d(x, kernel, padding=1)
    assert_same((x, kernel), (torch.ones(4, 4), torch.ones(2, 2)))


def test_plain_convolution_is_corr2d_of_d2l():
    from d2l.torch import corr2d  # slow to import, and only this test needs it

    generator = torch.Generator().manual_seed(1)
    x = torch.randn(8, 11, generator=generator)
    kernel = torch.randn(3, 4, generator=generator)
    assert_same(conv2d(x, kernel), corr2d(x, kernel))


def test_transposed_size_undoes_the_size_of_a_convolution():
    for size in range(5, 30):
        small = conv_output_size(size, 3, padding=1, stride=4)
        missing = (size + 2 - 3) % 4
        assert size == conv_transpose_output_size(
            small, 3, padding=1, stride=4, output_padding=missing
        )


BAD_SETTINGS = [
    ({"size": 0}, "size must be at least 1, got 0"),
    ({"kernel_size": 0}, "kernel_size must be at least 1, got 0"),
    ({"padding": -1}, "padding must be at least 0, got -1"),
    ({"stride": 0}, "stride must be at least 1, got 0"),
    ({"dilation": 0}, "dilation must be at least 1, got 0"),
]


@pytest.mark.parametrize("function", [conv_output_size, conv_transpose_output_size])
@pytest.mark.parametrize(("bad", "sentence"), BAD_SETTINGS)
def test_a_setting_out_of_range_is_named(function, bad, sentence):
    with pytest.raises(ValueError, match=sentence):
        function(**{"size": 5, "kernel_size": 3, **bad})


@pytest.mark.parametrize(
    ("function", "arguments", "sentence"),
    [
        (
            conv_output_size,
            {"size": 7, "kernel_size": 5, "dilation": 2},
            r"the kernel spans 9 \(kernel_size=5, dilation=2\), but the padded input has 7",
        ),
        (
            conv_transpose_output_size,
            {"size": 1, "kernel_size": 2, "padding": 1},
            r"padding=1 cuts 2 off a length of 2 \(size=1",
        ),
        (
            conv_transpose_output_size,
            {"size": 1, "kernel_size": 2, "output_padding": 2, "stride": 2, "dilation": 2},
            "output_padding must be smaller than stride or dilation, got output_padding=2",
        ),
        (
            conv_transpose_output_size,
            {"size": 1, "kernel_size": 2, "output_padding": -1},
            "output_padding must be at least 0, got -1",
        ),
    ],
)
def test_an_impossible_size_is_explained_with_its_numbers(function, arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        function(**arguments)


@pytest.mark.parametrize(
    ("x", "kernel", "options", "sentence"),
    [
        (torch.ones(1, 4, 4), torch.ones(2, 2), {}, r"x must have the shape .*\(1, 4, 4\)"),
        (torch.ones(4, 4), torch.ones(2), {}, r"kernel must have the shape .*\(2,\)"),
        (torch.ones(4, 4), torch.ones(2, 2).double(), {}, "one dtype, got torch.float32 and"),
        (torch.ones(4, 4), torch.ones(2, 2), {"stride": (1, 2, 3)}, r"stride .*\(1, 2, 3\)"),
        (torch.ones(4, 4), torch.ones(5, 1), {}, "kernel spans 5"),
        (torch.ones(4, 4), torch.ones(2, 2), {"padding": (0, -1)}, "padding must be at least 0"),
    ],
)
def test_a_wrong_argument_of_the_convolution_is_named(x, kernel, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        conv2d(x, kernel, **options)


def test_output_never_grows_with_the_stride():
    sizes = [conv_output_size(30, 3, padding=1, stride=stride) for stride in range(1, 31)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes == [math.ceil(30 / stride) for stride in range(1, 31)]
