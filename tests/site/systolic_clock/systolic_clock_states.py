"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"cycle": 0, "array": 2, "size": 1},
    {"array": 5, "size": 10, "cycle": 30},
    {"array": 2, "size": 10, "products": 8, "cycle": 2002},
    {"array": 4, "size": 8, "cycle": 14},
]
