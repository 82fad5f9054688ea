"""The Python side of the digit finder: what it opens with, its story, its task, its limits."""

import pytest
import torch
import traitlets

from utils.boxes.overlap import iou
from utils.data.images import load_images
from utils.widgets.digit_finder import OPENING, DigitFinder
from utils.widgets.digit_finder.table import COUNT, LEAST, MOST, SIZE, extent, shelf

CROWDED = [[9, 26, 31, 14], [6, 25, 38, 24]]


def fates(demo):
    """For each object, the class of the best report on it, or None."""
    hits = iou(demo.boxes, demo.record["boxes"]) >= 0.5
    labels = demo.record["labels"]
    return [labels[row][0].item() if row.any() else None for row in hits]


def test_it_opens_with_three_digits_of_which_one_is_taken_for_another():
    demo = DigitFinder()
    assert fates(demo) == [9, 0, 9]
    assert [row[0] for row in demo.objects] == [7, 0, 9]
    assert (demo.record["scores"] > 0.6).all()
    assert demo.in_sight.tolist() == [1, 1, 1]


def test_the_story_shows_the_7_found_missed_and_mistaken_and_leaves_the_others_found():
    width, _ = extent(*OPENING[0][:2])
    told = []
    for left in range(SIZE - width + 1):
        demo = DigitFinder(objects=[[7, 15, left, 4], *OPENING[1:]])
        first, *others = fates(demo)
        assert others == [0, 9]  # so the task, which is about large digits, stays open
        told.append(first)
    assert {7, 9, 4, None} <= set(told)
    again = [one == other for one, other in zip(told[16:], told[24:], strict=False)]
    assert sum(again) > 0.8 * len(again)  # a cell further it is much the same
    assert OPENING[0][1] < 20 <= min(row[1] for row in OPENING[1:])


def test_the_task_can_be_solved():
    for left in range(29, 36):
        demo = DigitFinder(objects=[[9, 26, left, 14], CROWDED[1]], ground=1)
        if demo.in_sight[0] >= 0.7 and fates(demo)[0] is None:
            break
    else:
        raise AssertionError("the large 9 is found wherever it stands")


def test_the_digits_on_the_shelf_are_held_out_ones_of_each_class():
    images, labels = load_images("digits").test
    demo = DigitFinder()
    for digit, levels in enumerate(demo.digits):
        first = images[labels == digit][0].flatten()
        assert torch.equal(torch.tensor(levels) / 16, first)
        assert torch.equal(shelf()[digit].flatten(), first.double())
    assert len(demo.digits) == 10 and len(demo.grounds) == 4


def test_what_is_covered_is_out_of_sight():
    demo = DigitFinder(objects=[[0, 24, 20, 20], [0, 24, 20, 20]])
    assert demo.in_sight.tolist() == [0, 1]
    assert (demo.boxes[0, 2:] <= demo.boxes[0, :2]).all()
    apart = DigitFinder(objects=[[1, 12, 0, 0]])
    assert apart.boxes[0].tolist() == [0, 0, *extent(1, 12)]


def test_a_higher_threshold_reports_less_and_suppression_removes():
    counts = [len(DigitFinder(threshold=each).record["scores"]) for each in (0.05, 0.5, 0.95)]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[2]
    alone = {"objects": [[6, 28, 16, 16]], "threshold": 0.05}
    reports = [len(DigitFinder(**alone, suppressed=on).record["scores"]) for on in (True, False)]
    assert reports[0] < reports[1]
    assert DigitFinder(objects=[]).boxes.shape == (0, 4)


@pytest.mark.parametrize(
    "bad",
    [
        {"objects": [[3, 20, 20, 20]] * (COUNT + 1)},
        {"objects": [[10, 20, 20, 20]]},
        {"objects": [[3, LEAST - 1, 20, 20]]},
        {"objects": [[3, MOST + 1, 20, 20]]},
        {"objects": [[3, 20, -1, 20]]},
        {"objects": [[3, 20, 20, SIZE - extent(3, 20)[1] + 1]]},
        {"objects": [[3, 20, 20]]},
        {"objects": [[3, 20.5, 20, 20]]},
        {"objects": 3},
        {"ground": 4},
        {"threshold": 0.04},
        {"chosen": COUNT},
    ],
)
def test_settings_that_do_not_exist_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        DigitFinder(**bad)
