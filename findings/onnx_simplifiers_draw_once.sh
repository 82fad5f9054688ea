#!/usr/bin/env bash
# onnxoptimizer 0.4.2, onnxsim 0.8.1, onnxslim 0.1.98 and onnxruntime 1.32.0, random numbers in ONNX models.
#
# Guess: a simplifier changes the nodes and not what is computed. Two nodes that draw random numbers are two
# draws although they look the same; onnxruntime's optimiser has a list of them, and leaves them alone.
# Seen: the three simplifiers take nodes without a seed for a common subexpression and keep one: RandomNormal
# and RandomUniform with and without "Like", Bernoulli, Multinomial, Dropout in training. All differences of
# two draws are 0. onnxslim also draws RandomNormal and RandomUniform itself and stores what it drew, the same
# in every run, and takes Dropout out although it trains, seed or none. onnxruntime's optimiser, on by
# default, forgets Bernoulli: two of them become one. No message.
#
# Matters for what samples inside a model: variational autoencoders, diffusion, Monte Carlo dropout, graphs
# for training. A variance that is estimated from two draws is 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 onnx==1.23.2 \
  onnxruntime==1.32.0 onnxoptimizer==0.4.2 onnxsim==0.8.1 onnxslim==0.1.98
"$folder/env/bin/python" - <<'CODE'
import numpy as np
import onnx
import onnxoptimizer
import onnxruntime
import onnxsim
import onnxslim
from onnx import TensorProto, helper, numpy_helper

SIZE = 1000
OPS = {
    "RandomNormal": ([], {"shape": [1, SIZE]}),
    "RandomUniform": ([], {"shape": [1, SIZE]}),
    "RandomNormalLike": (["x"], {}),
    "RandomUniformLike": (["x"], {}),
    "Bernoulli": (["x"], {}),
    "Multinomial": (["x"], {"sample_size": SIZE}),
    "Dropout": (["x", "ratio", "training"], {}),
}
OFF = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
ON = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
TOOLS = {
    "as it is": (lambda model: model, OFF),
    "onnxruntime's optimiser": (lambda model: model, ON),
    "onnxoptimizer": (onnxoptimizer.optimize, OFF),
    "onnxsim": (lambda model: onnxsim.simplify(model)[0], OFF),
    "onnxslim": (onnxslim.slim, OFF),
}
STORED = ("RandomNormal", "RandomUniform")


def built(op, seeds):
    """Return a model that gives x and what two draws differ by."""
    inputs, attributes = OPS[op]
    nodes = []
    for name, seed in zip("ab", seeds):
        extra = {} if seed is None else {"seed": int(seed) if op == "Dropout" else seed}
        nodes.append(helper.make_node(op, inputs, [name], **attributes, **extra))
        nodes.append(helper.make_node("Cast", [name], [name + "_float"], to=TensorProto.FLOAT))
    nodes.append(helper.make_node("Sub", ["a_float", "b_float"], ["difference"]))
    nodes.append(helper.make_node("Add", ["x", "difference"], ["y"]))
    constants = {"ratio": np.float32(0.5), "training": np.bool_(True)} if op == "Dropout" else {}
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, SIZE])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, SIZE])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model


def differences(model, level):
    """Return what two draws differ by, in two runs."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = level
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    x = np.full((1, SIZE), 0.5, "f")
    return [session.run(None, {"x": x})[0] - x for _ in range(2)]


for op in OPS:
    for seeds in ((None, None), (1.0, 2.0)):
        for tool, (simplify, level) in TOOLS.items():
            model = simplify(built(op, seeds))
            first, second = differences(model, level)
            left = sum(node.op_type == op for node in model.graph.node)
            alike, fixed = not first.any(), np.array_equal(first, second)
            says = "two equal draws" if alike else "stored numbers" if fixed else "two draws"
            print(f"{op}, {'two seeds' if seeds[0] else 'no seeds'}, {tool}: {left} left, {says}")
            if tool == "onnxslim" and op in STORED:
                assert (left, alike, fixed) == (0, False, True)
            elif tool == "onnxslim" and op == "Dropout":
                assert (left, alike) == (0, True)
            elif seeds[0] or tool == "as it is":
                assert (left, alike, fixed) == (2, False, False)
            elif tool == "onnxruntime's optimiser":
                assert (left, alike) == (2, op == "Bernoulli")
            else:
                assert (left, alike) == (1, True)
CODE
