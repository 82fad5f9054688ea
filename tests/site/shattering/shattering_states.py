"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"preset": "three points", "labelling": 16},
    {"preset": "four in a row", "labelling": 7},
    {"preset": "one inside", "labelling": 2},
    {"points": [(-3, -1.75), (3, -1.75), (0, 1.75), (3, 1.75)], "labelling": 1},
    {"points": [(0, 0), (0, 0.25), (0.25, 0)], "labelling": 3},
]
