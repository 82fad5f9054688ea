#!/usr/bin/env bash
# MNN 3.6.1, its converter from ONNX and its engine on an x86 CPU, beside the reference evaluator of onnx 1.23.2.
#
# Guess: an attribute that changes the result is converted, or the converter stops and names it; an
# operator without attributes follows the specification.
# Seen: three operators lose an attribute without a word. MaxPool pools without its dilations, so that even
# the output is larger; ArgMax takes the first of equals with select_last_index = 1 as well; with fmod = 1
# Mod gives a whole remainder the divisor's sign, as with fmod = 0. And Round, which by the specification
# goes to the even neighbour, goes away from zero.
#
# Matters for dilated networks (the pooling), for quantisation by hand (sums of rounded halves drift), and
# for tests that compare shapes alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check mnn==3.6.1 onnx==1.23.2 numpy==2.4.6
cd "$folder"
cat > seen.py <<'CODE'
import subprocess
import sys
from pathlib import Path

import MNN
import MNN.expr as expr
import numpy as np
import onnx
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator


def both(op, *inputs, **attributes):
    """Return what the reference and MNN make of a model with one operator."""
    kind = TensorProto.INT64 if op == "ArgMax" else TensorProto.FLOAT
    feeds = {f"x{i}": value for i, value in enumerate(inputs)}
    graph = helper.make_graph(
        [helper.make_node(op, list(feeds), ["y"], **attributes)],
        "graph",
        [helper.make_tensor_value_info(k, TensorProto.FLOAT, v.shape) for k, v in feeds.items()],
        [helper.make_tensor_value_info("y", kind, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.save(model, "m.onnx")
    convert = [str(Path(sys.executable).with_name("mnnconvert")), "-f", "ONNX", "--bizCode", "none"]
    subprocess.run(
        [*convert, "--modelFile", "m.onnx", "--MNNModel", "m.mnn"],
        check=True,
        capture_output=True,
    )
    net = MNN.nn.load_module_from_file("m.mnn", list(feeds), ["y"])
    given = [expr.const(v, list(v.shape), expr.NCHW, expr.float) for v in feeds.values()]
    (found,) = net.onForward(given)
    found = expr.convert(found, expr.NCHW) if len(found.shape) == 4 else found
    return ReferenceEvaluator(model).run(None, feeds)[0], np.array(found.read()).reshape(found.shape)


image = np.arange(1, 26, dtype="f").reshape(1, 1, 5, 5)
numbers = [np.array(row, "f") for row in ([0.5, 1.5, 2.5, -0.5], [-7, 7, -7.5], [3, -3, -3])]
window = {"kernel_shape": [2, 2], "strides": [1, 1]}
for op, inputs, attributes, as_if in (
    ("MaxPool", [image], window | {"dilations": [2, 2]}, window),
    ("ArgMax", [np.array([[1, 3, 3]], "f")], {"axis": 1, "select_last_index": 1}, {"axis": 1}),
    ("Mod", numbers[1:], {"fmod": 1}, None),
    ("Round", numbers[:1], {}, None),
):
    reference, found = both(op, *inputs, **attributes)
    print(f"{op}: reference {reference.shape} {reference.ravel()}, MNN {found.shape} {found.ravel()}")
    if op == "Round":
        assert found.tolist() == [1, 2, 3, -1] and reference.tolist() == [0, 2, 2, 0]
    elif op == "Mod":
        assert found[:2].tolist() == [2, -2] and reference[:2].tolist() == [-1, 1]
    else:
        assert np.array_equal(found, both(op, *inputs, **as_if)[0])
        assert reference.shape != found.shape or not np.array_equal(reference, found)
CODE
"$folder/env/bin/python" seen.py | grep -v "device supports\|CPU Group"
