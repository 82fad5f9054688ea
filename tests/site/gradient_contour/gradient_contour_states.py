"""Settings in which the demo must look right: the one it opens with, and extremes."""

STATES = [
    {},
    {"function": "bowl", "point": (-2, 2), "angle": 200},
    {"function": "saddle", "point": (0, 0), "angle": 0},
    {"function": "valley", "point": (-2, -2), "angle": 350},
]
