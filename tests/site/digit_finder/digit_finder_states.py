"""Settings in which the demo must look right: the opening state and extremes."""

CROWD = [[8, 28, 0, 0], [1, 12, 10, 10], [4, 20, 38, 38], [2, 20, 40, 40]]

STATES = [
    {},
    {"objects": [], "ground": 3, "truth": True},
    {"objects": CROWD, "ground": 2, "truth": True, "threshold": 0.05, "suppressed": False},
    {"objects": [[5, 12, 0, 50]], "threshold": 0.95, "cells": False},
]
