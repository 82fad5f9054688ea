"""The lines of the demo, against linear programmes, a sweep over directions, and Python's side."""

import math

import numpy as np
import pytest
import torch
from scipy.optimize import linprog

from utils.checks import assert_same
from utils.repro import seeded
from utils.widgets.shattering import BELOW, PRESETS, Shattering, labellings, separator


def separable_by_programme(points, labels):
    """Whether weights with label · score >= 1 exist, asked of a linear programme."""
    signed = (labels[:, None] * torch.cat([points, torch.ones(len(points), 1)], dim=1)).numpy()
    found = linprog(np.zeros(3), -signed, -np.ones(len(points)), bounds=(None, None))
    assert found.status in (0, 2)  # solved, or without a solution
    return found.status == 0


@pytest.fixture(scope="module")
def sets():
    """The presets, points in a row, and random points, close together as well."""
    found = [*PRESETS.values(), ((0, 0), (0.25, 0), (0.5, 0)), ((-3, 1), (0, 1), (3, 1), (1, 0))]
    random = seeded(0)
    while len(found) < 60:
        spread = (2, 5, 8)[len(found) % 3]
        n = 3 + len(found) % 2
        points = torch.randint(-spread + 1, spread, (n, 2), generator=random) / 4
        if len(points.unique(dim=0)) == n:
            found.append(tuple(map(tuple, points.tolist())))
    return [torch.tensor(points, dtype=torch.float64) for points in found]


@pytest.fixture(scope="module")
def answers(open_module, sets):
    return open_module("shattering/math").call_each(
        [("lines", points.tolist()) for points in sets]
    )


def test_labellings_are_counted_like_in_python(open_module):
    calls = [("labelling", index + 1, n) for n in (3, 4) for index in range(2**n)]
    found = open_module("shattering/math").call_each(calls)
    assert found == [*labellings(3).int().tolist(), *labellings(4).int().tolist()]


def test_a_line_is_found_where_a_linear_programme_finds_one(sets, answers):
    counts = set()
    for points, lines in zip(sets, answers, strict=True):
        verdicts = [separable_by_programme(points, labels) for labels in labellings(len(points))]
        assert [line is not None for line in lines] == verdicts
        counts.add((len(points), sum(verdicts)))
    assert counts == {(3, 6), (3, 8), (4, 8), (4, 12), (4, 14)}


def test_a_line_has_the_widest_margin(sets, answers):
    angles = torch.linspace(0, 2 * math.pi, 1441, dtype=torch.float64)[:-1]
    ways = torch.stack([angles.cos(), angles.sin()])
    step = angles[1]
    for points, lines in zip(sets, answers, strict=True):
        for labels, line in zip(labellings(len(points)), lines, strict=True):
            if line is None:
                continue
            *w, b = torch.tensor(line, dtype=torch.float64)
            w = torch.stack(w)
            assert w.norm() == pytest.approx(1)
            scores = labels * (points @ w + b)
            if labels.unique().numel() == 1:
                assert scores.min() == pytest.approx(BELOW)
                continue
            plus, minus = (points[labels == sign] @ ways for sign in (1, -1))
            widest = (plus.amin(0) - minus.amax(0)).max() / 2
            assert scores.min() == pytest.approx(scores[labels != labels[0]].min())
            assert widest - 1e-12 <= scores.min() <= widest + 8 * step


def test_python_finds_the_same_lines(sets, answers):
    for points, lines in zip(sets, answers, strict=True):
        for labels, line in zip(labellings(len(points)), lines, strict=True):
            ours = separator(points, labels)
            assert (ours is None) == (line is None)
            if line is not None and len(set(map(tuple, points.abs().tolist()))) == len(points):
                margin = (labels * (points @ ours[:2] + ours[2])).min()
                theirs = torch.tensor(line, dtype=torch.float64)
                assert_same(margin, (labels * (points @ theirs[:2] + theirs[2])).min())


def test_the_ring_lies_in_both_shapes(open_module, sets, answers):
    crossed = [
        (points, labels)
        for points, lines in zip(sets, answers, strict=True)
        for labels, line in zip(labellings(len(points)), lines, strict=True)
        if line is None
    ]
    calls = [("meeting", points.tolist(), labels.int().tolist()) for points, labels in crossed]
    assert len(calls) > 40
    places = open_module("shattering/math").call_each(calls)
    for (points, labels), place in zip(crossed, places, strict=True):
        for sign in (1, -1):
            own = points[labels == sign]
            weights = torch.cat([own.T, torch.ones(1, len(own))]).numpy()
            found = linprog(np.zeros(len(own)), A_eq=weights, b_eq=[*place, 1])
            assert found.status == 0, (points, labels, place)


def test_counts_of_the_presets():
    assert [Shattering(preset=name).count for name in PRESETS] == [14, 14, 8, 8]
