#!/usr/bin/env bash
# gguf 0.19.0 with numpy 2.4.6, the formats Q4_0 and Q5_0 of 32 weights and one scale.
#
# Guess: a format without an offset is symmetric, so of the weights 1 and -1 in one block both come
# back exactly, or both with the same error.
# Seen: the scale is set so that the weight of the largest size takes the lowest code, -8 of -8 … 7 (-16
# of -16 … 15). The first of two equally large ones is exact; the one with the other sign is cut off by
# an eighth (a sixteenth), twice the error of rounding. Which sign suffers depends on the order in the
# block. No message.
#
# Matters where quantised weights are compared with float ones: the largest weights of a block, which
# count most, can have the largest error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check gguf==0.19.0 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import numpy as np
from gguf import GGMLQuantizationType, quants

for name, loss in (("Q4_0", 1 / 8), ("Q5_0", 1 / 16), ("Q8_0", 0)):
    kind = GGMLQuantizationType[name]
    for first in (1, -1):
        block = np.zeros((1, 32), np.float32)
        block[0, :2] = first, -first
        back = quants.dequantize(quants.quantize(block, kind), kind)[0, :2]
        print(f"{name}: {first:+d} and {-first:+d} come back as {back[0]:+.4f} and {back[1]:+.4f}")
        assert abs(back[0] - first) < 1e-3
        assert abs(back[1] + first * (1 - loss)) < 1e-3
CODE
