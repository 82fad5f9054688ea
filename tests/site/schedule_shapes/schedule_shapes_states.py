"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"schedule": "constant", "peak": 1.5},
    {"schedule": "cosine", "peak": 1.1, "step": 40},
    {"schedule": "warm-up + cosine", "peak": 0.4, "warmup": 0, "step": 0},
    {"schedule": "one-cycle", "peak": 0.01, "warmup": 50, "seed": 99},
]
