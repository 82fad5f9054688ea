"""The graphs of the computational-graph stepper, and what their nodes compute."""

import torch

OPERATIONS = {
    "add": torch.add,
    "mul": torch.mul,
    "max": torch.maximum,
    "double": lambda a: 2 * a,
    "negate": torch.neg,
    "exp": torch.exp,
    "increment": lambda a: 1 + a,
    "reciprocal": torch.reciprocal,
    "sigmoid": torch.sigmoid,
}

# An input is [name, value, [column, row]], a node [name, operation, what it reads, [column, row]];
# every node reads inputs or nodes above it in the list, and the last one is the output.
_WEIGHTED_SUM = [
    ["a", "mul", ["w0", "x0"], [0.5, 1]],
    ["b", "mul", ["w1", "x1"], [2.5, 1]],
    ["c", "add", ["a", "b"], [1.5, 2]],
    ["s", "add", ["c", "w2"], [1.5, 3]],
]
GRAPHS: dict[str, dict] = {
    "product": {
        "title": "(x + y) · z",
        "bound": 5,
        "columns": 3,
        "inputs": [["x", -2.0, [0, 0]], ["y", 5.0, [1, 0]], ["z", -4.0, [2, 1]]],
        "nodes": [["q", "add", ["x", "y"], [0.5, 1]], ["f", "mul", ["q", "z"], [1.25, 2]]],
    },
    "neuron": {
        "title": "neuron, σ(w₀x₀ + w₁x₁ + w₂)",
        "bound": 3,
        "columns": 4,
        "inputs": [
            ["w0", 2.0, [0, 0]],
            ["x0", -1.0, [1, 0]],
            ["w1", -3.0, [2, 0]],
            ["x1", -2.0, [3, 0]],
            ["w2", -3.0, [3, 2]],
        ],
        "nodes": [
            *_WEIGHTED_SUM,
            ["n", "negate", ["s"], [0, 4]],
            ["e", "exp", ["n"], [1, 4]],
            ["d", "increment", ["e"], [2, 4]],
            ["f", "reciprocal", ["d"], [3, 4]],
        ],
        "merged": [*_WEIGHTED_SUM, ["f", "sigmoid", ["s"], [1.5, 4]]],
    },
    "gates": {
        "title": "2 · (x·y + max(z, w))",
        "bound": 5,
        "columns": 4,
        "inputs": [
            ["x", 3.0, [0, 0]],
            ["y", -4.0, [1, 0]],
            ["z", 2.0, [2, 0]],
            ["w", -1.0, [3, 0]],
        ],
        "nodes": [
            ["p", "mul", ["x", "y"], [0.5, 1]],
            ["m", "max", ["z", "w"], [2.5, 1]],
            ["s", "add", ["p", "m"], [1.5, 2]],
            ["f", "double", ["s"], [1.5, 3]],
        ],
    },
    "shared": {
        "title": "x·x + x·y",
        "bound": 5,
        "columns": 3,
        "inputs": [["x", 3.0, [0.6, 0]], ["y", -2.0, [2, 0]]],
        "nodes": [
            ["a", "mul", ["x", "x"], [0.2, 1]],
            ["b", "mul", ["x", "y"], [1.6, 1]],
            ["f", "add", ["a", "b"], [0.9, 2]],
        ],
    },
}
LAST_STEP = 2 * max(len(graph["nodes"]) for graph in GRAPHS.values()) + 1
