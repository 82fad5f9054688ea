"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"bits": 8, "per_row": True, "affine": True, "row": 11},
    {"bits": 2, "row": 0},
    {"bits": 2, "per_row": True, "affine": True},
    {"bits": 6, "affine": True, "row": 6},
]
