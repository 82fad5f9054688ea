"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"cut": -4.0, "apart": 0.0, "ill": 50},
    {"cut": 4.0, "apart": 4.0, "ill": 10},
    {"cut": 0.0, "apart": 1.0, "ill": 10},
    {"cut": 0.35},
]
