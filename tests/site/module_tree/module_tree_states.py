"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"selected": "", "training": False, "frozen": []},
    {"selected": "features.3"},
    {
        "selected": "features.1",
        "frozen": ["features.0.weight", "features.1.weight", "features.1.bias", "head.bias"],
    },
    {"network": "a shared layer", "selected": "second", "frozen": ["first.weight", "first.bias"]},
    {
        "network": "a shared layer",
        "selected": "head",
        "training": False,
        "frozen": ["head.weight"],
    },
]
