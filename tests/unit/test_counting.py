"""Costs of layers, against the formulas of the page on channels."""

import torch
from torch import nn

from utils.counting import Cost, count_parameters, layer_costs


def test_each_layer_has_its_row_with_the_cost_of_the_whole_batch():
    with torch.device("meta"):
        net = nn.Sequential(
            nn.Conv2d(4, 6, 3, stride=2, groups=2),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(24, 5),
        )
        rows = layer_costs(net, torch.empty(7, 4, 9, 9))
    assert rows == [
        Cost("Conv2d", (7, 6, 4, 4), 6 * (2 * 9 + 1), 7 * 6 * 16 * 2 * 9),
        Cost("ReLU", (7, 6, 4, 4), 0, 0),
        Cost("MaxPool2d", (7, 6, 2, 2), 0, 0),
        Cost("Flatten", (7, 24), 0, 0),
        Cost("Linear", (7, 5), 24 * 5 + 5, 7 * 24 * 5),
    ]
    assert count_parameters(net) == sum(row.parameters for row in rows)


def test_a_block_is_one_row_and_a_batch_of_one_is_counted():
    block = nn.Sequential(nn.Linear(3, 2, bias=False), nn.ReLU(), nn.Linear(2, 2))
    (row,) = layer_costs([block], torch.zeros(1, 3))
    assert row == Cost("Sequential", (1, 2), 6 + 6, 6 + 4)
