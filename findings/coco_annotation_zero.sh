#!/usr/bin/env bash
# pycocotools 2.0.11 and faster-coco-eval 1.8.0 with numpy 2.4.6, ids of annotations that begin at 0.
#
# Guess: an id is a name. Two objects, both found by boxes that equal theirs, give average precision 1,
# whatever the ids are.
# Seen: with the ids 1 and 2 it is 1; with 0 and 1 it is 0.252, because a detection notes the id of the
# object that it has found, and 0 means there that it has found none. The same detection then counts as
# a false alarm. pycocotools says nothing; faster-coco-eval warns, and gives the same number.
#
# Matters where annotations are numbered by enumerate(): begin at 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    pycocotools==2.0.11 faster-coco-eval==1.8.0 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import contextlib
import io

from faster_coco_eval import COCO as FastCOCO
from faster_coco_eval import COCOeval_faster
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

BOXES = [[0.0, 0.0, 10.0, 10.0], [50.0, 0.0, 10.0, 10.0]]


def average_precision(first_id, coco, evaluation):
    truths = [
        {"id": n, "image_id": 1, "category_id": 1, "bbox": box, "area": 100.0, "iscrowd": 0}
        for n, box in enumerate(BOXES, first_id)
    ]
    reports = [
        {"image_id": 1, "category_id": 1, "bbox": box, "score": 0.9 - place / 10}
        for place, box in enumerate(BOXES)
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        truth = coco()
        truth.dataset = {
            "info": {},
            "images": [{"id": 1}],
            "categories": [{"id": 1, "name": "thing"}],
            "annotations": truths,
        }
        truth.createIndex()
        judge = evaluation(truth, truth.loadRes(reports), "bbox")
        judge.evaluate()
        judge.accumulate()
        judge.summarize()
    return judge.stats[0]


for coco, evaluation in ((COCO, COCOeval), (FastCOCO, COCOeval_faster)):
    from_one, from_zero = (average_precision(first, coco, evaluation) for first in (1, 0))
    print(evaluation.__name__, "ids from 1:", from_one, "ids from 0:", round(from_zero, 3))
    assert abs(from_one - 1) < 1e-12
    assert abs(from_zero - 25.5 / 101) < 1e-12
CODE
