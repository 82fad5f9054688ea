"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"activation": "sigmoid", "scale": 0.25, "layers": 40},
    {"activation": "ReLU", "scale": 16.0, "layers": 40, "residual": True},
    {"activation": "sigmoid", "scale": 16.0, "layers": 2},
    {"activation": "ReLU", "scale": 3.0},
]
