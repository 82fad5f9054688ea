"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"models": 1},
    {"models": 1000, "examples": 20},
    {"models": 1000, "examples": 500, "seed": 99},
]
