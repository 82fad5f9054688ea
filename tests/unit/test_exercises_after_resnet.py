import numpy as np
import pytest
import torch
from exercise_checks import in_every_form
from torch import nn
from torchvision import models
from torchvision.models import densenet
from torchvision.models.mobilenetv2 import InvertedResidual
from torchvision.ops import SqueezeExcitation, StochasticDepth

from utils.exercises import after_resnet as exercises


def test_the_predictions_are_those_of_torchvision():
    out, heavy = (question["right"] for question in exercises.predict.questions)
    with torch.device("meta"):
        block = densenet._DenseBlock(12, 64, bn_size=4, growth_rate=32, drop_rate=0.0)
        six = densenet._DenseBlock(6, 64, bn_size=4, growth_rate=32, drop_rate=0.0)
        assert six(torch.empty(1, 64, 2, 2)).shape[1] == out
    pays = []
    for layer in block.values():
        pair = layer.conv1.weight.numel() + layer.conv2.weight.numel()
        pays.append(pair < 9 * layer.conv1.in_channels * 32)
    assert pays == [False] * 6 + [True] * 6 and "late" in str(heavy)


def test_the_page_counts_the_weights_of_torchvision():
    with torch.device("meta"):
        block = densenet._DenseBlock(15, 64, bn_size=4, growth_rate=32, drop_rate=0.0)
        narrow, *_, wide = block.values()
        full, apart = nn.Conv2d(144, 144, 3), nn.Conv2d(144, 144, 3, groups=144)
        inner = models.convnext.CNBlock(96, 1e-6, 0.0).block
        hidden = InvertedResidual(24, 24, 1, 6).conv[0][0].out_channels
    for layer, read, single, squeeze in [
        (narrow, 64, 18_432, 8_192),
        (wide, 512, 147_456, 65_536),
    ]:
        assert layer.conv1.in_channels == read and 9 * read * 32 == single
        assert (layer.conv1.weight.numel(), layer.conv2.weight.numel()) == (squeeze, 36_864)
    assert (full.weight.numel(), apart.weight.numel(), hidden) == (186_624, 1_296, 144)
    look, *mix = (part.weight.numel() for part in (inner[0], inner[3], inner[5]))
    assert (look, sum(mix)) == (4_704, 73_728)


def squeezes(net: nn.Module) -> list[tuple[int, int, int]]:
    """Return for each gate the channels before its block, those of the gate, and what it keeps."""
    found = []
    for part in net.modules():
        for gate in part if isinstance(part, nn.Sequential) else ():
            if isinstance(gate, SqueezeExcitation):
                ends = gate.fc2.out_channels, gate.fc2.in_channels
                found.append((part[0][0].in_channels, *ends))
    return found


def test_the_gates_squeeze_to_a_quarter_of_the_channels_that_the_page_names():
    with torch.device("meta"):
        later, efficient = models.mobilenet_v3_large(), models.efficientnet_b0()
    assert len(squeezes(later)) == 8 and len(squeezes(efficient)) == 16  # twice the gates
    assert all(kept == before // 4 for before, _, kept in squeezes(efficient))
    assert all(0.2 < kept / wide < 0.34 for _, wide, kept in squeezes(later))
    assert any(kept > before / 3 for before, _, kept in squeezes(later))


@in_every_form
def test_the_counts_by_hand_are_accepted(form, capsys):
    exercises.check_by_hand(form([40, 2880, 3584]))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    "wrong", [[48, 2880, 3584], [40, 3456, 3584], [40, 2880, 2304], [40, 2880], None]
)
def test_the_counts_by_hand_reject(wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize(
    "answers",
    [[0.5, "no", "yes"], [torch.tensor(0.5), False, True], (np.float64(0.5), "no", "yes")],
)
def test_what_gates_do_is_accepted(answers, capsys):
    exercises.check_gates(answers)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    "wrong",
    [
        [0, "no", "yes"],
        [1, "no", "yes"],
        [0.5, "yes", "yes"],
        [0.5, "no", "no"],
        [0.5, "no", None],
        [0.5, "no"],
        [None] * 3,
        None,
    ],
)
def test_what_gates_do_not_is_rejected(wrong):
    with pytest.raises(AssertionError):
        exercises.check_gates(wrong)


KERNELS = {
    "broadcast": lambda D, P: P * D.squeeze(1),
    "einsum": lambda D, P: torch.einsum("oi,ijk->oijk", P[:, :, 0, 0], D[:, 0]),
    "loop": lambda D, P: torch.stack(
        [torch.stack([p * d[0] for p, d in zip(row, D, strict=True)]) for row in P]
    ),
    "swapped axes": lambda D, P: P * D.transpose(0, 1),
}


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
def test_full_kernel_accepts(kernel, capsys):
    exercises.check_full_kernel(kernel)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


NO_KERNELS = {
    "turned": lambda D, P: P * D.squeeze(1).mT,
    "flipped": lambda D, P: P * D.squeeze(1).flip(1, 2),
    "sum": lambda D, P: P + D.squeeze(1),
    "one kernel": lambda D, P: P * D[0, 0],
    "depthwise alone": lambda D, P: D,
    "nothing": lambda D, P: None,
}


@pytest.mark.parametrize("wrong", NO_KERNELS.values(), ids=NO_KERNELS)
def test_full_kernel_rejects(wrong):
    with pytest.raises((AssertionError, RuntimeError)):
        exercises.check_full_kernel(wrong)


def by_where(y, keep, p):
    return torch.where(keep.view(-1, 1, 1, 1), y / (1 - p), 0)


def by_index(y, keep, p):
    out = torch.zeros_like(y)
    out[keep] = y[keep] / (1 - p)
    return out


DROPS = [by_where, by_index, lambda y, keep, p: y * keep[:, None, None, None] / (1 - p)]


@pytest.mark.parametrize("drop_path", DROPS)
def test_drop_path_accepts(drop_path, capsys):
    exercises.check_drop_path(drop_path)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


def test_drop_path_is_what_torchvision_does():
    y = torch.rand(50, 1, 1, 1) + 1
    theirs = StochasticDepth(0.25, "row")(y)
    keep = theirs.flatten() > 0
    assert 0 < keep.sum() < 50
    torch.testing.assert_close(by_where(y, keep, 0.25), theirs)


NO_DROPS = {
    "not divided": lambda y, keep, p: y * keep[:, None, None, None],
    "divided by p": lambda y, keep, p: y * keep[:, None, None, None] / p if p else y,
    "the others": lambda y, keep, p: y * ~keep[:, None, None, None] / (1 - p),
    "nothing dropped": lambda y, keep, p: y / (1 - p),
    "nothing": lambda y, keep, p: None,
}


@pytest.mark.parametrize("wrong", NO_DROPS.values(), ids=NO_DROPS)
def test_drop_path_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: drop_path"):
        exercises.check_drop_path(wrong)


@pytest.mark.parametrize(
    "design",
    [
        [(1, 12, 1, 1), (4, 16, 3, 2), (4, 24, 3, 2)],
        ((2, 16, 4, 2), (2, 24, 4, 2)),
        torch.tensor([[6, 8, 3, 2], [6, 12, 4, 2]]),
        np.array([[1, 8, 6, 2], [1, 8, 1, 2]]),
    ],
)
def test_designs_accepted(design, capsys):
    exercises.check_design(design)
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


DESIGNS = {
    "too many parameters": ([(6, 32, 3, 2), (6, 64, 3, 2)], "parameters"),
    "too few blocks": ([(2, 16, 2, 2), (2, 16, 2, 2)], "at least 6"),
    "large maps": ([(2, 16, 6, 2)], "last maps"),
    "stride 3": ([(2, 16, 3, 3), (2, 16, 3, 2)], "stride"),
    "no row": ([], "rows"),
    "halves": ([(2.5, 16, 3, 2), (2, 16, 3, 2)], "whole"),
    "no channel": ([(2, 0, 3, 2), (2, 16, 3, 2)], "whole"),
    "far too many": ([(2, 16, 10**9, 2)], "up to"),
    "triples": ([(2, 16, 3)], "numbers"),
    "nothing": ([(None,) * 4], "numbers"),
}


@pytest.mark.parametrize(("wrong", "word"), DESIGNS.values(), ids=DESIGNS)
def test_designs_rejected(wrong, word):
    with pytest.raises(AssertionError, match=word):
        exercises.check_design(wrong)


def test_the_parameters_of_a_block_are_those_of_torchvision():
    for c_in, c_out, stride, t in [(8, 12, 2, 4), (8, 8, 1, 1), (16, 16, 1, 6)]:
        theirs = InvertedResidual(c_in, c_out, stride, t)
        ours = nn.Sequential(*exercises._block(c_in, c_out, stride, t))
        shapes = [[p.shape for p in net.parameters()] for net in (ours, theirs)]
        assert shapes[0] == shapes[1]
