"""The arithmetic of the demo, against torch and against Python."""

import random

import pytest
import torch

from utils import roofline
from utils.widgets.roofline import Roofline


@pytest.fixture(scope="module")
def math(open_module):
    return open_module("roofline/math")


def machines(count):
    draw = random.Random(0)
    return [(10 ** draw.uniform(1, 6), 10 ** draw.uniform(0, 4)) for _ in range(count)]


def test_costs_are_those_of_python(math):
    for n in (8, 9, 60, 512, 2844, 8192):
        found = math.call("operations", n)
        wanted = roofline.operations(n)
        assert [row["name"] for row in found] == list(wanted)
        for row, operation in zip(found, wanted.values(), strict=True):
            assert (row["flop"], row["bytes"]) == operation
            assert row["intensity"] == pytest.approx(operation.intensity)


def test_speeds_and_walls_are_those_of_torch(math):
    draw = random.Random(1)
    for peak, bandwidth in machines(40):
        intensity = torch.logspace(-2, 4, 7, dtype=torch.float64) * draw.uniform(0.5, 2)
        speeds = (intensity * bandwidth).clamp(max=peak)
        walls = ["memory" if at * bandwidth < peak else "arithmetic" for at in intensity]
        asked = [(at, peak, bandwidth) for at in intensity.tolist()]
        found = math.call_each([("attainable", *given) for given in asked])
        assert torch.allclose(torch.tensor(found, dtype=torch.float64), speeds, rtol=1e-12)
        assert math.call_each([("wall", *given) for given in asked]) == walls
    assert math.call("wall", 5, 100, 20) == "arithmetic"


def test_bars_compare_the_two_times(math):
    for peak, bandwidth in machines(20):
        for operation in math.call("operations", 77):
            found = math.call("shares", operation, peak, bandwidth)
            times = torch.tensor([operation["flop"] / peak, operation["bytes"] / bandwidth])
            wanted = (times / times.max()).tolist()
            assert [found["arithmetic"], found["memory"]] == pytest.approx(wanted)
            longer = max(found, key=found.get)
            assert longer == math.call("wall", operation["intensity"], peak, bandwidth)


def test_a_size_follows_its_intensity(math):
    sizes = [8, 9, 60, 511, 8192]
    at = [roofline.operations(n)["matrix × matrix"].intensity for n in sizes]
    assert math.call_each([("sizeAt", x, [8, 8192]) for x in at]) == sizes
    ends = math.call_each([("sizeAt", x, [8, 8192]) for x in (0.01, 1e6)])
    assert ends == [8, 8192]


def test_doubling_goes_to_the_next_power_of_two(math):
    asked = [8, 9, 15, 16, 32, 100, 4095, 4096, 8191, 8192]
    found = math.call_each([("doubled", n, 8192) for n in asked])
    assert found == [16, 16, 16, 32, 64, 128, 4096, 8192, 8192, None]


def test_python_and_the_browser_agree(math):
    for peak, bandwidth in machines(10):
        demo = Roofline(peak=peak, bandwidth=bandwidth, n=123)
        for row in math.call("operations", 123):
            given = row["intensity"], peak, bandwidth
            assert math.call("attainable", *given) == pytest.approx(demo.speeds[row["name"]])
            assert math.call("wall", *given) == demo.walls[row["name"]]
