import pytest
import torch
from metrics_cases import drawn
from torchvision.ops import box_iou

from utils.checks import assert_same
from utils.metrics.matching import COCO_THRESHOLDS, match, overlaps
from utils.metrics.mean_average_precision import mean_average_precision
from utils.metrics.reference import by_pycocotools, by_torchmetrics


def test_ten_thousand_detections_are_matched_as_in_pycocotools():
    detections, truths = drawn(2, 40, 50)
    found = 0
    for part in by_pycocotools(detections, truths).evalImgs:
        if part is None or not part["dtIds"]:
            continue
        image, label = part["image_id"], part["category_id"]
        record, truth = detections[image], truths[image]
        ours, theirs = record["labels"] == label, truth["labels"] == label
        order = record["scores"][ours].argsort(descending=True, stable=True)
        boxes, crowd = truth["boxes"][theirs], truth["iscrowd"][theirs].bool()
        overlap = overlaps(record["boxes"][ours][order], boxes, crowd)
        taken = match(overlap, crowd=crowd)
        first = 1 + sum(len(each["boxes"]) for each in truths[:image])
        ids = first + theirs.nonzero()[:, 0]
        wanted = torch.from_numpy(part["dtMatches"]).long()
        named = torch.cat([ids, torch.zeros(1, dtype=torch.int64)])[taken]
        assert torch.equal(named, wanted), part
        found += wanted.numel()
    assert found > 10_000


def test_overlaps_are_torchvisions_and_a_crowd_is_covered():
    random = torch.Generator().manual_seed(0)
    one, two = (torch.rand(100, 2, 2, generator=random).double() for _ in range(2))
    one, two = (torch.cat([x.amin(1), x.amax(1)], 1) for x in (one, two))
    assert_same(overlaps(one, two), box_iou(one, two))
    boxes = torch.tensor([[0.0, 0, 2, 2], [3, 3, 3, 3], [0, 2, 9, 9]])
    real = torch.tensor([[0.0, 0, 100, 1], [0, 0, 2, 1]])
    covered = overlaps(boxes, real, torch.tensor([True, False]))
    assert covered.tolist() == [[0.5, 0.5], [0, 0], [0, 0]]


def test_each_detection_takes_the_best_that_is_free():
    table = torch.tensor([[0.8, 0.7], [0.9, 0.6], [0.95, 0.9]])
    assert match(table, 0.5).tolist() == [0, 1, -1]
    assert match(table, [0.5, 0.65, 0.85]).tolist() == [[0, 1, -1], [0, -1, 1], [-1, 0, 1]]


def test_of_equal_overlaps_the_last_is_taken_and_a_threshold_is_reached_by_itself():
    table = torch.tensor([[0.5, 0.5, 0.4]], dtype=torch.float64)
    assert match(table, 0.5).tolist() == [1]
    assert match(table, 0.5000001).tolist() == [-1]
    assert match(torch.tensor([[1 - 1e-11]], dtype=torch.float64), 1.0).tolist() == [0]


def test_ignored_objects_are_the_second_choice_and_crowds_serve_again():
    table = torch.tensor([[0.6, 0.9], [0.6, 0.9], [0.6, 0.9]])
    last = torch.tensor([False, True])
    assert match(table, 0.5, ignored=last).tolist() == [0, 1, -1]
    assert match(table, 0.5, crowd=last).tolist() == [0, 1, 1]


def test_a_batch_is_matched_as_one_by_one():
    random = torch.Generator().manual_seed(0)
    table = torch.randint(-1, 11, (50, 6, 4), generator=random) / 10
    crowd = torch.rand(50, 4, generator=random) < 0.2
    whole = match(table, [0.3, 0.5], crowd=crowd)
    for overlap, flags, found in zip(table, crowd, whole, strict=True):
        assert torch.equal(match(overlap, [0.3, 0.5], crowd=flags), found)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0), (2, 0, 3), (0, 2, 3)])
def test_nothing_is_matched_with_nothing(shape):
    found = match(torch.zeros(shape))
    assert found.shape == (*shape[:-2], len(COCO_THRESHOLDS), shape[-2])
    assert (found == -1).all()


@pytest.mark.parametrize(
    ("table", "threshold", "more", "words"),
    [
        (torch.zeros(2, 2), 0, {}, "above 0 and at most 1"),
        (torch.zeros(2, 2), [0.5, 1.1], {}, "above 0 and at most 1"),
        (torch.zeros(2, 2), torch.nan, {}, "above 0 and at most 1"),
        (torch.zeros(2), 0.5, {}, "detections, objects"),
        (torch.zeros(2, 3), 0.5, {"crowd": torch.zeros(2)}, "crowd must have the shape"),
        (torch.zeros(2, 3), 0.5, {"ignored": torch.zeros(2)}, "ignored must have the shape"),
    ],
)
def test_bad_input_is_refused(table, threshold, more, words):
    with pytest.raises(ValueError, match=words):
        match(table, threshold, **more)


def one_image(real, seen):
    def record(box):
        return {"boxes": torch.tensor([box]), "labels": torch.tensor([0])}

    return [{**record(seen), "scores": torch.tensor([0.9])}], [record(real)]


def test_the_differences_of_the_libraries():
    """At IoU 0.8 the threshold of torchmetrics, 32 bits wide, is not reached."""
    case = one_image([0.0, 0, 10, 10], [0.0, 0, 10, 8])
    assert mean_average_precision(*case).mean == pytest.approx(0.7)
    assert by_pycocotools(*case).eval["precision"].mean() == pytest.approx(0.7)
    assert by_torchmetrics(*case)["map"].item() == pytest.approx(0.6)
    # An annotation with the number 0 is taken and not counted.
    assert by_pycocotools(*case, first=0).eval["precision"].mean() == 0
    # With another largest number of detections the headline is -1.
    few = by_torchmetrics(*case, max_detection_thresholds=[1, 10, 50])
    assert few["map"].item() == -1
    assert few["map_50"].item() == pytest.approx(1)
