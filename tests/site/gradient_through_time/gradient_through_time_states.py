"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"at": 0},
    {"at": 5, "steps": 7},
    {"radius": 1.5, "steps": 16},
    {"radius": 0.5, "steps": 16, "tanh": True, "clip": True},
    {"radius": 1.5, "steps": 4, "clip": True},
]
