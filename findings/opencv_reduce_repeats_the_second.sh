#!/usr/bin/env bash
# OpenCV 5.0.0 (opencv-python-headless 5.0.0.93), its module dnn, reductions of an ONNX model over axes that
# do not lie side by side; the same in 4.13.0.
#
# Guess: ReduceMean over the axes 0, 2, 3 of pictures (N, C, H, W) is the mean of each channel, for any N.
# Seen: right for a batch of one or two. From the third picture on each is left out and the second counted
# in its place: of five pictures whose sums are 1, 2, 4, 8, 16 the sum is 1 + 2 + 2 + 2 + 2. So it is with
# ReduceSum and ReduceMax, and other sets of three axes with a gap, (0, 1, 3) or (1, 3, 4), are wrong as
# well; axes side by side (1, 2, 3) and two axes (0, 2) are right. No message.
#
# Matters for batch statistics inside a model, and for normalisation written out in basic operators: shapes
# are right, the numbers are plausible, and a test with one or two pictures passes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 onnx==1.23.2 opencv-python-headless==5.0.0.93
"$folder/env/bin/python" - <<'CODE'
import cv2
import numpy as np
from onnx import TensorProto, helper, numpy_helper


def reduced(op, x, axes):
    """Return what OpenCV makes of a model with one reduction."""
    shape = [1 if axis in axes else size for axis, size in enumerate(x.shape)]
    graph = helper.make_graph(
        [helper.make_node(op, ["x", "axes"], ["y"])],
        "graph",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(np.array(axes), "axes")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    net = cv2.dnn.readNetFromONNX(np.frombuffer(model.SerializeToString(), np.uint8))
    net.setInput(x, "x")
    return net.forward()


generator = np.random.default_rng(0)
ways = {"ReduceSum": np.sum, "ReduceMean": np.mean, "ReduceMax": np.max, "ReduceMin": np.min}
for number in range(1, 7):
    pictures = generator.normal(size=(number, 3, 4, 5)).astype("f")
    repeated = pictures[np.minimum(np.arange(number), 1)]
    for op, way in ways.items():
        y = reduced(op, pictures, (0, 2, 3))
        assert np.allclose(y, way(repeated, (0, 2, 3), keepdims=True), atol=1e-4)
        right = way(pictures, (0, 2, 3), keepdims=True)
        if op in ("ReduceSum", "ReduceMean"):
            assert np.allclose(y, right, atol=1e-4) == (number <= 2)
    sums = 2.0 ** np.arange(number, dtype="f")
    y = reduced("ReduceSum", np.repeat(sums / 4, 8).reshape(-1, 2, 2, 2), (0, 2, 3)).ravel()
    print(f"{number} pictures of sums {sums.astype(int).tolist()}, each of two channels: {y.tolist()}")
    assert (y == sums[np.minimum(np.arange(number), 1)].sum()).all()
for shape, axes, right in [
    ((5, 3, 4, 6), (2, 3), True),
    ((5, 3, 4, 6), (0, 2), True),
    ((5, 3, 4, 6), (1, 2, 3), True),
    ((5, 3, 4, 6), (0, 1, 3), False),
    ((2, 4, 3, 5, 6), (1, 3, 4), False),
]:
    x = generator.normal(size=shape).astype("f")
    same = np.allclose(reduced("ReduceMean", x, axes), x.mean(axes, keepdims=True), atol=1e-5)
    print(f"mean of {shape} over {axes}: {'right' if same else 'wrong'}")
    assert same == right
CODE
