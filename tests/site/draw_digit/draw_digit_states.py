"""Settings in which the demo must look right: the opening state and extremes."""

import torch

BLANK = torch.zeros(8, 8)
ONE_UNIT = [torch.ones(1, 64), torch.zeros(1), -torch.ones(10, 1), torch.zeros(10)]
MANY_UNITS = [torch.eye(64), -torch.ones(64), torch.ones(10, 64), torch.arange(10.0)]
STATES = [
    {},
    {"drawing": BLANK},
    {"drawing": BLANK + 16, "moved": (-7, 7)},
    {"drawn": 5, "moved": (1, 0), "layers": ONE_UNIT},
    {"layers": MANY_UNITS, "unit": 63},
    {"unit": 5},
    {"label": 8, "moved": (0, 1)},
]
