#!/usr/bin/env bash
# numpy 2.4.6 with ml_dtypes 0.6.0, sorting bfloat16 numbers among which is a NaN.
#
# Guess: NaN goes to the end, as with all of numpy's own floating types, and the rest is sorted.
# Seen: the NaN stays where it is and parts the list: (3, NaN, 1, 2) comes back as it was. numpy.unique,
# numpy.median and numpy.searchsorted start from that order; unique lists each NaN. No message.
#
# Matters for ranks and quantiles of half-precision values: convert to float32 first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check ml_dtypes==0.6.0 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import ml_dtypes
import numpy as np

values = [3, np.nan, 1, 2]
for kind in (np.float16, ml_dtypes.bfloat16):
    print(np.dtype(kind), np.sort(np.array(values, kind)), np.unique(np.array(values, kind)))
ours = np.sort(np.array(values, ml_dtypes.bfloat16)).astype(np.float32)
assert np.array_equal(ours, np.array(values, np.float32), equal_nan=True)
theirs = np.sort(np.array(values, np.float16)).tolist()
assert theirs[:3] == [1, 2, 3] and np.isnan(theirs[3])
assert np.sort(np.array([3, 1, 2], ml_dtypes.bfloat16)).tolist() == [1, 2, 3]
twice = np.array([1, np.nan, np.nan, 2], ml_dtypes.bfloat16)
assert len(np.unique(twice)) == 4 and len(np.unique(twice.astype(np.float32))) == 3
CODE
