"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"penalty": "L2", "strength": 1.0},
    {"strength": 0.0, "minimum": (-2.0, 2.0)},
    {"strength": 4.0, "minimum": (-2.0, -2.0)},
    {"minimum": (0.0, 0.0), "penalty": "L2"},
    {"minimum": (2.0, 0.0), "strength": 0.3},
]
