#!/usr/bin/env bash
# IREE 3.13.0 (compiler with its importer of ONNX, and runtime, on a CPU), Det, beside numpy 2.4.6.
#
# Guess: elimination with exchange of rows, as everywhere; a singular matrix gives 0.
# Seen: rows are not exchanged. As soon as a 0 stands where the elimination wants to divide, the
# determinant is NaN: a turn by 90 degrees, whose determinant is 1, gives NaN, and so do an exchange of two
# axes and a matrix of zeros. A turn by 89 degrees and random matrices are right. No message. Known since
# https://github.com/iree-org/iree/issues/24397
#
# Matters for normalising flows (the logarithm of a determinant) that begin with permutations of the
# channels, and for checks that a matrix is a rotation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check onnx==1.23.2 numpy==2.4.6 \
  "iree-base-compiler[onnx]==3.13.0" iree-base-runtime==3.13.0
cd "$folder"
cat > seen.py <<'CODE'
import subprocess
import sys
from pathlib import Path

import iree.runtime
import numpy as np
import onnx
from onnx import TensorProto, helper

TARGET = [
    "--iree-hal-target-device=local",
    "--iree-hal-local-target-device-backends=llvm-cpu",
    "--iree-llvmcpu-target-cpu=generic",
]


def compiled(size):
    """Return the determinant of matrices of a size, as IREE computes it."""
    matrix = helper.make_tensor_value_info("x", TensorProto.FLOAT, (size, size))
    result = helper.make_tensor_value_info("y", TensorProto.FLOAT, ())
    graph = helper.make_graph([helper.make_node("Det", ["x"], ["y"])], "graph", [matrix], [result])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, "m.onnx")
    tools = Path(sys.executable).parent
    name = f"m{size}.vmfb"
    for tool, source, target, options in (
        ("iree-import-onnx", "m.onnx", "m.mlir", []),
        ("iree-compile", "m.mlir", name, TARGET),
    ):
        subprocess.run([tools / tool, source, *options, "-o", target], check=True)
    module = iree.runtime.load_vm_flatbuffer_file(name, driver="local-sync")
    return lambda x: float(module["graph"](x).to_host())


def turn(degrees):
    angle = np.radians(degrees)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]).round(9)


determinant = {size: compiled(size) for size in (2, 3)}
for name, matrix, nan in (
    ("a turn by 89 degrees", turn(89), False),
    ("a turn by 90 degrees", turn(90), True),
    ("an exchange of two axes", np.eye(3)[[1, 0, 2]], True),
    ("zeros", np.zeros((2, 2)), True),
    ("a 0 met on the way", np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]]), True),
    ("random numbers", np.random.default_rng(0).normal(size=(3, 3)), False),
):
    found = determinant[len(matrix)](matrix.astype("f"))
    right = np.linalg.det(matrix)
    print(f"{name}: IREE {found:.6g}, numpy {right:.6g}")
    assert np.isnan(found) if nan else np.isclose(found, right, atol=1e-5)
CODE
"$folder/env/bin/python" seen.py
