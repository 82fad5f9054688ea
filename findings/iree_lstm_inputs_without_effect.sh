#!/usr/bin/env bash
# IREE 3.13.0 (compiler with its importer of ONNX, and runtime, on a CPU), LSTM, beside onnxruntime 1.32.0.
#
# Guess: an optional input of LSTM is used, or refused as the compiler refuses the attributes clip and
# input_forget and the direction "reverse".
# Seen: peephole weights (input P) and sequence_lens are taken and do nothing: the result equals the one
# without them, to the last bit. The state of a short sequence runs on through its padding. No message when
# compiling or running. A plain LSTM agrees with onnxruntime, and so does one with other activations.
#
# Matters for acoustic models with peepholes and for batches of padded sentences: shapes are right, and the
# numbers are plausible ones.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 \
  numpy==2.4.6 "iree-base-compiler[onnx]==3.13.0" iree-base-runtime==3.13.0
cd "$folder"
cat > seen.py <<'CODE'
import subprocess
import sys
from pathlib import Path

import iree.runtime
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

TARGET = [
    "--iree-hal-target-device=local",
    "--iree-hal-local-target-device-backends=llvm-cpu",
    "--iree-llvmcpu-target-cpu=generic",
]


def both(extra, **attributes):
    """Return the states that onnxruntime and IREE make of one LSTM."""
    feeds = plain | extra
    order = ["X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P"]
    names = [name if name in feeds else "" for name in order]
    node = helper.make_node("LSTM", names, ["Y"], hidden_size=2, **attributes)
    values = [
        helper.make_tensor_value_info(k, helper.np_dtype_to_tensor_dtype(v.dtype), v.shape)
        for k, v in feeds.items()
    ]
    result = helper.make_tensor_value_info("Y", TensorProto.FLOAT, (3, 1, 2, 2))
    graph = helper.make_graph([node], "graph", values, [result])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, "m.onnx")
    tools = Path(sys.executable).parent
    for tool, source, target, options in (
        ("iree-import-onnx", "m.onnx", "m.mlir", []),
        ("iree-compile", "m.mlir", "m.vmfb", TARGET),
    ):
        subprocess.run([tools / tool, source, *options, "-o", target], check=True)
    module = iree.runtime.load_vm_flatbuffer_file("m.vmfb", driver="local-sync")
    session = onnxruntime.InferenceSession("m.onnx", providers=["CPUExecutionProvider"])
    return session.run(None, feeds)[0], module["graph"](*feeds.values()).to_host()


generator = np.random.default_rng(0)
shapes = {"X": (3, 2, 2), "W": (1, 8, 2), "R": (1, 8, 2), "B": (1, 16)}
plain = {name: generator.normal(size=shape).astype("f") for name, shape in shapes.items()}
plain |= {"initial_h": np.zeros((1, 2, 2), "f"), "initial_c": np.zeros((1, 2, 2), "f")}
right, without = both({})
print(f"plain LSTM: largest difference {np.abs(right - without).max():.1g}")
assert np.allclose(right, without, atol=1e-5)
for name, extra, attributes in (
    ("P", {"P": generator.normal(size=(1, 6)).astype("f")}, {}),
    ("sequence_lens", {"sequence_lens": np.array([3, 1], "i4")}, {}),
    ("activations", {}, {"activations": ["Sigmoid", "Relu", "Tanh"]}),
):
    right, found = both(extra, **attributes)
    print(f"with {name}: last states by onnxruntime {right[-1].ravel().round(3)}")
    print(f"    by IREE {found[-1].ravel().round(3)}, without {without[-1].ravel().round(3)}")
    if name == "activations":
        assert np.allclose(right, found, atol=1e-5) and not np.allclose(found, without, atol=0.01)
    else:
        assert np.abs(right - found).max() > 0.01 and np.array_equal(found, without)
CODE
"$folder/env/bin/python" seen.py
