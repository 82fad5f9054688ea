#!/usr/bin/env bash
# PaddlePaddle 3.3.1, CPU (mean, var, std), and tinygrad 0.14.0 (var, std), given whole numbers or truth values.
#
# Guess: a mean of whole numbers is a float, as in numpy and tinygrad, or refused, as in torch; a variance
# likewise.
# Seen: Paddle, whose page of mean lists bool, int32 and int64 and says that the type is kept, keeps it. The mean
# of 1, 2, 4 is 2, and the mean of truth values is whether one of them is true: one right answer in a hundred is
# an accuracy of True, and float() makes it 1.0. On the way the sum goes through float32: the mean of two equal
# numbers 16777217 of 64 bits is 16777216, so that their variance is 2. std does answer with a float, but around
# the cut mean: 1.414 for 1, 2, 4 instead of 1.528. var and std log that a type may change; mean says nothing.
# nanmean, and mean with dtype="float32", are right. For Paddle's mean it is known:
# https://github.com/PaddlePaddle/Paddle/issues/52338
# tinygrad's mean is right. Its var and std are floats as well, but each squared difference is cut to a whole
# number before the sum: the variance of 1, 2, 4 is 1.5 instead of 2.333, and of truth values 0. No message.
#
# Matters for (prediction == label).mean(), statistics of pixels, counts and labels: cast to float first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 paddlepaddle==3.3.1 \
  tinygrad==0.14.0
cat > "$folder/paddle_seen.py" <<'CODE'
import numpy as np
import paddle

right = paddle.to_tensor([True] + 99 * [False])
print(f"one of a hundred: mean {right.mean().item()}, float {float(right.mean())}", end=", ")
print(f"with dtype {right.mean(dtype='float32').item():.2f}")
assert right.mean().item() is True and float(right.mean()) == 1
assert np.isclose(right.mean(dtype="float32").item(), 0.01)
for numbers, mean, std in (([1, 2, 4], 2, 2**0.5), ([0, 0, 0, 3], 0, 3**0.5), ([-7, 0, 0], -2, 4)):
    for dtype in ("int32", "int64"):
        x = paddle.to_tensor(np.array(numbers, dtype))
        print(f"{dtype} {numbers}: mean {x.mean().item()} of {np.mean(numbers):.4g}", end=", ")
        print(f"std {x.std().item():.4g} of {np.std(numbers, ddof=1):.4g}, {x.std().dtype}")
        assert x.mean().item() == mean != np.mean(numbers)
        assert np.isclose(x.std().item(), std) and not np.isclose(std, np.std(numbers, ddof=1))
        assert np.isclose(paddle.nanmean(x).item(), np.mean(numbers))
        assert np.isclose(x.mean(dtype="float32").item(), np.mean(numbers))
x = paddle.to_tensor([16777217, 16777217])
print(f"{x.dtype}, twice 16777217: mean {x.mean().item()}, variance {x.var().item()}")
assert x.mean().item() == 16777216 and x.var().item() == 2
CODE
cat > "$folder/tinygrad_seen.py" <<'CODE'
import numpy as np
from tinygrad import Tensor

for x, variance in (
    (np.array([1, 2, 4]), 1.5),
    (np.array([1, 2, 4], "uint8"), 1.5),
    (np.array([0, 0, 0, 3]), 5 / 3),
    (np.array([True, False, False, True]), 0),
):
    tensor = Tensor(x)
    mean, var, std = (result.item() for result in (tensor.mean(), tensor.var(), tensor.std()))
    print(f"tinygrad, {x.dtype} {x.tolist()}: mean {mean:.4g}, var {var:.4g} of {x.var(ddof=1):.4g}")
    assert np.isclose(mean, x.mean()) and np.isclose(var, variance) and np.isclose(std, variance**0.5)
    assert not np.isclose(var, x.var(ddof=1))
    assert np.isclose(Tensor(x.astype("f")).var().item(), x.var(ddof=1))
CODE
GLOG_minloglevel=2 "$folder/env/bin/python" -W ignore "$folder/paddle_seen.py"
DEV=PYTHON "$folder/env/bin/python" "$folder/tinygrad_seen.py"
