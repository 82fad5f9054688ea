#!/usr/bin/env bash
# onnxruntime 1.32.0, CPU, the largest of some numbers among which is a NaN.
#
# Guess: a NaN comes out, as from torch.amax, numpy.max, and onnxruntime's own element-wise Max.
# Seen: ReduceMax, ReduceMin and ArgMax take NaN for the largest if it stands first, and step over it
# if it stands anywhere else; GlobalMaxPool steps over it in both places, TopK lists it first in both,
# and Max hands it on. Five answers to one question, no message.
#
# Matters where a net that has diverged is judged after export: its NaN may be gone from the answer.
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

nan = np.nan


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


FLOAT, INT = TensorProto.FLOAT, TensorProto.INT64
axis, two = np.array([0]), np.array([2])
reduce_max = operator("ReduceMax", [FLOAT, INT])
reduce_min = operator("ReduceMin", [FLOAT, INT])
arg_max = operator("ArgMax", [FLOAT], axis=0)
pool = operator("GlobalMaxPool", [FLOAT])
top = operator("TopK", [FLOAT, INT], outputs=2)
both = operator("Max", [FLOAT, FLOAT])
for values in ((nan, 1, 2), (1, nan, 2), (1, 2, nan)):
    x = floats(*values)
    found = {
        "ReduceMax": reduce_max(x, axis)[0].item(),
        "ReduceMin": reduce_min(x, axis)[0].item(),
        "ArgMax": arg_max(x)[0].item(),
        "GlobalMaxPool": pool(x.reshape(1, 1, 3))[0].item(),
        "TopK": top(x, two)[0].tolist()[0],
    }
    print(values, found)
    first = np.isnan(values[0])
    assert np.isnan(found["ReduceMax"]) == np.isnan(found["ReduceMin"]) == first
    assert first or (found["ReduceMax"], found["ReduceMin"]) == (2, 1)
    assert found["ArgMax"] == (0 if first else values.index(2))
    assert found["GlobalMaxPool"] == 2 and np.isnan(found["TopK"])
    assert np.isnan(x.max())
assert np.isnan(both(floats(1, nan), floats(nan, 1))[0]).all()
CODE
