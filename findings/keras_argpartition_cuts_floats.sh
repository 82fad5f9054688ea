#!/usr/bin/env bash
# Keras 3.15.1, keras.ops.argpartition with torch 2.14.1 behind it, beside the same call with jax 0.10.2.
#
# Guess: numpy's argpartition, as its page says: in x[argpartition(x, k)] the element k stands where sorting
# would put it, what is smaller before it and what is larger after it. Backends differ in the order within.
# Seen: with torch the numbers are cut to whole ones first, so that 0.9, 0.1 and -0.4 tie. Of a hundred
# probabilities the ten "smallest" are any ten, and element 10 is any. Times 1000000 the same numbers are
# right, as whole numbers are, and as jax is. No message.
#
# Matters for hard examples, beam search, the threshold of the largest k scores: nothing fails, and the
# choice does not depend on the scores. keras.ops.argsort and keras.ops.top_k are right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 keras==3.15.1 torch==2.14.1 jax==0.10.2
cd "$folder"
cat > seen.py <<'CODE'
import sys

import keras
import numpy as np
from keras import ops

generator = np.random.default_rng(0)
cases = {
    "probabilities": generator.random(100).astype("f"),
    "scores around 0": generator.normal(size=100).astype("f"),
    "scores, times 1000000": 1e6 * generator.normal(size=100).astype("f"),
    "a few": np.array([0.9, 0.1, 0.5, -0.4, 0.7], "f"),
    "whole numbers": generator.permutation(100),
}
wrong = ("probabilities", "scores around 0", "a few")
for name, x in cases.items():
    k = len(x) // 10 or 2
    order = ops.convert_to_numpy(ops.argpartition(x, k))
    assert sorted(order) == list(range(len(x)))
    smallest = set(np.argsort(x)[:k].tolist())
    common = len(smallest & set(order[:k].tolist()))
    print(f"{keras.backend.backend()}: {name}: {common} of the {k} smallest found, element {k} is", end=" ")
    print(f"{x[order[k]]:.4g} and {np.sort(x)[k]:.4g} when sorted")
    right = common == k and x[order[k]] == np.sort(x)[k]
    assert right == (keras.backend.backend() == "jax" or name not in wrong)
    assert np.array_equal(ops.convert_to_numpy(ops.argsort(x)), np.argsort(x))
    largest = ops.convert_to_numpy(ops.top_k(x, k)[1])
    assert np.array_equal(x[largest], -np.sort(-x)[:k])
CODE
for backend in jax torch; do
  KERAS_BACKEND=$backend "$folder/env/bin/python" seen.py
done
