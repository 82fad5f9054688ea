"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"a_shape": (6, 6, 6, 6), "b_shape": (6, 1), "operation": "mul", "index": (5, 5, 5, 5)},
    {"a_shape": (3, 2), "b_shape": (3,)},
    {"a_shape": (2, 1), "b_shape": (1, 0)},
    {"a_shape": (), "b_shape": (), "operation": "sub"},
    {"a_shape": (1, 6, 1), "b_shape": (6, 1, 1, 6), "step": 2},
]
