"""The arithmetic of the demo, against torch and against the Python side."""

import pytest
import torch
from torch import nn

from utils.checks import assert_same
from utils.widgets.batch_statistics import MARKED, SIZES, BatchStatistics, brightness

DATA = {"brightness": list(brightness()), "marked": MARKED}
STATES = [
    {"batch_size": size, "training": training, "seed": seed}
    for size in SIZES
    for training in (True, False)
    for seed in (0, 7, 99)
]


def table(values):
    return torch.tensor(values, dtype=torch.float64)


@pytest.fixture(scope="module")
def found(open_module):
    math = open_module("batch_statistics/math")
    ways = math.call_each([("orders", DATA, state["seed"]) for state in STATES])
    calls = [("seen", state, DATA, way) for state, way in zip(STATES, ways, strict=True)]
    return math.call_each(calls)


def test_batches_statistics_and_outputs_are_those_of_python(found):
    for state, seen in zip(STATES, found, strict=True):
        demo = BatchStatistics(**state)
        assert torch.equal(table(seen["batches"]), demo.batches)
        mean, var = demo.statistics
        assert_same(table(seen["used"]), torch.stack([mean, (var + 1e-5).sqrt()], 1), atol=1e-12)
        assert_same(table(seen["outputs"]), demo.outputs, atol=1e-12)
        assert seen["middle"] == pytest.approx(demo.outputs.mean().item(), abs=1e-12)
        spread = demo.outputs.std(correction=0).item()
        assert seen["spread"] == pytest.approx(spread, abs=1e-12)


def test_outputs_are_those_of_torchs_layer(found):
    everything = table(brightness())
    for state, seen in zip(STATES, found, strict=True):
        layer = nn.BatchNorm1d(1, dtype=torch.float64)
        layer.running_mean.fill_(everything.mean())
        layer.running_var.fill_(everything.var())
        layer.train(state["training"])
        outputs = [layer(table(batch)[:, None])[0].item() for batch in seen["batches"]]
        assert_same(table(seen["outputs"]), table(outputs), atol=1e-12)


def test_a_batch_of_two_leaves_plus_or_minus_one_and_all_images_leave_no_spread(found):
    for state, seen in zip(STATES, found, strict=True):
        if state["training"] and state["batch_size"] == 2:
            assert_same(table(seen["outputs"]).abs(), torch.ones(12).double(), atol=0.1)
            assert len({round(output) for output in seen["outputs"]}) == 2
        if not state["training"] or state["batch_size"] == 64:
            assert seen["spread"] < 1e-9
