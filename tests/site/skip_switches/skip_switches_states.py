"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"skips": [True, True, True], "scene": 3},
    {"skips": [False, False, False], "scene": 1},
    {"step": 4, "scene": 2},
    {"step": 0},
]
