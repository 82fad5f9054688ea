"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"side": 20, "first": "8", "second": "1", "at_first": (34, 34), "at_second": (0, 0)},
    {"side": 48, "second": "none", "at_first": (20, 34), "chosen": 4},
    {"side": 48, "first": "0", "second": "9", "at_first": (0, 0), "at_second": (34, 34)},
]
