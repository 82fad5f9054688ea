"""Settings in which the demo must look right: the one it opens with, and extremes."""

CORNER = {"function": "abs", "x": 0, "difference": "central"}
BEYOND = {"function": "log", "x": 0.3, "difference": "central"}
STATES = [
    {},
    {"function": "sin", "x": 1, "step": 1e-15, "dtype": "float32"},
    {"function": "square", "x": -2, "step": 1, "difference": "central"},
    CORNER,
    BEYOND,
    {"function": "log", "x": -1},
    {"function": "exp", "x": 2, "step": 1e-9, "dtype": "float32", "difference": "central"},
    {"function": "cube", "x": -2, "step": 1, "difference": "central"},
]
