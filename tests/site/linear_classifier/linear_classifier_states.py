"""Settings in which the demo must look right: the one it opens with, and extremes."""

ZEROS = {"weights": [[0, 0], [0, 0], [0, 0]]}
STATES = [
    {},
    {"preset": "overlapping", "kind": "cross-entropy", "decay": 0.3, "selected": 14},
    {"preset": "one class in the middle", "weights": [[4, 4], [-4, -4], [4, -4]], "lr": 1},
    ZEROS,
    {"weights": [[-2, 1], [2, 1], [0, -2.5]], "steps": 40},
]
# Names of arrows at the rim, and of arrows without a length, meet numbers and each other.
CROWDED = (2, 3)
