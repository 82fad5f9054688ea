"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"batch_size": 2, "seed": 3},
    {"batch_size": 64},
    {"training": False, "batch_size": 4},
    {"training": False, "batch_size": 64, "seed": 99},
]
