import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import in_every_form
from torch import nn

from utils import conv
from utils.exercises import channels as exercises


def backward(batch, weight, upstream):
    return (
        torch.einsum("oi,nohw->nihw", weight, upstream),
        torch.einsum("nohw,nihw->oi", upstream, batch),
    )


def by_linear(batch, weight, upstream):
    last = upstream.movedim(1, -1)
    flat = last.reshape(-1, len(weight))
    pixels = batch.movedim(1, -1).reshape(len(flat), -1)
    return [(last @ weight).movedim(-1, 1), flat.T @ pixels]


def by_autograd(batch, weight, upstream):
    leaves = batch.requires_grad_(), weight.requires_grad_()
    output = F.conv2d(batch, weight[:, :, None, None])
    return torch.autograd.grad(output, leaves, upstream)


def convolve(batch, filters):
    maps = [
        sum(conv.conv2d(plane, kernel) for plane, kernel in zip(image, kernels, strict=True))
        for image in batch
        for kernels in filters
    ]
    return torch.stack(maps).view(len(batch), len(filters), *maps[0].shape)


def grouped(batch, filters, groups):
    parts = zip(batch.chunk(groups, 1), filters.chunk(groups), strict=True)
    return torch.cat([convolve(x, w) for x, w in parts], 1)


def by_zeros(batch, filters, groups):
    """One ordinary convolution whose filters are zero outside of their own group."""
    c_out, depth = filters.shape[:2]
    whole = filters.new_zeros(c_out, depth * groups, *filters.shape[2:])
    for o in range(c_out):
        first = o // (c_out // groups) * depth
        whole[o, first : first + depth] = filters[o]
    return convolve(batch, whole)


def test_the_predictions_are_the_shape_and_the_parameters_of_a_layer():
    layer = nn.Conv2d(3, 10, 5)
    came_out, learned = (question["right"] for question in exercises.predict.questions)
    assert layer(torch.zeros(1, 3, 32, 32)).shape[1] == came_out
    assert sum(parameter.numel() for parameter in layer.parameters()) == learned


@in_every_form
def test_the_pixel_and_the_factors_are_accepted(form, capsys):
    exercises.check_by_hand(form([1, 4, 8]))
    exercises.check_doubled(form([4, 1]))
    assert capsys.readouterr().out == "Exercise 1 is right.\nExercise 2 is right.\n"


@pytest.mark.parametrize(
    ("check", "answers", "hint"),
    [
        (exercises.check_by_hand, None, "answers needs a list, got None"),
        (exercises.check_by_hand, [1, 4], "3 answers are wanted, got 2"),
        (exercises.check_by_hand, [7, 4, 8], "output channel 0 is not 7"),
        (exercises.check_by_hand, [1, 3, 8], "output channel 1 is not 3"),
        (exercises.check_by_hand, [1, 4, 6], "the count of parameters is not"),
        (exercises.check_doubled, [None, 1], "the factor of the weights needs a number"),
        (exercises.check_doubled, [2, 1], "the factor of the weights is not"),
        (exercises.check_doubled, [4, 2], "the factor of the multiply-adds is not"),
        (exercises.check_doubled, [4, 4], "the factor of the multiply-adds is not"),
    ],
)
def test_wrong_numbers_are_refused(check, answers, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        check(answers)


@pytest.mark.parametrize("answer", [backward, by_linear, lambda *given: list(backward(*given))])
def test_backward_accepts_right_answers(answer, capsys):
    exercises.check_backward(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (None, "backward needs a function"),
        (lambda x, w, g: None, ".* must be two gradients, got None"),
        (lambda x, w, g: backward(x, w, g)[::-1], "the gradient of the batch"),
        (lambda x, w, g: (backward(x, w, g)[0], 0 * w), "the gradient of the weight"),
        (lambda x, w, g: (backward(x, w, g)[0], backward(x, w, g)[1] / len(x)), "the gradient of"),
        (
            lambda x, w, g: (-backward(x, w, g)[0], backward(x, w, g)[1]),
            "the gradient of the batch",
        ),
        (by_autograd, ".* which is not allowed here"),
    ],
)
def test_backward_rejects_wrong_answers(answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_backward(answer)


@pytest.mark.parametrize(
    "answer", [grouped, by_zeros, lambda x, w, groups: grouped(x, w, groups).numpy()]
)
def test_grouped_accepts_right_answers(answer, capsys):
    exercises.check_grouped(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (7, "grouped needs a function"),
        (lambda x, w, groups: None, "with 2 channels, .* needs numbers in the shape"),
        (lambda x, w, groups: F.conv2d(x, w, groups=groups), ".* uses PyTorch's `conv2d`"),
        (lambda x, w, groups: grouped(x, w, groups).flip(1), "with 2 channels, 3 filters"),
        (lambda x, w, groups: grouped(x, w.flip(0), groups), "with 2 channels, 3 filters"),
        (lambda x, w, groups: grouped(x, w, groups) + (groups > 2), "with 3 channels"),
    ],
)
def test_grouped_rejects_wrong_answers(answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_grouped(answer)


@pytest.mark.parametrize(
    "layers",
    [
        [(128, 32, 1), (32, 32, 3), (32, 128, 1)],
        torch.tensor([[128, 16, 1], [16, 128, 3]]),
        np.array([[128, 16, 3], [16, 128, 1]]),
        [[128, 24, 1], [24, 24, 3], [24, 24, 3], [24, 128, 1]],
    ],
)
def test_budget_accepts_what_fits(layers, capsys):
    exercises.check_budget(layers)
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


@pytest.mark.parametrize(
    ("layers", "hint"),
    [
        ([], "one to 4 layers are wanted"),
        ([(None, None, None)], "layers needs numbers in the shape"),
        ([(128, 128, 3)], "147,584 parameters are more than 30,000"),
        ([(128, 32, 1), (64, 128, 3)], "layer 2 gets 32 channels, not 64"),
        ([(128, 8, 1), (8, 128, 3)], "layer 1 has fewer than 16 filters"),
        ([(128, 32, 1), (32, 128, 1)], "an output sees a window of 1×1"),
        ([(128, 32, 1), (32, 32, 3)], "32 channels come out, not 128"),
        ([(128, 32.5, 1), (32.5, 128, 3)], ".* holds a number that is not whole"),
        ([(128, 16, 1)] + [(16, 16, 3)] * 3 + [(16, 128, 1)], "one to 4 layers are wanted"),
    ],
)
def test_budget_rejects_what_does_not(layers, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_budget(layers)
