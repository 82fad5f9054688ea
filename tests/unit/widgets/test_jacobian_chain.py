"""The Python side of the Jacobian shape puzzle."""

import itertools

import pytest
import torch
import traitlets

from utils.checks import assert_same
from utils.widgets.jacobian_chain import PRESETS, PUZZLES, JacobianChain

CHAINS = [
    *PRESETS.values(),
    (1, 1, 1),
    (5, 1, 4),
    (8, 64, 1, 4),
    (1, 64, 64, 1),
    (3, 1, 1, 7),
    (2, 3, 4, 5, 6),
    (64, 64, 64, 64, 64),
]


def random_jacobians(sizes):
    generator = torch.Generator().manual_seed(sum(sizes))
    return [
        torch.randn(rows, columns, generator=generator, dtype=torch.float64)
        for columns, rows in itertools.pairwise(sizes)
    ]


def by_hand(order, jacobians):
    """Intermediate products of one order, and the numbers that are held with each."""
    if order == "forward":
        made, rest = jacobians[0], jacobians[1:]
    else:
        made, rest = jacobians[-1], jacobians[-2::-1]
    for index, other in enumerate(rest):
        old, made = made, other @ made if order == "forward" else made @ other
        waiting = rest[index + 1 :] if order == "reverse" else []
        yield old, other, made, sum(part.numel() for part in (old, other, made, *waiting))


@pytest.mark.parametrize("sizes", CHAINS)
@pytest.mark.parametrize("order", ["forward", "reverse"])
def test_counts_shapes_and_memory_are_those_of_the_products(sizes, order):
    demo = JacobianChain(sizes=sizes, order=order)
    jacobians = random_jacobians(sizes)
    assert demo.shapes == tuple(J.shape for J in jacobians)
    steps = list(by_hand(order, jacobians))
    counts = []
    for step, (old, other, made, _) in enumerate(steps, 1):
        left, right = (other, old) if order == "forward" else (old, other)
        counts.append(left.shape[0] * left.shape[1] * right.shape[1])
        demo.step = step
        assert demo.chain[0 if order == "reverse" else -1] == made.shape
        assert len(demo.chain) == len(jacobians) - step
    assert demo.multiplications[order] == tuple(counts)
    assert demo.kept[order] == max(held for *_, held in steps)
    assert demo.chain == ((sizes[-1], sizes[0]),)


def test_both_orders_give_the_same_matrix():
    for sizes in CHAINS:
        jacobians = random_jacobians(sizes)
        ends = [list(by_hand(order, jacobians))[-1][2] for order in ("forward", "reverse")]
        assert_same(*ends)


def test_a_step_beyond_the_last_product_means_the_last():
    demo = JacobianChain(sizes=(5, 1, 4), step=3)
    assert demo.chain == ((4, 5),)
    assert JacobianChain(sizes=(5, 1, 4)).chain == ((4, 1), (1, 5))


def test_the_presets_show_what_their_names_say():
    costs = {
        name: {
            order: sum(counts)
            for order, counts in JacobianChain(sizes=sizes).multiplications.items()
        }
        for name, sizes in PRESETS.items()
    }
    assert costs["scalar loss"]["reverse"] < costs["scalar loss"]["forward"]
    assert costs["one input"]["forward"] < costs["one input"]["reverse"]
    assert costs["square"]["forward"] == costs["square"]["reverse"]
    assert min(PRESETS["bottleneck"]) == PRESETS["bottleneck"][2]


@pytest.mark.parametrize(
    "bad",
    [(3, 2), (1,) * 6, (0, 1, 1), (65, 1, 1), (1.0, 1, 1), (True, 1, 1), "123", 3, None],
)
def test_other_sizes_are_refused_with_the_bounds(bad):
    demo = JacobianChain()
    with pytest.raises(
        traitlets.TraitError, match="sizes must be 3 to 5 integers from 1 to 64, got"
    ):
        demo.sizes = bad
    assert demo.sizes == PRESETS["scalar loss"]


@pytest.mark.parametrize("bad", [(1,) * 5, (-1,), (65,), (0.5,), 2])
def test_other_answers_are_refused_with_the_bounds(bad):
    with pytest.raises(
        traitlets.TraitError, match="answer must be 0 to 4 integers from 0 to 64, got"
    ):
        JacobianChain(answer=bad)


@pytest.mark.parametrize(
    ("name", "bad"),
    [("order", "middle"), ("step", 4), ("step", -1), ("puzzle", 0), ("puzzle", len(PUZZLES) + 1)],
)
def test_controls_keep_their_bounds(name, bad):
    with pytest.raises(traitlets.TraitError):
        JacobianChain(**{name: bad})


def order_solutions(puzzle):
    """All orders of the boxes that torch multiplies to a Jacobian of the right shape."""
    sizes, shown = puzzle["sizes"], puzzle["shown"]
    jacobians = random_jacobians(sizes)
    for places in itertools.permutations(range(1, len(shown) + 1)):
        try:
            product = torch.linalg.multi_dot([jacobians[shown[at - 1] - 1] for at in places])
        except RuntimeError:
            continue
        if product.shape == (sizes[-1], sizes[0]):
            yield places


@pytest.mark.parametrize("number", range(1, len(PUZZLES) + 1))
def test_a_puzzle_has_one_solution_and_it_is_known(number):
    puzzle = PUZZLES[number - 1]
    demo = JacobianChain(puzzle=number)
    if puzzle["kind"] == "order":
        (solution,) = order_solutions(puzzle)
        places = range(len(puzzle["shown"]) + 1)
        answers = set(itertools.product(places, repeat=len(solution)))
    else:
        first, last = puzzle["asked"]
        jacobians = random_jacobians(puzzle["sizes"])[first - 1 : last]
        solution = tuple(
            jacobians[0].shape if first == last else torch.linalg.multi_dot(jacobians[::-1]).shape
        )
        answers = set(itertools.product(range(14), repeat=2))
    solved = set()
    for answer in (*answers, (), (1,), (1, 1, 1, 1)):
        demo.answer = answer
        if demo.is_solved:
            solved.add(answer)
    assert solved == {solution}


def test_a_new_puzzle_empties_the_answer():
    demo = JacobianChain(puzzle=2, answer=(4, 7))
    assert demo.is_solved
    demo.puzzle = 3
    assert demo.answer == () and not demo.is_solved


def test_presets_and_puzzles_travel_beside_the_module_and_are_no_controls():
    demo = JacobianChain()
    assert JacobianChain.controls() == ["answer", "order", "puzzle", "sizes", "step"]
    assert demo.asset_values() == {"presets": PRESETS, "puzzles": list(PUZZLES)}
