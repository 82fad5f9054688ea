"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"photo": "coffee", "preset": "colour only", "channel": 2, "position": (0, 127)},
    {"preset": "grey", "position": (127, 0)},
    {"matrix": [[-1.95, -0.45, -1.25]] * 3, "channel": 1},
    {"matrix": [[2.0] * 3] * 3, "position": (5, 5)},
]
