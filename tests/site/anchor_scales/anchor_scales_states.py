"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"stage": 0, "sizes": [10, 20, 20, 36], "ratio": 0.65, "cell": [2, 12]},
    {"stage": 0, "cell": [1, 12]},
    {"sizes": [20, 20, 20, 20], "cell": [1, 1]},
    {"stage": 3, "sizes": [56, 56, 56, 56], "ratio": 2.0, "cell": [1, 1]},
    {"stage": 2, "sizes": [4, 4, 4, 4], "ratio": 0.4, "cell": [15, 15]},
]
