#!/usr/bin/env bash
# PaddlePaddle 3.3.1, CPU, paddle.nn.functional.interpolate to a size of 1.
#
# Guess: with align_corners=False, the default, the one pixel lies in the middle of the picture: 12 of the 25
# numbers 0 … 24, as in torch and by the page's own formula.
# Seen: "bilinear" gives 0, the upper left corner, and "bicubic" -0.56, which no pixel has: it looks half a
# pixel beyond the corner. Each axis counts for itself: a picture that is made one row high is its first row,
# and all other rows have a gradient of 0. The call with input=, which the page names compatible with PyTorch,
# gives the same. "linear" and "trilinear" of these numbers give the middle, and with sizes from 2 up all modes
# are where they should be. No message. Seen before: https://github.com/PaddlePaddle/Paddle/issues/46214
#
# Matters for pyramids that pool down to one cell, and for strips of text or sound that are made one row high:
# the answer then depends on one edge of the picture.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 paddlepaddle==3.3.1
"$folder/env/bin/python" -W ignore - <<'CODE'
import numpy as np
import paddle
from paddle.nn.functional import interpolate

picture = paddle.arange(25, dtype="float32").reshape([1, 1, 5, 5])
first, middle = np.arange(5), np.arange(10, 15)


def resized(mode, size, x=picture):
    """Return x in another size, as a list of numbers."""
    layout = {"linear": "NCW", "trilinear": "NCDHW"}.get(mode, "NCHW")
    return interpolate(x, size=size, mode=mode, align_corners=False, data_format=layout).numpy().ravel()


for mode in ("bilinear", "bicubic"):
    one, row, three = resized(mode, [1, 1]), resized(mode, [1, 5]), resized(mode, [3, 3])
    print(f"{mode}: one pixel {one[0]:.4g}, one row {row.round(2).tolist()}, middle of 3 x 3 {three[4]:.4g}")
    assert np.abs(row - first).max() < 0.5 < np.abs(row - middle).min()
    assert np.allclose(three[4], 12)
    assert np.isclose(one[0], {"bilinear": 0, "bicubic": -0.5625}[mode])
    column = resized(mode, [5, 1])
    assert np.abs(column - 5 * first).max() < 0.2
    two = resized(mode, [2, 5])
    assert np.allclose(two.mean(), 12)
for mode, shape in (("linear", [1, 5, 5]), ("trilinear", [1, 1, 1, 5, 5])):
    y = resized(mode, [1] * (len(shape) - 2), picture.reshape(shape))
    print(f"{mode}: {y.tolist()}")
    assert np.allclose(y, 12 if mode == "trilinear" else [2, 7, 12, 17, 22])

assert np.allclose(interpolate(input=picture, size=[1, 1], mode="bilinear").numpy(), 0)
picture.stop_gradient = False
interpolate(picture, size=[1, 5], mode="bilinear").sum().backward()
slopes = picture.grad.numpy()[0, 0].sum(axis=1)
print(f"gradients of one row, for each row of the picture: {slopes.tolist()}")
assert slopes.tolist() == [5, 0, 0, 0, 0]
CODE
