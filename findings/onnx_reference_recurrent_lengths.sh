#!/usr/bin/env bash
# onnx 1.23.2, its reference evaluator, recurrent operators, beside onnxruntime 1.32.0.
#
# Guess: the reference follows the specification of RNN, GRU and LSTM, in which sequence_lens says where
# each sequence of a batch ends and clip bounds what enters the activations; or it refuses them.
# Seen: it takes both and ignores both, without a message: it computes on through the padding, and its
# last state is that of the padding. onnxruntime gives zeros after the end, the state at the end, and
# other numbers with clip. Without the two the libraries agree.
#
# Matters where an export is tried against the reference: a batch of padded sequences "fails" in the
# library that is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

STEPS, BATCH, SIZE, HIDDEN = 3, 2, 4, 3
GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}


def both(kind, lengths=None, **attributes):
    """Output and last state of both libraries on the same random weights."""
    random = np.random.default_rng(0)
    rows = GATES[kind] * HIDDEN
    shapes = {"X": (STEPS, BATCH, SIZE), "W": (1, rows, SIZE), "R": (1, rows, HIDDEN)}
    inputs = {
        name: random.standard_normal(shape).astype(np.float32) for name, shape in shapes.items()
    }
    infos = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, value.shape)
        for name, value in inputs.items()
    ]
    names = list(inputs)
    if lengths is not None:
        inputs["lengths"] = np.array(lengths, np.int32)
        infos.append(helper.make_tensor_value_info("lengths", TensorProto.INT32, [BATCH]))
        names += ["", "lengths"]
    node = helper.make_node(kind, names, ["Y", "Y_h"], hidden_size=HIDDEN, **attributes)
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("Y", "Y_h")
    ]
    graph = helper.make_graph([node], "one", infos, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(None, inputs), ReferenceEvaluator(model).run(None, inputs)


for kind in GATES:
    plain, reference = both(kind)
    assert all(np.allclose(one, other, atol=1e-5) for one, other in zip(plain, reference))
    (output, last), cut = both(kind, lengths=[3, 1])
    print(f"{kind}: after the end onnxruntime gives {output[1:, 0, 1].ravel()}")
    print(f"     the reference {cut[0][1:, 0, 1].ravel()}")
    assert (output[1:, 0, 1] == 0).all() and np.array_equal(last[0, 1], output[0, 0, 1])
    assert np.array_equal(cut[0], reference[0]) and np.array_equal(cut[1], reference[1])
    (clipped, _), same = both(kind, clip=0.1)
    assert not np.allclose(clipped, plain[0], atol=1e-2) and np.array_equal(same[0], reference[0])
CODE
