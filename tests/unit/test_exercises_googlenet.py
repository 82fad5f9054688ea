import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import in_every_form
from torch import nn
from torchvision.models import googlenet

from utils.exercises import googlenet as exercises


@pytest.fixture(scope="module")
def theirs():
    with torch.device("meta"):
        return googlenet(weights=None, init_weights=False, aux_logits=False)


def weights(layers):
    return sum(part.weight.numel() for part in layers.modules() if isinstance(part, nn.Conv2d))


def test_the_predictions_are_those_of_torchvision(theirs):
    block, deep = (question["right"] for question in exercises.predict.questions)
    # torchvision's third path has 3×3 in place of 5×5: 16 weights fewer for each pair of channels.
    assert weights(theirs.inception3a) + 16 * 16 * 32 == pytest.approx(160e3, rel=0.05)
    assert block == "about 160 thousand"
    convs = sum(isinstance(part, nn.Conv2d) for part in theirs.modules())
    blocks = [part for name, part in theirs.named_children() if name.startswith("inception")]
    assert convs == 57 and deep == convs - sum(weights_of(part) - 2 for part in blocks) + 1


def weights_of(block):
    return sum(isinstance(part, nn.Conv2d) for part in block.modules())


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    exercises.check_by_hand(form([480, 84_992, 614_400]))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"
    exercises.check_changes(form([4, 672, 4.1]))
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


def test_the_block_is_3b_of_torchvision(theirs):
    block = theirs.inception3b
    convs = [part for part in block.modules() if isinstance(part, nn.Conv2d)]
    assert [conv.out_channels for conv in convs] == list(exercises.BLOCK_3B)
    assert convs[0].in_channels == exercises.IN_3B


@pytest.mark.parametrize(
    "wrong",
    [
        [640, 84_992, 614_400],
        [480, 76_800, 614_400],
        [480, 84_992, 76_800],
        [480, 614_400, 84_992],
        [480, 84_992],
        None,
    ],
)
def test_the_block_by_hand_rejects(wrong):
    with pytest.raises(AssertionError):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize(
    "wrong", [[2, 672, 4.1], [4, 480, 4.1], [4, 672, 9], [4, 672, 2.1], [None] * 3, None]
)
def test_the_changes_reject(wrong):
    with pytest.raises(AssertionError):
        exercises.check_changes(wrong)


def by_division(c_in, c_out, k):
    return math.ceil(k * k * c_in * c_out / (c_in + k * k * c_out)) - 1


def by_whole_numbers(c_in, c_out, k):
    return (k * k * c_in * c_out - 1) // (c_in + k * k * c_out)


def by_trying(c_in, c_out, k):
    r = 1
    while (r + 1) * (c_in + k * k * c_out) < k * k * c_in * c_out:
        r += 1
    return r


@pytest.mark.parametrize(
    "widest", [by_division, by_whole_numbers, by_trying, lambda *a: torch.tensor(by_trying(*a))]
)
def test_widest_accepts(widest, capsys):
    exercises.check_widest(widest)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


NOT_WIDEST = {
    "a tie saves nothing": lambda i, o, k: k * k * i * o // (i + k * k * o),
    "kernel counted once": lambda i, o, k: (k * i * o - 1) // (i + k * o),
    "1×1 layer forgotten": lambda i, o, k: i - 1,
    "one too few": lambda *a: by_trying(*a) - 1,
    "nothing": lambda *a: None,
}


@pytest.mark.parametrize("wrong", NOT_WIDEST.values(), ids=NOT_WIDEST)
def test_widest_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: widest"):
        exercises.check_widest(wrong)


def by_einsum(first, second):
    return torch.einsum("rc,orij->ocij", first[:, :, 0, 0], second)


def by_product(first, second):
    return (second.permute(0, 2, 3, 1) @ first[:, :, 0, 0]).permute(0, 3, 1, 2)


def by_conv(first, second):
    return F.conv2d(second, first.transpose(0, 1))


@pytest.mark.parametrize("merged", [by_einsum, by_product, by_conv])
def test_merged_accepts(merged, capsys):
    exercises.check_merged(merged)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


NOT_MERGED = {
    "turned": lambda a, b: by_einsum(a, b).mT.contiguous(),
    "mean": lambda a, b: by_einsum(a, b) / len(a),
    "the first alone": lambda a, b: a,
    "flipped": lambda a, b: by_einsum(a, b).flip(2),
    "nothing": lambda a, b: None,
}


@pytest.mark.parametrize("wrong", NOT_MERGED.values(), ids=NOT_MERGED)
def test_merged_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_merged(wrong)


@pytest.mark.parametrize(
    "design",
    [
        [128, 64, 72, 16, 24, 32],
        (108, 48, 96, 8, 24, 28),
        torch.tensor([144, 32, 64, 4, 24, 24]),
        np.array([104, 32, 96, 8, 32, 24]),
    ],
)
def test_designs_accepted(design, capsys):
    exercises.check_design(design)
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


DESIGNS = {
    "block 3a": ([64, 96, 128, 16, 32, 32], "weights"),
    "too few channels": ([128, 32, 64, 8, 24, 32], "channels are wanted"),
    "a thin path": ([140, 32, 64, 8, 20, 32], "at least"),
    "hardly any 3×3": ([152, 32, 40, 8, 32, 32], "quarter"),
    "halves": ([128, 32.5, 72, 16, 24, 32], "whole"),
    "no channel inside": ([128, 0, 72, 16, 24, 32], "whole"),
    "far too wide": ([10**9, 32, 72, 16, 24, 32], "at most"),
    "five numbers": ([128, 64, 72, 16, 24], "numbers"),
    "nothing": ([None] * 6, "numbers"),
}


@pytest.mark.parametrize(("wrong", "word"), DESIGNS.values(), ids=DESIGNS)
def test_designs_rejected(wrong, word):
    with pytest.raises(AssertionError, match=word):
        exercises.check_design(wrong)
