"""The arithmetic of the demo, against torch."""

import math

import pytest
import torch
from matplotlib.path import Path

from utils.checks import assert_same
from utils.widgets.architecture_map.networks import NETWORKS

ROWS = [network._asdict() for network in NETWORKS]
YEARS = range(2012, 2023)


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("architecture_map/math")


def test_places_and_uses_are_those_of_torch(module):
    places = torch.tensor(module.call_each([("place", row) for row in ROWS]), dtype=torch.float64)
    counts = torch.tensor([[n.parameters, n.multiply_adds] for n in NETWORKS], dtype=torch.float64)
    x, y = counts.log10().T
    wanted = torch.stack([(x - 6.4) / 1.85, (10.35 - y) / 2.2], 1) * 100
    assert_same(places, wanted)
    assert wanted.min() > 0 and wanted.max() < 100  # all stand on the map
    found = module.call_each([("uses", row) for row in ROWS])
    assert_same(torch.tensor(found, dtype=torch.float64), counts[:, 1] / counts[:, 0])


def test_a_line_of_equal_use_runs_through_its_networks_from_side_to_side(module):
    uses = [network.multiply_adds / network.parameters for network in NETWORKS]
    lines = module.call_each([("usesLine", count) for count in [*uses, 10, 300]])
    places = module.call_each([("place", row) for row in ROWS])
    for ((x1, y1), (x2, y2)), (x, y) in zip(lines, places, strict=False):
        assert (x2 - x1) * (y - y1) == pytest.approx((x - x1) * (y2 - y1), abs=1e-6)
    for (x1, y1), (x2, y2) in lines:
        assert x1 == pytest.approx(0) or y1 == pytest.approx(100)
        assert x2 == pytest.approx(100) or y2 == pytest.approx(0)
        assert x1 < x2 and y1 > y2
    assert module.call_each([("usesLine", 1e9), ("usesLine", 1e-3)]) == [None, None]


def test_the_ground_above_a_line_holds_the_networks_that_use_parameters_more_often(module):
    counts = [10, 30, 100, 300]
    areas = module.call_each([("above", count) for count in counts])
    places = module.call_each([("place", row) for row in ROWS])
    for count, corners in zip(counts, areas, strict=True):
        area = Path(corners)
        for network, point in zip(NETWORKS, places, strict=True):
            uses = network.multiply_adds / network.parameters
            assert area.contains_point(point) == (uses > count)


def test_the_nearest_network_is_found_in_pixels(module):
    size = [600, 200]
    places = torch.tensor(module.call_each([("place", row) for row in ROWS]))
    pixels = places / 100 * torch.tensor(size)
    points = torch.rand(40, 2, generator=torch.Generator().manual_seed(0)) * torch.tensor(size)
    found = module.call_each([("nearest", ROWS, point, size) for point in points.tolist()])
    wanted = torch.cdist(points.double(), pixels.double()).argmin(1)
    assert [row["name"] for row in found] == [NETWORKS[place].name for place in wanted.tolist()]


def test_years_choose_the_networks_and_mark_the_newest(module):
    for year, shown in zip(
        YEARS, module.call_each([("upTo", ROWS, year) for year in YEARS]), strict=True
    ):
        wanted = [network for network in NETWORKS if network.year <= year]
        assert [row["name"] for row in shown] == [network.name for network in wanted]
        newest = max(network.year for network in wanted)
        assert [row["isNew"] for row in shown] == [n.year == newest for n in wanted]
    found = module.call_each([("nextYear", ROWS, year) for year in YEARS])
    later = [min((n.year for n in NETWORKS if n.year > year), default=None) for year in YEARS]
    assert found == later


def test_counts_in_words(module):
    counts = [61_100_840, 3_504_872, 714_188_480, 15_470_264_320, 1_498_376_192]
    words = module.call_each([("inWords", count) for count in counts])
    wanted = ["61 million", "3.5 million", "714 million", "15 billion", "1.5 billion"]
    assert words == wanted
    for count, text in zip(counts, words, strict=True):
        value, unit = text.split()
        back = float(value) * {"million": 1e6, "billion": 1e9}[unit]
        assert math.isclose(back, count, rel_tol=0.04)
