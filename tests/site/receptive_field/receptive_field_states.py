"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"dilation": (1, 3, 9), "place": -2},
    {"kernel": (5, 5, 5), "stride": (2, 2, 2), "dilation": (9, 9, 9), "place": 2},
    {"kernel": (1, 1, 1), "dilation": (1, 1, 1)},
    {"kernel": (2, 4, 3), "stride": (2, 1, 2), "dilation": (1, 2, 3), "place": 1},
]
