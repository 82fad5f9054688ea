#!/usr/bin/env bash
# numpy 2.4.6 with ml_dtypes 0.6.0, mean and sum of bfloat16 numbers.
#
# Guess: as with float16, whose mean numpy adds up in float32: a mean of equal numbers is that number.
# Seen: the sum is kept in bfloat16, for the mean too. A thousand ones add up to 256, and the mean of a
# thousand times 0.1 is 0.032. The mean of float16 is right. No message.
#
# Matters where losses or weights that were kept as bfloat16 are averaged outside torch: pass
# dtype=numpy.float32.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check ml_dtypes==0.6.0 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import ml_dtypes
import numpy as np

for kind in (np.float16, ml_dtypes.bfloat16):
    ones, tenths = np.full(1000, 1, kind), np.full(1000, 0.1, kind)
    print(np.dtype(kind), "sum of 1000 ones", ones.sum(), "mean of 0.1:", tenths.mean())
assert abs(np.full(1000, 0.1, np.float16).mean() - 0.1) < 1e-3
assert ones.sum() == 256 and abs(float(ones.mean()) - 0.256) < 1e-3
assert abs(float(tenths.mean()) - 0.032) < 1e-3
assert abs(tenths.mean(dtype=np.float32) - 0.1) < 1e-3
CODE
