"""The Python side of the demo."""

import math

import pytest
import torch
import traitlets

from utils.widgets.optimizer_race import GOAL, OPTIMIZERS, RATES, STEPS, OptimizerRace


def in_order(demo):
    """The optimisers that arrive, first ones first."""
    home = {name: step for name, step in demo.arrivals.items() if step is not None}
    return sorted(home, key=home.get)


def test_plain_steps_in_a_bowl_are_powers():
    demo = OptimizerRace(surface="bowl", start=(4.0, 0.0), lr=0.1)
    powers = 4 * 0.9 ** torch.arange(STEPS + 1, dtype=torch.float64)
    assert torch.allclose(demo.paths["SGD"][:, 0], powers)
    assert demo.arrivals["SGD"] == math.ceil(math.log(8 / GOAL) / -2 / math.log(0.9))


def test_with_one_rate_the_order_is_a_matter_of_that_rate():
    assert in_order(OptimizerRace(lr=0.02)) == ["momentum"]
    higher = OptimizerRace(lr=0.1)
    assert in_order(higher)[0] == "RMSProp"
    assert higher.is_off(higher.paths["SGD"][-1])


def test_with_a_rate_for_each_a_turn_makes_the_first_the_last():
    straight, turned = (OptimizerRace(rates="tuned", turn=turn) for turn in (0, 45))
    assert len(in_order(straight)) == len(in_order(turned)) == len(OPTIMIZERS)
    assert in_order(straight)[0] == in_order(turned)[-1] == "Adagrad"
    assert straight.arrivals["Adagrad"] * 3 < straight.arrivals[in_order(straight)[1]]


def test_the_rate_found_is_the_best_of_all():
    demo = OptimizerRace(rates="tuned")
    for name, (lr, path) in demo.found.items():
        best = demo.arrival(path)
        for walk in demo.walks(name, RATES):
            other = demo.arrival(demo.cut(walk))
            assert other is None or other >= best
        assert torch.equal(demo.cut(demo.walks(name, (lr,))[0]), path)


def test_a_turn_turns_the_walk_of_sgd_and_not_that_of_adam():
    straight = OptimizerRace(start=(-3.0, 1.0))
    c = math.sqrt(0.5)
    turned = OptimizerRace(start=(c * -4.0, c * -2.0), turn=45)
    matrix = torch.tensor([[c, c], [-c, c]], dtype=torch.float64)
    for name in OPTIMIZERS:
        same = torch.allclose(straight.paths[name] @ matrix, turned.paths[name])
        assert same == (name in ("SGD", "momentum")), name


@pytest.mark.parametrize(
    "bad",
    [
        {"surface": "hill"},
        {"start": (0.0, 2.6)},
        {"start": (4.1, 0.0)},
        {"lr": 0.03},
        {"lr": math.nan},
        {"beta": 1.0},
        {"beta": math.nan},
        {"turn": 46},
        {"turn": math.nan},
        {"steps": 201},
        {"steps": -1},
        {"rates": "own"},
    ],
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        OptimizerRace(**bad)


def test_the_rates_of_the_pages_figure_are_the_best_ones():
    found = {beta: OptimizerRace(rates="tuned", beta=beta) for beta in (0.0, 0.7, 0.9)}
    chosen = {beta: demo.found["momentum"] for beta, demo in found.items()}
    assert [lr for lr, _ in chosen.values()] == [0.05, 0.05, 0.01]
    steps = [found[beta].arrival(path) for beta, (_, path) in chosen.items()]
    assert 2 * steps[1] < steps[0] < steps[2]
