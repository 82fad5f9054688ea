#!/usr/bin/env bash
# faiss-cpu 1.15.1 (IndexHNSWFlat) and hnswlib 0.8.0, 5,000 random vectors and 300 vectors of zeros.
#
# Guess: equal vectors take room and no more. A search for a vector that is in the index finds it, at
# distance 0, as it does without the zeros; if not, a search list (efSearch, ef) longer than the index
# looks at every vector.
# Seen: of 200 of the random vectors, searched for exactly as they are, faiss misses more than half if the
# zeros came last, and hnswlib with ef = 50 more than half if they came first. faiss misses them with a
# list four times as long as the index as well: no link leads there. hnswlib finds all of them then if the
# zeros came last, and still not if they came first. 300 different vectors instead of the zeros cost
# nothing: 200 of 200, at ef = 50. No message. Why: all links of a group of equals lead into the group, as
# https://github.com/qdrant/qdrant/pull/10239 describes for a third library.
#
# Matters for empty texts, black pictures, dead features, and windows of silence, all of which give one and
# the same vector: index different vectors only, and measure recall on the real ones.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
  faiss-cpu==1.15.1 hnswlib==0.8.0 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import faiss
import hnswlib
import numpy as np

faiss.omp_set_num_threads(1)
generator = np.random.default_rng(0)
points = generator.normal(size=(5000, 16)).astype("f")
groups = {
    "300 zeros": np.zeros((300, 16), "f"),
    "300 others": generator.normal(size=(300, 16)).astype("f"),
}
seen = {}
for kind, group in groups.items():
    for place in ("first", "last"):
        vectors = np.concatenate([group, points] if place == "first" else [points, group])
        flat = faiss.IndexFlatL2(16)
        graph = faiss.IndexHNSWFlat(16, 16)
        other = hnswlib.Index("l2", 16)
        other.init_index(len(vectors), M=16, ef_construction=200)
        other.add_items(vectors, num_threads=1)
        for index in (flat, graph):
            index.add(vectors)
        assert (flat.search(points[:200], 1)[0] == 0).all()
        for width in (50, 20000):
            graph.hnsw.efSearch = width
            other.set_ef(width)
            seen[kind, place, width] = [
                int((graph.search(points[:200], 1)[0] == 0).sum()),
                int((other.knn_query(points[:200], 1, num_threads=1)[1] == 0).sum()),
            ]
            found = "faiss {}, hnswlib {}".format(*seen[kind, place, width])
            print(f"{kind} {place}, search list {width}: found of 200: {found}")
for place in ("first", "last"):
    assert min(seen["300 others", place, 50]) >= 198
assert max(seen["300 zeros", "last", width][0] for width in (50, 20000)) < 100
assert seen["300 zeros", "first", 50][1] < 100
assert seen["300 zeros", "first", 20000][1] < 180 and seen["300 zeros", "last", 20000][1] == 200
CODE
