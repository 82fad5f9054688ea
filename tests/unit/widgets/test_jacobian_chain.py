"""The Python side of the Jacobian dominoes."""

import itertools
import math
import re

import pytest
import torch
import traitlets

from utils.widgets.jacobian_chain import PRESETS, JacobianChain

CHAINS = [
    *(preset["sizes"] for preset in PRESETS.values()),
    (1, 1, 1),
    (5, 1, 4),
    (8, 64, 1, 4),
    (1, 64, 64, 1),
    (2, 3, 4, 5, 6),
    (64, 64, 64, 64, 64),
]


def from_side(sizes, side):
    """The gaps of one side, and what its products cost."""
    entries = [p * q for p, q in itertools.pairwise(sizes)]
    gaps = range(1, len(sizes) - 1)
    if side == "input":
        return tuple(reversed(gaps)), tuple(sizes[0] * part for part in entries[1:])
    return tuple(gaps), tuple(sizes[-1] * part for part in entries[-2::-1])


@pytest.mark.parametrize("sizes", CHAINS)
def test_both_sides_cost_what_the_formulas_say(sizes):
    for side, first in (("input", 0), ("loss", -1)):
        joins, costs = from_side(sizes, side)
        demo = JacobianChain(sizes=sizes, places=(), joins=joins)
        assert demo.paid == costs
        # The brackets of the input side come first, those of the loss side last.
        assert list(demo.bills.values())[first] == sum(costs)
    assert demo.fewest == min(demo.bills.values())
    assert demo.shapes == tuple((m, n) for n, m in itertools.pairwise(sizes))


@pytest.mark.parametrize("sizes", [(4, 3, 2), (4, 3, 2, 1), (9, 2, 7, 3, 5)])
def test_all_brackets_are_there_once(sizes):
    bills = JacobianChain(sizes=sizes, places=(), joins=()).bills
    count = len(sizes) - 1
    # Catalan's numbers: 1, 2, 5 ways for 2, 3, 4 matrices.
    assert len(bills) == math.comb(2 * count - 2, count - 1) // count
    matrices = {
        f"J{at}": torch.randn(m, n, dtype=torch.float64)
        for at, (n, m) in enumerate(itertools.pairwise(sizes), start=1)
    }
    whole = torch.linalg.multi_dot(list(matrices.values())[::-1])
    for text in bills:
        plain = text.translate(str.maketrans("₁₂₃₄", "1234"))
        python = re.sub(r"(?<=[\d)])(?=[J(])", " @ ", plain)
        torch.testing.assert_close(eval(python, dict(matrices)), whole)


def test_a_closed_gap_multiplies_what_lies_on_both_sides():
    demo = JacobianChain(sizes=(64, 48, 2, 48, 64), places=(), joins=(1, 3, 2))
    assert demo.paid == (64 * 48 * 2, 2 * 48 * 64, 64 * 2 * 64)
    assert sum(demo.paid) == demo.fewest == demo.bills["(J₄J₃)(J₂J₁)"]
    demo.joins = (2, 1)
    assert demo.paid == (48 * 2 * 48, 64 * 48 * 48)
    demo.joins = ()
    assert demo.paid == ()


def test_gaps_that_a_short_chain_lacks_do_not_count():
    demo = JacobianChain(sizes=(5, 1, 4), places=(), joins=(3, 1))
    assert demo.paid == (4 * 1 * 5,)


def test_the_shuffled_chain_fits_in_one_order():
    sizes = PRESETS["shuffled"]["sizes"]
    demo = JacobianChain(**PRESETS["shuffled"], joins=(1,))
    assert not demo.fits and demo.bills == {} and demo.paid == ()
    with pytest.raises(ValueError, match="do not join: set places"):
        _ = demo.fewest
    fitting = []
    for places in itertools.permutations(range(1, 5)):
        demo.places = places
        shapes = [torch.empty(shape, device="meta") for shape in demo.dominoes]
        try:
            product = torch.linalg.multi_dot(shapes).shape
        except RuntimeError:
            product = None
        assert demo.fits == (product == (sizes[-1], sizes[0])), places
        fitting += [places] if demo.fits else []
    assert fitting == [(4, 3, 2, 1)]
    demo.places = (4, 3, 2, 1)
    # Neither side is the cheapest way, so Play does not solve the task.
    first, *_, last = demo.bills.values()
    assert demo.fewest < min(first, last)


def test_places_that_do_not_fit_the_chain_mean_the_natural_order():
    for places in ((), (4, 3, 2, 1), (1, 2), (1, 2, 4)):
        demo = JacobianChain(sizes=(2, 3, 4, 5), places=places)
        assert demo.lying == (3, 2, 1)
        assert demo.dominoes == ((5, 4), (4, 3), (3, 2))
    assert JacobianChain(sizes=(2, 3, 4, 5), places=(1, 3, 2)).lying == (1, 3, 2)


def test_the_presets_show_what_their_names_say():
    bills = {
        name: list(JacobianChain(**preset).bills.values()) for name, preset in PRESETS.items()
    }
    assert bills["one loss"][-1] == min(bills["one loss"]) < bills["one loss"][0]
    assert bills["one input"][0] == min(bills["one input"]) < bills["one input"][-1]
    assert len(set(bills["all alike"])) == 1
    assert bills["bottleneck"].index(min(bills["bottleneck"])) == 2
    assert min(PRESETS["bottleneck"]["sizes"]) == PRESETS["bottleneck"]["sizes"][2]
    opening = JacobianChain()
    assert opening.sizes == PRESETS["one loss"]["sizes"] and len(opening.paid) == 1


@pytest.mark.parametrize(
    ("name", "bad", "wanted"),
    [
        *(
            ("sizes", bad, "3 to 5 integers from 1 to 64")
            for bad in [(3, 2), (1,) * 6, (0, 1, 1), (65, 1, 1), (1.0, 1, 1), (True, 1, 1), "123"]
        ),
        *(
            ("places", bad, "0 to 4 different integers from 1 to 4")
            for bad in [(1, 1), (5,), (0, 1), (1, 2, 3, 4, 1), 3]
        ),
        *(
            ("joins", bad, "0 to 3 different integers from 1 to 3")
            for bad in [(4,), (0,), (2, 2), (1, 2, 3, 1), None]
        ),
    ],
)
def test_other_values_are_refused_with_the_bounds(name, bad, wanted):
    demo = JacobianChain()
    before = getattr(demo, name)
    with pytest.raises(traitlets.TraitError, match=f"{name} must be {wanted}, got"):
        setattr(demo, name, bad)
    assert getattr(demo, name) == before


def test_presets_travel_beside_the_module_and_are_no_controls():
    demo = JacobianChain()
    assert JacobianChain.controls() == ["joins", "places", "sizes"]
    assert demo.asset_values() == {"presets": PRESETS}
