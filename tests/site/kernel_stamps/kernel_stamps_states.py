"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"kernel_size": 5, "stride": 3, "seen_as": "convolution", "place": (7, 5)},
    {"kernel_size": 4, "padding": 1, "pixel": (3, 0)},
    {"kernel_size": 1, "stride": 1, "padding": 2},
    {"kernel_size": 1, "stride": 3, "padding": 2, "seen_as": "convolution"},
    {"kernel_size": 5, "stride": 1, "padding": 1},
    {"kernel_size": 5, "cells_show": "stamps"},
    {"kernel_size": 1, "stride": 1, "padding": 2, "seen_as": "convolution"},
]
