#!/usr/bin/env bash
# onnx 1.23.2 (its reference evaluator) and onnxruntime 1.32.0 on the CPU: RoiAlign with mode "max".
#
# Guess: the largest of the sampled values in each cell. A picture of ones gives 1 everywhere.
# Seen, in both: with one sample a cell, 0.25 where the sample lies between four pixels and 1 where it lies on
# one. What is compared is not the samples but the four weighted neighbours of each: the largest weight
# times pixel. Mode "avg" gives 1, as it should. With one sample a cell there is no message; with more,
# onnxruntime warns that this is wrong and will be mended in its release 1.13.
#
# Matters where a detector's head is exported with max pooling of regions: its features shrink by a factor
# that depends on where the region lies.
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


def cell(start, mode, value=1):
    """Return both answers for a cell that begins at (start, start), on a picture of one value."""
    picture = np.full((1, 1, 8, 8), value, np.float32)
    region = np.array([[start, start, start + 4, start + 4]], np.float32)
    return answers(
        "RoiAlign",
        [picture, region, np.zeros(1, np.int64)],
        opset=16,
        mode=mode,
        output_height=1,
        output_width=1,
        sampling_ratio=1,
        coordinate_transformation_mode="half_pixel",
    )


for start in (1, 1.25, 1.5):
    print(f"from {start}: max {cell(start, 'max')}, avg {cell(start, 'avg')}")
assert cell(1, "avg") == cell(1.25, "avg") == cell(1.5, "max") == [[1]] * 2
assert cell(1, "max") == [[0.25]] * 2
assert cell(1.25, "max") == [[0.5625]] * 2
assert cell(1, "max", value=-1) == [[-0.25]] * 2
CODE
