#!/usr/bin/env bash
# faiss-cpu 1.15.1, exact search, vectors with equal scores.
#
# Guess: the lowest ids first, as IndexFlatL2 has it and a stable sort by falling score; in any case the
# first of one hit is the first of two.
# Seen: IndexFlatIP (inner product, so cosines too) lists equals with the highest id first. Which of them it
# keeps depends on how many are asked for and on what came before: of six equal vectors one hit is id 0, two
# hits are 1 and 0, three 2, 1 and 0; of three equals behind one better vector that comes last, one id is
# kept, and it is the middle one. With squared distances both answers are the lowest ids. No message.
#
# Matters for recall@1 and mean reciprocal rank on data with doubles: they change with the k that was
# searched for, and with the metric, although the vectors have one length and both metrics rank alike.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check faiss-cpu==1.15.1 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import faiss
import numpy as np

equal = np.ones((6, 2), "f")
# One far vector, three equal ones (turned by the same angle), and the query itself, all of length 1.
best_last = np.array([[0, 1], [0.8, 0.6], [0.8, 0.6], [0.8, 0.6], [1, 0]], "f")
found = {}
for name, kind in (("IndexFlatL2", faiss.IndexFlatL2), ("IndexFlatIP", faiss.IndexFlatIP)):
    for case, vectors in (("six equals", equal), ("best last", best_last)):
        index = kind(2)
        index.add(vectors)
        hits = [index.search(vectors[-1:], k)[1][0].tolist() for k in range(1, 5)]
        print(f"{name}, {case}, ids for k = 1, 2, 3, 4: {hits}")
        found[name, case] = hits
assert found["IndexFlatL2", "six equals"] == [[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]]
assert found["IndexFlatIP", "six equals"] == [[0], [1, 0], [2, 1, 0], [3, 2, 1, 0]]
assert found["IndexFlatL2", "best last"] == [[4], [4, 1], [4, 1, 2], [4, 1, 2, 3]]
assert found["IndexFlatIP", "best last"] == [[4], [4, 2], [4, 3, 2], [4, 3, 2, 1]]
CODE
