"""How objects are painted: where they stand, what covers what, and the boxes around their ink."""

import torch

from utils.data.painting import LARGEST, paint, sprites_of, tight
from utils.repro import seeded

SIZE = 64


def squares(*sides):
    """White squares of 8×8 pixels, enlarged to the given sides."""
    images = torch.ones(len(sides), 8, 8, dtype=torch.float64)
    return sprites_of(images, torch.tensor(sides, dtype=torch.float64), SIZE)


def test_a_sprite_is_as_large_as_asked_and_its_box_is_tight():
    sprites, boxes = squares(12.0, 20.0, LARGEST * SIZE)
    assert sprites.shape[-1] >= LARGEST * SIZE
    for sprite, (left, top, right, bottom), side in zip(sprites, boxes, (12, 20, 28), strict=True):
        inked = sprite >= 0.45
        middle = (top + bottom) // 2
        assert inked[middle, left:right].all() and inked[top:bottom, middle].all()
        assert not inked[bottom:].any() and not inked[:, right:].any()
        assert 0 <= (right - left) - side <= 3  # its edge fades into a margin


def test_objects_stand_at_their_corners_and_later_ones_cover_earlier_ones():
    sprites, boxes = squares(24.0, 12.0)
    ground = torch.full((1, SIZE, SIZE), 0.2, dtype=torch.float64)
    corners = torch.tensor([[[10, 20], [15, 25]]]) - boxes[None, :, :2]
    light = torch.tensor([[1.0, 1.0]]).double()
    for there in ([True, True], [True, False], [False, True]):
        pixels, instances = paint(ground, sprites[None], corners, light, torch.tensor([there]))
        assert pixels.shape == instances.shape == (1, SIZE, SIZE)
        ids = instances.unique().tolist()
        assert ids == list(range(1 + sum(there)))
        left, top, *_ = tight(instances[0] == ids[-1]).tolist()
        assert (left, top) == ((15, 25) if there[1] else (10, 20))
        assert (pixels[instances > 0] > 0.3).all()
        assert (pixels[instances == 0] < 0.5).all()
    ink = paint(ground, sprites[None], corners, light * 0, torch.tensor([[True, True]]))[0]
    assert abs(ink.max().item() - 0.85) < 1e-9


def test_what_lies_beyond_the_scene_is_cut_off():
    sprites, boxes = squares(20.0)
    ground = torch.zeros(1, SIZE, SIZE, dtype=torch.float64)
    width = boxes[0, 2] - boxes[0, 0]
    corners = (torch.tensor([[[-5, 60]]])) - boxes[None, :, :2]
    instances = paint(
        ground, sprites[None], corners, torch.ones(1, 1).double(), torch.tensor([[True]])
    )[1]
    assert tight(instances[0] == 1).tolist() == [0, 60, width - 5, SIZE]


def test_the_background_stays_where_no_object_is():
    sprites, _ = squares(12.0)
    ground = torch.rand(1, SIZE, SIZE, generator=seeded(0), dtype=torch.float64)
    light, corners = torch.ones(1, 1).double(), torch.zeros(1, 1, 2, dtype=torch.int64)
    pixels, _ = paint(ground, sprites[None], corners, light, torch.tensor([[True]]))
    room = sprites.shape[-1]
    assert torch.equal(pixels[:, room:], ground[:, room:])
    assert not torch.equal(pixels, ground)
    none = paint(ground, sprites[None], corners, light, torch.tensor([[False]]))
    assert torch.equal(none[0], ground) and not none[1].any()


def test_a_tight_box_around_nothing_has_no_area():
    masks = torch.zeros(2, 5, 7, dtype=torch.bool)
    masks[1, 2, 3] = True
    boxes = tight(masks)
    assert boxes[1].tolist() == [3, 2, 4, 3]
    assert (boxes[0, 2:] <= boxes[0, :2]).all()
