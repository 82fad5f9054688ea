"""Settings in which the demo must look right: the one it opens with, and extremes."""

from utils.widgets.neighbours import MOST

FULL = [[2 * number, 50, number % 3] for number in range(MOST)]
STATES = [
    {},
    {"preset": "checkerboard", "k": 15, "distance": "L1", "query": (0, 100)},
    {"preset": "three classes", "k": 7, "leave_out": True},
    {"points": []},
    {"points": FULL, "k": 4},
]
