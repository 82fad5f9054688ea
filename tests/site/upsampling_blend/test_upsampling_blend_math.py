"""The arithmetic of the demo, against torch and against its Python side."""

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.metrics.segmentation import class_iou, confusion
from utils.segmentation.fcn import CLASSES
from utils.transposed import bilinear_kernel
from utils.widgets.upsampling_blend import UpsamplingBlend, block_kernel

SETTINGS = [
    {},
    {"skips": 1, "way": 0.3, "epoch": 1, "pixel": (0, 63)},
    {"skips": 2, "way": 1.7, "epoch": 4, "pixel": (40, 7)},
    {"skips": 2, "way": 2.0, "epoch": 3},
    {"skips": 0, "way": 0.0, "epoch": 0},
]


@pytest.mark.parametrize("setting", SETTINGS)
def test_logits_mask_and_scores_are_those_of_torch(open_module, setting):
    demo = UpsamplingBlend(**setting)
    found = open_module("upsampling_blend/math").evaluate(
        """(module, { frame, way, truth, pixel }) => {
            const logits = module.climb(module.unpack(frame), way);
            const mask = module.maskOf(logits);
            return { logits: [...logits], mask: [...mask], ...module.ious(mask, truth),
                shares: module.sharesAt(logits, pixel) };
        }""",
        {
            "frame": demo.kept["nets"][str(demo.skips)][demo.epoch],
            "way": demo.way,
            "truth": demo.truth.flatten().tolist(),
            "pixel": list(demo.pixel),
        },
    )
    logits = torch.tensor(found["logits"], dtype=torch.float64).view(CLASSES, 64, 64)
    assert_same(logits, demo.logits)
    assert torch.equal(torch.tensor(found["mask"]).view(64, 64), demo.mask)
    assert dict(zip(found["kinds"], found["each"], strict=True)) == pytest.approx(demo.iou)
    assert found["mean"] == pytest.approx(demo.mean_iou)
    row, column = demo.pixel
    assert found["shares"] == pytest.approx(demo.logits[:, row, column].softmax(0).tolist())


def test_ious_are_those_of_the_metric_on_random_masks(open_module):
    draw = torch.Generator().manual_seed(0)
    pairs = [torch.randint(CLASSES, (2, 40), generator=draw) for _ in range(20)]
    calls = [("ious", *(mask.tolist() for mask in pair)) for pair in pairs]
    answers = open_module("upsampling_blend/math").call_each(calls)
    for (mask, truth), answer in zip(pairs, answers, strict=True):
        wanted = class_iou(confusion(mask, truth, CLASSES))[truth.unique()]
        assert answer["each"] == pytest.approx(wanted.tolist())
        assert answer["kinds"] == truth.unique().tolist()


@pytest.mark.parametrize("stride", [2, 4, 8])
def test_kernels_are_blocks_and_tents(open_module, stride):
    block, tent = open_module("upsampling_blend/math").evaluate(
        "(module, s) => [[...module.blockKernel(s)], [...module.tentKernel(s)]]", stride
    )
    assert block == block_kernel(stride).flatten().tolist()
    assert_same(torch.tensor(tent), bilinear_kernel(1, stride).flatten())
    x = torch.rand(1, 1, 3, 5)
    kernel = block_kernel(stride)[None, None]
    large = F.conv_transpose2d(x, kernel, stride=stride, padding=stride // 2)
    assert_same(large, F.interpolate(x, scale_factor=stride))


def test_the_outline_has_one_edge_for_each_pair_of_unlike_neighbours(open_module):
    mask = UpsamplingBlend().truth
    module = open_module("upsampling_blend/math")
    (path,) = module.call_each([("outline", mask.flatten().tolist())])
    assert path.count("v1") == (mask[:, 1:] != mask[:, :-1]).sum()
    assert path.count("h1") == (mask[1:] != mask[:-1]).sum()
