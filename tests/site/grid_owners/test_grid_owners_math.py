"""Owners in the browser, against torch and the Python side."""

import pytest
import torch

from utils.detection.grid import owners
from utils.repro import seeded
from utils.widgets.grid_owners import DIGITS, GridOwners, scene


def drawn(seed):
    """One to six objects, in a picture of 64 or 90 pixels; every third time on whole numbers."""
    generator = seeded(seed)
    count, size = 1 + seed % 6, (64, 90)[seed % 2]
    centres = size * (1.1 * torch.rand(count, 2, generator=generator).double() - 0.05)
    sides = 1 + 20 * torch.rand(count, 2, generator=generator).double()
    if seed % 3 == 0:
        centres, sides = (centres / 4).round() * 4, (sides / 2).round() * 2
    return centres, sides, 1 + seed % 10, size


CASES = [drawn(seed) for seed in range(150)]


def test_owners_are_those_of_torch(open_module):
    calls = [
        (
            "owners",
            centres.flatten().tolist(),
            [{"width": w, "height": h} for w, h in sides.tolist()],
            side,
            size,
        )
        for centres, sides, side, size in CASES
    ]
    answers = open_module("grid_owners/math").call_each(calls)
    lost = 0
    for (centres, sides, side, size), found in zip(CASES, answers, strict=True):
        boxes = torch.cat([centres - sides / 2, centres + sides / 2], 1)[None]
        wanted = owners(boxes, torch.zeros(1, len(centres)).long(), size=size, side=side)
        cells = torch.tensor([[each["column"], each["row"]] for each in found])
        assert torch.equal(cells, wanted.cell[0])
        places = torch.tensor([[each["x"], each["y"]] for each in found], dtype=torch.float64)
        torch.testing.assert_close(places, wanted.place[0], atol=1e-9, rtol=0)
        shares = torch.tensor([[each["w"], each["h"]] for each in found], dtype=torch.float64)
        torch.testing.assert_close(shares, sides / size)
        kept = [each["by"] == place for place, each in enumerate(found)]
        assert kept == wanted.kept[0].tolist()
        for each in found:
            first = found[each["by"]]
            assert (first["column"], first["row"]) == (each["column"], each["row"])
            assert first["by"] == each["by"]
        lost += kept.count(False)
    assert lost > 50


def test_kept_objects_are_counted(open_module):
    math = open_module("grid_owners/math")
    assert math.call("keptCount", [{"by": 0}, {"by": 0}, {"by": 2}]) == 2


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ([20.2, 30.3], [20, 30.5]),
        ([-9, 99], [6, 57]),
        ([64, 0.0], [58, 7]),
        ([6.3, 7.0], [6.5, 7]),
    ],
)
def test_an_object_stays_in_the_picture_at_halves_of_a_pixel(open_module, place, wanted):
    objects = [{"width": 4, "height": 4}, {"width": 12, "height": 14}]
    math = open_module("grid_owners/math")
    assert math.call("placed", [1, 2, 3, 4], objects, 1, place, 64) == [1, 2, *wanted]


def test_browser_and_python_keep_the_same_objects(open_module):
    states = [GridOwners(side=side) for side in range(2, 11)]
    calls = [("owners", demo.centres, scene()["objects"], demo.side, 64) for demo in states]
    answers = open_module("grid_owners/math").call_each(calls)
    for demo, found in zip(states, answers, strict=True):
        assert demo.kept == [each["by"] == place for place, each in enumerate(found)]
    assert len(DIGITS) == len(answers[0])
