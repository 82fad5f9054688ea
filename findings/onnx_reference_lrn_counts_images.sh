#!/usr/bin/env bash
# onnx 1.23.2, its reference evaluator, LRN (local response normalisation), beside onnxruntime 1.32.0.
#
# Guess: each of the C channels is divided by a power of the squares in its neighbours, for each image.
# Seen: the evaluator's loop over the channels ends at the number of images: of a batch of one image only
# the first channel is normalised, of two the first two, and the rest is divided by a power of bias alone.
# The result has the right shape and no message. A batch of C images or fewer channels is right.
#
# Matters where an export of AlexNet or GoogLeNet is tried against the reference with one image, as such
# tests usually are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check onnx==1.23.2 numpy==2.4.6 onnxruntime==1.32.0
cd "$folder"
"$folder/env/bin/python" - <<'CODE'
import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

CHANNELS = 6
graph = helper.make_graph(
    [helper.make_node("LRN", ["x"], ["y"], size=3, alpha=1.0, beta=0.75, bias=1.0)],
    "graph",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", CHANNELS, 1, 1])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=9)
session = onnxruntime.InferenceSession(model.SerializeToString())
for images in (1, 2, CHANNELS):
    feed = {"x": np.ones((images, CHANNELS, 1, 1), "f")}
    reference, runtime = ReferenceEvaluator(model).run(None, feed)[0], session.run(None, feed)[0]
    print(f"{images} images: reference {reference[0].ravel()}, onnxruntime {runtime[0].ravel()}")
    right = np.isclose(reference, runtime, atol=1e-6).all(axis=(0, 2, 3))
    assert right.tolist() == [channel < images for channel in range(CHANNELS)]
CODE
