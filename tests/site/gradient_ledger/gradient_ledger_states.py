"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"entries": []},
    {"entries": ["nothing"] * 6},
    {"cut": "x in p", "entries": ["nothing", "x in p"]},
    {"cut": "x in L"},
    {"cut": "p", "entries": ["p"]},
    {"cut": "no_grad p", "entries": ["nothing", "no_grad p"]},
    {"cut": "no_grad", "entries": ["nothing", "no_grad"]},
    {"entries": ["None"]},
    {"entries": ["p", "zeros"], "zeros": True},
]
