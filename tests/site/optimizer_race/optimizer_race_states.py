"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"rates": "tuned", "turn": 45.0, "steps": 200},
    {"surface": "Beale", "start": (1.0, 1.5), "lr": 5.0, "steps": 0},
    {"surface": "saddle", "start": (-4.0, 0.0), "beta": 0.0, "steps": 200},
    {"surface": "bowl", "start": (0.0, 0.0), "beta": 0.99, "steps": 200},
]
