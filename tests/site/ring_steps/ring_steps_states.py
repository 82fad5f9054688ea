"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"workers": 3, "step": 0},
    {"workers": 3, "step": 4},
    {"workers": 5, "step": 4},
    {"workers": 6, "step": 7},
    {"workers": 6, "step": 99},
]
