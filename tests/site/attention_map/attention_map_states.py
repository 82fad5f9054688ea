"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"sharpness": 0.0, "place": 7},
    {"word": "WWWWWWWW", "positions": False, "place": 0},
    {"causal": True, "sharpness": 3.0},
    {"positions": False, "word": "MMWMIQJA"},
]
