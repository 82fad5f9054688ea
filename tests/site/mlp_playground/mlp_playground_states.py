"""Settings in which the playground must look right: the opening state and extremes."""

STATES = [
    {},
    {"preset": "spirals", "width": 8, "depth": 3, "activation": "tanh", "steps": 300, "seed": 1},
    {"activation": "none", "width": 1, "steps": 200},
    {"preset": "rings", "width": 1, "depth": 3, "steps": 60, "seed": 3},
    {"preset": "two moons", "activation": "sigmoid", "depth": 2, "lr": 0.3, "steps": 0},
]
