#!/usr/bin/env bash
# PaddlePaddle 3.3.1, CPU, convolutions with padding="SAME" and a dilation.
#
# Guess: "SAME" chooses the padding that keeps the size for the given dilation, as in TensorFlow, Keras and
# torch: for a kernel of 3 and a dilation of 2 it is the convolution with padding=2, dilation=2.
# Seen: with "SAME" every dilation becomes 1: all numbers are those of padding=1, dilation=1. The kernel that
# should reach three pixels to each side reaches one. So it is in one, two and three dimensions, with groups,
# in the layer paddle.nn.Conv2D, after paddle.jit.to_static, and in the transposed convolution. The size is
# right, since it does not depend on the dilation. "VALID" and paddings in numbers are right. The page of
# conv2d does not say so. No message.
#
# Matters for atrous pyramids, WaveNets and dense prediction: the network trains, with a narrow field of view,
# and weights from another framework give other answers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 paddlepaddle==3.3.1
"$folder/env/bin/python" -W ignore - <<'CODE'
import numpy as np
import paddle
from paddle.nn import functional

generator = np.random.default_rng(0)


def normal(*shape):
    """Return a tensor of random numbers."""
    return paddle.to_tensor(generator.normal(size=shape).astype("f"))


def equal(a, b):
    """Tell whether two tensors agree within rounding."""
    return a.shape == b.shape and np.allclose(a.numpy(), b.numpy(), atol=1e-5)


cases = [
    ("conv1d", functional.conv1d, normal(2, 4, 15), normal(6, 4, 3), 1),
    ("conv2d", functional.conv2d, normal(2, 4, 15, 15), normal(6, 4, 3, 3), 1),
    ("conv2d, groups", functional.conv2d, normal(2, 4, 15, 15), normal(4, 1, 3, 3), 4),
    ("conv3d", functional.conv3d, normal(1, 2, 9, 9, 9), normal(3, 2, 3, 3, 3), 1),
]
for name, convolve, x, w, groups in cases:
    for dilation in (1, 2, 3):
        same = convolve(x, w, padding="SAME", dilation=dilation, groups=groups)
        wide = convolve(x, w, padding=dilation, dilation=dilation, groups=groups)
        narrow = convolve(x, w, padding=1, groups=groups)
        valid = convolve(x, w, padding="VALID", dilation=dilation, groups=groups)
        inner = (slice(None), slice(None)) + (slice(dilation, -dilation),) * (x.ndim - 2)
        print(f"{name}, dilation {dilation}: with it {equal(same, wide)}, without {equal(same, narrow)}")
        assert same.shape == wide.shape and equal(valid, wide[inner])
        assert equal(same, narrow) and equal(same, wide) == (dilation == 1)

point = paddle.zeros([1, 1, 11])
point[0, 0, 5] = 1
for padding in ("SAME", 3):
    y = functional.conv1d(point, paddle.ones([1, 1, 3]), padding=padding, dilation=3).numpy().ravel()
    print(f"dilation 3, padding {padding}: a point at 5 reaches {np.flatnonzero(y).tolist()}")
    assert np.flatnonzero(y).tolist() == ([4, 5, 6] if padding == "SAME" else [2, 5, 8])

x = normal(2, 4, 15, 15)
layer = paddle.nn.Conv2D(4, 6, 3, padding="SAME", dilation=2)
static = paddle.jit.to_static(lambda x: functional.conv2d(x, layer.weight, layer.bias, 1, "SAME", 2))
narrow = functional.conv2d(x, layer.weight, layer.bias, padding=1)
print(f"layer, without dilation {equal(layer(x), narrow)}, to_static {equal(static(x), narrow)}")
assert equal(layer(x), narrow) and equal(static(x), narrow)
w = normal(4, 6, 3, 3)
same = functional.conv2d_transpose(x, w, padding="SAME", dilation=2)
narrow, wide = (functional.conv2d_transpose(x, w, padding=k, dilation=k) for k in (1, 2))
print(f"transposed, dilation 2: with it {equal(same, wide)}, without {equal(same, narrow)}")
assert equal(same, narrow) and not equal(same, wide)
CODE
