"""Settings in which the demo must look right: the one it opens with, and extremes."""

STATES = [
    {},
    {"preset": "far in x", "delta": 0.1},
    {"preset": "no noise", "outlier": [-4, 4], "delta": 6.0},
    {"preset": "no outlier", "outlier": [-4, -4]},
    {"preset": "in the middle", "outlier": [0.3, 4]},
]
