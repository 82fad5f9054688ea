"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"columns": "standardised", "correlation": -0.95},
    {"columns": "white", "scale": 1.0},
    {"scale": 6.0, "correlation": 0.95},
    {"scale": 1.0, "correlation": 0.0},
]
