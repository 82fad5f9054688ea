"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"split": "grouped", "folds": 12, "shown": 3},
    {"split": "plain", "folds": 2, "shown": 11},
    {"split": "stratified", "folds": 12, "seed": 99},
    {"split": "shuffled", "folds": 4, "cheat": True},
]
