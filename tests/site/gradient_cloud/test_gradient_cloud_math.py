"""The arithmetic of the demo, against torch and against the Python side."""

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.gradient_cloud import SIZES, GradientCloud
from utils.widgets.kit.patients import regression_data


def table(values):
    return torch.tensor(values, dtype=torch.float64)


X, Y = regression_data()
DATA = {"inputs": X.tolist(), "targets": Y.tolist()}


@pytest.fixture(scope="module")
def states():
    places = [(-2.0, -1.4), (0.45, 0.2), (2.9, -2.1), (0.0, 0.0)]
    return [
        {"point": point, "batch_size": size, "put_back": back, "seed": seed}
        for seed, point in enumerate(places)
        for size in SIZES
        for back in (False, True)
    ]


@pytest.fixture(scope="module")
def math(open_module):
    return open_module("gradient_cloud/math")


@pytest.fixture(scope="module")
def found(math, states):
    ways = math.call_each([("orders", 64, s["seed"], s["put_back"]) for s in states])
    calls = [("seen", s, DATA, way) for s, way in zip(states, ways, strict=True)]
    return math.call_each(calls)


def test_gradient_covariance_noise_and_cloud_are_those_of_python(states, found):
    for state, seen in zip(states, found, strict=True):
        demo = GradientCloud(**state)
        p, q, r = seen["covariance"]
        assert_same(table(seen["full"]), demo.gradient, atol=1e-12)
        assert_same(table([[p, q], [q, r]]), demo.covariance, atol=1e-12)
        assert_same(table(seen["dots"]), demo.cloud, atol=1e-12)
        assert seen["noise"] == pytest.approx(demo.noise, abs=1e-12)
        assert seen["length"] == pytest.approx(demo.gradient.norm().item(), abs=1e-12)
        alone = GradientCloud(**{**state, "batch_size": 1}).noise
        assert seen["one"] == pytest.approx(alone, abs=1e-12)


def test_the_cloud_scatters_as_the_covariance_says(states, found):
    for state, seen in zip(states, found, strict=True):
        error = table(seen["dots"]) - table(seen["full"])
        measured = error.square().sum(1).mean().sqrt().item()
        # 150 draws with a few very long ones among them; the covariance itself is compared above.
        assert measured == pytest.approx(seen["noise"], rel=0.35, abs=1e-9), state


def test_a_batch_holds_an_example_once_unless_it_is_put_back(math):
    without, back = math.call_each([("orders", 64, 3, False), ("orders", 64, 3, True)])
    assert all(sorted(order) == list(range(64)) for order in without)
    assert len({tuple(order) for order in without}) == 150
    assert all(len(order) == 64 and len(set(order)) < 64 for order in back)
    drawn = torch.bincount(torch.tensor(back).flatten(), minlength=64)
    assert len(drawn) == 64 and drawn.min() > 90 and drawn.max() < 220


def test_all_that_is_left_of_the_covariance_by_listing_all_batches(math):
    rows = torch.randn(6, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    one = torch.cov(rows.T, correction=0)
    names = torch.arange(6)
    for b in (2, 3):
        for back in (False, True):
            lists = torch.cartesian_prod(*[names] * b) if back else torch.combinations(names, b)
            wanted = torch.cov(rows[lists].mean(1).T, correction=0)
            assert_same(math.call("share", b, 6, back) * one, wanted, atol=1e-12)


def test_bowl_and_inverse_are_least_squares(math):
    bowl = math.call("bowl", DATA)
    p, q, r = bowl["curvature"]
    assert_same(table([[p, q], [q, r]]), X.T @ X / 64)
    assert_same(table(bowl["minimum"]), torch.linalg.lstsq(X, Y).solution)
    p, q, r = math.call("inverse", bowl["curvature"])
    assert_same(table([[p, q], [q, r]]), torch.linalg.inv(X.T @ X / 64))


def test_each_point_of_an_ellipse_is_as_many_deviations_away(math):
    center = [0.5, -1.0]
    for matrix in ([2.0, 0.7, 1.0], [0.3, -0.5, 2.0]):
        p, q, r = matrix
        away = table(math.call("ellipse", center, matrix, 2)) - table(center)
        inverse = torch.linalg.inv(table([[p, q], [q, r]]))
        reach = torch.einsum("ni,ij,nj->n", away, inverse, away).sqrt()
        assert_same(reach, torch.full_like(reach, 2), atol=1e-9)
    point = table(math.call("ellipse", center, [0.0, 0.0, 0.0], 2)) - table(center)
    assert point.abs().max() == 0
    flat = table(math.call("ellipse", center, [1.0, 1.0, 1.0], 1)) - table(center)
    assert_same(flat[:, 0], flat[:, 1], atol=1e-12)


def test_the_torch_lines_run_and_give_the_numbers_behind_them(open_module, states, found):
    pairs = list(zip(states, found, strict=True))[::5]
    codes = open_module("gradient_cloud/words").call_each([("torchCode", *pair) for pair in pairs])
    for code, (state, _) in zip(codes, pairs, strict=True):
        names, demo = {"torch": torch}, GradientCloud(**state)
        exec(code, names)
        assert_same(names["full"], demo.gradient, atol=2e-6)
        assert_same(names["C"], demo.covariance, atol=2e-6)
        full, told = (
            line.split("  # ")[1]
            for line in code.splitlines()
            if "  # [" in line or "full" in line
        )
        assert (
            table([float(part) for part in full.split(", ")]).sub(demo.gradient).abs().max() < 6e-4
        )
        assert table(eval(told)).sub(demo.covariance).abs().max() < 6e-4


SENTENCES = [
    (
        {"batch_size": 4, "put_back": False},
        {"length": 3.04, "noise": 1.96},
        "The full gradient is 3.0 long. A batch of 4 is typically off by 2.0, less than that.",
    ),
    (
        {"batch_size": 1, "put_back": True},
        {"length": 0.5, "noise": 2.0},
        "The full gradient is 0.50 long. A batch of one patient is typically off by 2.0, "
        "further than that.",
    ),
    (
        {"batch_size": 64, "put_back": False},
        {"length": 1.5, "noise": 0.0},
        "The full gradient is 1.5 long. A batch of 64 is all patients: there is one such batch, "
        "and no noise.",
    ),
    (
        {"batch_size": 64, "put_back": True},
        {"length": 1.5, "noise": 0.25},
        "The full gradient is 1.5 long. A batch of 64 is typically off by 0.25, less than that.",
    ),
]


def test_each_case_has_its_sentence(open_module):
    words = open_module("gradient_cloud/words")
    told = words.call_each([("sentence", state, seen) for state, seen, _ in SENTENCES])
    assert told == [wanted for _, _, wanted in SENTENCES]
