"""Settings in which the demo must look right: the opening state and extremes."""

_CROWD = [(x / 2, y, 1 if (x + y) % 2 else -1) for x in (-7, -3, 0, 7) for y in (-2.5, 0.0, 2.5)]
STATES = [
    {},
    {"updates": 0},
    {"preset": "XOR", "updates": 400},
    {"preset": "wide gap", "updates": 400},
    {"points": [(x, y, -1 if label else 1) for x, y, label in _CROWD], "updates": 60},
    {"points": [(-3.5, -2.5, 1), (3.5, 2.5, 1)], "updates": 1},
]
