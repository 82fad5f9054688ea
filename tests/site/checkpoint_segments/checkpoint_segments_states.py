"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"layers": 36, "length": 1, "step": 36},
    {"layers": 36, "length": 36, "step": 72},
    {"layers": 8, "length": 3, "step": 0},
    {"layers": 36, "length": 6, "step": 108},
    {"layers": 36, "length": 2, "step": 40},
]
