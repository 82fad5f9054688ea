"""The arithmetic of the demo, against torch's nn.LSTM and autograd."""

import random

import torch

from utils.checks import assert_same
from utils.widgets.gate_taps import CANDIDATES, GateTaps


def settings(count):
    draw = random.Random(0)
    for _ in range(count):
        gates = {
            name: round(draw.uniform(-6, 6), 1) for name in ("keep", "idle", "marked", "show")
        }
        yield {**gates, "mark": draw.randint(1, 4)}


def same(ours, theirs):
    ours, theirs = (torch.tensor(part, dtype=torch.float64) for part in (ours, theirs))
    assert_same(ours, theirs, rtol=1e-9, atol=1e-15)


def test_contents_slopes_and_shares_are_those_of_torch(open_module):
    tried = list(settings(40))
    module = open_module("gate_taps/math")
    runs = module.call_each([("run", setting) for setting in tried])
    slopes = module.call_each([("slopes", setting) for setting in tried])
    arrived = module.call_each([("arrived", setting) for setting in tried])
    for setting, ours, slope, share in zip(tried, runs, slopes, arrived, strict=True):
        demo = GateTaps(**setting)
        same(ours["cells"], demo.cells)
        same(ours["shown"], demo.shown)
        same(ours["own"], demo.of_mark)
        pairs = zip(demo.cells[1:], demo.of_mark, strict=True)
        others = [one + other for one, other in zip(ours["added"], ours["taken"], strict=True)]
        same(others, [cell - part for cell, part in pairs])
        assert min(ours["added"]) >= 0 >= max(ours["taken"])
        same(slope["gradients"], demo.gradients)
        same(slope["shares"], demo.shares)
        own = demo.shares[setting["mark"] - 1]
        same([share["own"], share["others"]], [own, sum(demo.shares) - own])
        gates = torch.full((8,), setting["idle"], dtype=torch.float64)
        gates[setting["mark"] - 1] = setting["marked"]
        same(ours["writes"], gates.sigmoid().tolist())
        same(ours["forget"], torch.tensor(setting["keep"], dtype=torch.float64).sigmoid().item())


def test_the_sigmoid_is_that_of_torch_far_out_as_well(open_module):
    places = [-800.0, -40.0, -1.0, 0.0, 0.3, 40.0, 800.0]
    found = open_module("gate_taps/math").call_each([("sigmoid", x) for x in places])
    same(found, torch.tensor(places, dtype=torch.float64).sigmoid().tolist())


def test_the_candidates_are_those_of_python(open_module):
    module = open_module("gate_taps/math")
    assert module.evaluate("(module) => module.CANDIDATES") == list(CANDIDATES)
