"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"picture": "rocket", "layers": 1},
    {"picture": "turned rocket", "layers": 16},
    {"picture": "cat", "layers": 100},
]
