"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"bottlenecks": False, "path": "pool"},
    {"inputs": 832, "side": 7, "widths": (384, 192, 384, 48, 128, 128), "bottlenecks": False},
    {"inputs": 1, "side": 1, "widths": (1, 1, 1, 1, 1, 1), "path": "1×1"},
    {"inputs": 1024, "side": 224, "widths": (512,) * 6, "path": "5×5"},
]
