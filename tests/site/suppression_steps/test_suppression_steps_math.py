"""Steps of suppression in the browser, against torchvision and the Python side."""

import pytest
import torch
import torchvision

from utils.boxes.overlap import iou
from utils.repro import seeded
from utils.widgets.suppression_steps import SuppressionSteps
from utils.widgets.suppression_steps.crowd import crowd


def drawn(seed):
    """Up to twelve boxes by falling score, every third time on whole numbers: ties, no area."""
    generator = seeded(seed)
    count = int(torch.randint(0, 13, (1,), generator=generator))
    corner, size = torch.rand(2, count, 2, generator=generator, dtype=torch.float64) * 6
    scores = torch.rand(count, generator=generator, dtype=torch.float64)
    boxes = torch.cat([corner, corner + size], dim=1)
    if seed % 3 == 0:
        boxes, scores = boxes.round(), (4 * scores).round() / 4
    return boxes, scores.sort(descending=True, stable=True).values


CASES = [(*drawn(seed), (seed % 19 + 1) / 20, seed % 5 / 10) for seed in range(120)]


@pytest.fixture(scope="module")
def found(open_module):
    calls = [
        ("steps", {"boxes": boxes.tolist(), "scores": scores.tolist()}, overlap, least)
        for boxes, scores, overlap, least in CASES
    ]
    return open_module("suppression_steps/math").call_each(calls)


def test_what_is_kept_is_what_torchvision_keeps(found):
    for (boxes, scores, overlap, least), steps in zip(CASES, found, strict=True):
        high = (scores >= least).nonzero()[:, 0]
        kept = high[torchvision.ops.nms(boxes[high], scores[high], overlap)]
        assert [step["kept"] for step in steps] == kept.tolist()


def test_each_other_box_is_removed_once_by_the_first_that_overlaps_it(found):
    for (boxes, scores, overlap, least), steps in zip(CASES, found, strict=True):
        table, kept = iou(boxes, boxes), [step["kept"] for step in steps]
        removed = {index: (step["kept"], u) for step in steps for index, u in step["removed"]}
        assert sorted([*removed, *kept]) == (scores >= least).nonzero()[:, 0].tolist()
        for index, (by, u) in removed.items():
            assert u == pytest.approx(table[by, index].item())
            earlier = [k for k in kept if k < index and table[k, index] > overlap]
            assert by == earlier[0]


def test_fates_follow_the_steps(open_module):
    all_steps = [{"kept": 0, "removed": [[2, 0.7]]}, {"kept": 1, "removed": [[3, 0.8]]}]
    math = open_module("suppression_steps/math")
    none, first, last = math.call_each([("fates", all_steps, step, 5) for step in (0, 1, 2)])
    assert [each["fate"] for each in none] == ["waiting"] * 4 + ["low"]
    assert [each["fate"] for each in first] == ["kept", "waiting", "gone", "waiting", "low"]
    assert [each["isNow"] for each in first] == [True, False, True, False, False]
    assert first[2] == {"fate": "gone", "by": 0, "overlap": 0.7, "isNow": True}
    assert [each["fate"] for each in last] == ["kept", "kept", "gone", "gone", "low"]
    assert [each["isNow"] for each in last] == [False, True, False, True, False]
    assert [each["by"] for each in last] == [0, 1, 0, 1, None]


def test_the_tally_counts_objects_and_boxes_on_nothing(open_module):
    math = open_module("suppression_steps/math")
    (counts,) = math.call_each([("tally", [0, 1, 2, 4], [0, 0, -1, 1, 1], 3)])
    assert counts == {"one": 1, "several": 1, "none": 1, "nothing": 1}


def test_chips_cover_no_other_chip_and_lie_in_their_boxes(open_module):
    boxes, size = crowd().boxes, torch.tensor([6.5, 5.0])
    (places,) = open_module("suppression_steps/math").call_each(
        [("chips", boxes.tolist(), [6.5, 5])]
    )
    places = torch.tensor(places, dtype=torch.float64)
    frames = torch.cat([places, places + size], dim=1)
    assert not iou(frames, frames).triu(1).any()
    assert (frames[:, :2] >= boxes[:, :2]).all()
    assert (frames[:, 2:] <= boxes[:, 2:]).all()


def test_browser_and_python_keep_the_same_boxes_of_the_scene_at_all_settings(open_module):
    scene = SuppressionSteps().scene
    grid = [(overlap / 20, least / 20) for overlap in range(1, 20, 2) for least in (1, 7, 19)]
    calls = [("steps", scene, *setting) for setting in grid]
    found = open_module("suppression_steps/math").call_each(calls)
    for (overlap, least), steps in zip(grid, found, strict=True):
        demo = SuppressionSteps(iou_threshold=overlap, score_threshold=least)
        assert [step["kept"] + 1 for step in steps] == demo.kept.tolist()
