"""Settings in which the demo that fits a line must look right."""

STATES = [
    {},
    {"preset": "one x for all", "slope": -1},
    {"preset": "far from x = 0", "slope": 4, "intercept": -4},
    {"points": [[0, -4], [0.05, 4]], "slope": 4, "intercept": 4},
]
