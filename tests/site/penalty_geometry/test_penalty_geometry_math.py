"""The geometry of the demo, against torch: coordinate descent, closed forms, subgradients."""

import re

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.widgets.penalty_geometry import CURVATURE, PenaltyGeometry

H = torch.tensor(CURVATURE, dtype=torch.float64)


def table(values):
    return torch.tensor(values, dtype=torch.float64)


@pytest.fixture(scope="module")
def cases():
    """Minima, penalties and strengths: on axes, on ties, where a weight just becomes zero."""
    special = [(2, 1), (1, 2), (-2, 1), (0, 0), (2, 0), (0, -1.5), (1, 1), (-1, 1), (0.6, -1)]
    drawn = (torch.rand(40, 2, generator=torch.Generator().manual_seed(0)) * 4 - 2).tolist()
    return [
        ([float(x) for x in c], penalty, strength)
        for c in (*special, *drawn)
        for penalty in ("L1", "L2")
        for strength in (0.0, 0.1, 0.8, 1.6, 2.6, 4.0)
    ]


@pytest.fixture(scope="module")
def found(open_module, cases):
    calls = [("solution", *case) for case in cases]
    return table(open_module("penalty_geometry/math").call_each(calls))


def test_the_minimum_is_torchs(cases, found):
    wanted = torch.stack(
        [PenaltyGeometry(minimum=c, penalty=p, strength=s).solution for c, p, s in cases]
    )
    assert_same(found, wanted, atol=1e-12)


def test_ridge_leaves_no_gradient_and_lasso_a_subgradient(cases, found):
    w = found.clone().requires_grad_()
    c, strength = table([case[0] for case in cases]), table([case[2] for case in cases])
    loss = torch.einsum("ni,ij,nj->", w - c, H, w - c) / 2
    (slope,) = torch.autograd.grad(loss, w)
    is_l1 = torch.tensor([case[1] == "L1" for case in cases])
    ridge = slope + strength[:, None] * found
    assert ridge[~is_l1].abs().max() < 1e-12
    lasso, kept = slope[is_l1], found[is_l1] != 0
    price = strength[is_l1, None].expand_as(lasso)
    assert_same(lasso[kept], (-price * found[is_l1].sign())[kept], atol=1e-12)
    assert (lasso.abs() <= price + 1e-12)[~kept].all()
    assert kept.sum() > 100 and (~kept).sum() > 100


def test_no_place_nearby_costs_less(open_module, cases, found):
    module = open_module("penalty_geometry/math")
    steps = torch.randn(len(cases), 2, generator=torch.Generator().manual_seed(1)).double() / 50
    here, there = found.tolist(), (found + steps).tolist()
    both = [(w, case) for places in (here, there) for w, case in zip(places, cases, strict=True)]
    losses = table(module.call_each([("loss", w, c) for w, (c, _, _) in both]))
    prices = table(module.call_each([("price", w, penalty) for w, (_, penalty, _) in both]))
    totals = losses + table([case[2] for _, case in both]) * prices
    before, after = totals.view(2, -1)
    assert (before <= after).all()
    away = found - table([case[0] for case in cases])
    assert_same(losses[: len(cases)], torch.einsum("ni,ij,nj->n", away, H, away) / 2, atol=1e-12)


def test_the_ball_reaches_the_minimum_and_the_contour_has_one_loss(open_module, cases, found):
    module = open_module("penalty_geometry/math")
    demos = [PenaltyGeometry(minimum=c, penalty=p, strength=s) for c, p, s in cases]
    reach = module.call_each(
        [("radius", w, case[1]) for w, case in zip(found.tolist(), cases, strict=True)]
    )
    assert_same(table(reach), table([demo.radius for demo in demos]), atol=1e-12)
    balls = module.call_each([("ball", p, r) for (_, p, _), r in zip(cases, reach, strict=True)])
    for (_, penalty, _), corners, wanted in zip(cases, balls, reach, strict=True):
        size = table(corners).norm(p=1 if penalty == "L1" else 2, dim=1)
        assert_same(size, torch.full_like(size, wanted), atol=1e-12)
        assert len(corners) == 4 if penalty == "L1" else len(corners) > 50
    levels = [0.02, 1.3, 9.0]
    given = [(c, level) for c, _, _ in cases[::12] for level in levels]
    for (c, level), line in zip(
        given, module.call_each([("contour", *one) for one in given]), strict=True
    ):
        away = table(line) - table(c)
        height = torch.einsum("ni,ij,nj->n", away, H, away) / 2
        assert_same(height, torch.full_like(height, level), atol=1e-11)
        assert_same(table(line[0]), table(line[-1]), atol=1e-11)


def test_the_contour_through_the_minimum_touches_the_ball_from_outside(open_module, cases, found):
    module = open_module("penalty_geometry/math")
    rows = [row for row, (_, _, strength) in enumerate(cases) if strength > 0]
    places = [(found[row].tolist(), cases[row]) for row in rows]
    levels = module.call_each([("loss", w, c) for w, (c, _, _) in places])
    reach = module.call_each([("radius", w, p) for w, (_, p, _) in places])
    lines = module.call_each(
        [("contour", c, level) for (_, (c, _, _)), level in zip(places, levels, strict=True)]
    )
    for (_, (_, penalty, _)), line, wanted in zip(places, lines, reach, strict=True):
        size = table(line).norm(p=1 if penalty == "L1" else 2, dim=1)
        assert size.min() >= wanted - 1e-9


def test_the_path_leads_from_the_minimum_of_the_loss_to_the_penalised_one(
    open_module, cases, found
):
    module = open_module("penalty_geometry/math")
    paths = module.call_each([("path", *case) for case in cases])
    for (c, penalty, _), line, end in zip(cases, paths, found, strict=True):
        assert line[0] == c and line[-1] == end.tolist() and len(line) > 40
        sizes = table(line).norm(p=1 if penalty == "L1" else 2, dim=1)
        assert (sizes.diff() <= 1e-9).all()


def test_dropped_weights_are_zero_where_the_loss_wants_them(open_module, cases, found):
    module = open_module("penalty_geometry/math")
    dropped = module.call_each([("dropped", *case) for case in cases])
    for (c, penalty, strength), sides, w in zip(cases, dropped, found.tolist(), strict=True):
        assert sides == [side for side in (0, 1) if w[side] == 0 and c[side] != 0]
        assert not (sides and strength == 0)
        if penalty == "L2" and strength < 4:
            assert not sides, (c, strength)
    assert sum(map(len, dropped)) > 60


def test_the_torch_lines_run_and_give_the_minimum_behind_them(open_module, cases, found):
    given = [{"minimum": c, "penalty": p, "strength": s} for c, p, s in cases[::7]]
    module = open_module("penalty_geometry/words")
    for code, w in zip(
        module.call_each([("torchCode", state) for state in given]), found[::7], strict=True
    ):
        names = {"torch": torch, "F": F}
        *lines, last = code.splitlines()
        exec("\n".join(lines), names)
        call, comment = last.split("  # ")
        assert eval(call, names).tolist() == pytest.approx(w.tolist(), abs=2e-4), code
        assert [float(part) for part in comment.split(", ")] == pytest.approx(
            w.tolist(), abs=0.000501
        )


SENTENCES = [
    (
        ((2, 1), "L1", 1.8),
        "λ = 1.8: the minimum moves to (0.80, 0.00), where the loss is 1.94. "
        "It sits on a corner of the diamond: w₂ is exactly zero.",
    ),
    (
        ((1, 2), "L1", 1.8),
        "λ = 1.8: the minimum moves to (0.00, 0.80), where the loss is 1.94. "
        "It sits on a corner of the diamond: w₁ is exactly zero.",
    ),
    (
        ((2, 1), "L1", 0.8),
        "λ = 0.8: the minimum moves to (1.50, 0.50), where the loss is 0.40. "
        "It lies on an edge of the diamond: no weight is zero.",
    ),
    (
        ((2, 1), "L1", 4),
        "λ = 4.0: the minimum moves to (0.00, 0.00), where the loss is 3.70. "
        "Both weights are exactly zero.",
    ),
    (
        ((2, 1), "L2", 1),
        "λ = 1.0: the minimum moves to (1.07, 0.78), where the loss is 0.58. "
        "The disc has no corner that would hold a weight at zero.",
    ),
    (
        ((2, 1), "L1", 0),
        "λ = 0: weights cost nothing, and the minimum of the loss stays where it is, "
        "at (2.00, 1.00).",
    ),
]


def test_every_case_has_its_sentence(open_module):
    given = [
        {"minimum": c, "penalty": penalty, "strength": strength}
        for (c, penalty, strength), _ in SENTENCES
    ]
    told = open_module("penalty_geometry/words").call_each([("sentence", one) for one in given])
    assert told == [wanted for _, wanted in SENTENCES]
    for state, sentence in zip(given, told, strict=True):
        if state["strength"]:
            *place, loss = re.findall(r"\d+\.\d\d", sentence)
            demo = PenaltyGeometry(**state)
            wanted = [*demo.solution.tolist(), demo.loss]
            assert [*map(float, place), float(loss)] == pytest.approx(wanted, abs=0.00501)
