"""The Python side of the demo on penalties."""

import math

import pytest
import torch
import traitlets
from scipy.optimize import minimize
from sklearn.linear_model import Lasso, Ridge

from utils.checks import assert_same
from utils.widgets.penalty_geometry import CURVATURE, PenaltyGeometry

DRAWN = (torch.rand(12, 2, generator=torch.Generator().manual_seed(3)) * 4 - 2).tolist()


@pytest.mark.parametrize("strength", [0.0, 0.3, 1.6, 4.0])
def test_the_solution_is_that_of_scikit_learn(strength):
    # With X the Cholesky factor of 2 H and two rows, 1/(2n) |X w - X c|² is the loss.
    X = torch.linalg.cholesky(2 * torch.tensor(CURVATURE, dtype=torch.float64)).T
    for c in ((2.0, 1.0), (0.0, -1.5), *DRAWN):
        y = (X @ torch.tensor(c, dtype=torch.float64)).numpy()
        ridge = Ridge(alpha=2 * strength, fit_intercept=False).fit(X.numpy(), y)
        ours = PenaltyGeometry(minimum=c, penalty="L2", strength=strength).solution
        assert_same(ours, torch.from_numpy(ridge.coef_), atol=1e-10)
        if strength:
            lasso = Lasso(alpha=strength, fit_intercept=False, tol=1e-14).fit(X.numpy(), y)
            ours = PenaltyGeometry(minimum=c, strength=strength).solution
            assert_same(ours, torch.from_numpy(lasso.coef_), atol=1e-7)


def test_within_its_ball_no_place_has_a_smaller_loss():
    H = torch.tensor(CURVATURE, dtype=torch.float64)
    for penalty in ("L1", "L2"):
        demo = PenaltyGeometry(penalty=penalty, strength=0.9)
        c = torch.tensor(demo.minimum, dtype=torch.float64)
        angle = torch.linspace(0, 2 * math.pi, 2001, dtype=torch.float64)
        circle = torch.stack([angle.cos(), angle.sin()], dim=1)
        size = circle.norm(p=1 if penalty == "L1" else 2, dim=1, keepdim=True)
        rim = demo.radius * circle / size
        losses = torch.einsum("ni,ij,nj->n", rim - c, H, rim - c) / 2
        assert demo.loss <= losses.min() + 1e-9
        assert losses.min() == pytest.approx(demo.loss, abs=1e-4)


def test_the_total_is_smallest_at_the_solution():
    demo = PenaltyGeometry(minimum=(-1.0, 1.7), strength=0.7)
    H = torch.tensor(CURVATURE, dtype=torch.float64).numpy()

    def total(w):
        away = w - demo.minimum
        return away @ H @ away / 2 + 0.7 * abs(w).sum()

    options = {"xatol": 1e-10, "fatol": 1e-14}
    found = minimize(total, [0.1, 0.1], method="Nelder-Mead", options=options)
    assert found.x == pytest.approx(demo.solution.tolist(), abs=1e-5)
    assert found.fun == pytest.approx(demo.loss + 0.7 * demo.radius)


@pytest.mark.parametrize(
    "bad",
    [
        {"minimum": (2.1, 0)},
        {"minimum": (1, 2, 3)},
        {"minimum": (math.nan, 0)},
        {"penalty": "L3"},
        {"strength": -0.1},
        {"strength": 4.1},
        {"strength": math.nan},
    ],
)
def test_other_settings_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        PenaltyGeometry(**bad)
