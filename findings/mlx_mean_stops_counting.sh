#!/usr/bin/env bash
# mlx 0.32.4 on a Linux CPU (mlx[cpu]): sum and mean of many numbers.
#
# Guess: partial sums, as in numpy and PyTorch, so that a float32 sum is right to six digits for any
# length; a mean of float16 numbers is computed in float32.
# Seen: one running sum in the numbers' own type. In float32 the sum of 2**25 ones is 2**24, where adding
# 1 changes nothing more, and their mean is 0.5; the shape does not matter. In float16 the running sum
# passes 65,504 and the mean of 4,000 numbers of 20 is inf, as is a cross-entropy averaged over enough
# examples. No message in either case. (A float16 sum may exceed its type by definition; a mean may not.)
#
# Matters for statistics of images, where 33 million numbers are 220 small photographs, and for losses in
# half precision.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check "mlx[cpu]==0.32.4" numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import mlx.core as mx
import mlx.nn as nn
import numpy as np

for shape, axis in (((2**25,), None), ((2**13, 2**12), None), ((2**25, 1), 0)):
    ones = mx.ones(shape)
    total, mean = mx.sum(ones, axis=axis).item(), mx.mean(ones, axis=axis).item()
    print(f"float32 ones {shape}: sum {total:,.0f}, mean {mean}; numpy {np.ones(shape, 'f').mean()}")
    assert total == 2**24 and mean == 0.5 and np.ones(shape, "f").mean() == 1
for count in (3000, 4000):
    mean = mx.mean(mx.full((count,), 20, dtype=mx.float16)).item()
    print(f"float16, {count} numbers of 20: mean {mean}; numpy {np.full(count, 20, np.float16).mean()}")
    assert np.isinf(mean) == (count == 4000)
logits = mx.zeros((30_000, 10), dtype=mx.float16)
loss = nn.losses.cross_entropy(logits, mx.zeros(30_000, dtype=mx.int32), reduction="mean").item()
print(f"float16 cross-entropy of 30,000 guesses among ten: {loss}, and log 10 is {np.log(10):.3f}")
assert np.isinf(loss)
CODE
