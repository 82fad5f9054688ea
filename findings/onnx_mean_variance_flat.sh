#!/usr/bin/env bash
# onnxruntime 1.32.0, CPU, and the reference evaluator of onnx 1.23.2: MeanVarianceNormalization of a
# picture with little contrast.
#
# Guess: both give what subtracting the mean and dividing by the deviation gives, and zeros where all is
# one grey, since the specification adds 1e-9 to the deviation.
# Seen: each fails where the other is right. A constant picture, or channel, is NaN in onnxruntime and 0
# in the reference; of values around 1000 onnxruntime makes the right numbers, and the reference is off by
# per cents if they spread by 1, and gives NaN or a fraction of the answer if they spread by 0.1 (it takes
# the variance as the difference of two large squares, in 32 bits). No error.
#
# Matters where a camera with its cap on, or a faint scan, goes through a net that normalises its input,
# and where the reference is the judge of an export.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator


def both(picture, kind="MeanVarianceNormalization", weights=(), **attributes):
    """What both libraries make of a picture, (N, C, H, W)."""
    inputs = {"picture": picture, **dict(weights)}
    graph = helper.make_graph(
        [helper.make_node(kind, list(inputs), ["out"], **attributes)],
        "one",
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, value.shape)
            for name, value in inputs.items()
        ],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(None, inputs)[0], ReferenceEvaluator(model).run(None, inputs)[0]


for value, size in ((1.0, 4), (3.5, 4), (0.0, 4), (5.0, 1)):
    ours, theirs = both(np.full((1, 2, size, size), value, np.float32))
    print(f"{size}×{size} pixels of {value}: onnxruntime {ours.ravel()[:3]}, reference {theirs.ravel()[:3]}")
    assert np.isnan(ours).all() and (theirs == 0).all()
picture = np.random.default_rng(0).random((1, 2, 4, 4), dtype=np.float32)
assert np.allclose(*both(picture), atol=1e-5)
picture[0, 1] = 0.5
ours, theirs = both(picture, axes=[2, 3])
assert np.isfinite(ours[0, 0]).all() and np.isnan(ours[0, 1]).all() and (theirs[0, 1] == 0).all()
for spread, least in ((1, 0.01), (0.1, 0.1)):
    faint = np.random.default_rng(0).normal(1000, spread, (1, 1, 16, 16)).astype(np.float32)
    exact = (faint - faint.mean(dtype=float)) / faint.std(dtype=float)
    ours, theirs = (float(abs(one - exact).max()) for one in both(faint))
    print(f"1000 ± {spread}: onnxruntime is off by {ours:.1e}, the reference by {theirs:.1e}")
    assert ours < 1e-3 and not theirs < least  # NaN is not below anything
ones, zeros = np.ones(2, np.float32), np.zeros(2, np.float32)
ours, theirs = both(picture, "InstanceNormalization", {"scale": ones, "bias": zeros}.items())
assert (ours[0, 1] == 0).all() and np.allclose(ours, theirs, atol=1e-5)
CODE
