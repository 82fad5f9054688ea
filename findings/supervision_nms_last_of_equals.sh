#!/usr/bin/env bash
# supervision 0.31.2 with numpy 2.4.6, non-maximum suppression of boxes with equal scores.
#
# Guess: of two equal boxes with equal scores the first is kept, as torchvision.ops.nms does and as a
# stable sort by falling score gives.
# Seen: box_non_max_suppression keeps the last of them, with two boxes as with a hundred: the scores are
# sorted upwards and the order is turned round, which turns ties round too. No message.
#
# Matters where two implementations of a detector are compared box by box: scores that were rounded to
# half precision or to two decimals tie often.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check supervision==0.31.2 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import numpy as np
import supervision

for number in (2, 3, 10, 100):
    boxes = np.tile([0.0, 0.0, 10.0, 10.0, 0.9, 0.0], (number, 1))
    (kept,) = np.flatnonzero(supervision.box_non_max_suppression(boxes, 0.5))
    print(f"of {number} equal boxes number {kept} is kept, counted from 0")
    assert kept == number - 1
boxes = np.array([[0.0, 0, 10, 10, 0.9, 0], [0, 0, 10, 10, 0.8, 0]])
assert supervision.box_non_max_suppression(boxes, 0.5).tolist() == [True, False]
CODE
