"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"kind": "turn", "strength": 100, "follow": True},
    {"kind": "crop", "strength": 100, "follow": False},
    {"kind": "shear", "strength": 55, "follow": True},
    {"kind": "hue", "strength": 70, "follow": True},
]
