"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"peak": 10.0, "bandwidth": 1e4, "n": 8},
    {"peak": 1e6, "bandwidth": 1.0, "n": 8192},
    {"peak": 196.5, "bandwidth": 26.9, "n": 2844},
    {"peak": 1e6, "bandwidth": 1e4, "n": 700},
]
