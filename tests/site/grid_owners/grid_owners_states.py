"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"side": 2, "chosen": 1},
    {"side": 10, "chosen": 3},
    {"side": 2, "centres": [20.0, 20.0, 21.0, 21.0, 22.0, 20.0, 19.0, 22.0], "chosen": 2},
]
