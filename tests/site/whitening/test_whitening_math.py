"""The arithmetic of the demo, against torch and against its Python side."""

import re

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.whitening import WAYS, Whitening


def table(values):
    return torch.tensor(values, dtype=torch.float64)


@pytest.fixture(scope="module")
def demos():
    """Corners, the middle, and settings in between, in all three ways."""
    settings = [
        (1.0, 0.0),
        (1.0, 0.95),
        (6.0, -0.95),
        (6.0, 0.0),
        (4.0, 0.8),
        (2.5, -0.35),
        (1.5, 0.9),
    ]
    return [Whitening(scale=s, correlation=r, columns=way) for s, r in settings for way in WAYS]


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("whitening/math")


@pytest.fixture(scope="module")
def changes(module, demos):
    return module.call_each([("change", d.columns, d.scale, d.correlation) for d in demos])


@pytest.fixture(scope="module")
def bowls(module, demos, changes):
    calls = zip(changes, demos, strict=True)
    return module.call_each([("hessian", A, d.scale, d.correlation) for A, d in calls])


def test_changes_and_bowls_are_those_of_torch(demos, changes, bowls):
    assert_same(table(changes), torch.stack([demo.change for demo in demos]), atol=1e-12)
    wanted = torch.stack([(demo.data).T.cov(correction=0) for demo in demos])
    assert_same(table(bowls), wanted, atol=1e-12)


def test_the_cloud_is_the_data(module, demos, changes):
    points = demos[0].points[:7]
    found = module.call_each(
        [("cloud", points, A, d.scale, d.correlation) for A, d in zip(changes, demos, strict=True)]
    )
    assert_same(table(found), torch.stack([demo.data[:7] for demo in demos]), atol=1e-10)


def test_condition_numbers_and_steps(module, demos, bowls):
    kappas = module.call_each([("condition", bowl) for bowl in bowls])
    assert_same(table(kappas), torch.linalg.cond(table(bowls)), rtol=1e-9)
    steps = module.call_each([("stepsTo", kappa) for kappa in kappas])
    assert steps == [demo.steps for demo in demos]
    assert max(steps) > 800 and min(steps) == 1
    shares = module.call_each([("kept", kappa) for kappa in kappas])
    lengths = [demo.path[:2].norm(dim=1) for demo in demos]
    assert_same(table(shares), torch.stack([b / a for a, b in lengths]), atol=1e-9)


def test_walks_are_those_of_torch(module, demos, changes, bowls):
    starts = module.call_each(
        [("start", A, demo.scale) for A, demo in zip(changes, demos, strict=True)]
    )
    walks = module.call_each(list(zip(["walk"] * len(demos), bowls, starts, strict=True)))
    for found, demo in zip(walks, demos, strict=True):
        assert_same(table(found), demo.path, atol=1e-9)


def test_contours_hold_their_level_and_go_around(module, bowls):
    levels = [0.1, 1.0, 7.5]
    calls = [(bowl, level) for bowl in bowls for level in levels]
    rings = table(module.call_each([("contour", *call) for call in calls]))
    H = table([bowl for bowl, _ in calls])
    heights = torch.einsum("bpi,bij,bpj->bp", rings, H, rings) / 2
    assert_same(heights, table([level for _, level in calls])[:, None].expand_as(heights))
    assert (rings.amax(1) > 0).all() and (rings.amin(1) < 0).all()
    again = module.call_each(
        [("excess", bowl, ring[5]) for (bowl, _), ring in zip(calls, rings.tolist(), strict=True)]
    )
    assert_same(table(again), heights[:, 5])


def test_the_lines_of_torch_give_the_numbers_that_stand_beside_them(open_module, demos):
    states = [demo.state() | {"columns": demo.columns} for demo in demos]
    lines = open_module("whitening/words").call_each([("torchCode", state) for state in states])
    for code in lines:
        printed = []
        exec(code, {"torch": torch, "print": printed.append})
        wanted = [float(text) for text in re.findall(r"print\(.*\)  # (\S+)", code)]
        assert printed == pytest.approx(wanted, rel=1e-3)
        assert printed[1] == wanted[1]
