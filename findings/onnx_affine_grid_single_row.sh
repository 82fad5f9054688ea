#!/usr/bin/env bash
# onnxruntime 1.32.0 and the reference evaluator of onnx 1.23.2, AffineGrid with align_corners=1.
#
# Guess: an axis of size 1 has its one place in the middle, 0, as the one pixel has with
# align_corners=0; at the least both libraries choose the same place.
# Seen: onnxruntime puts it at +1 and says nothing, the reference at -1 (numpy warns of a division by
# zero in there), in 2D and in 3D. torch 2.14.1 puts it at 0. With align_corners=0 all agree.
#
# Matters where a net that turns or shifts its picture is exported and meets a strip one pixel wide:
# GridSample then reads another edge in each library.
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


def both(size, align):
    """The grids of the map that moves nothing, from onnxruntime and from the reference."""
    axes = len(size) - 2
    theta = np.eye(axes, axes + 1, dtype=np.float32)[None]
    inputs = {"theta": theta, "size": np.array(size, np.int64)}
    graph = helper.make_graph(
        [helper.make_node("AffineGrid", list(inputs), ["grid"], align_corners=align)],
        "one",
        [
            helper.make_tensor_value_info("theta", TensorProto.FLOAT, theta.shape),
            helper.make_tensor_value_info("size", TensorProto.INT64, [len(size)]),
        ],
        [helper.make_tensor_value_info("grid", TensorProto.FLOAT, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(None, inputs)[0], ReferenceEvaluator(model).run(None, inputs)[0]


for size, ones in (((1, 1, 1, 3), [1]), ((1, 1, 3, 1), [0]), ((1, 1, 1, 1, 3), [1, 2])):
    ours, theirs = both(size, 1)
    print(f"size {size}: onnxruntime {ours[..., ones].ravel()}, reference {theirs[..., ones].ravel()}")
    assert (ours[..., ones] == 1).all() and (theirs[..., ones] == -1).all()
    ours, theirs = both(size, 0)
    assert np.allclose(ours, theirs) and (ours[..., ones] == 0).all()
ours, theirs = both((1, 1, 2, 3), 1)  # no axis of size 1: the same places
assert np.allclose(ours, theirs)
CODE
