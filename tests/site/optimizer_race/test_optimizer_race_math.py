"""The arithmetic of the optimizer race, in Chromium, against torch.optim and autograd."""

import itertools
import math

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.optimizer_race import EDGES, GOAL, OPTIMIZERS, RATES, STEPS, OptimizerRace

SURFACES = ("bowl", "ravine", "saddle", "Beale")
STARTS = ((-3.8, 1.2), (1.0, 1.5))
DEMOS = [
    OptimizerRace(surface=surface, start=start, turn=turn, beta=beta)
    for surface, (start, turn, beta) in itertools.product(
        SURFACES, ((STARTS[0], 0, 0.9), (STARTS[1], 30, 0.5))
    )
]
# On the ridge of the saddle one of the slopes is zero all the time.
DEMOS.append(OptimizerRace(surface="saddle", start=(-3.8, 0.0), beta=0.0))
LRS = (0.002, 0.05, 1.0)
SHORT = 40  # steps where a walk jumps far, and magnifies the last digit


def jumps(demo, lr):
    return lr == LRS[-1] or demo.surface == "Beale"


def double(values):
    return torch.tensor(values, dtype=torch.float64)


@pytest.fixture(scope="module")
def math_module(open_module):
    return open_module("optimizer_race/math")


def test_heights_and_slopes_are_those_of_autograd(math_module):
    generator = torch.Generator().manual_seed(0)
    places = (torch.rand(40, 2, generator=generator, dtype=torch.float64) - 0.5) * double([9, 6])
    for demo in DEMOS:
        calls = [("ground", demo.state(), place) for place in places.tolist()]
        found = math_module.call_each(calls)
        w = places.clone().requires_grad_()
        heights = demo.height(w)
        (slopes,) = torch.autograd.grad(heights.sum(), w)
        assert_same(double([one["height"] for one in found]), heights.detach())
        assert_same(double([one["slope"] for one in found]), slopes)


def test_all_walks_on_all_surfaces_are_those_of_torch(math_module):
    ends = set()
    for demo in DEMOS:
        calls = [("run", demo.state(), name, lr) for name in OPTIMIZERS for lr in LRS]
        found = iter(math_module.call_each(calls))
        for name in OPTIMIZERS:
            for lr, theirs in zip(LRS, demo.walks(name, LRS), strict=True):
                ours, path = next(found), demo.cut(theirs)
                heights = demo.height(path)
                steps = SHORT if jumps(demo, lr) else STEPS + 1
                assert_same(double(ours["path"])[:steps], path[:steps], rtol=1e-6, atol=1e-8)
                assert_same(double(ours["heights"])[:steps], heights[:steps], rtol=1e-5, atol=1e-8)
                ends.add(ours["hasLeft"])
                if jumps(demo, lr) and len(path) > SHORT:
                    continue
                assert ours["arrival"] == demo.arrival(path), (demo, name)
                assert ours["hasLeft"] == demo.is_off(path[-1])
    assert ends == {True, False}


def test_the_best_rates_are_those_that_torch_finds(math_module):
    for start, surface in zip(STARTS[:2] * 2, SURFACES, strict=True):
        demo = OptimizerRace(surface=surface, start=start, rates="tuned")
        found = math_module.call("race", demo.state())
        for ours, (name, (lr, path)) in zip(found, demo.found.items(), strict=True):
            assert (ours["name"], ours["lr"]) == (name, lr)
            assert ours["arrival"] == demo.arrival(path)


def test_the_constants_and_the_minima_are_those_of_python(math_module):
    constants = ("STEPS", "GOAL", "EDGES", "RATES", "NAMES", "MINIMA")
    found = math_module.evaluate("(module, names) => names.map((name) => module[name])", constants)
    assert found[:3] == [STEPS, GOAL, list(EDGES)]
    assert found[3:5] == [list(RATES), list(OPTIMIZERS)]
    for surface, minima in found[5].items():
        heights = OptimizerRace(surface=surface).height(double(minima))
        assert_same(heights, torch.zeros_like(heights))
        places = double([[x / 20, y / 20] for x in range(-90, 91) for y in range(-60, 61)])
        low = OptimizerRace(surface=surface).height(places)
        assert low.min() >= 0
        near = (places[:, None] - double(minima)).norm(dim=-1).min(1).values
        assert near[low < 0.001].max() < 0.15


def test_progress_counts_orders_of_magnitude(math_module):
    cases = {(10, 10): 0, (0.1, 10): 0.5, (0.001, 10): 1, (1e-9, 10): 1, (20, 10): 0, (0, 10): 1}
    cases |= {(0.5, 0.0005): 1, (math.nan, 10): 0, (math.inf, 10): 0}
    found = math_module.call_each([("progress", *case) for case in cases])
    assert found == pytest.approx(list(cases.values()))


IN_BANDS = """(module, state, places) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    document.body.append(svg);
    const scale = 100;
    const bands = module.bands(state, ([x, y]) => [x * scale, y * scale]);
    svg.append(...bands);
    const counts = places.map(([x, y]) => {
        const point = Object.assign(svg.createSVGPoint(), { x: x * scale, y: y * scale });
        return bands.filter((band) => band.isPointInFill(point)).length;
    });
    svg.remove();
    return [counts, module.LEVELS];
}"""


def test_a_place_lies_in_the_bands_of_all_levels_above_it(open_module):
    drawn = open_module("optimizer_race/map")
    generator = torch.Generator().manual_seed(1)
    places = (torch.rand(200, 2, generator=generator, dtype=torch.float64) - 0.5) * double([9, 6])
    for demo in (OptimizerRace(), OptimizerRace(surface="saddle", turn=20)):
        counts, levels = drawn.evaluate(IN_BANDS, demo.state(), places.tolist())
        heights = demo.height(places)[:, None]
        most, least = ((heights * factor < double(levels)).sum(1) for factor in (0.9, 1.1))
        found = torch.tensor(counts)
        assert ((found <= most) & (found >= least)).all()
        assert (most == least).sum() > 100
