"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"kind": "data", "pieces": 8, "exchange": 2.0},
    {"kind": "tensor", "workers": 6, "pieces": 24, "exchange": 4.0, "time": 30},
    {"kind": "pipeline", "workers": 6, "pieces": 24, "exchange": 0.0},
    {"kind": "pipeline", "workers": 1, "pieces": 1, "exchange": 0.0, "time": 0},
    {"kind": "data", "workers": 6, "pieces": 1, "exchange": 4.0, "time": 9},
]
