import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import in_every_form
from torch import nn

from utils.exercises import resnext as exercises


def test_the_predictions_are_those_of_torch():
    weights, crosses = (question["right"] for question in exercises.predict.questions)
    assert nn.Conv2d(128, 128, 3, groups=32, bias=False).weight.numel() == weights
    layer = nn.Conv2d(128, 128, 1, groups=32, bias=False)
    nn.init.ones_(layer.weight)
    x = torch.ones(1, 128, 1, 1, requires_grad=True)
    y = x
    for _ in range(10):
        y = layer(y) / 4
    y[0, :4].sum().backward()
    reached = x.grad.flatten().nonzero().flatten().tolist()
    assert reached == [0, 1, 2, 3] and crosses == "no"


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    exercises.check_by_hand(form([3, 648, 64_800]))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"
    exercises.check_heard(form([4, 16, 8]))
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    "wrong",
    [[12, 648, 64_800], [3, 2_592, 64_800], [3, 648, 648], [3, 648, 41_472], [3, 648], None],
)
def test_the_layer_by_hand_rejects(wrong):
    with pytest.raises(AssertionError):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize("wrong", [[16, 16, 8], [4, 64, 8], [4, 16, 16], [4, 16, 4], [None] * 3])
def test_what_is_heard_rejects(wrong):
    with pytest.raises(AssertionError):
        exercises.check_heard(wrong)


def by_slices(weight, groups):
    c_out, c_group = weight.shape[:2]
    rows = c_out // groups
    dense = weight.new_zeros(c_out, groups * c_group, *weight.shape[2:])
    for g in range(groups):
        filters = slice(g * rows, (g + 1) * rows)
        dense[filters, g * c_group : (g + 1) * c_group] = weight[filters]
    return dense


def by_mask(weight, groups):
    c_out, c_group = weight.shape[:2]
    own = torch.block_diag(*[torch.ones(c_out // groups, c_group)] * groups)
    return weight.repeat(1, groups, 1, 1) * own[:, :, None, None]


def by_padding(weight, groups):
    c_group = weight.shape[1]
    parts = [
        F.pad(part, (0, 0, 0, 0, g * c_group, (groups - 1 - g) * c_group))
        for g, part in enumerate(weight.chunk(groups))
    ]
    return torch.cat(parts)


RIGHT = [by_slices, by_mask, by_padding, lambda w, g: by_slices(w, g).numpy()]


@pytest.mark.parametrize("as_dense", RIGHT)
def test_as_dense_accepts(as_dense, capsys):
    exercises.check_as_dense(as_dense)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


DENSE = {
    "no zeros": lambda w, g: w.repeat(1, g, 1, 1),
    "as it was": lambda w, g: w,
    "groups backwards": lambda w, g: by_slices(w, g).flip(0),
    "repeated in turns": lambda w, g: w.repeat_interleave(g, 1),
    "kernels turned": lambda w, g: by_slices(w, g).flip(2, 3),
    "nothing": lambda w, g: None,
}


@pytest.mark.parametrize("wrong", DENSE.values(), ids=DENSE)
def test_as_dense_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_as_dense(wrong)


def by_table(x, groups):
    return x.unflatten(1, (-1, groups)).transpose(1, 2).flatten(1, 2)


UNSHUFFLES = [
    by_table,
    lambda x, g: F.channel_shuffle(x, x.shape[1] // g),
    lambda x, g: torch.cat([x[:, start::g] for start in range(g)], 1),
    lambda x, g: by_table(x, g).numpy(),
]


@pytest.mark.parametrize("unshuffle", UNSHUFFLES)
def test_unshuffle_accepts(unshuffle, capsys):
    exercises.check_unshuffle(unshuffle)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


NO_UNSHUFFLES = {
    "once more": F.channel_shuffle,
    "nothing is done": lambda x, g: x,
    "backwards": lambda x, g: x.flip(1),
    "the wrong axis": lambda x, g: by_table(x.mT, g).mT if x.shape[1] == 1 else x.flip(2),
    "nothing": lambda x, g: None,
}


@pytest.mark.parametrize("wrong", NO_UNSHUFFLES.values(), ids=NO_UNSHUFFLES)
def test_unshuffle_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_unshuffle(wrong)


@pytest.mark.parametrize("design", [[66, 2], (65, 2), torch.tensor([66, 2]), np.array([65, 2])])
def test_designs_accepted(design, capsys):
    exercises.check_design(design)
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


DESIGNS = {
    "too many weights": ([67, 2], "more than"),
    "ResNeXt's own": ([32, 4], "128 wide"),
    "too narrow": ([64, 2], "128 wide"),
    "depthwise": ([134, 1], "at least 2"),
    "one path": ([1, 130], "more than"),
    "three wide": ([44, 3], "more than"),
    "halves": ([65.5, 2], "whole"),
    "none": ([0, 2], "whole"),
    "far too wide": ([10**9, 2], "at most"),
    "one number": ([66], "numbers"),
    "nothing": ([None, None], "numbers"),
}


@pytest.mark.parametrize(("wrong", "word"), DESIGNS.values(), ids=DESIGNS)
def test_designs_rejected(wrong, word):
    with pytest.raises(AssertionError, match=word):
        exercises.check_design(wrong)
