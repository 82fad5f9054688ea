"""Settings in which the demo must look right: the one it opens with, and extremes."""

from utils.widgets.semantic_gap import FAR, LEAST

STATES = [
    {},
    {"photo": "camera", "columns": -3, "rows": 4, "brightness": 0.6, "mirrored": True},
    {"photo": "coffee", "columns": 0, "crop": LEAST},
    {"photo": "camera", "columns": -FAR, "rows": FAR, "brightness": 0.2, "crop": 60},
    {"columns": 0},
]
