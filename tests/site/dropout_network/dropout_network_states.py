"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"p": 0.6, "relu": True, "passes": 60},
    {"training": False, "passes": 60},
    {"p": 0.0, "passes": 1},
    {"p": 0.6, "scaled": False, "passes": 50, "seed": 9},
]
