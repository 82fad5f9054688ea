"""The Python side of the demo."""

import pytest
import torch
import traitlets

from utils.widgets.shattering import PRESETS, Shattering, labellings, separator


def test_a_row_of_three_loses_the_two_labellings_of_its_middle():
    demo = Shattering(points=[(-1, 0), (0, 0), (1, 0)])
    assert demo.count == 6
    crossed = [
        labels.tolist()
        for labels, line in zip(demo.labels, demo.lines, strict=True)
        if line is None
    ]
    assert crossed == [[-1, 1, -1], [1, -1, 1]]


def test_the_opening_shows_a_labelling_without_a_line():
    demo = Shattering()
    assert demo.count == 14
    assert demo.lines[demo.labelling - 1] is None


def test_a_line_puts_each_class_on_its_side():
    points = torch.tensor(PRESETS["one inside"], dtype=torch.float64)
    for labels in labellings(4):
        line = separator(points, labels)
        if line is not None:
            assert (labels * (points @ line[:2] + line[2]) > 0).all()


def test_a_preset_fills_the_points_and_points_name_their_preset():
    demo = Shattering(preset="three points")
    assert demo.points == PRESETS["three points"]
    demo.points = [(0, 0), (1, 0), (0, 1)]
    assert demo.preset == "custom"
    demo.points = torch.tensor(PRESETS["one inside"])
    assert demo.preset == "one inside"


@pytest.mark.parametrize(
    "bad",
    [
        [(0, 0), (1, 0)],
        [(0, 0)] * 3,
        [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1)],
        [(0, 0), (1, 0), (0, 0.1)],
        [(0, 0), (1, 0), (0, 2)],
        [(0, 0), (3.25, 0), (0, 1)],
        [(0, 0), (1, 0), (0, float("nan"))],
        [(0, 0, 1), (1, 0, 1), (0, 1, 1)],
        "points",
        None,
    ],
)
def test_other_points_are_refused(bad):
    with pytest.raises(traitlets.TraitError, match="3 or 4 different pairs"):
        Shattering().points = bad


@pytest.mark.parametrize("bad", [0, 17, 1.5, None])
def test_labellings_are_counted_from_one(bad):
    with pytest.raises(traitlets.TraitError):
        Shattering(labelling=bad)
