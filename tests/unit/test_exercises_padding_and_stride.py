import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import in_every_form

from utils import conv
from utils.exercises import padding_and_stride as exercises
from utils.widgets.padding_stride import PaddingStride

LENET = [28, 14, 10, 5]
DESIGN = [(3, 1, 2), (3, 1, 2), (3, 1, 2)]


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total - total // 2, total // 2


def test_the_predictions_are_those_of_the_demo():
    demo = PaddingStride(input_size=8, kernel_size=3, stride=2)
    rows, used = (question["right"] for question in exercises.predict.questions)
    assert (rows, rows) == demo.output_size
    assert (used == "yes") == bool((demo.use_counts > 0).all())


@in_every_form
def test_lenet_accepts_the_right_sizes(form, capsys):
    exercises.check_lenet_sizes(form(LENET))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("sizes", "hint"),
    [
        ([None] * 4, "sizes needs 4 numbers, got"),
        (None, "sizes needs a list, got None"),
        ([28, 14, 10, True], "sizes needs 4 numbers, got"),
        ([24, 12, 8, 4], "the side after layer 1 is not 24"),
        ([28, 27, 23, 22], "the side after layer 2 is not 27"),
        ([28, 14, 14, 7], "the side after layer 3 is not 14"),
        ([28, 14, 10, 4], "the side after layer 4 is not 4"),
        ([28, 14, 10], r"sizes needs 4 numbers, got \[28, 14, 10\]"),
    ],
)
def test_lenet_rejects_a_wrong_size(sizes, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_lenet_sizes(sizes)


@in_every_form
def test_unused_columns_accepts_the_right_counts(form, capsys):
    exercises.check_unused_columns(form(1), form(0))
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ((None, None), "the count without padding needs a number, got None"),
        ((True, False), "the count without padding needs a number, got True"),
        ((1, False), "the count with padding needs a number, got False"),
        ((0, 0), "the count without padding is not 0"),
        ((1, 1), "the count with padding is not 1"),
        ((1, None), "the count with padding needs a number, got None"),
        ((2, 0), "the count without padding is not 2"),
    ],
)
def test_unused_columns_rejects_a_wrong_count(answers, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_unused_columns(*answers)


@pytest.mark.parametrize(
    "answer",
    [
        same_padding,
        lambda k, d=1: same_padding(k, d)[::-1],
        lambda k, d=1: list(same_padding(k, d)),
        lambda k, d=1: torch.tensor(same_padding(k, d)),
        lambda k, d=1: np.array(same_padding(k, d)),
    ],
    ids=["more before", "more after", "list", "tensor", "array"],
)
def test_same_padding_accepts_either_side_for_the_odd_zero(answer, capsys):
    exercises.check_same_padding(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda k, d: None, r"\(before, after\) for .* needs 2 numbers, got None"),
        (lambda k, d: k - 1, r"\(before, after\) for .* needs 2 numbers, got 0"),
        (lambda k, d: (d * (k - 1), 0), r"\(2, 0\) is lopsided for kernel_size=2, dilation=2"),
        (lambda k, d: (k // 2, k // 2), "an input of 11 becomes 12 for kernel_size=2"),
        (lambda k, d: same_padding(k), "becomes 10 for kernel_size=2, dilation=2"),
        (lambda k, d: (k - 2, k - 2), "negative padding"),
        (lambda k, d: (d * (k - 1) / 2,) * 2, r"\(0.5, 0.5\) is no count of zeros"),
    ],
)
def test_same_padding_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_same_padding(wrong)


def test_same_padding_rejects_zeros_so_few_that_no_window_fits():
    with pytest.raises(
        AssertionError, match=r"\(0, 0\) is too little for kernel_size=7, dilation=2"
    ):
        exercises.check_same_padding(
            lambda k, d: same_padding(k, d) if (k, d) != (7, 2) else (0, 0)
        )


def parts(x, kernel):
    """Yield each weight with the part of the image that it meets."""
    rows, columns = (n - k + 1 for n, k in zip(x.shape, kernel.shape, strict=True))
    for a, row in enumerate(kernel):
        for b, weight in enumerate(row):
            yield weight, x[a : a + rows, b : b + columns]


def by_shifts(x, kernel):
    return sum(weight * part for weight, part in parts(x, kernel))


def by_stacking(x, kernel):
    return torch.stack([weight * part for weight, part in parts(x, kernel)]).sum(0)


def in_place(x, kernel):
    rows, columns = (n - k + 1 for n, k in zip(x.shape, kernel.shape, strict=True))
    total = torch.zeros(rows, columns)  # float32 is near enough
    for weight, part in parts(x, kernel):
        total += weight * part
    return total


def with_python_weights(x, kernel):
    rows, columns = (n - k + 1 for n, k in zip(x.shape, kernel.shape, strict=True))
    return sum(
        weight * x[a : a + rows, b : b + columns]
        for a, row in enumerate(kernel.tolist())
        for b, weight in enumerate(row)
    )


@pytest.mark.parametrize("answer", [by_shifts, by_stacking, in_place, with_python_weights])
def test_shifts_accepts_one_loop_over_the_weights(answer, capsys):
    exercises.check_shifts(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


def as_lists(x, kernel):
    """Windows on Python's numbers, where torch sees no call."""
    rows, columns = (n - k + 1 for n, k in zip(x.shape, kernel.shape, strict=True))
    image, weights = x.tolist(), kernel.tolist()
    return torch.tensor(
        [
            [
                sum(
                    weight * image[i + a][j + b]
                    for a, row in enumerate(weights)
                    for b, weight in enumerate(row)
                )
                for j in range(columns)
            ]
            for i in range(rows)
        ],
        dtype=x.dtype,
    )


def as_strided(x, kernel):
    rows, columns = (n - k + 1 for n, k in zip(x.shape, kernel.shape, strict=True))
    windows = x.as_strided((rows, columns, *kernel.shape), (*x.stride(), *x.stride()))
    return (windows * kernel).sum((2, 3))


def by_windows(x, kernel):
    return conv.conv2d(x, kernel)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda x, k: F.conv2d(x[None, None], k[None, None])[0, 0], "uses `conv2d`"),
        (
            lambda x, k: (x.unfold(0, k.shape[0], 1).unfold(1, k.shape[1], 1) * k[None, None]).sum(
                (2, 3)
            ),
            "uses `unfold`",
        ),
        (as_lists, "takes its numbers out of torch"),
        (lambda x, k: torch.from_numpy(x.numpy().copy()), "takes its numbers out of torch"),
        (as_strided, "uses `as_strided`"),
        (
            lambda x, k: F.conv_transpose2d(x[None, None], k[None, None])[0, 0],
            "uses `conv_transpose2d`",
        ),
        (lambda x, k: torch.fft.ifft2(torch.fft.fft2(x)).real, "uses `fft_fft2`"),
        (by_windows, r"your answer takes \d+ calls for small tensors, \d+ for large ones"),
        (lambda x, k: by_shifts(x, k.flip(0, 1)), "flips the kernel"),
        (lambda x, k: by_shifts(x, k) + 1e-3, "holds wrong numbers"),
        (lambda x, k: by_shifts(x, k.T), "holds wrong numbers"),
        (lambda x, k: by_shifts(x, k)[None], "has shape"),
        (lambda x, k: by_shifts(x, k).tolist(), "must be a tensor"),
        (lambda x, k: None, "must be a tensor, got None"),
    ],
)
def test_shifts_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_shifts(wrong)


@pytest.mark.parametrize(
    "layers",
    [
        DESIGN,
        [list(layer) for layer in DESIGN],
        torch.tensor(DESIGN),
        np.array(DESIGN),
        ((5, 2, 2), (7, 3, 2), (3, 1, 2)),
        [(11, 2, 8)],
        [(3, 1, 2), (5, 1, 4), (3, 1, 1)],
    ],
)
def test_design_accepts_whatever_does_the_job(layers, capsys):
    exercises.check_design(layers)
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


@pytest.mark.parametrize(
    ("layers", "hint"),
    [
        (None, "layers needs a list, got None"),
        ([], "one to 4 layers are wanted"),
        (DESIGN * 2, "one to 4 layers are wanted"),
        ([(3, 1)], "layers needs numbers in the shape"),
        ([(3, 1, True)], "layers needs numbers"),
        ([(3, 1.5, 2)], "not whole"),
        ([(4, 1, 2)] * 3, "the kernel of layer 1 is not odd"),
        ([(3, 1, 2), (3, -1, 2)], "the padding of layer 2 is negative"),
        ([(3, 1, 2), (3, 1, 3)], "the windows of layer 2 do not overlap"),
        ([(3, 1, 0)], "the windows of layer 1 do not overlap"),
        ([(3, 0, 2)] * 3, "a side of 96 becomes 11, not 12"),
        ([(3, 1, 2), (99, 1, 2)], "the kernel of layer 2 is wider than its padded input, 50"),
        ([(9, 0, 7), (3, 0, 1)], "a side of 96 becomes 11"),
        ([(9, 4, 8)], "3 of the 96 columns are never used"),
    ],
)
def test_design_rejects_what_does_not(layers, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_design(layers)
