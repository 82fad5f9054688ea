import numpy as np
import pytest
import torch
from metrics_cases import drawn

from utils.checks import assert_same
from utils.metrics.average_precision import marks
from utils.metrics.matching import COCO_THRESHOLDS
from utils.metrics.mean_average_precision import mean_average_precision
from utils.metrics.reference import by_pycocotools, by_torchmetrics, table_of


def assert_tables(found, wanted):
    assert torch.equal(found.isnan(), wanted.isnan())
    assert_same(found.nan_to_num(), wanted.nan_to_num(), rtol=1e-12, atol=1e-12)


@pytest.fixture(scope="module")
def many():
    """300 classes on 10 images: 3,000 groups, each matched at ten thresholds."""
    return drawn(0, 10, 300, most=2)


def test_thirty_thousand_matchings_score_as_in_pycocotools(many):
    wanted = table_of(by_pycocotools(*many))
    found = mean_average_precision(*many)
    assert wanted.std() > 0.1  # there is something to tell apart
    assert_tables(found.table, wanted)
    assert found.mean == pytest.approx(wanted.nanmean().item(), abs=1e-12)


def test_torchmetrics_agrees_if_its_thresholds_are_64_bits_wide():
    detections, truths = drawn(1, 25, 40)
    exact = {"iou_thresholds": list(COCO_THRESHOLDS), "rec_thresholds": marks(101, 1).tolist()}
    told = by_torchmetrics(detections, truths, extended_summary=True, **exact)
    wanted = told["precision"][..., 0, -1].mean(1).T
    found = mean_average_precision(detections, truths)
    assert_tables(found.table, wanted.where(wanted >= 0, torch.nan))
    assert found.mean == pytest.approx(told["map"].item(), abs=1e-6)
    assert found.at(0.5) == pytest.approx(told["map_50"].item(), abs=1e-6)
    assert torch.equal(found.classes, told["classes"].long())


@pytest.mark.parametrize("floats", [False, True])
@pytest.mark.parametrize(
    ("most", "area"), [(1, (0, 1e10)), (2, (0, 30)), (100, (30, 60)), (100, (12, 1e10))]
)
def test_few_detections_and_areas_are_counted_as_in_pycocotools(most, area, floats):
    case = drawn(most, 12, 20, most=9, floats=floats)
    wanted = table_of(by_pycocotools(*case, most=most, area=area))
    found = mean_average_precision(*case, max_detections=most, area_range=area)
    assert_tables(found.table, wanted)


@pytest.mark.parametrize("points", [2, 11, 101])
def test_evenly_spaced_marks_are_those_of_pycocotools(points):
    case = drawn(5, 12, 20)
    wanted = table_of(by_pycocotools(*case, marks=np.linspace(0, 1, points)))
    assert_tables(mean_average_precision(*case, points=points).table, wanted)


def test_one_mark_an_object_in_pycocotools_is_the_area_too():
    detections, truths = drawn(3, 30, 1, crowds=0)
    objects = sum(len(truth["boxes"]) for truth in truths)
    marked = np.arange(1, objects + 1) / objects
    wanted = table_of(by_pycocotools(detections, truths, marks=marked))
    assert_tables(mean_average_precision(detections, truths, points="all").table, wanted)


def record(boxes=(), labels=(), scores=None, **more):
    made = {
        "boxes": torch.tensor(boxes, dtype=torch.float32).reshape(-1, 4),
        "labels": torch.tensor(labels, dtype=torch.int64),
        **more,
    }
    return made if scores is None else {**made, "scores": torch.tensor(scores)}


NONE = record(scores=[])
BOX = [0, 0, 10, 10]


@pytest.mark.parametrize(
    ("detections", "truths", "mean"),
    [
        ([], [], None),
        ([NONE], [record()], None),
        ([record([BOX], [1], [0.5])], [record()], None),
        ([NONE], [record([BOX], [1])], 0),
        ([record([BOX], [1], [0.5])], [record([BOX], [1])], 1),
        ([record([BOX], [2], [0.5])], [record([BOX], [1])], 0),
        ([record([BOX], [1], [0.5]), NONE], [record([BOX], [1]), record([BOX], [1])], 51 / 101),
        ([record([BOX], [1], [0.5]), NONE], [record(), record([BOX], [1])], 0),
        ([record([BOX], [1], [0.5])], [record([[0, 0, 0, 0]], [1])], 0),
        ([record([[3, 3, 3, 3]], [1], [0.5])], [record([[3, 3, 3, 3]], [1])], 0),
        ([record([BOX], [1], [0.5])], [record([BOX], [1], iscrowd=torch.tensor([1]))], None),
    ],
)
def test_degenerate_cases(detections, truths, mean):
    found = mean_average_precision(detections, truths)
    if mean is None:
        assert np.isnan(found.mean)
        assert np.isnan(found.at(0.5))
    else:
        assert found.mean == pytest.approx(mean, abs=1e-12)
    if truths:
        wanted = table_of(by_pycocotools(detections, truths))
        assert_tables(found.table, wanted.reshape(found.table.shape))


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_each_kind_of_number_is_scored(dtype):
    detections = [{**record([BOX], [1]), "scores": torch.tensor([0.5], dtype=dtype)}]
    detections[0]["boxes"] = detections[0]["boxes"].to(dtype).requires_grad_()
    assert mean_average_precision(detections, [record([BOX], [1])]).mean == pytest.approx(1)


def test_crowds_in_some_records_only():
    detections = [record([BOX], [1], [0.5]), record([BOX], [1], [0.4])]
    truths = [record([BOX], [1], iscrowd=torch.tensor([1])), record([BOX], [1])]
    assert mean_average_precision(detections, truths).mean == pytest.approx(1)


GOOD = record([BOX], [1], [0.5])


@pytest.mark.parametrize(
    ("detections", "truths", "settings", "words"),
    [
        ([GOOD], [], {}, "one record an image, got 1 and 0"),
        ([record([BOX], [1])], [GOOD], {}, "detections: the record of image 0 lacks scores"),
        ([GOOD], [{"boxes": torch.zeros(0, 4)}], {}, "truths: the record of image 0 lacks labels"),
        ([{**GOOD, "boxes": torch.zeros(4)}], [GOOD], {}, r"needs boxes \(n, 4\), got \(4,\)"),
        ([{**GOOD, "labels": torch.ones(2)}], [GOOD], {}, "image 0 has 1 boxes and labels"),
        ([record([BOX], [1], [np.nan])], [GOOD], {}, "NaN"),
        ([record([[0, 0, np.inf, 1]], [1], [0.5])], [GOOD], {}, "infinite"),
        ([GOOD], [record([[5, 0, 1, 1]], [1])], {}, "image 0 ends before it begins"),
        ([GOOD], [GOOD], {"max_detections": 0}, "max_detections must be 1 or more"),
        ([GOOD], [GOOD], {"points": 1}, "from 2 on"),
        ([GOOD], [GOOD], {"points": "some"}, 'or "all"'),
        ([GOOD], [GOOD], {"thresholds": [0.5, 0]}, "above 0"),
        ([GOOD], [GOOD], {"thresholds": [1.5]}, "at most 1"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(detections, truths, settings, words):
    with pytest.raises(ValueError, match=words):
        mean_average_precision(detections, truths, **settings)


def test_a_threshold_that_was_not_computed_is_refused():
    found = mean_average_precision([GOOD], [GOOD], thresholds=[0.5, 0.75])
    assert found.at(0.75) == pytest.approx(1)
    with pytest.raises(ValueError, match="none of the thresholds"):
        found.at(0.6)
