#!/usr/bin/env bash
# OpenVINO 2026.4.1 reads Range of ONNX, beside onnxruntime 1.32.0.
#
# Guess: a range whose step leads away from its end is empty, as ONNX says, and as in Python.
# Seen: OpenVINO takes the size of the distance: from 5 to 0 by 2 it counts 5, 7, 9, and from 0 to 5 by
# -1 it counts 0 to -4, for integers and for floats, without a message. Ranges in the right direction
# and from a number to itself agree.
#
# Matters where positions are counted from what is in a cache to a length: with nothing left to do, a
# model goes on with positions that do not exist.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    onnx==1.23.2 onnxruntime==1.32.0 openvino==2026.4.1 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import numpy as np
import onnxruntime
import openvino
from onnx import helper


def answers(kind, arrays, opset=20, **attributes):
    """What onnxruntime says, and what OpenVINO says in 32 bits; None leaves an input out."""
    names = [f"x{place}" if array is not None else "" for place, array in enumerate(arrays)]
    inputs = {name: array for name, array in zip(names, arrays) if array is not None}
    given = [
        helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)
        for name, array in inputs.items()
    ]
    result = helper.make_tensor_value_info("y", given[0].type.tensor_type.elem_type, None)
    node = helper.make_node(kind, names, ["y"], **attributes)
    graph = helper.make_graph([node], "one", given, [result])
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10
    ).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    core = openvino.Core()
    core.set_property("CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    compiled = core.compile_model(core.read_model(model), "CPU")
    there = compiled([inputs[port.get_any_name()] for port in compiled.inputs])
    return session.run(None, inputs)[0], np.array(there[compiled.outputs[0]])


for kind in (np.int64, np.float32):
    for start, stop, step in ((5, 0, 2), (0, 5, -1), (0, -3, 1), (3, 1, 5)):
        ours, theirs = answers("Range", [np.array(number, kind) for number in (start, stop, step)])
        print(f"from {start} to {stop} by {step}: onnxruntime {ours}, OpenVINO {theirs}")
        count = -(-abs(stop - start) // abs(step))
        assert ours.size == 0 and np.array_equal(theirs, start + step * np.arange(count))
    for start, stop, step in ((5, 5, 1), (3, 0, -1), (0, 7, 3)):
        ours, theirs = answers("Range", [np.array(number, kind) for number in (start, stop, step)])
        assert np.array_equal(ours, theirs) and np.array_equal(ours, np.arange(start, stop, step))
CODE
