"""The rule, its cycles and the bound of the demo, against torch, SciPy and the Python side."""

import numpy as np
import pytest
import torch
from scipy.optimize import nnls

from utils.checks import assert_same
from utils.repro import seeded
from utils.widgets.perceptron_steps import BOUNDS, GRID, PRESETS, PerceptronSteps

BOX = {"x": [-4, 4], "y": [-3, 3]}


def _drawn(seed):
    """2 to 12 points on the grid; every second set is labelled by the side of a line."""
    random = seeded(seed)
    count = int(torch.randint(2, 13, (1,), generator=random))
    reach = torch.tensor([edge / GRID for edge in BOUNDS])
    places = (
        torch.rand(count, 2, generator=random) * (2 * reach + 1) - reach - 0.5
    ).round() * GRID
    line = torch.randn(3, generator=random)
    scores = places @ line[:2] + line[2] if seed % 2 else torch.randn(count, generator=random)
    labels = torch.where(scores > 0, 1, -1)
    return [[*place, label] for place, label in zip(places.tolist(), labels.tolist(), strict=True)]


CASES = [*map(list, PRESETS.values()), *map(_drawn, range(60))]


@pytest.fixture(scope="module")
def found(open_module):
    """Run, margin and bound of each set of points, as the browser computes them."""
    calls = [(name, points) for points in CASES for name in ("run", "margin", "bound")]
    results = open_module("perceptron_steps/math").call_each(calls)
    return list(zip(CASES, results[::3], results[1::3], results[2::3], strict=True))


def test_the_run_is_that_of_a_linear_layer_trained_on_clipped_mistakes(found):
    for points, run, _, _ in found:
        table = torch.tensor(points, dtype=torch.float64)
        model = torch.nn.Linear(2, 1, dtype=torch.float64)
        for parameter in model.parameters():
            torch.nn.init.zeros_(parameter)
        optimizer = torch.optim.SGD(model.parameters(), lr=1)
        seen, used, quiet, index = [[0.0, 0.0, 0.0]], [], 0, 0
        while len(used) < len(run["used"]) and quiet < len(points):
            x, y = table[index, :2], table[index, 2]
            optimizer.zero_grad()
            loss = -y * model(x)
            torch.where(
                loss >= 0, loss, 0
            ).sum().backward()  # relu would stand still at a score of 0
            moves = bool(model.bias.grad)
            optimizer.step()
            if moves:
                used.append(index)
                seen.append([*model.weight[0].tolist(), model.bias.item()])
            quiet = 0 if moves else quiet + 1
            index = (index + 1) % len(points)
        assert used == run["used"]
        assert seen == run["weights"]


def test_a_run_settles_at_weights_without_mistake_or_comes_back(found):
    ends = {"settled": 0, "cycle": 0}
    for points, run, rho, _ in found:
        table = torch.tensor(points, dtype=torch.float64)
        weights = torch.tensor(run["weights"], dtype=torch.float64)
        signed = table[:, 2:] * torch.cat([table[:, :2], torch.ones(len(table), 1)], dim=1)
        assert run["settled"] == bool((signed @ weights[-1] > 0).all())
        if run["settled"]:
            ends["settled"] += 1
            assert run["cycle"] is None
        elif run["cycle"]:
            ends["cycle"] += 1
            first, last = run["cycle"]
            assert last == len(run["used"])
            assert run["weights"][first] == run["weights"][last]
            assert run["used"][first - 1] == run["used"][last - 1] or first == 0
            assert rho < 1e-9
    assert min(ends.values()) > 10


def test_the_margin_is_the_distance_of_the_hull_from_zero(found):
    for points, _, rho, _ in found:
        table = np.array(points)
        rows = table[:, 2:] * np.hstack([table[:, :2], np.ones((len(table), 1))])
        # Least squares over shares that are not negative finds the hull's place next to 0.
        shares, _ = nnls(np.vstack([rows.T, np.ones(len(rows))]), np.array([0, 0, 0, 1.0]))
        wanted = np.linalg.norm(rows.T @ shares) / shares.sum()
        assert max(rho, 0) == pytest.approx(wanted, abs=1e-7)


def test_no_run_passes_its_bound(found):
    for points, run, rho, limit in found:
        assert (limit is None) == (rho < 1e-9)
        if limit is not None:
            radius = max(x * x + y * y for x, y, _ in points)
            assert limit == pytest.approx((radius + 1) / rho**2)
            assert len(run["used"]) <= limit
            assert run["settled"] or len(run["used"]) == 400


def test_the_python_side_agrees(found):
    for points, run, rho, limit in found[:30]:
        demo = PerceptronSteps(points=points)
        assert demo.run.used == run["used"]
        assert demo.run.weights.tolist() == run["weights"]
        assert demo.run.settled == run["settled"]
        assert demo.run.cycle == (tuple(run["cycle"]) if run["cycle"] else None)
        assert demo.margin == pytest.approx(rho, abs=1e-9)
        assert demo.bound == (None if limit is None else pytest.approx(limit))


def test_past_the_end_a_cycle_goes_on_and_a_settled_run_stays(open_module):
    runs = [{"used": [0] * 6, "cycle": [2, 6]}, {"used": [0] * 3, "cycle": None}]
    calls = [("placeInRun", run, updates) for run in runs for updates in (0, 3, 6, 7, 10)]
    found = open_module("perceptron_steps/math").call_each(calls)
    assert found == [0, 3, 6, 3, 2, 0, 3, 3, 3, 3]


def test_the_next_mistake_is_looked_for_round_and_round(open_module):
    points = [[1, 0, 1], [-1, 0, -1], [0, 1, 1]]
    ways = [[1, 0, 0], [0, 0, 0], [1, 0.5, 0], [-1, 0, 0.5]]
    calls = [("nextMistake", points, weights, place) for weights in ways for place in (0, 1, 2)]
    found = open_module("perceptron_steps/math").call_each(calls)
    assert found == [2, 2, 2, 0, 1, 2, None, None, None, 0, 1, 0]


def _area(corners):
    x, y = torch.tensor(corners or [[0.0, 0.0]], dtype=torch.float64).T
    return ((x * y.roll(-1) - y * x.roll(-1)).sum() / 2).item()


def test_the_two_sides_share_the_box_and_lie_on_their_sides(open_module):
    lines = torch.randn(40, 3, generator=seeded(0), dtype=torch.float64).tolist()
    lines += [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, -1], [1, 1, 99]]
    calls = [("halfPlane", BOX, line, sign) for line in lines for sign in (1, -1)]
    found = open_module("perceptron_steps/math").call_each(calls)
    for line, plus, minus in zip(lines, found[::2], found[1::2], strict=True):
        assert _area(plus) + _area(minus) == pytest.approx(48)
        for corners, sign in ((plus, 1), (minus, -1)):
            for x, y in corners:
                assert sign * (line[0] * x + line[1] * y + line[2]) > -1e-9


def test_margins_are_label_times_score(open_module):
    points = [[1.5, -2, -1], [0.25, 0, 1]]
    (found,) = open_module("perceptron_steps/math").call_each([("margins", points, [2, 1, -1])])
    table = torch.tensor(points)
    assert_same(torch.tensor(found), table[:, 2] * (table[:, :2] @ torch.tensor([2.0, 1]) - 1))
