#!/usr/bin/env bash
# faiss-cpu 1.15.1, Jensen–Shannon and Canberra distance of vectors with zeros, beside scipy 1.17.1.
#
# Guess: as in scipy, what is 0 in the formula counts as 0: an empty bin of a histogram adds nothing, and
# every vector is its own nearest neighbour, at distance 0.
# Seen: 0 log 0 (Jensen–Shannon, one empty bin in either vector) and 0 / 0 (Canberra, the same bin empty in
# both) make the whole distance NaN, and a search leaves such a neighbour out. It answers with fewer
# vectors, and fills up with the id -1, which in numpy is the last row: a vote over labels[ids] counts the
# last label. No message. With every bin filled, faiss's Canberra is scipy's, and its Jensen–Shannon the
# square of scipy's. Bray–Curtis is right with empty bins, too. For Canberra it is known:
# https://github.com/facebookresearch/faiss/issues/5557
#
# Matters for histograms of colours or words and for outputs of a softmax, which are rarely without a zero.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
  faiss-cpu==1.15.1 numpy==2.4.6 scipy==1.17.1
"$folder/env/bin/python" - <<'CODE'
import faiss
import numpy as np
from scipy.spatial import distance

shares = np.array([[0.5, 0.5, 0], [0.6, 0.4, 0], [0.2, 0.3, 0.5]], "f")
filled = np.array([[0.5, 0.4, 0.1], [0.6, 0.2, 0.2], [0.2, 0.3, 0.5]], "f")
labels = np.array(["grass", "grass", "night"])
for name, kind, by_scipy, power, expected in (
    ("Jensen-Shannon", faiss.METRIC_JensenShannon, distance.jensenshannon, 2, [-1, -1, -1]),
    ("Canberra", faiss.METRIC_Canberra, distance.canberra, 1, [2, -1, -1]),
    ("Bray-Curtis", faiss.METRIC_BrayCurtis, distance.braycurtis, 1, [0, 1, 2]),
):
    for vectors in (filled, shares):
        index = faiss.IndexFlat(3, kind)
        index.add(vectors)
        distances, ids = index.search(vectors[:1], 3)
        truth = np.array([by_scipy(vectors[0], other) ** power for other in vectors])
        print(f"{name}: nearest to {vectors[0]} are {ids[0]}, labels {labels[ids[0]]}")
        print(f"    distances {distances[0]}, by scipy {truth[np.argsort(truth)].round(4)}")
        if vectors is filled:
            assert ids[0].tolist() == np.argsort(truth).tolist()
            assert np.allclose(distances[0], truth[ids[0]], atol=1e-6)
        else:
            assert ids[0].tolist() == expected and np.isfinite(truth).all() and truth.argmin() == 0
    lost = np.isnan(faiss.pairwise_distances(shares[:1], shares, kind)[0])
    assert lost.sum() == expected.count(-1)
CODE
