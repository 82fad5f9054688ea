"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"at": 0},
    {"at": 3, "mark": 2},
    {"keep": 6.0, "idle": -6.0, "marked": 6.0},
    {"keep": 6.0, "idle": 6.0, "marked": 6.0},
    {"keep": -6.0, "idle": 6.0, "mark": 4, "show": -6.0},
]
