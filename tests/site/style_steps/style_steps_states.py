"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [
    {},
    {"step": 0, "style": 2, "smooth": 0},
    {"step": 300, "style": 200, "smooth": 10, "curtain": 50},
    {"step": 10, "curtain": 100},
]
# The places of those whose lines paint for many steps: they run with few steps alone.
SLOW_CODE = (0, 2)
