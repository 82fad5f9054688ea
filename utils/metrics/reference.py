"""The same scores by pycocotools and by torchmetrics, quietly."""

import contextlib
import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

Records = Sequence[Mapping[str, torch.Tensor]]
EVERYTHING = (0.0, 1e10)  # areas


def annotations(records: Records, first: int = 1) -> list[dict[str, Any]]:
    """Return records as annotations of COCO, numbered from ``first``.

    >>> box = {"boxes": torch.tensor([[1.0, 2, 4, 4]]), "labels": torch.tensor([7])}
    >>> annotations([box])[0]["bbox"]
    [1.0, 2.0, 3.0, 2.0]
    """
    rows = []
    for image, record in enumerate(records):
        none = torch.zeros(len(record["boxes"]))
        columns = (record["boxes"], record["labels"], record.get("iscrowd", none))
        columns += (record.get("scores", none),)
        for box, label, crowd, score in zip(*(c.tolist() for c in columns), strict=True):
            x, y, right, below = box
            rows.append(
                {
                    "id": len(rows) + first,
                    "image_id": image,
                    "category_id": label,
                    "bbox": [x, y, right - x, below - y],
                    "area": (right - x) * (below - y),
                    "iscrowd": int(crowd),
                    "score": score,
                }
            )
    return rows


def by_pycocotools(
    detections: Records,
    truths: Records,
    *,
    most: int = 100,
    area: tuple[float, float] = EVERYTHING,
    marks: Sequence[float] | None = None,
    thresholds: Sequence[float] | None = None,
    first: int = 1,
) -> COCOeval:
    """Return pycocotools' evaluation of records as ``mean_average_precision`` takes them.

    Args:
        detections: one record an image, boxes as corners.
        truths: the same, without scores.
        most: of an image and class, how many detections count.
        area: least and most area.
        marks: recalls at which precision is read, by default 101.
        thresholds: of the IoU, by default ten from 0.5 to 0.95.
        first: the number of the first annotation; pycocotools takes 0 for "none".
    """
    tables = coco_tables(detections, truths, first)
    return evaluated(tables, most=most, area=area, marks=marks, thresholds=thresholds)


def coco_tables(detections: Records, truths: Records, first: int = 1) -> tuple[COCO, COCO]:
    """Return truths and detections as pycocotools keeps them."""
    labels = sorted({x for part in (*detections, *truths) for x in part["labels"].tolist()})
    tables = []
    for records in (truths, detections):
        table = COCO()
        table.dataset = {
            "images": [{"id": image} for image in range(len(truths))],
            "categories": [{"id": label} for label in labels],
            "annotations": annotations(records, first),
        }
        with contextlib.redirect_stdout(io.StringIO()):
            table.createIndex()
        tables.append(table)
    return tables[0], tables[1]


def evaluated(
    tables: tuple[COCO, COCO],
    *,
    most: int = 100,
    area: tuple[float, float] = EVERYTHING,
    marks: Sequence[float] | None = None,
    thresholds: Sequence[float] | None = None,
) -> COCOeval:
    """Return pycocotools' evaluation of its own tables; settings as in ``by_pycocotools``."""
    evaluation = COCOeval(*tables, iouType="bbox")
    evaluation.params.areaRng = [list(area)]
    evaluation.params.maxDets = [most]
    if marks is not None:
        evaluation.params.recThrs = np.asarray(marks)
    if thresholds is not None:
        evaluation.params.iouThrs = np.asarray(thresholds)
    with contextlib.redirect_stdout(io.StringIO()):
        evaluation.evaluate()
        evaluation.accumulate()
    return evaluation


def table_of(evaluation: COCOeval) -> torch.Tensor:
    """Return average precision by class and threshold; NaN where pycocotools says -1."""
    found = torch.from_numpy(evaluation.eval["precision"][..., 0, 0]).mean(1).T
    return found.where(found >= 0, torch.nan)


def by_torchmetrics(detections: Records, truths: Records, **settings: Any) -> dict[str, Any]:
    """Return torchmetrics' result; by default its thresholds are rounded to 32 bits."""
    from torchmetrics.detection import MeanAveragePrecision  # takes a while

    metric = MeanAveragePrecision(**settings)
    metric.warn_on_many_detections = False
    metric.update(detections, truths)
    return metric.compute()
