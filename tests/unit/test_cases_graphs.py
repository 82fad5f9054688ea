"""Cases for computational graphs: what they promise is in them."""

import pytest
import torch

from utils.cases.graphs import FORMULAS, POINTS, TIES, formulas, gates, layers

BOTH = {torch.float32, torch.float64}


def test_each_formula_is_met_at_random_points_and_at_ties():
    cases = formulas()
    assert len(cases) == len(FORMULAS) * (POINTS + len(TIES))
    for formula in FORMULAS.values():
        points = [numbers for chosen, *numbers in cases if chosen is formula]
        assert len({tuple(point) for point in points}) == POINTS + len(TIES)
        assert all(isinstance(number, float) for point in points for number in point)
        assert any(x * x == y for x, y, _ in points)
        assert any(y == z for _, y, z in points)
        assert [0.0, 0.0, 0.0] in points
    assert formulas() == cases


def test_formulas_can_be_named():
    assert {formula for formula, *_ in formulas("x x", "y only")} == {
        FORMULAS["x x"],
        FORMULAS["y only"],
    }
    with pytest.raises(KeyError):
        formulas("z z")


def test_formulas_run_on_tensors_and_mean_what_they_are_called():
    x, y, z = torch.tensor([2.0, -3.0, 5.0])
    values = {name: formula(x, y, z).item() for name, formula in FORMULAS.items()}
    assert values["(x + y) z"] == -5
    assert values["x x"] == 4
    assert values["x y x + y z"] == -27
    assert values["router"] == 4 * 5 + 5
    assert values["y only"] == -5


def test_half_of_the_gates_tie():
    cases = gates(device="cpu")
    ties = [torch.equal(a, b) for _, a, b in cases if a.numel()]
    assert sum(ties) == len(ties) / 2
    assert {part.dtype for case in cases for part in case} == BOTH
    assert {case[0].shape for case in cases} == {(), (1,), (50,), (0, 3)}
    assert all(g.shape == a.shape == b.shape for g, a, b in cases)


def test_layers_fit_and_biases_are_broadcast():
    cases = layers(device="cpu")
    assert {part.dtype for case in cases for part in case} == BOTH
    for G, X, W, b in cases:
        assert (X @ W + b).shape == G.shape
    assert any(W.shape[0] == W.shape[1] > 1 for _, _, W, _ in cases)
    assert {b.ndim for *_, b in cases} == {0, 1, 2}
    assert any(not X.numel() for _, X, _, _ in cases)
