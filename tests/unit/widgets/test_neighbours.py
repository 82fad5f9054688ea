"""The Python side of the demo of nearest neighbours."""

import itertools
import math

import numpy as np
import pytest
import torch
import traitlets
from sklearn.neighbors import KNeighborsClassifier
from widget_checks import assert_refused

from utils.checks import assert_same
from utils.widgets.neighbours import MOST, PRESETS, Neighbours

ROW = [[0, 0, 0], [2, 0, 1], [4, 0, 1], [9, 0, 0]]


def by_counting(points, place, k, order, skip=None):
    """The class of a place, by sorting and counting in plain Python; None if nobody votes."""

    def distance(point):
        gaps = [abs(place[0] - point[0]), abs(place[1] - point[1])]
        return sum(gaps) if order == "L1" else math.hypot(*gaps)

    others = [point for index, point in enumerate(points) if index != skip]
    labels = [point[2] for point in sorted(others, key=distance)[:k]]
    return max(sorted(set(labels)), key=labels.count) if labels else None


def test_a_preset_fills_the_points_and_points_name_their_preset():
    demo = Neighbours(preset="checkerboard")
    assert demo.points == PRESETS["checkerboard"]
    demo.points = list(PRESETS["three classes"])
    assert demo.preset == "three classes"
    demo.points = ROW
    assert (demo.preset, demo.points) == ("custom", tuple(map(tuple, ROW)))
    demo.preset = "custom"
    assert demo.points == tuple(map(tuple, ROW))
    assert Neighbours(preset="island", points=ROW).preset == "custom"


@pytest.mark.parametrize("kind", [list, tuple, np.array, torch.tensor])
def test_points_are_taken_from_sequences_arrays_and_tensors(kind):
    assert Neighbours(points=kind(ROW)).points == tuple(map(tuple, ROW))
    assert Neighbours(points=kind([])).points == ()


@pytest.mark.parametrize(
    "bad",
    [
        [[0, 0]],
        [[0, 0, 0, 0]],
        [[0, 0, 0], [1, 1]],
        [[0, 0, 3]],
        [[0, 0, -1]],
        [[101, 0, 0]],
        [[0, -1, 0]],
        [[0.5, 0, 0]],
        [[math.nan, 0, 0]],
        [0, 0, 0],
        [["a", 0, 0]],
        [[1, 1, 1]] * (MOST + 1),
        "ab",
        None,
        3,
    ],
)
def test_anything_else_is_refused_with_the_bounds(bad):
    demo = Neighbours()
    with pytest.raises(traitlets.TraitError, match="points must be at most 48 triples"):
        demo.points = bad
    assert demo.points == PRESETS["island"]


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("k", 0),
        ("k", 16),
        ("k", 2.5),
        ("distance", "L3"),
        ("query", (0, 101)),
        ("query", (0.5, 1)),
        ("new_class", 3),
        ("leave_out", "yes"),
        ("preset", "moons"),
    ],
)
def test_every_control_has_bounds(name, bad):
    assert_refused(Neighbours(), name, bad)


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("order", ["L1", "L2"])
def test_predictions_are_those_of_sorting_and_counting(name, order):
    demo = Neighbours(preset=name, distance=order)
    places = torch.randint(101, (25, 2), generator=torch.Generator().manual_seed(1))
    for demo.k in (1, 2, 3, 4, 9, 15):
        wanted = [by_counting(demo.points, place, demo.k, order) for place in places.tolist()]
        assert demo.predict(places).tolist() == wanted
        for leave_out in (False, True):
            demo.leave_out = leave_out
            given = [
                by_counting(demo.points, point, demo.k, order, index if leave_out else None)
                for index, point in enumerate(demo.points)
            ]
            wrong = sum(label != point[2] for label, point in zip(given, demo.points, strict=True))
            assert demo.training_errors == wrong


def test_predictions_are_those_of_scikit_learn_where_no_seat_is_contested():
    generator = torch.Generator().manual_seed(2)
    for k, p in itertools.product((1, 3, 6), (1, 2)):
        points = torch.randint(101, (30, 2), generator=generator)
        labels = torch.randint(3, (30, 1), generator=generator)
        demo = Neighbours(points=torch.cat([points, labels], dim=1), k=k, distance=f"L{p}")
        places = torch.randint(101, (200, 2), generator=generator)
        ranked = demo.distances(places).sort(dim=1).values
        clear = ranked[:, k] > ranked[:, k - 1]
        theirs = KNeighborsClassifier(k, p=p, algorithm="brute").fit(points, labels[:, 0])
        assert clear.sum() > 150
        assert_same(demo.predict(places)[clear], torch.tensor(theirs.predict(places))[clear])


def test_the_query_is_told_its_neighbours_and_votes():
    demo = Neighbours(points=ROW, query=(1, 0), k=3)
    assert demo.neighbours.tolist() == [0, 1, 2]
    assert demo.votes.tolist() == [1, 2, 0]
    assert demo.prediction == 1
    demo.query = 9
    assert demo.query == (9, 9)


def test_of_equals_the_first_point_and_the_lowest_class_win():
    demo = Neighbours(points=[[2, 0, 2], [0, 0, 1], [4, 0, 0]], query=(2, 2), k=1, distance="L1")
    assert demo.neighbours.tolist() == [0]
    demo.query = (3, 0)
    assert demo.neighbours.tolist() == [0]
    demo.k = 2
    assert (demo.votes.tolist(), demo.prediction) == ([1, 0, 1], 0)
    demo.k = 3
    assert (demo.votes.tolist(), demo.prediction) == ([1, 1, 1], 0)


def test_with_fewer_points_than_k_all_of_them_vote():
    demo = Neighbours(points=ROW, k=15)
    assert demo.votes.sum() == 4
    demo.leave_out = True
    # Each sees the three others: 1, 1, 0 from the ends, 0, 0, 1 from the middle.
    assert demo.training_errors == 4


def test_without_points_there_is_no_prediction():
    demo = Neighbours(points=[], leave_out=True)
    assert (demo.prediction, demo.training_errors, demo.votes.tolist()) == (None, None, [0, 0, 0])
    assert demo.neighbours.tolist() == []
    assert demo.predict(torch.zeros(2, 2)).tolist() == [-1, -1]
    demo.points = [[5, 5, 2]]
    assert (demo.prediction, demo.training_errors) == (2, None)
    demo.leave_out = False
    assert demo.training_errors == 0


def test_the_island_is_lost_at_three_and_the_checkerboard_turns_over():
    island = torch.tensor([PRESETS["island"][-1][:2]])
    assert Neighbours(preset="island", k=1).predict(island).item() == 1
    assert Neighbours(preset="island", k=3).predict(island).item() == 0
    assert Neighbours(preset="checkerboard", k=3).training_errors == 36
    assert Neighbours(preset="checkerboard", k=9).training_errors == 0


def test_the_presets_travel_beside_the_module_and_are_no_control():
    controls = ["distance", "k", "leave_out", "new_class", "points", "preset", "query"]
    assert Neighbours.controls() == controls
    assert Neighbours().asset_values() == {"presets": PRESETS}
    assert all(len(points) <= MOST for points in PRESETS.values())
    with pytest.raises(traitlets.TraitError):
        Neighbours().presets = {}
