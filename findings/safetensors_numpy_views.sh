#!/usr/bin/env bash
# safetensors 0.8.0 with numpy, saving an array that is a view of another.
#
# Guess: what is saved is what the view shows, or an error says that the array must be contiguous (as
# safetensors.torch does).
# Seen: safetensors.numpy.save keeps shape and number type, and writes the memory as it lies, without
# the strides. A transposed matrix comes back scrambled, and so does every second column. No message.
# Views whose strides are negative or zero are not run here: what they bring back is not theirs.
#
# Matters for weights that were transposed on the way from another library: save
# numpy.ascontiguousarray(view).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check safetensors==0.8.0 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import numpy as np
from safetensors.numpy import load, save

x = np.arange(6, dtype=np.float32).reshape(2, 3)
for name, view, back in (
    ("transposed", x.T, [[0, 1], [2, 3], [4, 5]]),
    ("every second column", x[:, ::2], [[0, 1], [2, 3]]),
):
    found = load(save({"w": view}))["w"]
    print(f"{name}: saved {view.tolist()}, loaded {found.tolist()}")
    assert found.shape == view.shape and found.tolist() == back != view.tolist()
    copied = load(save({"w": np.ascontiguousarray(view)}))["w"]
    assert np.array_equal(copied, view)
CODE
