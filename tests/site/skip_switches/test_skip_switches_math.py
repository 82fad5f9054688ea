"""The net and the scores in the browser, against torch."""

import itertools

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.metrics.segmentation import confusion, mean_iou
from utils.repro import seeded
from utils.widgets.skip_switches import SkipSwitches
from utils.widgets.skip_switches.network import CLASSES, packed

RUN = """(module, { picture, skips }) => {
    window.unet ??= module.unpacked(window.packedNet);
    const down = module.encoded(window.unet, Float64Array.from(picture));
    const up = module.decoded(window.unet, down, skips);
    const plain = ({ shape, values }) => ({ shape, values: [...values] });
    return { maps: [...down, ...up].map(plain), mask: [...module.largest(up.at(-1))] };
}"""
SETTINGS = [
    (0, (True, True, True)),
    (1, (False, True, True)),
    (2, (True, False, False)),
    (3, (False, False, False)),
]


@pytest.fixture(scope="module")
def module(open_module):
    found = open_module("skip_switches/math")
    found.evaluate("(module, net) => { window.packedNet = net; }", packed())
    return found


@pytest.mark.parametrize(("scene", "skips"), SETTINGS)
def test_maps_and_mask_are_those_of_torch(module, scene, skips):
    demo = SkipSwitches(scene=scene, skips=list(skips))
    picture = demo.picture.flatten().tolist()
    found = module.evaluate(RUN, {"picture": picture, "skips": list(skips)})
    for ours, theirs in zip(found["maps"], demo.maps, strict=True):
        assert ours["shape"] == list(theirs.shape)
        values = torch.tensor(ours["values"], dtype=torch.float64).view_as(theirs)
        assert_same(values, theirs, atol=1e-9)
    assert torch.equal(torch.tensor(found["mask"]).view(64, 64), demo.mask)


def test_a_shuffle_is_that_of_torch(module):
    seeded(0)
    for shape in ((4, 2, 3), (8, 3, 1), (12, 1, 5)):
        x = torch.randn(shape, dtype=torch.float64)
        found = module.evaluate(
            """(module, { shape, values }) => {
                const out = module.shuffled({ shape, values });
                return { shape: out.shape, values: [...out.values] };
            }""",
            {"shape": list(shape), "values": x.flatten().tolist()},
        )
        wanted = F.pixel_shuffle(x, 2)
        assert found["shape"] == list(wanted.shape)
        assert found["values"] == wanted.flatten().tolist()


def test_scores_are_those_of_the_book(module):
    seeded(0)
    for classes, _ in itertools.product((1, 2, CLASSES), range(3)):
        truth = torch.randint(0, classes, (16, 16)).repeat_interleave(4, 0).repeat_interleave(4, 1)
        mask = torch.where(torch.rand(64, 64) < 0.3, torch.randint(0, CLASSES, (64, 64)), truth)
        pair = mask.flatten().tolist(), truth.flatten().tolist()
        iou, edges = module.call_each([("meanIou", *pair), ("edges", pair[1])])
        assert abs(iou - mean_iou(confusion(mask, truth, CLASSES)).item()) < 1e-12
        row = truth.double()[None, None]
        wanted = -F.max_pool2d(-row, 3, 1, 1) != F.max_pool2d(row, 3, 1, 1)
        assert torch.equal(torch.tensor(edges).view(64, 64), wanted[0, 0])
        if wanted.any():
            (share,) = module.call_each([("borderShare", *pair)])
            right = (mask == truth)[wanted[0, 0]].double().mean().item()
            assert abs(share - right) < 1e-12


def test_among_equal_logits_the_first_class_is_taken(module):
    logits = torch.tensor([[1.0, 0, 2, 3], [1, 0, 3, 3], [0, 1, 3, 3]], dtype=torch.float64)
    found = module.evaluate(
        "(module, values) => [...module.largest({ shape: [3, 2, 2], values })]",
        logits.flatten().tolist(),
    )
    assert found == logits.argmax(0).tolist() == [0, 2, 1, 0]
