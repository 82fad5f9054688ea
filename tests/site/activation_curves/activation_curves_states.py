"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"function": "tanh", "scale": 16.0, "start": 0.0, "layers": 20},
    {"function": "ReLU", "scale": 0.25, "start": -3.0, "layers": 20},
    {"function": "GELU", "scale": 4.0, "start": -0.5, "layers": 12},
    {"function": "sigmoid", "scale": 16.0, "start": 3.0, "layers": 20},
    {"function": "leaky ReLU", "start": -1.0, "layers": 1},
]
