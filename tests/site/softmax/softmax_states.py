"""Settings in which the demo must look right: the one it opens with, and extremes."""

FIVE = {"logits": [5, -1, 0, 0.3, -6], "true_class": 1, "hinge": True, "offset": 1000}
STATES = [
    {},
    {**FIVE, "temperature": 0.13},
    {"logits": [6, -6, -6], "temperature": 0.1, "hinge": True},
    {"preset": "untrained", "temperature": 10},
]
