#!/usr/bin/env bash
# onnx 1.23.2 (its reference evaluator) and onnxruntime 1.32.0: GridSample, cubic, padding "border".
#
# Guess: both answer alike; a place beyond the border has the border's value.
# Seen: on columns 1, 2, 4, 8 a place 0.6 of a pixel right of the last column gives 8 in the reference, and
# 8.288 in onnxruntime (as in torch 2.14.1): more than any pixel. One moves the place to the border and then
# interpolates, the other moves only the neighbours, so that the cubic swings beyond them. Both agree
# inside, two pixels outside, and for linear interpolation. No message.
#
# Matters where a warp or a spatial transformer is exported and tested against the reference.
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


columns = np.tile(np.array([1, 2, 4, 8], np.float32), (4, 1))[None, None]


def at(x, mode):
    """Return both answers at column x, in the middle of the height."""
    place = np.array([[[[(2 * x + 1) / 4 - 1, 0]]]], np.float32)
    return answers(
        "GridSample", [columns, place], opset=22, mode=mode, padding_mode="border", align_corners=0
    )


for x in (1.5, 3.6, -0.7, 6):
    print(f"column {x}: cubic {at(x, 'cubic')}, linear {at(x, 'linear')}")
assert at(1.5, "cubic") == [[2.7188]] * 2
assert at(3.6, "cubic") == [[8], [8.288]]
assert at(-0.7, "cubic") == [[1], [0.9528]]
assert at(6, "cubic") == at(3.6, "linear") == [[8]] * 2
CODE
