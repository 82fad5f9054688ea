"""Settings in which the demo must look right: the opening state, long and short arrows, zeros."""

STATES = [
    {},
    {"a": (-2.5, 1.5), "b": (2.43, -1.0)},
    {"a": (2, -2), "b": (2, 2)},
    {"a": (0, 0), "b": (1, 2)},
    {"a": (2, 1), "b": (0, 0)},
    {"a": (1.5, 2.5), "b": (1.5, 2.5)},
    {"a": (0, -3), "b": (0, 3)},
    {"a": (0.5, 0), "b": (-1, -2.5)},
]
