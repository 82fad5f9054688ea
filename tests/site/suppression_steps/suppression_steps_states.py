"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"iou_threshold": 0.95, "step": 14},
    {"iou_threshold": 0.05, "score_threshold": 0.05, "step": 14},
    {"score_threshold": 0.95, "step": 3},
    {"step": 0},
]
