"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"skips": 2, "way": 2.0, "epoch": 4, "pixel": (63, 63), "strength": 1.0},
    {"skips": 1, "way": 0.4, "epoch": 0, "pixel": (0, 0)},
    {"skips": 2, "way": 0.0, "epoch": 2, "strength": 0.0},
]
