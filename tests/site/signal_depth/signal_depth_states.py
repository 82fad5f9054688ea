"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"scale": 4.0},
    {"function": "ReLU", "scale": 0.25},
    {"function": "linear", "scale": 4.0},
    {"function": "ReLU", "scale": 2**0.5},
]
