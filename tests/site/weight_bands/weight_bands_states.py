"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"share": True, "reach": 0, "shift": 0},
    {"share": True, "reach": 15, "shift": 11},
    {"share": False, "reach": 2, "shift": 11},
]
