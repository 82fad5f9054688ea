#!/usr/bin/env bash
# AffineGrid of ONNX with align_corners=1: onnxruntime 1.32.0, the reference evaluator of onnx 1.23.2,
# OpenVINO 2026.4.1.
#
# Guess: an axis of size 1 has its one place in the middle, 0, as the one pixel has with
# align_corners=0; at the least the libraries choose the same place.
# Seen: onnxruntime puts it at +1 and says nothing, the reference at -1 (numpy warns of a division by
# zero in there), in 2D and in 3D; OpenVINO puts it at 0 but lays the row twice, so that the grid of one
# row has two. torch 2.14.1 puts it at 0, once. With align_corners=0 all agree.
#
# Matters where a net that turns or shifts its picture is exported and meets a strip one pixel wide:
# GridSample then reads another edge in each library.
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
from onnx.reference import ReferenceEvaluator


def answers(kind, arrays, opset=20, **attributes):
    """What onnxruntime, OpenVINO and the reference evaluator say."""
    inputs = {f"x{place}": array for place, array in enumerate(arrays)}
    given = [
        helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)
        for name, array in inputs.items()
    ]
    result = helper.make_tensor_value_info("y", given[0].type.tensor_type.elem_type, None)
    node = helper.make_node(kind, list(inputs), ["y"], **attributes)
    graph = helper.make_graph([node], "one", given, [result])
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10
    ).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    core = openvino.Core()
    core.set_property("CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    compiled = core.compile_model(core.read_model(model), "CPU")
    there = compiled([inputs[port.get_any_name()] for port in compiled.inputs])
    reference = ReferenceEvaluator(model).run(None, inputs)[0]
    return session.run(None, inputs)[0], np.array(there[compiled.outputs[0]]), reference


def three(size, align):
    """The grids of the map that moves nothing, from three libraries."""
    axes = len(size) - 2
    theta = np.eye(axes, axes + 1, dtype=np.float32)[None]
    return answers("AffineGrid", [theta, np.array(size, np.int64)], align_corners=align)


for size, ones in (((1, 1, 1, 3), [1]), ((1, 1, 3, 1), [0]), ((1, 1, 1, 1, 3), [1, 2])):
    ours, theirs, reference = three(size, 1)
    print(f"size {size}: onnxruntime {np.unique(ours[..., ones])}, reference", end=" ")
    print(f"{np.unique(reference[..., ones])}, OpenVINO {np.unique(theirs[..., ones])} {theirs.shape}")
    assert (ours[..., ones] == 1).all() and (reference[..., ones] == -1).all()
    assert (theirs[..., ones] == 0).all() and theirs.size == ours.size * 2 ** len(ones)
    for grids in (three(size, 0), three((1, 1, *(max(length, 2) for length in size[2:])), 1)):
        assert all(np.allclose(grid, grids[0], atol=1e-6) for grid in grids[1:])
    assert abs(three(size, 0)[0][..., ones]).max() < 1e-6
CODE
