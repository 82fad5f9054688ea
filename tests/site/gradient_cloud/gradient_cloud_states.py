"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"batch_size": 1, "point": (-2.9, -2.1)},
    {"batch_size": 64},
    {"batch_size": 64, "put_back": True, "point": (2.9, 2.1)},
    {"point": (0.4, 0.3), "batch_size": 1, "seed": 99},
]
