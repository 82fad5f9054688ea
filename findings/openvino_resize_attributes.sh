#!/usr/bin/env bash
# OpenVINO 2026.4.1 reads Resize of ONNX, beside onnxruntime 1.32.0.
#
# Guess: what the reader does not know it refuses, as it refuses half_pixel_symmetric by name.
# Seen: antialias, exclude_outside and keep_aspect_ratio_policy are dropped without a message: a picture
# is made smaller without smoothing, the edges of a cubic enlargement differ, and a picture that should
# keep its shape comes out in another size. Without the three both libraries agree.
#
# Matters where the preparation of pictures is exported with the net: an aliased picture looks almost
# right and costs accuracy.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    onnx==1.23.2 onnxruntime==1.32.0 openvino==2026.4.1 numpy==2.4.6
"$folder/env/bin/python" - <<'CODE'
import numpy as np
import onnxruntime
import openvino
from onnx import helper


def answers(kind, arrays, opset=20, **attributes):
    """What onnxruntime says, and what OpenVINO says in 32 bits; None leaves an input out."""
    names = [f"x{place}" if array is not None else "" for place, array in enumerate(arrays)]
    inputs = {name: array for name, array in zip(names, arrays) if array is not None}
    given = [
        helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)
        for name, array in inputs.items()
    ]
    result = helper.make_tensor_value_info("y", given[0].type.tensor_type.elem_type, None)
    node = helper.make_node(kind, names, ["y"], **attributes)
    graph = helper.make_graph([node], "one", given, [result])
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10
    ).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    core = openvino.Core()
    core.set_property("CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    compiled = core.compile_model(core.read_model(model), "CPU")
    there = compiled([inputs[port.get_any_name()] for port in compiled.inputs])
    return session.run(None, inputs)[0], np.array(there[compiled.outputs[0]])


def sizes(*values):
    return np.array(values, np.int64)


picture = np.arange(25, dtype=np.float32).reshape(1, 1, 5, 5)
plain = {"mode": "linear"}, {"mode": "cubic", "cubic_coeff_a": -0.75}
for attributes in plain:
    ours, theirs = answers("Resize", [picture, None, None, sizes(1, 1, 2, 2)], **attributes)
    assert np.allclose(ours, theirs, atol=1e-4)
    smooth, same = answers(
        "Resize", [picture, None, None, sizes(1, 1, 2, 2)], antialias=1, **attributes
    )
    print(f"5×5 to 2×2 with antialias: onnxruntime {smooth.ravel()}, OpenVINO {same.ravel()}")
    assert np.array_equal(same, theirs) and abs(smooth - ours).max() > 0.3
ours, theirs = answers("Resize", [picture, None, None, sizes(1, 1, 9, 9)], mode="cubic")
outside, same = answers(
    "Resize", [picture, None, None, sizes(1, 1, 9, 9)], mode="cubic", exclude_outside=1
)
assert np.allclose(ours, theirs, atol=1e-4) and np.array_equal(same, theirs)
assert abs(outside - ours).max() > 0.1
kept, stretched = answers(
    "Resize",
    [picture[:, :, :3], None, None, sizes(4, 4)],
    mode="linear",
    axes=[2, 3],
    keep_aspect_ratio_policy="not_larger",
)
print(f"3×5 into 4×4, keeping its shape: onnxruntime {kept.shape[2:]}, OpenVINO {stretched.shape[2:]}")
assert kept.shape == (1, 1, 2, 4) and stretched.shape == (1, 1, 4, 4)
CODE
