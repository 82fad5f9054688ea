"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"digit": "1", "size": 10, "fill": 1.0, "painted": list(range(196)), "place": (0, 13)},
    {"digit": "3", "size": 2, "fill": 0.5, "painted": [], "place": (13, 0)},
    {"digit": "9", "size": 4, "painted": list(range(196)), "place": (6, 6)},
]
