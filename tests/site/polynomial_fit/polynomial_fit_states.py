"""Settings in which the polynomial fit must look right: the opening state and extremes."""

STATES = [
    {},
    {"degree": 0, "targets": [-2, 2, -2, 2]},
    {"degree": 15, "targets": [2, -2] * 12},
    {"degree": 15, "targets": [0, 0, 0, 0, 0]},
]
