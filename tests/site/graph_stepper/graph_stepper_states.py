"""Settings in which the demo must look right: the one it opens with, and extremes."""

from utils.widgets.graph_stepper import LAST_STEP

END = {"step": LAST_STEP}
STATES = [
    {},
    {"graph": "neuron", **END},
    {"graph": "neuron", "merged": True, **END},
    {"graph": "neuron", "inputs": (3, 3, 3, 3, 3), **END},
    {"graph": "gates", "step": 8},
    {"graph": "gates", "inputs": (-4.9, 4.9, 2, 2), **END},
    {"graph": "shared", "inputs": (-3.3, -4.8), **END},
]
