"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"groups": 1, "layers": "two"},
    {"groups": 16},
    {"groups": 8, "layers": "shuffled"},
    {"groups": 4, "layers": "shuffled"},
]
