"""Settings in which the demo must look right: the opening state and extremes."""

FAR = {"predicted": [0, 0, 1.5, 0.5], "true": [12, 9, 16, 10]}
STATES = [
    {},
    {**FAR, "score": "IoU"},
    {**FAR, "score": "DIoU"},
    {"predicted": [6, 4, 13, 8.5], "score": "CIoU"},
    {"predicted": [0, 0, 16, 10], "true": [7, 4, 7.5, 4.5], "score": "GIoU"},
]
