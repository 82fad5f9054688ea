#!/usr/bin/env bash
# tract 0.23.9, Softplus, ReduceLogSumExp and LogSoftmax of an ONNX model; LogSoftmax also in the reference
# evaluator of onnx 1.23.2.
#
# Guess: both are computed as every framework does, after the largest number has been taken out, since
# that is what the two functions are for: softplus(100) = 100, and of (100, 100) it is 100 + log 2.
# Seen: both are inf from 89 on, where exp overflows in float32; of (-200, -200) the log-sum-exp is -inf.
# LogSoftmax is the log of a softmax: what lies 104 or more below the largest number becomes -inf, in the
# reference evaluator as well, so that a test of one beside the other passes.
#
# Matters for a loss inside an exported model: a sure and wrong answer costs inf, not 150.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check onnx==1.23.2 numpy==2.4.6 tract==0.23.9
cd "$folder"
"$folder/env/bin/python" - <<'CODE'
import numpy as np
import onnx
import tract
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

def outputs(op, inputs, **attributes):
    """Return what tract makes of a model with one operator; weights are constants."""
    (name, x), *weights = inputs.items()
    graph = helper.make_graph(
        [helper.make_node(op, list(inputs), ["y"], **attributes)],
        "graph",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, x.shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, key) for key, value in weights],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.save(model, "m.onnx")
    return tract.onnx().load("m.onnx").into_model().into_runnable().run([x])[0].to_numpy()


for x in (88.0, 89.0, 100.0):
    found = outputs("Softplus", {"x": np.array([x], "f")})[0]
    print(f"softplus({x:g}) = {found:g}")
    assert np.isinf(found) == (x > 88)
axes = np.array([1])
for x in (-200.0, 88.0, 89.0):
    found = outputs("ReduceLogSumExp", {"x": np.array([[x, x]], "f"), "axes": axes}).item()
    print(f"log-sum-exp of two times {x:g}: {found:g}, and {x + np.log(2):.4f} is right")
    assert np.isinf(found) == (x != 88)
logits = np.array([[-150, -80, 0]], "f")
node = helper.make_node("LogSoftmax", ["x"], ["y"], axis=1)
graph = helper.make_graph(
    [node],
    "graph",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, logits.shape)],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, logits.shape)],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
with np.errstate(divide="ignore"):
    reference = ReferenceEvaluator(model).run(None, {"x": logits})[0]
found = outputs("LogSoftmax", {"x": logits}, axis=1)
print(f"LogSoftmax of {logits[0]}: tract {found[0]}, reference {reference[0]}")
for result in (found, reference):
    assert np.isneginf(result[0, 0]) and np.allclose(result[0, 1:], logits[0, 1:])
CODE
