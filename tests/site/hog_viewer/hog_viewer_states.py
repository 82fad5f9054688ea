"""Settings in which the demo must look right: the one it opens with, and extremes."""

STATES = [
    {},
    {"photo": "camera", "cell": 4, "orientations": 18, "chosen": (24, 24)},
    {"photo": "coffee", "cell": 32, "orientations": 2, "contrast": 0.2, "chosen": (2, 0)},
    {"photo": "camera", "cell": 25, "orientations": 7, "contrast": 0.335, "chosen": (0, 3)},
]
