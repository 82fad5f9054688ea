"""The scores of boxes and their losses, against torchvision, d2l and exact fractions.

Differences that are wanted: torchvision's integers wrap, its scores of two boxes without area are
NaN, and it adds 1e-7 to areas, squared diagonals and the weight of CIoU. The book refuses
integers, counts 0/0 as 0, and adds nothing.
"""

import pytest
import torch
from torchvision import ops

from utils.boxes import overlap
from utils.cases.box_pairs import box_pairs, box_sets
from utils.checks import agree, assert_same

ALL = {
    overlap.iou: ops.box_iou,
    overlap.giou: ops.generalized_box_iou,
    overlap.diou: ops.distance_box_iou,
    overlap.ciou: ops.complete_box_iou,
}
LOSSES = {
    overlap.giou_loss: ops.generalized_box_iou_loss,
    overlap.diou_loss: ops.distance_box_iou_loss,
    overlap.ciou_loss: ops.complete_box_iou_loss,
}
OVER = list(ALL) + [overlap.iou_loss, *LOSSES]


def draw(count, *, whole=False, dtype=torch.float64, seed=0):
    """Boxes in a picture of 100 pixels; whole numbers meet at edges and corners."""
    generator = torch.Generator().manual_seed(seed)
    corner, sides = 60 * torch.rand(2, count, 2, generator=generator, dtype=torch.float64)
    if whole:
        corner, sides = (corner / 6).floor(), (sides / 6).floor()  # sides of 0 as well
    return torch.cat([corner, corner + sides], 1).to(dtype)


@pytest.mark.parametrize("ours", ALL)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_forty_thousand_random_pairs_are_as_in_torchvision(ours, dtype):
    one, other = draw(200, dtype=dtype), draw(200, dtype=dtype, seed=1)
    # torchvision adds 1e-7 to the squared diagonal and to the weight of CIoU.
    assert_same(ours(one, other), ALL[ours](one, other), atol=1e-5)


@pytest.mark.parametrize("ours", ALL)
def test_whole_boxes_that_touch_or_have_no_area_are_as_in_torchvision_where_it_is_finite(ours):
    one, other = draw(200, whole=True), draw(200, whole=True, seed=1)
    theirs = ALL[ours](one, other)
    defined = theirs.isfinite()
    found = ours(one, other)
    assert found.isfinite().all()
    assert_same(found[defined], theirs[defined], atol=1e-6)
    both_flat = (ops.box_area(one)[:, None] + ops.box_area(other)) == 0
    assert (overlap.iou(one, other)[both_flat] == 0).all() and both_flat.any()
    if ours is not overlap.ciou:  # torchvision's needs width over height of a point
        assert torch.equal(defined, ~both_flat)


@pytest.mark.parametrize("ours", LOSSES)
def test_losses_and_their_gradients_are_as_in_torchvision(ours, capsys):
    is_plain = ours is not overlap.ciou_loss
    agree(ours, LOSSES[ours], box_pairs(flat=is_plain), atol=None if is_plain else 1e-6)
    one, other = draw(10_000).requires_grad_(), draw(10_000, seed=1).requires_grad_()
    mine = torch.autograd.grad(ours(one, other).sum(), (one, other))
    theirs = torch.autograd.grad(LOSSES[ours](one, other).sum(), (one, other))
    assert_same(ours(one, other), LOSSES[ours](one, other), atol=1e-6)
    # Below a side of a pixel their 1e-7 shows in the gradients.
    large = ((one[:, 2:] - one[:, :2]).amin(1) > 1) & ((other[:, 2:] - other[:, :2]).amin(1) > 1)
    for left, right in zip(mine, theirs, strict=True):
        assert_same(left[large], right[large], atol=1e-5)
    assert large.sum() > 9000


@pytest.mark.parametrize("ours", ALL)
def test_gradients_of_all_pairs_are_as_in_torchvision(ours):
    sets = [(a[:4], b[:4]) for a, b in box_sets()] if ours is overlap.ciou else box_sets()
    atol = 1e-6 if ours is overlap.ciou else None
    agree(ours, ALL[ours], sets, atol=atol)
    touching = [(a, b[:4]) for a, b in box_sets(touching=True)]
    agree(ours, ALL[ours], touching, gradients=False, atol=atol)


@pytest.mark.parametrize("loss", [overlap.iou_loss, *LOSSES])
def test_gradients_are_finite_whatever_has_no_area(loss):
    values = draw(3000, whole=True) // 3
    one, other = values.clone().requires_grad_(), values.roll(1, 0).requires_grad_()
    assert (ops.box_area(one) == 0).sum() > 500
    for slope in torch.autograd.grad(loss(one, other).sum(), (one, other)):
        assert slope.isfinite().all() and slope.abs().max() < 1e6


def test_torchvision_has_no_gradient_for_a_box_without_height():
    flat = torch.tensor([[0.0, 1, 2, 1]], requires_grad=True)
    truth = torch.tensor([[0.0, 0, 2, 2]])
    for loss, is_finite in ((ops.complete_box_iou_loss, False), (overlap.ciou_loss, True)):
        (slope,) = torch.autograd.grad(loss(flat, truth).sum(), flat)
        assert slope.isfinite().all() == is_finite


def test_a_tiny_box_is_itself():
    tiny = torch.tensor([[0.5, 0.5, 0.501, 0.501]], dtype=torch.float64)
    for loss in (overlap.iou_loss, *LOSSES):
        assert loss(tiny, tiny).item() == pytest.approx(0, abs=1e-12)
    assert ops.generalized_box_iou_loss(tiny, tiny).item() > 0.05


def test_iou_of_whole_boxes_is_the_share_of_pixels():
    one, other = draw(40, whole=True), draw(40, whole=True, seed=2)

    def pixels(boxes):
        place = torch.arange(20)[:, None]
        x, y = ((boxes[:, axis] <= place) & (place < boxes[:, axis + 2]) for axis in (0, 1))
        return (y.T[:, :, None] & x.T[:, None]).flatten(1)

    a, b = pixels(one)[:, None], pixels(other)
    covered = (a | b).sum(-1)
    assert_same(overlap.iou(one, other), (a & b).sum(-1).double() / covered.clamp(min=1))


def test_d2l_finds_the_same_iou():
    d2l = pytest.importorskip("d2l.torch")
    one, other = draw(100, dtype=torch.float32), draw(100, dtype=torch.float32, seed=1)
    assert_same(overlap.iou(one, other), d2l.box_iou(one, other))


@pytest.mark.parametrize("ours", OVER)
def test_empty_sets_batches_and_half_precision(ours):
    none, some = torch.zeros(0, 4), draw(3, dtype=torch.float32)
    if ours in ALL:
        assert ours(none, some).shape == (0, 3) and ours(some, none).shape == (3, 0)
        many = torch.stack([some, some + 1])
        assert_same(ours(many, many[:, :2])[1], ours(many[1], many[1, :2]))
    else:
        assert ours(none, none).shape == (0,)
        assert ours(some[None], some[None]).shape == (1, 3)
    for dtype in (torch.float16, torch.bfloat16):
        found = ours(some.to(dtype), some.to(dtype))
        assert found.dtype == torch.float32 and found.isfinite().all()
    long = torch.tensor([[0.0, 0, 60_000, 60_000]]).half()  # its area is beyond float16
    assert ours(long, long).item() == (1 if ours in ALL else 0)


@pytest.mark.parametrize("ours", [*OVER, lambda one, _: overlap.area(one)])
def test_what_is_no_set_of_boxes_is_refused(ours):
    good = torch.zeros(2, 4)
    for bad, error, words in (
        (torch.zeros(2, 4, dtype=torch.uint8), TypeError, "call .float"),
        ([[0, 0, 1, 1]], TypeError, "must be a tensor, got list"),
        (torch.zeros(2, 5), ValueError, r"four numbers a row.*\(2, 5\)"),
        (torch.zeros(0), ValueError, r"four numbers a row.*\(0, 4\)"),
        (torch.tensor(1.0), ValueError, "four numbers a row"),
    ):
        with pytest.raises(error, match=words):
            ours(bad, good)
    if ours in ALL:
        with pytest.raises(ValueError, match=r"shape \(n, 4\), got \(4,\)"):
            ours(torch.zeros(4), good)


def test_integers_wrap_in_torchvision():
    far = torch.tensor([[0, 0, 4, 4]], dtype=torch.uint8), torch.tensor([[9, 9, 12, 12]]).byte()
    assert ops.box_iou(*far).item() < 0
    assert overlap.iou(*(boxes.float() for boxes in far)).item() == 0


def test_area_has_a_gradient_and_any_shape():
    boxes = draw(6).view(2, 3, 4).requires_grad_()
    assert_same(overlap.area(boxes), ops.box_area(boxes.view(-1, 4)).view(2, 3))
    (slope,) = torch.autograd.grad(overlap.area(boxes).sum(), boxes)
    sides = (boxes[..., 2:] - boxes[..., :2]).detach()
    assert_same(slope, torch.cat([-sides.flip(-1), sides.flip(-1)], -1))
