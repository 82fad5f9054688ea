#!/usr/bin/env bash
# onnx 1.23.2: its reference evaluator pads a MaxPool with auto_pad "SAME_LOWER" at the wrong end.
#
# Guess: the reference and onnxruntime (1.32.0) agree; SAME_LOWER puts an odd pixel of padding in front, so
# that windows of three at a stride of two over 1 to 8 begin with (nothing, 1, 2).
# Seen: with stride 1 they agree. With stride 2 the reference begins with (1, 2, 3), as for SAME_UPPER, and
# answers 3, 5, 7, 8; onnxruntime answers 2, 4, 6, 8. The reference's own AveragePool is right. No message.
#
# Matters where an exported net is tested against the reference evaluator, which one takes to be the
# standard made to run.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import numpy as np
import onnxruntime
from onnx import helper
from onnx.reference import ReferenceEvaluator


def answers(kind, arrays, opset, **attributes):
    """Return what onnx's reference evaluator says, and what onnxruntime says."""
    names = [f"x{place}" for place in range(len(arrays))]
    given = [
        helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)
        for name, array in zip(names, arrays)
    ]
    result = helper.make_tensor_value_info("y", given[0].type.tensor_type.elem_type, None)
    graph = helper.make_graph(
        [helper.make_node(kind, names, ["y"], **attributes)], "one", given, [result]
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10
    )
    feeds = dict(zip(names, arrays))
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    said = ReferenceEvaluator(model).run(None, feeds)[0], session.run(None, feeds)[0]
    return [values.astype(float).ravel().round(4).tolist() for values in said]


row = np.arange(1, 9, dtype=np.float32).reshape(1, 1, 1, 8)


def pooled(kind, end, size, stride):
    """Return both answers for windows along the row."""
    shape = {"kernel_shape": [1, size], "strides": [1, stride]}
    return answers(kind, [row], opset=22, auto_pad=f"SAME_{end}", **shape)


for kind in ("MaxPool", "AveragePool"):
    print(kind, "LOWER, windows of 3, stride 2:", pooled(kind, "LOWER", 3, 2))
assert pooled("MaxPool", "UPPER", 3, 2) == [[3, 5, 7, 8]] * 2
assert pooled("MaxPool", "LOWER", 2, 1) == [[1, 2, 3, 4, 5, 6, 7, 8]] * 2
assert pooled("MaxPool", "LOWER", 3, 2) == [[3, 5, 7, 8], [2, 4, 6, 8]]
assert pooled("AveragePool", "LOWER", 3, 2) == [[1.5, 3, 5, 7]] * 2
CODE
