"""Settings in which the demo must look right: the one it opens with, and extremes."""

EIGEN = {"view": "eigenvectors"}
STATES = [
    {},
    {"preset": "singular", "angle": 120},
    {"preset": "symmetric", "angle": 135, **EIGEN},
    {"preset": "rotation", **EIGEN},
    {"matrix": [[2, 2], [2, -2]]},
    {"matrix": [[2, 2], [2, -2]], "view": "box"},
    {"preset": "reflection", "view": "area"},
    {"matrix": [[0, 0], [0, 0]], **EIGEN},
]
