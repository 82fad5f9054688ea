"""The contour lines that demos draw, in Chromium, against contourpy, which draws matplotlib's."""

import contourpy
import numpy as np
import pytest

SHAPES = [(2, 2), (2, 7), (6, 2), (5, 5), (9, 12)]
EACH = 120


def segments(lines):
    """The pieces of all lines as sorted rows (x from, y from, x to, y to)."""
    pieces = [np.hstack([line[:-1], line[1:]]) for line in map(np.array, lines) if len(line) > 1]
    joined = np.concatenate(pieces) if pieces else np.empty((0, 4))
    return joined[np.lexsort(joined.round(9).T)]


def is_closed(line):
    return bool((np.array(line[0]) == np.array(line[-1])).all())


@pytest.fixture
def lines_of(open_module):
    """Call contourLines for one grid and one level."""
    module = open_module("kit/contours")
    return lambda values, level: module.call("contourLines", values, [level])[0]


def test_lines_on_random_grids_are_those_of_contourpy(open_module):
    random = np.random.default_rng(0)
    grids = [random.normal(size=shape) for shape in SHAPES for _ in range(EACH)]
    levels = [-0.8, 0.0, 0.3]
    calls = [("contourLines", grid.tolist(), levels) for grid in grids]
    found = open_module("kit/contours").call_each(calls)
    crossed = closed = 0
    for grid, by_level in zip(grids, found, strict=True):
        generator = contourpy.contour_generator(z=grid, name="serial")
        assert len(by_level) == len(levels)
        for level, ours in zip(levels, by_level, strict=True):
            theirs = generator.lines(level)
            # The same pieces in the same sense: higher values lie on the left.
            assert np.allclose(segments(ours), segments(theirs), atol=1e-12)
            assert len(ours) == len(theirs)
            assert sum(map(is_closed, ours)) == sum(map(is_closed, theirs))
            crossed += len(ours) > 0
            closed += sum(map(is_closed, ours))
    assert crossed > 1000
    assert closed > 100


def test_lines_of_a_plane_are_straight_and_exact(lines_of):
    x, y = np.meshgrid(np.arange(6), np.arange(4))
    (line,) = lines_of((2 * x + y).tolist(), 5.5)
    line = np.array(line)
    assert np.allclose(2 * line[:, 0] + line[:, 1], 5.5)
    assert sorted(line[[0, -1], 1]) == [0, 3]


def test_a_circle_is_one_closed_line_that_runs_clockwise_around_a_pit(lines_of):
    x, y = np.meshgrid(np.arange(-20, 21), np.arange(-20, 21))
    (line,) = lines_of((x**2 + y**2).tolist(), 150.0)
    assert is_closed(line)
    points = np.array(line) - 20
    assert np.allclose(np.hypot(*points.T), 150**0.5, atol=0.02)
    (x, y), (u, v) = points[:-1].T, np.diff(points.T)
    assert (x * v - y * u < 0).all()


def test_where_two_hills_meet_the_mean_decides(lines_of):
    for middle, joined in ((0.7, True), (0.3, False)):
        ends = {
            tuple(map(tuple, np.round(line, 6).tolist()))
            for line in lines_of([[1, 0], [0, 4 * middle - 1]], 0.5)
        }
        right = tuple(np.round((1, 0.5 / (4 * middle - 1)), 6).tolist())
        bottom = (0.5, 0.0)
        assert ((right, bottom) in ends or (bottom, right) in ends) == joined


def test_a_level_that_meets_grid_points_gives_lines_without_repeated_points(lines_of):
    x, y = np.meshgrid(np.arange(-3, 4), np.arange(-3, 4))
    for level in (0, 1, 4, 9):
        for line in lines_of((x**2 - y**2).tolist(), level):
            steps = np.abs(np.diff(np.array(line), axis=0)).sum(axis=1)
            assert (steps > 0).all()


@pytest.mark.parametrize("values", [[], [[]], [[1]], [[0, 1]], [[0], [1]], [[2, 2], [2, 2]]])
def test_where_no_cell_is_crossed_there_is_no_line(lines_of, values):
    assert lines_of(values, 0.5) == []
    assert lines_of(values, 2) == []


def test_a_level_that_grid_points_have_runs_through_them(lines_of):
    assert lines_of([[0, 1, 1], [0, 1, 1]], 1) == [[[1, 1], [1, 0]]]
    assert lines_of([[0, 1, 1], [0, 1, 1]], 0) == []


def test_a_single_peak_that_the_level_only_touches_is_no_line(lines_of):
    assert lines_of([[0, 0, 0], [0, 1, 0], [0, 0, 0]], 1) == []


def test_cells_without_finite_corners_are_left_out(open_module):
    # JSON has no infinity, so the grid is made in the page.
    module = open_module("kit/contours")
    for wrong in ("NaN", "Infinity", "-Infinity"):
        lines = module.page.evaluate(
            f"""() => module.contourLines(
                [[0, 0, 0, 0], [1, 1, 1, {wrong}], [2, 2, 2, 2]], [0.5, NaN, Infinity])"""
        )
        assert lines == [[[[0, 0.5], [1, 0.5], [2, 0.5]]], [], []], wrong
