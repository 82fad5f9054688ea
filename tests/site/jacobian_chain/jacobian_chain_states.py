"""Settings in which the demo must look right: the one it opens with, and extremes."""

from utils.widgets.jacobian_chain import PRESETS

SHUFFLED = {**PRESETS["shuffled"], "joins": ()}
STATES = [
    {},
    SHUFFLED,
    {**PRESETS["bottleneck"], "joins": (1, 3, 2)},
    {"sizes": (64,) * 5, "joins": ()},
    {"sizes": (1,) * 5, "joins": (1,)},
    {"sizes": (64, 1, 64), "places": (), "joins": ()},
    {"sizes": (64, 64, 64, 1), "places": (1, 2, 3), "joins": ()},
    {"sizes": (5, 4, 3), "places": (1, 2), "joins": ()},
    {"sizes": (5, 5, 4, 5), "places": (3, 2, 1), "joins": (2, 1)},
]
