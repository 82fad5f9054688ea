#!/usr/bin/env bash
# tract 0.23.9, Celu of an ONNX model, beside the formula of the specification.
#
# Guess: max(0, x) + min(0, alpha (exp(x / alpha) - 1)), so that far to the left it is -alpha.
# Seen: the alpha in front is missing: the left end is -1 for every alpha, and at 0 the curve has a kink,
# whose absence is what CELU was proposed for. With alpha = 1, the default, nothing is to be seen. Elu and
# Selu, which have the same factor, are right.
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


x = np.array([-100, -1, -1e-3, 2], "f")
for alpha in (1.0, 0.5, 2.0):
    celu, elu = (outputs(op, {"x": x}, alpha=alpha) for op in ("Celu", "Elu"))
    below = np.minimum(x, 0)
    formula = np.maximum(x, 0) + alpha * np.expm1(below / alpha)
    print(f"alpha {alpha}: at -100 Celu is {celu[0]:g}, by the formula {formula[0]:g}")
    assert np.allclose(celu, np.maximum(x, 0) + np.expm1(below / alpha), atol=1e-6)
    assert np.allclose(elu, np.maximum(x, 0) + alpha * np.expm1(below), atol=1e-6)
assert celu[0] == -1
CODE
