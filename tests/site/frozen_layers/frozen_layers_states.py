"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"frozen": 0, "images": 1},
    {"frozen": 4, "images": 32},
    {"frozen": 1, "images": 2},
]
