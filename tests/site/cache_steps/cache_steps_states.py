"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"order": "rows", "line_length": 8, "lines": 8, "step": 48},
    {"line_length": 1, "lines": 8, "step": 48},
    {"lines": 1, "rows": 2, "line_length": 2, "step": 0},
    {"lines": 6, "step": 47},
]
