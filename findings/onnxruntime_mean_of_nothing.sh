#!/usr/bin/env bash
# onnxruntime 1.32.0, CPU, the mean of no numbers.
#
# Guess: NaN, as from torch.mean, numpy.mean and onnx's reference evaluator (1.23.2), or an error.
# Seen: ReduceMean over an axis of length 0 gives 0.0. No message.
#
# Matters where a model averages what is left after a selection (boxes kept, words not masked): with
# nothing left, torch says NaN and the exported net says 0, which looks like an answer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper


def operator(kind, types, outputs=1, **attributes):
    inputs = [f"x{i}" for i in range(len(types))]
    results = [f"y{i}" for i in range(outputs)]
    graph = helper.make_graph(
        [helper.make_node(kind, inputs, results, **attributes)],
        "one",
        [helper.make_tensor_value_info(n, t, None) for n, t in zip(inputs, types)],
        [onnx.ValueInfoProto(name=name) for name in results],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return lambda *given: session.run(None, dict(zip(inputs, given)))


def floats(*values):
    return np.array(values, np.float32)


mean = operator("ReduceMean", [TensorProto.FLOAT, TensorProto.INT64])
found = mean(np.zeros((0, 2), np.float32), np.array([0]))[0]
print("mean over an axis of length 0:", found.tolist())
assert found.tolist() == [[0, 0]]
assert mean(floats(1, 2, 6), np.array([0]))[0].tolist() == [3]
CODE
