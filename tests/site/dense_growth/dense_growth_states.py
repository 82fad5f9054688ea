"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"channels": 16, "rate": 32, "layer": 1},
    {"channels": 256, "rate": 4, "layer": 12},
    {"channels": 256, "rate": 32, "layer": 3},
]
