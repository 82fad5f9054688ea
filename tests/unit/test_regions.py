"""RoI pooling and RoI align, against torchvision."""

import pytest
import torch
from torchvision import ops

from utils import cases
from utils.boxes.regions import half_away, roi_align, roi_pool
from utils.checks import agree

ALIGN = [(ratio, aligned) for ratio in (-1, 0, 1, 2, 3) for aligned in (False, True)]


def crowd(count, seed, dtype):
    """Maps of 9 by 13 cells, and boxes around and beyond them, many on whole and half cells."""
    draw = torch.Generator().manual_seed(seed)

    def rand(*shape):
        return torch.rand(shape, generator=draw, dtype=torch.float64)

    maps = rand(3, 2, 9, 13) - 0.5
    corners = rand(count, 4) * torch.tensor([60.0, 45, 60, 45]) - torch.tensor([8.0, 6, 8, 6])
    corners[::4] = corners[::4].round()
    corners[1::4] = (corners[1::4] / 2).round() * 2  # halves of cells
    number = torch.randint(3, (count, 1), generator=draw).double()
    return maps.to(dtype), torch.cat([number, corners], dim=1).to(dtype)


def ordered(boxes):
    first, last = boxes[:, 1:3], boxes[:, 3:]
    return torch.cat([boxes[:, :1], torch.minimum(first, last), torch.maximum(first, last)], 1)


def with_gradients(function, maps, *arguments):
    maps = maps.clone().requires_grad_()
    found = function(maps, *arguments)
    draw = torch.Generator().manual_seed(7)
    upstream = torch.randn(found.shape, generator=draw, dtype=torch.float64).to(found.dtype)
    return found.detach(), torch.autograd.grad(found, maps, upstream)[0]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 2), (7, 7)])
def test_pooling_of_ten_thousand_regions_is_that_of_torchvision(size, dtype):
    maps, boxes = crowd(2500, sum(size), dtype)
    mine, slope = with_gradients(roi_pool, maps, boxes, size, 0.25)
    theirs, wanted = with_gradients(ops.roi_pool, maps, boxes, size, 0.25)
    assert torch.equal(mine, theirs)
    torch.testing.assert_close(slope, wanted, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("ratio, aligned", ALIGN)
def test_aligning_of_ten_thousand_regions_is_that_of_torchvision(ratio, aligned, dtype):
    for size in ((2, 2), (3, 5)):
        maps, boxes = crowd(1000, ratio + 2 * aligned + size[1] + 1, dtype)
        if aligned and ratio <= 0:
            boxes = ordered(boxes)
        arguments = boxes, size, 0.25, ratio, aligned
        mine, slope = with_gradients(roi_align, maps, *arguments)
        theirs, wanted = with_gradients(ops.roi_align, maps, *arguments)
        tolerance = 1e-4 if dtype == torch.float32 else 1e-12
        torch.testing.assert_close(mine, theirs, rtol=tolerance, atol=tolerance)
        torch.testing.assert_close(slope, wanted, rtol=tolerance, atol=20 * tolerance)


def test_they_agree_on_the_edge_cases():
    agree(roi_pool, ops.roi_pool, cases.regions(backwards=True, device="cpu"))
    for ratio, aligned in ALIGN:
        settings = {"sampling_ratio": ratio, "aligned": aligned}
        edges = cases.regions(device="cpu", backwards=not aligned, **settings)
        agree(roi_align, ops.roi_align, edges)


def test_of_equal_maxima_the_first_gets_the_gradient():
    maps, whole = torch.ones(1, 1, 4, 4), torch.tensor([[0.0, 0, 0, 3, 3]])
    _, slope = with_gradients(roi_pool, maps, whole, (2, 2))
    _, wanted = with_gradients(ops.roi_pool, maps, whole, (2, 2))
    assert torch.equal(slope, wanted) and slope.count_nonzero() == 4


def test_a_backward_box_is_nothing_where_torchvision_stops():
    box = torch.tensor([[0.0, 3, 3, 1, 1]])
    assert not roi_align(torch.ones(1, 1, 4, 4), box, (2, 2), 1, -1, True).any()


def test_no_gradient_flows_to_the_boxes():
    maps, box = torch.rand(1, 1, 4, 4, requires_grad=True), torch.tensor([[0.0, 0, 0, 3, 3]])
    for function in (roi_pool, roi_align):
        box.grad = None
        function(maps, box.requires_grad_(), (2, 2)).sum().backward()
        assert box.grad is None


def test_halves_are_rounded_away_from_zero():
    halves = torch.tensor([0.5, 1.5, -0.5, -2.5, 0.49999997, 2.4999998, -0.2])
    assert half_away(halves).tolist() == [1, 2, -1, -3, 0, 2, 0]


MAPS, BOXES = torch.zeros(2, 1, 4, 4), torch.zeros(3, 5)


@pytest.mark.parametrize(
    "bad",
    [
        (MAPS[0], BOXES, (2, 2)),
        (MAPS.long(), BOXES, (2, 2)),
        (MAPS[:0], BOXES, (2, 2)),
        (MAPS, BOXES[:, 1:], (2, 2)),
        (MAPS, BOXES.double(), (2, 2)),
        (MAPS, BOXES, (0, 2)),
        (MAPS, BOXES, (2, 2, 2)),
        (MAPS, BOXES, (2, 2), 0),
        (MAPS, BOXES + 2, (2, 2)),
        (MAPS, BOXES - 1, (2, 2)),
        (MAPS, BOXES * torch.nan, (2, 2)),
    ],
)
def test_what_has_no_answer_is_refused(bad):
    for function in (roi_pool, roi_align):
        with pytest.raises(ValueError, match="must be|holds NaN|names an image"):
            function(*bad)
