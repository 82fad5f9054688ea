"""Settings in which the demo must look right: the opening state and extremes."""

import torch
from torch import nn

from utils.widgets.kit.lenet import lenet

torch.manual_seed(0)
STATES = [
    {},
    {"layer": 1, "channel": 5, "position": (0, 27), "drawing": torch.ones(28, 28)},
    {"layer": 4, "channel": 15, "position": (9, 9), "drawing": "8"},
    {"layer": 5, "channel": 99, "position": (27, 27), "drawing": torch.zeros(28, 28)},
    {"layer": 8, "channel": 119},
    {"layer": 11, "channel": 8, "layers": lenet(nn.AvgPool2d, nn.Tanh)},
]
