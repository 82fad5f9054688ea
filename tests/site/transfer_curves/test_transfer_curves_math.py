"""What the demo reads from the stored runs, against the runs and against torch."""

import base64
import math

import pytest
import torch

from tools.train_transfer import places
from utils.widgets.transfer_curves.results import COUNTS, STEPS, WAYS, results

CHOSEN = [(way, count, step) for way in WAYS for count in (1, 10, 50) for step in (0, 12, 60)]


@pytest.fixture(scope="module")
def found(open_module):
    calls = [("dotsOf", results(), *case) for case in CHOSEN]
    return open_module("transfer_curves/math").call_each(calls)


def test_the_corners_are_those_of_a_sure_network(open_module):
    corners = open_module("transfer_curves/math").call_each([("corner", k) for k in range(5)])
    sure = places(200 * torch.eye(5, dtype=torch.float64))
    assert torch.allclose(torch.tensor(corners, dtype=torch.float64), sure, atol=1e-9)
    assert corners[0] == [0, -1] and corners[1][0] > 0.9  # at the top, then clockwise


def test_the_dots_are_the_bytes_of_the_setting(found):
    labels = list(base64.b64decode(results()["labels"]))
    assert sorted(labels) == labels and [labels.count(label) for label in range(5)] == [12] * 5
    for (way, count, step), dots in zip(CHOSEN, found, strict=True):
        data = base64.b64decode(results()["dots"][way][COUNTS.index(count)])
        table = torch.frombuffer(bytearray(data), dtype=torch.uint8)
        stands = table.view(len(STEPS), len(labels), 3)[STEPS.index(step)].double()
        assert [dot["said"] for dot in dots] == stands[:, 2].tolist()
        assert [dot["label"] for dot in dots] == labels
        assert [dot["isRight"] for dot in dots] == [
            dot["said"] == label for dot, label in zip(dots, labels, strict=True)
        ]
        at = torch.tensor([dot["at"] for dot in dots], dtype=torch.float64)
        place = torch.tensor([dot["place"] for dot in dots], dtype=torch.float64)
        assert torch.allclose(place, 0.95 * (2 * stands[:, :2] / 255 - 1), atol=1e-12)
        assert (torch.cdist(at, at) + torch.eye(len(at))).min() > 0.04  # none hides another
        assert (at - place).norm(dim=1).max() < 0.4
        turns = 2 * torch.pi * (torch.arange(5, dtype=torch.float64) + 0.5) / 5
        sides = torch.stack([turns.sin(), -turns.cos()])
        assert (at @ sides).max() < 1.03 * math.cos(math.pi / 5)  # in the pentagon


def test_dots_that_stand_alone_stay_where_they_are(open_module):
    alone = [[0.5, 0.1], [-0.5, 0.2], [0, -0.6]]
    moved = open_module("transfer_curves/math").call("apart", alone)
    assert all(math.dist(one, other) < 0.021 for one, other in zip(alone, moved, strict=True))


def test_names_are_moved_apart_and_keep_their_order(open_module):
    module = open_module("transfer_curves/math")
    assert module.call("spaced", [10, 50, 90], 14) == [10, 50, 90]
    assert module.call("spaced", [40, 50, 90], 14) == [38, 52, 90]
    assert module.call("spaced", [60, 50, 50], 14) == [69, 41, 55]


def test_accuracies_and_crossings_are_those_of_the_curves(open_module):
    ours, curves = open_module("transfer_curves/math"), results()["curves"]
    cases = [(count, step) for count in COUNTS for step in STEPS]
    said = ours.call_each([("accuracies", results(), *case) for case in cases])
    for (count, step), means in zip(cases, said, strict=True):
        place = COUNTS.index(count), STEPS.index(step)
        assert means == {way: curves[way][place[0]][place[1]][0] for way in WAYS}
    pairs = [(a, b, step) for a in WAYS for b in WAYS if a != b for step in STEPS[1:]]
    found = ours.call_each([("passes", results(), *pair) for pair in pairs])
    for (one, other, step), count in zip(pairs, found, strict=True):
        at = STEPS.index(step)
        ahead = [
            mine[at][0] > theirs[at][0]
            for mine, theirs in zip(curves[one], curves[other], strict=True)
        ]
        wanted = next((c for k, c in enumerate(COUNTS) if all(ahead[k:])), None)
        assert count == wanted
