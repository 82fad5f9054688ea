"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"shift": 0, "window": 4, "digit": "8"},
    {"shift": 8, "window": 2, "overlap": True, "digit": "1"},
    {"shift": 4, "window": 3, "overlap": True},
    {"shift": 7, "window": 4, "overlap": True, "digit": "5"},
]
