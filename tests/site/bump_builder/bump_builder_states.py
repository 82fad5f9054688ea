"""Settings in which the bump builder must look right: the opening state and extremes."""

STATES = [
    {},
    {"target": "jump", "bumps": 40, "steepness": 2000.0},
    {"target": "wave", "bumps": 1, "steepness": 10.0},
    {"weights": "trained", "target": "wiggles", "bumps": 40, "steps": 300, "lr": 0.3, "seed": 3},
    {"weights": "trained", "target": "corner", "bumps": 2, "steps": 0, "seed": 99},
]
