"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"text": "q", "temperature": 2.0, "head": 8},
    {
        "temperature": 0.0,
        "text": "the mock turtle the mock turtle the mock turtle the mock turtle",
    },
    {"text": 190 * "w", "head": 1},
    {"text": "no, no!\n\n", "temperature": 0.1, "dice": 99},
]
