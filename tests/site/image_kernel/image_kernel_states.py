"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"photo": "camera", "preset": "sharpen", "view": "raw", "padding": 0},
    {"photo": "coffee", "preset": "Gaussian blur", "kernel_size": 5, "stride": 4, "padding": 2},
    {"kernel_size": 5, "preset": "Laplacian", "view": "raw", "position": (0, 0)},
    {"kernel": [[-99999.5] * 5] * 5, "divisor": 0.001, "stride": 3},
]
