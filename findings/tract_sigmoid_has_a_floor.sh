#!/usr/bin/env bash
# tract 0.23.9, Sigmoid and Tanh of an ONNX model, in float32 on an x86 processor.
#
# Guess: within rounding 1 / (1 + exp(-x)): about 2e-9 at -20, 9e-14 at -30; NaN stays NaN.
# Seen: an approximation in a bounded interval: the sigmoid is at least 4.47e-7 and at most 0.9999995, and
# is both of NaN's answers: 4.47e-7 of NaN. Tanh ends at 0.9999994, NaN gives -0.9999994.
#
# Matters where the log of a probability is taken or small ones are compared: no loss exceeds 14.6, all
# very unlikely boxes of a detector tie, and a NaN leaves the network as a sure "no".
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


x = np.array([-10, -20, -30, 30, np.nan], "f")
sigmoid, tanh = outputs("Sigmoid", {"x": x}), outputs("Tanh", {"x": x})
for row in zip(x, sigmoid, tanh):
    print("x = {:g}: sigmoid {:.7g}, tanh {:.7f}".format(*row))
assert np.isclose(sigmoid[0], 1 / (1 + np.exp(10.0)), rtol=0.01)
assert 4e-7 < sigmoid[1] == sigmoid[2] == sigmoid[4] < 5e-7
assert sigmoid[3] < 1 and abs(tanh[:4]).max() < 1 and tanh[4] == tanh[2]
print(f"largest loss: {-np.log(sigmoid[2]):.1f}")
CODE
