#!/usr/bin/env bash
# tract 0.23.9, RNN, GRU and LSTM of an ONNX model, beside the reference evaluator of onnx 1.23.2.
#
# Guess: direction="reverse" reads a sequence from its end, as the specification says; what a library
# cannot do it refuses.
# Seen: tract reads it from the start: all numbers are those of direction="forward", without a message.
# direction="bidirectional" is right, the half that reads backwards included.
#
# Matters where one reads right to left alone, as in the backward half of a model that was split for two
# devices: the network runs, and its answers are those of another network.
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


def both(op, gates, direction):
    """Return a layer's outputs by onnx and by tract, with the same weights for each direction."""
    rng = np.random.default_rng(0)
    x, w, r = (rng.normal(size=size).astype("f") for size in ((4, 1, 2), (1, gates, 2), (1, gates, 1)))
    if direction == "bidirectional":
        w, r = np.repeat(w, 2, 0), np.repeat(r, 2, 0)
    graph = helper.make_graph(
        [helper.make_node(op, ["x", "w", "r"], ["y"], hidden_size=1, direction=direction)],
        "graph",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(w, "w"), numpy_helper.from_array(r, "r")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=9)
    onnx.save(model, "m.onnx")
    runnable = tract.onnx().load("m.onnx").into_model().into_runnable()
    return ReferenceEvaluator(model).run(None, {"x": x})[0], runnable.run([x])[0].to_numpy()


for op, gates in (("RNN", 1), ("GRU", 3), ("LSTM", 4)):
    found = {}
    for direction in ("forward", "reverse", "bidirectional"):
        expected, found[direction] = both(op, gates, direction)
        right = np.allclose(found[direction], expected, atol=1e-5)
        print(f"{op:4} {direction:13} as the reference: {right}")
        assert right == (direction != "reverse")
    assert np.allclose(found["reverse"], found["forward"], atol=1e-6)
    print(f"{op:4} its reverse is its forward")
CODE
