"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"token": 49, "layer": 2, "head": 3, "digit": 9},
    {"shuffle": True, "token": 1, "digit": 0},
    {"shuffle": True, "positions": "of the patches", "token": 25},
    {"positions": "none", "layer": 2, "token": 7, "digit": 3},
]
