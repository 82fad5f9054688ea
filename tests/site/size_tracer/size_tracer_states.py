"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"side": 195},
    {"side": 290, "padding": 3},
    {"side": 227},
    {"side": 230, "padding": 1},
]
