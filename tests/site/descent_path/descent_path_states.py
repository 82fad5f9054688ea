"""Settings in which the descent path must look right."""

from utils.widgets.descent_path import PRESETS

WORST = {"surface": "parabola", "curvature": 50, "start": (3, 0), "lr": 3.0, "steps": 60}
STATES = [{}, *(PRESETS[name] for name in ("diverging", "data, minibatches", "slow")), WORST]
