"""Settings in which the demo must look right: the opening state and extremes."""

STATES = [{}, {"x": -2.0}, {"x": 2.0}, {"x": 0.0}]
