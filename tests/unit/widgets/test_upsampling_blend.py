"""The Python side of the demo of up-sampling, and the scores that it shows."""

import pytest
import torch
import torch.nn.functional as F
import traitlets

from utils.segmentation.fcn import FCN
from utils.widgets.upsampling_blend import UpsamplingBlend
from utils.widgets.upsampling_blend.frames import FILE, kept, packed, shown, unpacked


def test_packing_keeps_scores_and_kernels_up_to_rounding():
    torch.manual_seed(0)
    net = FCN(2)
    for up in net.ups:
        torch.nn.init.normal_(up.weight)
    maps, kernels = unpacked(packed(net))
    assert net.training
    with torch.no_grad():
        wanted = [part[0].double() for part in net.eval().maps(shown()[0][None])]
    for found, right in zip(maps, wanted, strict=True):
        assert (found - right).abs().max() <= right.abs().max() / 250
    for found, up in zip(kernels, net.ups, strict=True):
        assert (found - up.weight[:, 0]).abs().max() <= up.weight.abs().max() / 250


def test_the_file_has_all_nets_and_epochs_of_one_scene():
    assert FILE.stat().st_size < 200_000
    assert {skips: len(net) for skips, net in kept()["nets"].items()} == {"0": 5, "1": 5, "2": 5}
    demo, (image, mask) = UpsamplingBlend(), shown()
    assert torch.equal(demo.truth, mask)
    assert (demo.picture - image[0]).abs().max() < 1e-6


def test_before_training_the_learned_kernel_is_the_bilinear_one():
    for skips in range(3):
        one, other = (UpsamplingBlend(skips=skips, epoch=0, way=way) for way in (1.0, 2.0))
        assert (one.logits - other.logits).abs().max() < 0.02 * one.logits.abs().max()


def test_in_blocks_scores_are_repeated():
    demo = UpsamplingBlend(skips=0, way=0.0)
    assert torch.equal(demo.logits, F.interpolate(demo.maps[0][None], scale_factor=8)[0])


def test_skips_and_the_learned_kernel_make_the_mask_better():
    last = [UpsamplingBlend(skips=skips, way=2.0).mean_iou for skips in range(3)]
    assert last == sorted(last)
    for skips in range(3):
        ways = [UpsamplingBlend(skips=skips, way=way).mean_iou for way in (0.0, 1.0, 2.0)]
        assert ways == sorted(ways)


@pytest.mark.parametrize(
    "bad",
    [
        {"skips": 3},
        {"skips": -1},
        {"way": 2.1},
        {"way": -0.1},
        {"epoch": 5},
        {"pixel": (64, 0)},
        {"pixel": (0, -1)},
        {"strength": 1.2},
    ],
)
def test_what_is_out_of_range_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        UpsamplingBlend(**bad)
