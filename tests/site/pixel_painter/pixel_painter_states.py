"""Settings in which the demo must look right: the one it opens with, and extremes."""

LAST = {"order": "channels last", "row": 7, "column": 7, "channel": "blue"}
STATES = [
    {},
    LAST,
    {"preset": "black", "row": 0, "column": 0},
    {"preset": "colour bars", "order": "channels last", "channel": "green"},
    {"preset": "rainbow", "row": 7, "column": 0},
]
