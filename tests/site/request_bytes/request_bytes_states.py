"""Settings in which the demo must look right: the opening state, and each form."""

STATES = [
    {},
    {"stage": 0, "place": 0},
    {"stage": 1, "place": 63, "digit": 8},
    {"stage": 2, "inverted": True},
    {"stage": 3, "digit": 1, "place": 7},
    {"stage": 4, "digit": 3},
    {"stage": 4, "digit": 0, "inverted": True},
]
