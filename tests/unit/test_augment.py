"""Moves of images with their boxes, points and masks, against torchvision."""

import pytest
import torch
from torchvision import tv_tensors
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import functional as V

from utils.augment import (
    affine,
    bend,
    crop,
    flip,
    move_boxes,
    move_points,
    random_moves,
    warp,
)
from utils.checks import assert_same

SIZE = 9, 13
DOUBLE = torch.float64
SETTINGS = [
    {"angle": 20.0, "translate": [0, 0], "scale": 1.0, "shear": [0.0, 0.0]},
    {"angle": 0.0, "translate": [0, 0], "scale": 1.0, "shear": [25.0, 0.0]},
    {"angle": -130.0, "translate": [2, -1], "scale": 1.3, "shear": [10.0, 0.0]},
    {"angle": 77.0, "translate": [-3, 2], "scale": 0.6, "shear": [-15.0, 0.0]},
    {"angle": 0.0, "translate": [0, 0], "scale": 1.0, "shear": [0.0, 0.0]},
]


def random(seed=0):
    return torch.Generator().manual_seed(seed)


def move_of(setting):
    angle, shear = setting["angle"], setting["shear"][0]
    parts = {"zoom": setting["scale"], "shift": tuple(setting["translate"])}
    return affine(SIZE, turn=angle, shear=shear, **parts)


def some_boxes(count=50):
    low, high = torch.rand(2, count, 2, generator=random(), dtype=DOUBLE).sort(0).values
    sides = torch.tensor([SIZE[1], SIZE[0]])
    return torch.cat([low * sides, high * sides], 1)


@pytest.mark.parametrize("dtype", [torch.float32, DOUBLE])
def test_images_move_as_in_torchvision(dtype):
    images = torch.rand(2, 3, *SIZE, generator=random(), dtype=dtype)
    for setting in SETTINGS:
        theirs = V.affine(images, **setting, interpolation=InterpolationMode.BILINEAR)
        assert_same(warp(images, move_of(setting)), theirs, atol=1e-5)


def test_boxes_and_masks_move_as_in_torchvision():
    boxes = some_boxes()
    masks = torch.randint(0, 11, (3, *SIZE), generator=random())
    for setting in SETTINGS:
        labelled = tv_tensors.BoundingBoxes(boxes, format="XYXY", canvas_size=SIZE)
        theirs = V.affine(labelled, **setting).as_subclass(torch.Tensor)
        assert_same(move_boxes(boxes, move_of(setting), size=SIZE), theirs)
        moved = warp(masks, move_of(setting), nearest=True)
        assert moved.dtype == torch.int64
        theirs = V.affine(tv_tensors.Mask(masks), **setting).as_subclass(torch.Tensor)
        assert (moved != theirs).sum() <= 2  # where a pixel's place is a tie


def test_a_flip_and_a_crop_are_those_of_torchvision():
    images = torch.rand(2, 3, *SIZE, generator=random(), dtype=DOUBLE)
    assert_same(warp(images, flip(SIZE)), images.flip(-1))
    boxes = some_boxes()
    labelled = tv_tensors.BoundingBoxes(boxes, format="XYXY", canvas_size=SIZE)
    assert_same(
        move_boxes(boxes, flip(SIZE)), V.horizontal_flip(labelled).as_subclass(torch.Tensor)
    )
    move = crop((2, 1, 8, 7), (6, 6))
    assert_same(warp(images, move, size=(6, 6)), images[..., 1:7, 2:8])
    theirs = V.resized_crop(labelled, 1, 2, 6, 6, [12, 9]).as_subclass(torch.Tensor)
    assert_same(move_boxes(boxes, crop((2, 1, 8, 7), (12, 9)), size=(12, 9)), theirs)


def test_gradients_flow_into_images_points_and_boxes():
    move = affine((5, 6), turn=15, zoom=0.9)
    images = torch.rand(1, 2, 5, 6, dtype=DOUBLE, generator=random()).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: warp(x, move), images)
    boxes = some_boxes(3).requires_grad_()
    assert torch.autograd.gradcheck(lambda b: move_boxes(b, move), boxes)


def test_a_batch_of_moves_moves_each_by_its_own():
    moves = random_moves(
        4, SIZE, turn=20, shear=9, zoom=0.2, shift=0.1, flips=0.5, generator=random()
    )
    images = torch.rand(4, 2, *SIZE, generator=random(), dtype=DOUBLE)
    boxes = some_boxes(12).view(4, 3, 4)
    alone = [warp(image[None], move) for image, move in zip(images, moves, strict=True)]
    assert_same(warp(images, moves), torch.cat(alone))
    alone = [move_boxes(box, move) for box, move in zip(boxes, moves, strict=True)]
    assert_same(move_boxes(boxes, moves), torch.stack(alone))


def test_random_moves_keep_to_what_was_asked():
    settings = {"turn": 20.0, "zoom": 0.1, "shift": 0.1, "flips": 0.25}
    moves = random_moves(4000, SIZE, generator=random(), **settings)
    again = random_moves(4000, SIZE, generator=random(), **settings)
    assert torch.equal(moves, again)
    area = moves[:, :2, :2].det()
    assert abs((area < 0).double().mean() - 0.25) < 0.03
    assert 0.9 <= area.abs().sqrt().min() < 0.91 and 1.09 < area.abs().sqrt().max() <= 1.1
    angle = torch.atan2(moves[:, 1, 0].abs(), moves[:, 1, 1]).rad2deg()
    assert 19.5 < angle.max() <= 20.001
    centre = torch.tensor([[SIZE[1] / 2, SIZE[0] / 2]], dtype=DOUBLE)
    away = (move_points(centre, moves) - centre)[:, 0].abs().amax(0)
    assert 1.25 < away[0] <= 1.3001 and 0.85 < away[1] <= 0.9001
    still = random_moves(3, SIZE, generator=random())
    assert_same(still, torch.eye(3, dtype=DOUBLE).expand(3, 3, 3))


def test_order_of_moves_is_that_of_a_product():
    point = torch.tensor([[2.0, 3.0]], dtype=DOUBLE)
    turn, mirror = affine(SIZE, turn=30), flip(SIZE)
    stepwise = move_points(move_points(point, mirror), turn)
    assert_same(move_points(point, turn @ mirror), stepwise)


def test_no_boxes_stay_no_boxes_in_each_dtype():
    for dtype in (torch.float16, torch.float32, DOUBLE):
        moved = move_boxes(torch.zeros(0, 4, dtype=dtype), affine(SIZE, turn=9), size=SIZE)
        assert moved.shape == (0, 4) and moved.dtype == dtype
    assert move_boxes(torch.zeros(2, 0, 4), affine(SIZE, turn=9)).shape == (2, 0, 4)


def test_a_bend_is_smooth_differs_and_is_nothing_at_amount_0():
    images = torch.rand(6, 1, 12, 12, generator=random())
    assert_same(bend(images, 0.0, generator=random()), images, atol=1e-4)
    ramp = torch.linspace(0, 1, 40).expand(5, 1, 40, 40).contiguous()
    bent = bend(ramp, 0.05, generator=random())
    middle = bent[..., 10:30, 10:30]
    assert (middle - ramp[..., 10:30, 10:30]).abs().max() > 0.005
    assert middle.diff(dim=-2).abs().max() < 0.05  # neighbours move alike
    assert not torch.equal(bent[0], bent[1])


def test_what_cannot_be_moved_is_refused():
    with pytest.raises(ValueError, match="nearest=True"):
        warp(torch.zeros(1, 4, 4), flip((4, 4)))
    with pytest.raises(ValueError, match="nearest=True"):
        warp(torch.zeros(1, 1, 4, 4, dtype=torch.int64), flip((4, 4)))
    with pytest.raises(ValueError, match="left < right"):
        crop((3, 0, 3, 4), (4, 4))
    with pytest.raises(ValueError, match="make them floats"):
        move_boxes(torch.tensor([[0, 0, 1, 1]]), flip((4, 4)))
