"""The arithmetic of the demo, against its Python side and against torchvision."""

import math

import pytest
import torch
from torchvision import tv_tensors
from torchvision.transforms.v2 import functional as V

from utils.augment import move_points
from utils.checks import assert_same
from utils.widgets.augment_panel import KINDS, MOST, OUTLINES, SIDE, AugmentPanel, outline

DOUBLE = torch.float64
STATES = [
    {"kind": kind, "strength": strength, "follow": follow}
    for kind in KINDS
    for strength in (0, 1, 30, 49, 50, 77, 100)
    for follow in (False, True)
]


@pytest.fixture(scope="module")
def found(open_module):
    outlines = [list(map(list, points)) for points in OUTLINES.values()]
    return open_module("augment_panel/math").evaluate(
        """(module, [states, outlines]) => states.map((state) => {
            const move = module.moveOf(state.kind, state.strength);
            return {
                move,
                objects: outlines.map((outline) => module.object(outline, state)),
                pushed: outlines.map((outline) => module.pushed(outline, move)),
            };
        })""",
        [STATES, outlines],
    )


def numbers(values):
    return torch.tensor(values, dtype=DOUBLE)


def test_moves_boxes_outlines_and_fits_are_those_of_python(found):
    for state, one in zip(STATES, found, strict=True):
        demo = AugmentPanel(**state)
        assert_same(numbers(one["move"]).view(2, 3), demo.move[:2], atol=1e-9)
        assert_same(numbers([part["box"] for part in one["objects"]]), demo.boxes, atol=1e-9)
        assert_same(numbers([part["fit"] for part in one["objects"]]), demo.fits, atol=1e-9)
        for name, points in zip(OUTLINES, one["pushed"], strict=True):
            assert_same(numbers(points), move_points(outline(name), demo.move), atol=1e-9)


def test_boxes_that_follow_are_those_of_torchvision(found):
    plain = AugmentPanel(strength=0).boxes
    labelled = tv_tensors.BoundingBoxes(plain, format="XYXY", canvas_size=(SIDE, SIDE))
    for state, one in zip(STATES, found, strict=True):
        kind, share = state["kind"], state["strength"] / 100
        if not state["follow"] or kind == "hue":
            theirs = labelled
        elif kind == "flip":
            theirs = V.horizontal_flip(labelled) if share >= 0.5 else labelled
        elif kind == "crop":
            corner = math.floor(50 * share + 0.5), round(100 * share)  # top, left
            theirs = V.resized_crop(labelled, *corner, *[SIDE - at for at in corner], [SIDE, SIDE])
        else:
            angle, shear = (share * MOST[kind] * (kind == one) for one in ("turn", "shear"))
            theirs = V.affine(labelled, angle, [0, 0], 1, [shear, 0])
        boxes = numbers([part["box"] for part in one["objects"]])
        assert_same(boxes, theirs.as_subclass(torch.Tensor), atol=1e-4)


def test_boxes_that_do_not_overlap_fit_to_nothing(open_module):
    pairs = [
        ([0, 0, 10, 10], [20, 0, 30, 10], 0),
        ([0, 0, 10, 10], [10, 0, 20, 10], 0),
        ([0, 0, 10, 10], [5, 0, 15, 10], 1 / 3),
        ([0, 0, 10, 10], [0, 0, 10, 10], 1),
        ([0, 0, 0, 10], [0, 0, 0, 10], 0),
    ]
    calls = [("fit", one, other) for one, other, _ in pairs]
    answers = open_module("augment_panel/math").call_each(calls)
    assert_same(numbers(answers), numbers([wanted for *_, wanted in pairs]))


def test_the_hue_is_shifted_as_in_torchvision(open_module):
    generator = torch.Generator().manual_seed(0)
    pixels = torch.randint(256, (3, 12, 12), generator=generator, dtype=torch.uint8)
    pixels[:, 0] = torch.tensor([[0, 255, 9, 9], [0, 255, 9, 8], [0, 255, 4, 9]]).repeat(1, 3)
    opaque = torch.full((1, 12, 12), 255, dtype=torch.uint8)
    flat = torch.cat([pixels, opaque]).movedim(0, -1).flatten().tolist()
    shifts = [0, 0.1, 0.25, 1 / 3, 0.5]
    answers = open_module("augment_panel/math").evaluate(
        "(module, [bytes, shifts]) => shifts.map((by) => Array.from(module.shiftHue(bytes, by)))",
        [flat, shifts],
    )
    for shift, answer in zip(shifts, answers, strict=True):
        theirs = 255 * V.adjust_hue(pixels.double() / 255, shift)
        mine = numbers(answer).view(12, 12, 4).movedim(-1, 0)
        assert (mine[:3] - theirs).abs().max() < 0.501
        assert (mine[3] == 255).all()


@pytest.mark.parametrize("kind", KINDS)
def test_the_tight_box_is_the_one_around_what_is_left(kind):
    # Of an outline that the picture's edge cuts, the box of the part inside.
    for strength in range(0, 101, 10):
        demo = AugmentPanel(kind=kind, strength=strength)
        for name, box in zip(OUTLINES, demo.tight, strict=True):
            corners = move_points(outline(name), demo.move)
            shares = torch.linspace(0, 1, 1001).double()[:, None, None]
            points = (corners + (corners.roll(-1, 0) - corners) * shares).flatten(0, 1)
            inside = points[((points >= 0) & (points <= SIDE)).all(1)]
            left = torch.cat([inside.amin(0), inside.amax(0)])
            assert torch.allclose(box, left, atol=0.2)
