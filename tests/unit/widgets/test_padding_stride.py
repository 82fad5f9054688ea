"""The Python side of the padding and stride explorer."""

import pytest
import torch
import torch.nn.functional as F
import traitlets

from utils.checks import assert_same
from utils.widgets.padding_stride import PaddingStride, input_values, kernel_values


def convolved(demo, x, kernel):
    options = {"padding": demo.padding, "stride": demo.stride, "dilation": demo.dilation}
    operation = F.conv2d
    if demo.transposed:
        operation, options = F.conv_transpose2d, {**options, "output_padding": demo.output_padding}
    return operation(x[None, None], kernel[None, None], **options)[0, 0]


CASES = [
    {},
    {"padding": 1, "stride": 2},
    {"input_size": (12, 5), "kernel_size": (5, 2), "dilation": (2, 3), "padding": (0, 4)},
    {"input_size": 8, "stride": 3, "kernel_size": 2},
    {"transposed": True, "input_size": (3, 4), "stride": (2, 3), "output_padding": (1, 2)},
    {"transposed": True, "kernel_size": 4, "stride": 2, "padding": 1, "dilation": 2},
    {"kernel": [[1, 0, -1], [2, 0, -2]], "padding": 1},
    {"transposed": True, "kernel": [[-9, 9]], "stride": 2},
]


@pytest.mark.parametrize("state", CASES)
def test_size_value_and_use_counts_are_those_of_torch(state):
    demo = PaddingStride(**state, position=(2, 1))
    x, kernel = input_values(*demo.input_size), torch.tensor(demo.kernel, dtype=torch.float64)
    if "kernel" not in state:
        assert_same(kernel, kernel_values(*demo.kernel_size))
    output = convolved(demo, x, kernel)
    assert demo.output_size == tuple(output.shape)
    assert_same(demo.output, output.long())
    rows, columns = output.shape
    assert demo.value == output[min(2, rows - 1), min(1, columns - 1)]
    ones = torch.ones_like(x).requires_grad_()
    sums = convolved(demo, ones, torch.ones_like(kernel))
    expected = sums if demo.transposed else torch.autograd.grad(sums.sum(), ones)[0]
    assert_same(demo.use_counts, expected.detach().long())


def test_a_control_is_set_by_one_integer_or_a_pair():
    demo = PaddingStride(padding=1)
    demo.stride = 2
    assert demo.output_size == (4, 4)
    demo.kernel_size = (3, 5)
    assert demo.output_size == (4, 3)


def test_the_kernel_says_its_size_and_a_new_size_keeps_what_it_can():
    demo = PaddingStride(kernel=torch.tensor([[5, -6, 7]]))
    assert (demo.kernel_size, demo.kernel) == ((1, 3), ((5, -6, 7),))
    demo.kernel_size = (2, 2)
    assert demo.kernel == ((5, -6), (-1, 1))
    demo.kernel = [[1]]
    assert (demo.kernel_size, demo.output_size) == ((1, 1), (8, 8))
    assert PaddingStride(kernel_size=5, kernel=[[1, 2]]).kernel_size == (1, 2)


@pytest.mark.parametrize("kernel", [[[9]], [[-9.0] * 5] * 5, ((1, 2), (3, 4)), torch.eye(4)])
def test_a_kernel_of_whole_weights_is_kept_as_rows(kernel):
    demo = PaddingStride(kernel=kernel)
    assert demo.kernel == tuple(map(tuple, torch.as_tensor(kernel).long().tolist()))
    assert all(type(weight) is int for row in demo.kernel for weight in row)


@pytest.mark.parametrize(
    "kernel",
    [
        [[10]],
        [[-10]],
        [[0.5]],
        [[float("nan")]],
        [1, 2],
        [[]],
        [[1] * 6],
        [[1]] * 6,
        [[1], [2, 3]],
    ],
)
def test_another_kernel_is_refused_in_a_sentence(kernel):
    demo = PaddingStride()
    before = demo.kernel
    with pytest.raises(
        traitlets.TraitError, match="kernel must be 1×1 to 5×5 whole numbers from -9 to 9, got"
    ):
        demo.kernel = kernel
    assert demo.kernel == before


def test_a_position_outside_a_small_output_means_its_last_number():
    demo = PaddingStride(position=(59, 59))
    far = demo.value
    demo.position = (5, 5)
    assert demo.value == far


def test_stride_two_without_padding_leaves_the_last_column_out():
    counts = PaddingStride(stride=2).use_counts
    assert counts[:, -1].sum() == counts[-1].sum() == 0
    assert counts[:-1, :-1].min() > 0


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"input_size": 7, "kernel_size": 5, "dilation": 2}, "no window fits: .* spans 9"),
        ({"transposed": True, "input_size": 1, "kernel_size": 1, "padding": 1}, "nothing is left"),
        ({"transposed": True, "output_padding": 1}, "output_padding must be smaller"),
    ],
)
@pytest.mark.parametrize("name", ["output_size", "use_counts", "value"])
def test_an_impossible_setting_is_explained_and_can_be_left_again(state, sentence, name):
    demo = PaddingStride(**state)
    with pytest.raises(ValueError, match=sentence):
        getattr(demo, name)
    demo.set_trait("input_size", (12, 12))
    demo.set_trait("kernel_size", (3, 3))
    demo.set_trait("output_padding", (0, 0))
    assert min(demo.output_size) > 0


@pytest.mark.parametrize(
    ("name", "least", "greatest"),
    [
        ("input_size", 1, 12),
        ("kernel_size", 1, 5),
        ("padding", 0, 4),
        ("stride", 1, 4),
        ("dilation", 1, 3),
        ("output_padding", 0, 3),
    ],
)
def test_a_control_keeps_its_bounds(name, least, greatest):
    demo = PaddingStride(**{name: least})
    setattr(demo, name, (least, greatest))
    for beyond in (least - 1, greatest + 1):
        with pytest.raises(traitlets.TraitError, match=f"{name} must be an integer"):
            setattr(demo, name, beyond)


def test_the_largest_output_can_be_selected():
    demo = PaddingStride(
        transposed=True,
        input_size=12,
        kernel_size=5,
        stride=4,
        dilation=3,
        output_padding=3,
        position=59,
    )
    assert demo.output_size == (60, 60)
    assert demo.position == (59, 59)


def test_cells_show_takes_values_or_uses():
    assert PaddingStride(cells_show="uses").cells_show == "uses"
    with pytest.raises(traitlets.TraitError):
        PaddingStride(cells_show="sums")
