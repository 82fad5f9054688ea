"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"shown": 1},
    {"architecture": "((1, 1),)", "dense": 16, "side": 32},
    {"architecture": f"({', '.join(['(8, 1024)'] * 7)})"},
    {"architecture": "((1, 16), (1, 32), (2, 64), (2, 64), (1, 8), (3, 8))", "side": 32},
]
