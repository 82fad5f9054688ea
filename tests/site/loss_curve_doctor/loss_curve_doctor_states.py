"""Settings in which the doctor must look right: the opening state and extremes."""

from utils.widgets.loss_curve_doctor import CASES

STATES = [
    {},
    {"patient": 4, "guesses": ["", "softmax twice", "", "never cleared", "", ""], "seed": 7},
    {"patient": 6, "guesses": list(CASES), "epochs": 12},
    {"patient": 3, "guesses": ["rate too high"] * 6, "epochs": 1, "seed": 99},
    {"patient": 5, "guesses": ["never cleared"] * 6},
]
