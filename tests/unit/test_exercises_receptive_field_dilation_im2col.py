import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import in_every_form

from utils.exercises import receptive_field_dilation_im2col as exercises

FIELDS = [5, 6, 14, 16]


def test_the_predictions_are_those_of_the_gradient():
    plain, dilated = (question["right"] for question in exercises.predict.questions)
    for wanted, dilation, width in ((plain, 1, 7), (dilated, 2, 13)):
        ways = exercises.ways([(3, 1, dilation, 0)] * 3, width, 0)
        assert (ways > 0).sum() == wanted
        assert ways[0] and ways[-1]


def test_the_field_is_that_of_a_picture_with_other_weights():
    layers = [(3, 2, 1, 1), (2, 1, 3, 0)]
    x = torch.randn(1, 1, 40, requires_grad=True, generator=torch.Generator().manual_seed(0))
    y = F.conv1d(x, torch.tensor([[[2.0, -1.0, 3.0]]]), stride=2, padding=1)
    y = F.conv1d(y, torch.tensor([[[1.0, 5.0]]]), dilation=3)
    seen = torch.autograd.grad(y[0, 0, 4], x)[0].nonzero()[:, 2]
    assert exercises.field(layers, 40, 4) == (seen.min(), seen.max())


@in_every_form
def test_lenet_accepts_the_right_fields(form, capsys):
    exercises.check_lenet_fields(form(FIELDS))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ([None] * 4, "fields needs 4 numbers, got"),
        (None, "fields needs a list, got None"),
        ([5, 7, 15, 19], "the field after layer 2 is not 7"),
        ([5, 6, 10, 11], "the field after layer 3 is not 10"),
        ([5, 6, 14, 15], "the field after layer 4 is not 15"),
        ([4, 6, 14, 16], "the field after layer 1 is not 4"),
        ([5, 6, 14], r"fields needs 4 numbers, got \[5, 6, 14\]"),
    ],
)
def test_lenet_rejects_wrong_fields(fields, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_lenet_fields(fields)


@in_every_form
def test_column_sizes_accepts_the_right_numbers(form, capsys):
    exercises.check_column_sizes(*form([75, 1024, 25]))
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ((None, 1024, 25), "the number of rows needs a number, got None"),
        ((25, 1024, 25), "the number of rows is not 25"),
        ((75, 784, 25), "the number of columns is not 784"),
        ((75, 65536, 25), "the number of columns is not 65536"),
        ((75, 1024, 75), "how many times as many is not 75"),
        ((75, 1024, 24.9), "how many times as many is not 24.9"),
    ],
)
def test_column_sizes_rejects_a_wrong_number(answers, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_column_sizes(*answers)


def bounds(layers, index, *, padded=True, dilated=True, order=-1):
    first = last = index
    for kernel, stride, dilation, padding in layers[::order]:
        first = first * stride - padding * padded
        last = last * stride - padding * padded + (kernel - 1) * (dilation if dilated else 1)
    return first, last


def bounds_from_sizes(layers, index):
    """From the bottom up: where output 0 begins, the jump, and the width."""
    start, jump, width = 0, 1, 1
    for kernel, stride, dilation, padding in layers:
        start -= padding * jump
        width += (kernel - 1) * dilation * jump
        jump *= stride
    return [start + index * jump, start + index * jump + width - 1]


@pytest.mark.parametrize(
    "answer",
    [
        bounds,
        bounds_from_sizes,
        lambda layers, index: torch.tensor(bounds(layers, index)),
        lambda layers, index: np.array(bounds(layers, index)),
    ],
)
def test_bounds_accepts_both_directions_and_every_form(answer, capsys):
    exercises.check_bounds(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda layers, index: None, "needs 2 numbers, got None"),
        (lambda layers, index: bounds(layers, index, padded=False), r"is not \(2, 4\)"),
        (lambda layers, index: bounds(layers, index, dilated=False), "is not"),
        (lambda layers, index: bounds(layers, index, order=1), "is not"),
        (lambda layers, index: [max(end, 0) for end in bounds(layers, index)], r"is not \[0, 2\]"),
        (lambda layers, index: (bounds(layers, index)[0], bounds(layers, index)[1] + 1), "is not"),
    ],
)
def test_bounds_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=rf"not yet: \(first, last\) of output .*{hint}"):
        exercises.check_bounds(wrong)


def windows(x, k):
    sides = [side - k + 1 for side in x.shape]
    return torch.as_strided(x, (*sides, k, k), x.stride() * 2)


@pytest.mark.parametrize(
    "answer",
    [
        windows,
        lambda x, k: x.unfold(0, k, 1).unfold(1, k, 1),
        lambda x, k: x.as_strided(
            (x.shape[0] - k + 1, x.shape[1] - k + 1, k, k),
            (*x.stride(), *x.stride()),
            x.storage_offset(),
        ),
    ],
)
def test_windows_accepts_every_view(answer, capsys):
    exercises.check_windows(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda x, k: None, "must be a tensor, got None"),
        (lambda x, k: windows(x, k).clone(), "is a copy"),
        (lambda x, k: windows(x, k).flatten(0, 1), r"has shape \(35, 1, 1\), not \(5, 7, 1, 1\)"),
        (lambda x, k: windows(x, k).mT, "for a picture of 5×7 and k = 2 .* wrong numbers"),
        (
            lambda x, k: torch.as_strided(
                x,
                (x.shape[0] - k + 1, x.shape[1] - k + 1, k, k),
                (x.shape[1], 1, x.shape[1], 1),
            ),
            "for a part of a picture .* holds wrong numbers",
        ),
        (
            lambda x, k: torch.as_strided(
                x, windows(x, k).shape, x.stride() * 2, storage_offset=0
            ),
            "for a part of a picture .* holds wrong numbers",
        ),
    ],
)
def test_windows_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_windows(wrong)


@pytest.mark.parametrize("order", [[1, 3, 9, 27], [27, 1, 9, 3], [9, 27, 3, 1]])
@in_every_form
def test_dilations_accepts_the_widest_in_any_order(order, form, capsys):
    exercises.check_dilations(form(order))
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


def test_no_four_dilations_see_more_without_a_hole():
    """The widest: each way leads to another pixel, so no field of 3 ** 4 ways is wider."""
    assert exercises.WIDEST == 3**4
    assert (exercises.ways([(3, 1, d, 0) for d in (1, 3, 9, 27)], 81, 0) == 1).all()


@pytest.mark.parametrize(
    ("dilations", "hint"),
    [
        ([None] * 4, "dilations needs 4 numbers, got"),
        ([1, 2, 4, 8], "no hole, but the field of 31 can be wider"),
        ([1, 1, 1, 1], "no hole, but the field of 9 can be wider"),
        ([1, 3, 9, 28], "2 of the 83 pixels are holes"),
        ([2, 2, 2, 2], "8 of the 17 pixels are holes"),
        ([1, 3, 9, 0], "holds a dilation that is not 1 or more"),
        ([1, 3, 9, 2.5], "holds a dilation that is not 1 or more"),
        ([1, 3, 9, 10**9], "a dilation above 200 leaves holes"),
        ([1, 3, 9], "dilations needs 4 numbers"),
    ],
)
def test_dilations_rejects_holes_and_narrow_fields(dilations, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_dilations(dilations)
