#!/usr/bin/env bash
# OpenVINO 2026.4.1, CPU, activations of NaN in 32 bits, beside onnxruntime 1.32.0.
#
# Guess: NaN comes out, as from torch and from onnxruntime, or every activation treats it alike.
# Seen: Relu makes it 0, HardSigmoid 1, Clip the lowest 32-bit number, Cast to bool False; Sigmoid, Tanh,
# Elu, LeakyRelu, Softplus and HardSwish hand it on; Max of two drops it if it stands in the first tensor
# and keeps it in the second.
#
# Matters where a net that has diverged is judged after export: one Relu, and all is finite again.
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


nan = np.array([np.nan, 1, -1] * 10, np.float32)
for kind, instead in (("Relu", 0), ("HardSigmoid", 1), ("Clip", np.finfo(np.float32).min)):
    ours, theirs = answers(kind, [nan])
    print(f"{kind} of NaN: onnxruntime {ours[0]}, OpenVINO {theirs[0]}")
    assert np.isnan(ours[0]) and theirs[0] == np.float32(instead)
    assert np.allclose(ours[nan == nan], theirs[nan == nan])
for kind in ("Sigmoid", "Tanh", "Elu", "LeakyRelu", "Softplus", "HardSwish"):
    assert all(np.isnan(values[0]) for values in answers(kind, [nan]))
one = np.ones_like(nan)
for pair in ([nan, one], [one, nan]):
    ours, theirs = answers("Max", pair)
    print(f"Max of {pair[0][0]} and {pair[1][0]}: onnxruntime {ours[0]}, OpenVINO {theirs[0]}")
    assert np.isnan(ours[0]) and np.isnan(theirs[0]) == (pair[1] is nan)
CODE
