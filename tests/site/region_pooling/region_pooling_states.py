"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"method": "align", "parts": 3},
    {"region": [0, 0, 12, 8], "parts": 4},
    {"region": [8.2, 2.8, 11.8, 6.8], "parts": 4},
    {"region": [11.5, 7.5, 12, 8], "parts": 4, "method": "align"},
    {"region": [0, 0, 0.5, 0.5], "parts": 1},
]
