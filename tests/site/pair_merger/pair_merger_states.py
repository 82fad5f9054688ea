"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"step": 0, "text": "WMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWM"},
    {"step": 40, "text": "a"},
    {"step": 5, "text": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
    {"step": 2, "text": "é语 🐇 naïve é语 🐇 – «ö»"},
    {"step": 40, "text": "to be to be to be to be, to be", "apart": False},
    {"step": 9, "text": "mississippi mississippi banana bandana missouri!"},
]
