#!/usr/bin/env bash
# tract 0.23.9, Einsum of an ONNX model, beside numpy 2.4.6.
#
# Guess: "ij,jk->" sums a matrix product to one number, as numpy.einsum and the specification do.
# Seen: with nothing to the right of the arrow tract gives the whole product, a matrix, although the model
# declares a scalar; "i,j->" gives the table of all products, and "ij->" its input. What an index that two
# inputs share is summed over is summed ("i,i->" is right), what stands in one input alone is kept. With
# one index or more to the right ("ij,jk->i", "ij->j") the result is right.
#
# Matters for losses and scores that end in one number: what follows broadcasts the matrix on, and no shape
# is ever found wrong.
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


def einsum(equation, x, *others):
    """Return tract's result; all but the first input are constants."""
    names = ["x", *(f"w{i}" for i in range(len(others)))]
    output = equation.split("->")[1]
    graph = helper.make_graph(
        [helper.make_node("Einsum", names, ["y"], equation=equation)],
        "graph",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None] * len(output))],
        [numpy_helper.from_array(w, name) for name, w in zip(names[1:], others)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.save(model, "m.onnx")
    return tract.onnx().load("m.onnx").into_model().into_runnable().run([x])[0].to_numpy()


rng = np.random.default_rng(0)
a, b, u, v = (rng.normal(size=size).astype("f") for size in ((2, 3), (3, 2), 3, 3))
for equation, inputs, wrong in (
    ("i,i->", (u, v), None),
    ("ij,jk->i", (a, b), None),
    ("ij->j", (a,), None),
    ("ij->", (a,), "ij->ij"),
    ("i,j->", (u, v), "i,j->ij"),
    ("ij,jk->", (a, b), "ij,jk->ik"),
):
    found = einsum(equation, *inputs)
    print(f"{equation:9} tract {found.shape}, numpy {np.einsum(equation, *inputs).shape}")
    assert np.allclose(found, np.einsum(wrong or equation, *inputs), atol=1e-5)
    assert found.shape == np.einsum(wrong or equation, *inputs).shape
CODE
