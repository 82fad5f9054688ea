"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"pictures": 1, "step": 0},
    {"pictures": 50, "step": 60},
    {"pictures": 1, "step": 60},
    {"pictures": 5, "step": 60},
]
