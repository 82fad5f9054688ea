#!/usr/bin/env bash
# OpenVINO 2026.4.1 reads DFT of ONNX (operator set 20), beside onnxruntime 1.32.0.
#
# Guess: of a real signal, (N, length, 1), the one-sided transform has the shape that ONNX names,
# (N, length // 2 + 1, 2), as the two-sided one has (N, length, 2).
# Seen: OpenVINO keeps the last axis of the input as well, (N, length // 2 + 1, 1, 2). The numbers are
# right; the two-sided transform has the right shape. No message when it is read or run.
#
# Matters where a spectrogram is computed inside an exported model: what follows broadcasts the axis too
# many instead of failing.
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


random = np.random.default_rng(0)
for length in (3, 5, 8):
    signal = random.standard_normal((2, length, 1)).astype(np.float32)
    axis = np.array(1, np.int64)
    ours, theirs = answers("DFT", [signal, None, axis])
    assert ours.shape == theirs.shape == (2, length, 2) and np.allclose(ours, theirs, atol=1e-4)
    ours, theirs = answers("DFT", [signal, None, axis], onesided=1)
    print(f"length {length}: onnxruntime {ours.shape}, OpenVINO {theirs.shape}")
    half = length // 2 + 1
    assert ours.shape == (2, half, 2) and theirs.shape == (2, half, 1, 2)
    assert np.allclose(ours, theirs[:, :, 0], atol=1e-4)
CODE
