"""Settings in which the demo must look right: the one it opens with, and extremes."""

STRIDED = {"rows": (1, 5, 2), "columns": (None, None, 3), "position": (1, 2)}
COLUMN = {"rows": (1, 5, None), "columns": 3, "position": 2}
ONE = {"rows": -2, "columns": 7}
EMPTY = {"rows": (4, 2, None), "columns": (None, 12, None)}
BACKWARDS = {"rows": (5, 1, -1), "columns": 9}
ALL = {"rows": (None, None, None), "columns": (None, None, None)}
MEMORY = {"memory": True}
STATES = [{}, STRIDED, ONE, EMPTY, ALL, *(pick | MEMORY for pick in (COLUMN, ALL, BACKWARDS))]
