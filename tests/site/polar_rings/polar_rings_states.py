"""Settings in which the demo must look right: the one it opens with, and extremes."""

STATES = [
    {},
    {"preset": "half moons", "blend": 0.505, "angle": 180, "offset": -3.5},
    {"preset": "two clouds", "blend": 1, "angle": 90, "offset": 3.5},
    {"preset": "cluster in a ring", "blend": 0.07, "angle": 127, "offset": -1.23},
]
