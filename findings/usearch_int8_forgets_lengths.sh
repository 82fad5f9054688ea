#!/usr/bin/env bash
# usearch 2.26.6, an index of 8-bit whole numbers (dtype="i8") for Euclidean distance (metric="l2sq").
#
# Guess: each entry is rounded to a whole number of -128 … 127, or scaled into it by one factor for all
# vectors, so that neighbours stay neighbours but for rounding; what lies outside is cut off or refused.
# Seen: each vector is divided by its own length and multiplied by 127. The squared distance is one between
# directions: (1, 0) and (50, 0) are at distance 0, and whole numbers that an 8-bit index could hold
# exactly do not come back as they went in. With dtype="f32" the same calls are right.
#
# Matters for features whose length says something: counts of visual words, pixels, sizes of boxes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check usearch==2.26.6 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import numpy as np
from usearch.index import Index

vectors = np.array([[1, 2], [50, 0], [3, 4]], "f")
query = np.array([1, 0], "f")
nearest = {}
for dtype in ("f32", "i8"):
    index = Index(ndim=2, metric="l2sq", dtype=dtype)
    index.add(np.arange(len(vectors)), vectors)
    found = index.search(query, len(vectors))
    nearest[dtype] = vectors[found.keys[0]]
    print(f"{dtype}: nearest to {query} is {nearest[dtype]}, at {found.distances[0]:g}")
    print(f"     (3, 4) comes back as {index.get(2)}")
assert nearest["f32"].tolist() == [1, 2] and nearest["i8"].tolist() == [50, 0]
assert found.distances[0] == 0
assert index.get(2).tolist() == [76, 101] and np.allclose(127 * vectors[2] / 5, [76.2, 101.6])
CODE
