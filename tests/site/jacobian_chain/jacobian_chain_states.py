"""Settings in which the demo must look right: the one it opens with, and extremes."""

from utils.widgets.jacobian_chain import PRESETS

BOTTLENECK = {"sizes": PRESETS["bottleneck"]}
STATES = [
    {},
    {"step": 1, "order": "forward", "puzzle": 6},
    {**BOTTLENECK, "order": "forward", "step": 2, "puzzle": 2},
    {"sizes": (64,) * 5, "step": 3, "puzzle": 7},
    {"sizes": (1,) * 5, "step": 1},
    {"sizes": (64, 1, 64), "step": 1, "puzzle": 4},
]
