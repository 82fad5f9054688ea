#!/usr/bin/env bash
# pycocotools 2.0.11 and faster-coco-eval 1.8.0 with numpy 2.4.6, average precision at recall 7/10.
#
# Guess: average precision is the mean of the precision at the 101 recalls 0, 0.01, …, 1. Who finds 7 of 10
# objects and reports nothing else has precision 1 at the 71 marks up to 0.70: the score is 71/101.
# Seen: 70/101. The marks are made by linspace, and the one at 0.7 is 0.7000000000000001, larger than
# 7/10. The same happens at 7/20, 14/20, 19/20, 21/30, 14/40, 28/40 and 38/40, at no other fraction with
# a denominator up to 40. No message.
#
# Matters for a metric that is compared with theirs to the last digit: the marks must be made as they
# make them, not from whole hundredths.
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


def marks(found, objects, coco=COCO, evaluation=COCOeval):
    """Return how many of the 101 marks are reached by finding some of the objects and nothing else."""
    boxes = [[20.0 * place, 0.0, 10.0, 10.0] for place in range(objects)]
    truths = [
        {"id": n, "image_id": 1, "category_id": 1, "bbox": box, "area": 100.0, "iscrowd": 0}
        for n, box in enumerate(boxes, 1)
    ]
    reports = [
        {"image_id": 1, "category_id": 1, "bbox": box, "score": 0.9} for box in boxes[:found]
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
    return round(judge.stats[1] * 101)


short = [
    (found, objects)
    for objects in range(1, 41)
    for found in range(1, objects + 1)
    if marks(found, objects) != found * 100 // objects + 1
]
print("marks reached by 7 of 10:", marks(7, 10), "; by 5 of 10:", marks(5, 10))
print("fractions that reach one mark less than they should:", short)
assert marks(5, 10) == 51
assert marks(7, 10) == marks(7, 10, FastCOCO, COCOeval_faster) == 70
assert short == [(7, 10), (7, 20), (14, 20), (19, 20), (21, 30), (14, 40), (28, 40), (38, 40)]
CODE
