import pytest
import torch

from utils.boxes.overlap import iou
from utils.data.scenes import load_scenes
from utils.detection.grid import boxes_of, cell_corners, grid_targets, owners, records_of


def by_loop(boxes, classes, size, side, num_classes, copies):
    target = torch.zeros(len(boxes), side, side, 5 * copies + num_classes)
    for scene, (corners, names) in enumerate(zip(boxes, classes, strict=True)):
        for (x1, y1, x2, y2), name in zip(corners.tolist(), names.tolist(), strict=True):
            x, y = (x1 + x2) / 2 * side / size, (y1 + y2) / 2 * side / size
            column, row = (min(max(int(v // 1), 0), side - 1) for v in (x, y))
            if name < 0 or target[scene, row, column, 4] == 1:
                continue
            five = [x - column, y - row, (x2 - x1) / size, (y2 - y1) / size, 1]
            target[scene, row, column, : 5 * copies] = torch.tensor(five * copies)
            target[scene, row, column, 5 * copies + name] = 1
    return target


def at(*centres, side=10.0):
    middle = torch.tensor(centres)
    return torch.cat([middle - side / 2, middle + side / 2], dim=-1)[None]


@pytest.mark.parametrize("side", [1, 2, 3, 4, 8, 16])
@pytest.mark.parametrize("copies", [1, 2])
def test_targets_are_those_of_a_loop(side, copies):
    boxes, classes = load_scenes(60, objects=(0, 9), seed=side).padded()
    settings = {"size": 64, "side": side, "num_classes": 10, "copies": copies}
    made = grid_targets(boxes, classes, **settings)
    assert torch.equal(made, by_loop(boxes, classes, *settings.values()))
    kept = owners(boxes, classes, size=64, side=side).kept
    assert made[..., 4].sum() == kept.sum()
    assert (kept.sum() < (classes >= 0).sum()) == (side < 16) or side == 8


@pytest.mark.parametrize(
    ("centre", "cell", "place"),
    [
        ((0.0, 0.0), (0, 0), (0.0, 0.0)),
        ((16.0, 31.999), (1, 1), (0.0, 1.0)),
        ((16.0, 32.0), (1, 2), (0.0, 0.0)),
        ((64.0, 63.0), (3, 3), (1.0, 0.9375)),
        ((70.0, -4.0), (3, 0), (1.375, -0.25)),
    ],
)
def test_a_centre_on_a_line_and_at_the_edges(centre, cell, place):
    found = owners(at(centre), torch.tensor([[0]]), size=64, side=4)
    assert found.cell.flatten().tolist() == list(cell)
    torch.testing.assert_close(found.place.flatten(), torch.tensor(place), atol=1e-4, rtol=0)


def test_the_first_of_a_cell_is_kept_and_padding_takes_none():
    boxes = at((5.0, 5.0), (20.0, 5.0), (6.0, 6.0), (7.0, 7.0))
    kept = owners(boxes, torch.tensor([[1, 2, 3, 4]]), size=64, side=4).kept
    assert kept.tolist() == [[True, True, False, False]]
    kept = owners(boxes, torch.tensor([[-1, 2, 3, -1]]), size=64, side=4).kept
    assert kept.tolist() == [[False, True, True, False]]


def test_no_object_gives_zeros():
    target = grid_targets(
        torch.zeros(2, 0, 4), torch.zeros(2, 0).long(), size=64, side=4, num_classes=3
    )
    assert target.shape == (2, 4, 4, 8) and not target.any()


def test_boxes_of_undoes_the_targets():
    boxes, classes = load_scenes(20, objects=(1, 4)).padded()
    target = grid_targets(boxes, classes, size=64, side=8, num_classes=10)
    back = boxes_of(target[..., :2], target[..., 2:4], size=64)
    _, _, kept = owners(boxes, classes, size=64, side=8)
    for scene in range(20):
        mine = back[scene][target[scene, ..., 4] == 1]
        overlaps = iou(mine, boxes[scene][kept[scene]])
        torch.testing.assert_close(overlaps.amax(0), torch.ones(len(mine)))
    assert cell_corners(3)[2, 1].tolist() == [1, 2]


def test_records_leave_out_small_scores_and_twins_of_a_class():
    boxes = torch.tensor([[[0.0, 0, 10, 10], [0, 0, 10, 9], [30, 30, 40, 40]]])
    scores = torch.tensor([[[0.9, 0.0], [0.8, 0.3], [0.01, 0.7]]])
    (found,) = records_of(boxes, scores)
    assert found["labels"].tolist() == [0, 1, 1]
    torch.testing.assert_close(found["scores"], torch.tensor([0.9, 0.7, 0.3]))
    (found,) = records_of(boxes, scores, iou_threshold=0.95, least=0.5)
    assert found["boxes"].tolist() == boxes[0, [0, 1, 2]].tolist()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"boxes": torch.zeros(2, 4)}, "padded"),
        ({"classes": torch.zeros(1, 3).long()}, "padded"),
        ({"boxes": torch.zeros(1, 2, 4).long()}, "floating"),
        ({"classes": torch.tensor([[0, 5]])}, "num_classes - 1 = 2"),
        ({"side": 0}, "positive"),
        ({"copies": 0}, "one copy"),
    ],
)
def test_refused(change, message):
    given = {"boxes": torch.zeros(1, 2, 4), "classes": torch.tensor([[0, -1]]), "side": 4}
    with pytest.raises((TypeError, ValueError), match=message):
        grid_targets(**{**given, "size": 64, "num_classes": 3, **change})
