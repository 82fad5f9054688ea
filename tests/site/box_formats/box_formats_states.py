"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"box": (0, 0, 16, 12), "notation": "xywh"},
    {"box": (15, 11, 16, 12), "notation": "xyxy", "count": "pixels"},
    {"box": (0, 0, 1, 1), "notation": "cxcywh", "count": "pixels"},
]
