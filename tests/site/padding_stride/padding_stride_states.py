"""Settings in which the padding and stride explorer must look right."""

IMPOSSIBLE = {"input_size": 7, "kernel_size": 5, "dilation": 2}
TRANSPOSED = {"transposed": True, "input_size": 4, "stride": 2, "padding": 1}
UNEQUAL = {"input_size": (7, 9), "kernel_size": (3, 2), "stride": (2, 3), "padding": (2, 0)}
NEGATIVE = {"kernel": [[1, 0, -1], [2, 0, -2], [1, 0, -1]], "position": (5, 5)}
STATES = [
    {},
    {"padding": 1, "stride": 2, "position": (1, 1)},  # as its page opens it
    {"stride": 3, "kernel_size": 2, "cells_show": "uses"},
    {**UNEQUAL, "kernel": [[-9, 9], [0, 1], [8, -8]]},
    {**TRANSPOSED, "stride": 3, "kernel_size": 2, "cells_show": "uses"},
    {"transposed": True, "input_size": 12, "kernel_size": 5, "stride": 4, "dilation": 3},
    {"input_size": 12, "padding": 4, "kernel_size": 5},
    IMPOSSIBLE,
]
