"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"preset": "three points", "labeling": 16},
    {"preset": "four in a row", "labeling": 7},
    {"preset": "one inside", "labeling": 2},
    {"points": [(-3, -1.75), (3, -1.75), (0, 1.75), (3, 1.75)], "labeling": 1},
    {"points": [(0, 0), (0, 0.25), (0.25, 0)], "labeling": 3},
]
