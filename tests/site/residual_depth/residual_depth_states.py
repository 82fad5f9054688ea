"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"blocks": 16, "cut": 16},
    {"blocks": 2, "cut": 1, "normalise": True},
    {"blocks": 16, "normalise": True},
    {"blocks": 5, "cut": 9},
]
