"""The Python side of the demo, and the net that it carries."""

import itertools

import pytest
import torch
import traitlets
from torch import nn

from utils.checks import assert_same
from utils.repro import seeded
from utils.segmentation.unet import UNet
from utils.widgets.skip_switches import LAST, SCENES, SkipSwitches
from utils.widgets.skip_switches.network import (
    CLASSES,
    SKIPS,
    WIDTHS,
    as_pointwise,
    maps_of,
    packed,
    packed_of,
    scenes,
)

SWITCHES = list(itertools.product((True, False), repeat=SKIPS))


def demo(scene, *skips, **state):
    return SkipSwitches(scene=scene, skips=list(skips), **state)


def test_an_up_convolution_is_a_pointwise_one_and_a_shuffle():
    seeded(0)
    up, x = nn.ConvTranspose2d(3, 5, 2, stride=2), torch.randn(2, 3, 4, 6)
    assert_same(nn.functional.pixel_shuffle(as_pointwise(up)(x), 2), up(x), atol=1e-6)


def test_a_packed_net_gives_the_maps_of_the_net():
    seeded(0)
    net = UNet(CLASSES, WIDTHS)
    for norm in net.modules():
        if isinstance(norm, nn.BatchNorm2d):
            norm.running_mean.normal_()
            norm.running_var.uniform_(0.5, 2)
    x = torch.rand(1, 1, 16, 16, dtype=torch.float64)
    for skips in SWITCHES:
        maps = maps_of(packed_of(net), x, list(skips))
        with torch.no_grad():
            wanted = net.double().eval().features(x, skips)
        for found, right in zip(maps, wanted, strict=False):
            assert found.shape == right.shape
            assert (found - right).norm() < 0.05 * right.norm()
        net.float()


def test_maps_have_the_sizes_that_the_demo_draws():
    shapes = [tuple(part.shape) for part in SkipSwitches().maps]
    sides = [(c, 64 // 2**level, 64 // 2**level) for level, c in enumerate(WIDTHS)]
    assert shapes == [*sides, *sides[-2::-1], (CLASSES, 64, 64)]


@pytest.mark.parametrize("scene", range(SCENES))
def test_the_answer_of_the_task_holds_in_each_scene(scene):
    whole = demo(scene, True, True, True)
    single = [demo(scene, *(place != cut for place in range(SKIPS))) for cut in range(SKIPS)]
    assert whole.iou > 0.85
    assert whole.border > 0.85
    assert min(single, key=lambda one: one.border) is single[0]
    assert min(single, key=lambda one: one.iou) is single[0]
    assert single[0].border < min(one.border for one in single[1:]) - 0.03
    # The page says so: without the two finest hardly a pixel is named.
    assert (demo(scene, False, False, True).mask > 0).double().mean() < 0.01


def test_each_scene_has_all_classes_and_four_objects():
    assert len(scenes()) == SCENES
    for scene in range(SCENES):
        assert demo(scene, True, True, True).truth.unique().tolist() == [0, 1, 2, 3]


def test_scores_follow_the_switches():
    one = SkipSwitches()
    assert one.skips == [True, True, True]
    before = one.iou
    one.skips = [False, True, True]
    assert one.iou < before
    assert one.iou == demo(0, False, True, True).iou
    right = (one.mask == one.truth)[border_of(one.truth)]
    assert one.border == right.double().mean().item()


def border_of(truth):
    padded = nn.functional.pad(truth.double()[None, None], [1] * 4, mode="replicate")[0, 0]
    windows = padded.unfold(0, 3, 1).unfold(1, 3, 1).flatten(2)
    return (windows != truth[..., None]).any(-1)


def test_the_net_is_small_enough_to_carry():
    assert set(packed()) == {"down", "up", "join", "head"}
    assert sum(len(block[0]["weight"]) for part in packed().values() for block in part) < 50_000


@pytest.mark.parametrize(
    "bad",
    [
        {"skips": [True, True]},
        {"skips": [True] * 4},
        {"skips": [1, 2, 3]},
        {"scene": SCENES},
        {"scene": -1},
        {"step": LAST + 1},
        {"step": -1},
    ],
)
def test_settings_that_do_not_exist_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        SkipSwitches(**bad)
