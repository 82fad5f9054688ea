"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"dim": 2, "reduction": "mean", "keepdim": True, "step": 2, "place": 5},
    {"dim": 0, "reduction": "amax", "keepdim": True, "place": 11},
    {"dim": 2, "step": 0, "place": 11},
]
