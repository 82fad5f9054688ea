"""Settings in which the demo must look right: the opening state and extremes."""

from utils.widgets.mask_brush import DIGITS

STATES = [
    {},
    {"painted": "0" * DIGITS, "truth": "both"},
    {"painted": "f" * DIGITS, "brush": 5},
    {"painted": "a5" * (DIGITS // 2), "truth": "both", "tool": "erase"},
]
