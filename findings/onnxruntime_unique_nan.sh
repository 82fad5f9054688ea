#!/usr/bin/env bash
# onnxruntime 1.32.0, CPU, operator Unique on numbers among which is a NaN.
#
# Guess: NaN is listed once, or once for each NaN, beside the other numbers, as in numpy.unique.
# Seen: a NaN counts as equal to whatever it is compared with. Which numbers vanish depends on where it
# stands: (1, NaN) gives [1] with the count 2, (NaN, 3, 2, 1) gives [NaN] with the count 4, and
# (2, NaN, 1) gives [1, 2] and says that 1, and not 2, is there once. No message.
# onnx's own reference evaluator (1.23.2) gives what numpy gives.
#
# Matters where an exported net counts labels or classes: keep NaN away from Unique, or test for it.
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


unique = operator("Unique", [TensorProto.FLOAT], outputs=4)
for given, values, counts in (
    ((1, nan), [1], [2]),
    ((nan, 1), [nan], [2]),
    ((nan, 3, 2, 1), [nan], [4]),
    ((1, nan, 2), [1, 2], [2, 1]),
    ((2, nan, 1), [1, 2], [1, 2]),
):
    found, _, _, times = unique(floats(*given))
    print(given, "->", found.tolist(), "counts", times.tolist())
    assert np.array_equal(found, floats(*values), equal_nan=True)
    assert times.tolist() == counts
    assert len(np.unique(floats(*given))) == len(given)
CODE
