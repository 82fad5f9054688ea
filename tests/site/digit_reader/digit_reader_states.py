"""Settings in which the demo must look right: the opening state and extremes."""

from utils.widgets.digit_reader import examples
from utils.widgets.kit.ink import as_picture

STATES = [
    {},
    {"centred": True},
    {"drawing": "8", "moved": (-8, 8)},
    {"drawing": "1", "moved": (8, -8), "centred": True},
    {"drawing": as_picture(examples()["3"]) * 0},
    {"drawing": as_picture(examples()["5"]).T, "moved": (2, 2)},
]
