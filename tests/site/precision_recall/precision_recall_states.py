"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"shown": 0},
    {"shown": 11, "threshold": 0.7},
    {"shown": 11, "threshold": 0.95},
    {"shown": 1, "threshold": 0.85},
]
