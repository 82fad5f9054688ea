"""The arithmetic and the words of the Jacobian shape puzzle, in Chromium, against torch."""

import itertools
import re

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from utils.widgets.jacobian_chain import ORDERS, PRESETS, PUZZLES, JacobianChain

NO_VALUE = re.compile(r"NaN|undefined|null|Infinity|\[object|-0")
EDGES = [(1,) * 3, (1,) * 5, (64,) * 5, (64, 1, 64), (1, 64, 1), (8, 64, 1, 4), (2, 10, 1, 1)]


@pytest.fixture(scope="module")
def chains():
    """More than 200 different chains of two to four functions, many with sizes of 1."""
    generator = torch.Generator().manual_seed(5)
    drawn = []
    for number in range(240):
        sizes = torch.randint(1, 65, (3 + number % 3,), generator=generator)
        if number % 2:
            sizes[torch.rand(len(sizes), generator=generator) < 0.3] = 1
        drawn.append(tuple(sizes.tolist()))
    found = list(dict.fromkeys([*EDGES, *PRESETS.values(), *drawn]))
    assert len(found) > 200
    assert {len(sizes) for sizes in found} == {3, 4, 5}
    return found


def multi_dot_cost(sizes):
    """Multiplications with the brackets that torch finds best."""
    shapes = [(rows, columns) for columns, rows in itertools.pairwise(sizes)]
    with FlopCounterMode(display=False) as counter:
        torch.linalg.multi_dot([torch.empty(shape, device="meta") for shape in shapes[::-1]])
    return counter.get_total_flops() // 2


def test_products_counts_and_memory_are_those_of_torch(open_module, chains):
    module = open_module("jacobian_chain/math")
    calls = [("products", sizes, order) for sizes in chains for order in ORDERS]
    found = iter(module.call_each(calls))
    for sizes in chains:
        demo = JacobianChain(sizes=sizes)
        counts, kept = demo.multiplications, demo.kept
        for order in ORDERS:
            products = next(found)
            assert tuple(product["count"] for product in products) == counts[order], sizes
            assert max(product["kept"] for product in products) == kept[order], sizes
            for product in products:
                left, right, made = (product[name]["shape"] for name in ("left", "right", "made"))
                assert left[1] == right[0] == product["inner"]
                assert made == [left[0], right[1]]
                assert product["made"]["last"] == product["left"]["last"]
                assert product["made"]["first"] == product["right"]["first"]
            assert products[-1]["made"]["shape"] == [sizes[-1], sizes[0]]


def test_the_boxes_after_each_step_are_those_of_python(open_module, chains):
    few = chains[:150]
    cases = [(sizes, order, step) for sizes in few for order in ORDERS for step in range(4)]
    found = open_module("jacobian_chain/math").call_each([("chainAt", *case) for case in cases])
    for (sizes, order, step), boxes in zip(cases, found, strict=True):
        demo = JacobianChain(sizes=sizes, order=order, step=step)
        assert [tuple(box["shape"]) for box in boxes] == list(demo.chain)
        numbers = [n for box in boxes for n in range(box["last"], box["first"] - 1, -1)]
        assert numbers == list(range(len(sizes) - 1, 0, -1))


def test_the_cheapest_order_is_that_of_multi_dot(open_module, chains):
    few = chains[:300]
    found = open_module("jacobian_chain/math").call_each([("cheapest", sizes) for sizes in few])
    between = 0
    for sizes, best in zip(few, found, strict=True):
        assert best["count"] == multi_dot_cost(sizes), sizes
        bills = [sum(counts) for counts in JacobianChain(sizes=sizes).multiplications.values()]
        assert best["count"] <= min(bills)
        between += best["count"] < min(bills)
    assert between > 10


WHY = re.compile(
    r"It carries (?P<how>more \(|no less \()?(?P<letter>[nm]) = (?P<size>\d+) (?:columns?|rows?)"
)


def test_the_sentence_names_the_cheaper_order_and_a_true_reason(open_module, chains):
    few = chains[:300]
    sentences = open_module("jacobian_chain/words").call_each(
        [("costSentence", sizes) for sizes in few]
    )
    kinds = set()
    for sizes, sentence in zip(few, sentences, strict=True):
        assert not NO_VALUE.search(sentence)
        bills = {
            order: sum(counts)
            for order, counts in JacobianChain(sizes=sizes).multiplications.items()
        }
        for value in set(bills.values()):
            assert f"{value:,}" in sentence
        best = multi_dot_cost(sizes)
        assert ("Better than both" in sentence) == (best < min(bills.values()))
        if "Better" in sentence:
            assert sentence.endswith(f"takes {best:,}.")
        if len(sizes) == 3:
            assert sentence.startswith("Two Jacobians have one product")
            kinds.add("one product")
            continue
        if len(set(bills.values())) == 1:
            assert sentence.startswith("Both orders cost")
            kinds.add("same")
            continue
        winner = min(bills, key=bills.get)
        assert sentence.lower().startswith(f"{winner} mode is cheaper")
        why = WHY.search(sentence)
        n, m = sizes[0], sizes[-1]
        own, other = (n, m) if winner == "forward" else (m, n)
        assert int(why["size"]) == own
        assert why["how"] == (None if own < other else "no less (" if own == other else "more (")
        if why["how"]:
            first, last = n * sizes[1], m * sizes[-2]
            assert (first > last) if winner == "forward" else (last > first)
            start = "J₁" if winner == "forward" else f"J{'₀₁₂₃₄'[len(sizes) - 1]}"
            assert f"it starts with {start}, the larger end" in sentence
        kinds.add((winner, why["how"]))
    assert {"one product", "same", ("forward", None), ("reverse", None)} < kinds
    assert {("forward", "more ("), ("reverse", "more (")} < kinds


def test_every_step_is_told_with_its_shapes_and_its_count(open_module, chains):
    cases = [
        (sizes, order, step) for sizes in chains[:60] for order in ORDERS for step in range(4)
    ]
    told = open_module("jacobian_chain/words").call_each(
        [("stepSentence", *case) for case in cases]
    )
    for (sizes, order, step), sentence in zip(cases, told, strict=True):
        assert not NO_VALUE.search(sentence)
        words = sentence.replace("\u00a0", " ")
        demo = JacobianChain(sizes=sizes, order=order, step=step)
        if step >= len(sizes) - 2:
            assert words.startswith("Done") and f"{sizes[-1]} × {sizes[0]}" in words
            continue
        count = demo.multiplications[order][step]
        at = len(demo.chain) - 2 if order == "forward" else 0
        left, right = demo.chain[at : at + 2]
        assert f"({left[0]} × {left[1]}) times" in words
        assert f"({right[0]} × {right[1]}). They join, since both say {left[1]}" in words
        assert f"{left[0]} · {left[1]} · {right[1]} = {count:,} multiplication" in words


def test_the_torch_code_runs_and_prints_the_counts(open_module, capsys):
    chosen = [*PRESETS.values(), *EDGES]
    codes = open_module("jacobian_chain/words").call_each([("torchCode", size) for size in chosen])
    for sizes, code in zip(chosen, codes, strict=True):
        names = {}
        exec(code, names)
        bills = JacobianChain(sizes=sizes).multiplications
        printed = capsys.readouterr().out.split()
        assert printed == [str(sum(bills[order])) for order in ORDERS]
        assert re.findall(r"print\(cost\)  # (\d+)", code) == printed
        assert names["forward"].shape == names["reverse"].shape == (sizes[-1], sizes[0])
        assert f"both ({sizes[-1]}, {sizes[0]})" in code


def answers_to(puzzle):
    if puzzle["kind"] == "order":
        count = len(puzzle["shown"])
        return [(), (1,), *itertools.product(range(count + 1), repeat=count)]
    return [(), (1,), *itertools.product(range(14), repeat=2)]


@pytest.mark.parametrize("number", range(1, len(PUZZLES) + 1))
def test_an_answer_is_right_exactly_where_python_says_so(open_module, number):
    puzzle, demo = PUZZLES[number - 1], JacobianChain(puzzle=number)
    answers = answers_to(puzzle)
    module = open_module("jacobian_chain/riddles")
    heard = module.call_each([("feedback", puzzle, answer) for answer in answers])
    told = set()
    for answer, reply in zip(answers, heard, strict=True):
        demo.answer = answer
        assert reply["isRight"] == demo.is_solved, answer
        assert reply["text"].startswith(
            "Right:" if demo.is_solved else ("Not yet:", "Choose", "Write")
        )
        assert not NO_VALUE.search(reply["text"])
        told.add(reply["text"])
    assert sum(text.startswith("Right:") for text in told) == 1
    assert len(told) >= 4
    assert not NO_VALUE.search(module.call("task", puzzle))


def multiplies(shapes, wanted):
    """Whether torch multiplies matrices of these shapes to the wanted shape."""
    product, *rest = (torch.empty(shape, device="meta") for shape in shapes)
    try:
        for other in rest:
            product = product @ other
    except RuntimeError:
        return False
    return product.shape == wanted


def test_any_order_is_judged_as_torch_multiplies_it(open_module, chains):
    small = [tuple(1 + size % 3 for size in sizes) for sizes in chains[:80]]
    cases = []
    for sizes in dict.fromkeys(small):
        count = len(sizes) - 1
        puzzle = {"kind": "order", "sizes": sizes, "shown": list(range(1, count + 1))}
        cases += [(puzzle, order) for order in itertools.permutations(range(1, count + 1))]
    found = open_module("jacobian_chain/math").call_each([("verdict", *case) for case in cases])
    right = 0
    for (puzzle, order), told in zip(cases, found, strict=True):
        sizes = puzzle["sizes"]
        shapes = [(sizes[number], sizes[number - 1]) for number in order]
        assert (told["kind"] == "") == multiplies(shapes, (sizes[-1], sizes[0])), (sizes, order)
        right += told["kind"] == ""
    assert 50 < right < len(cases) / 2


def test_feedback_says_what_does_not_fit(open_module):
    apart = "They do not join."
    cases = [
        (1, (2, 1, 0), "Choose a box for every place first."),
        (1, (2, 2, 1), "Not yet: box B can stand in one place only."),
        (1, (1, 2, 3), "Not yet: the left box has 3 rows, but y has 1 number."),
        (1, (2, 3, 1), f"Not yet: the left box has 3 columns, and the next one 4 rows. {apart}"),
        (1, (2, 1, 3), "Right: B (1 × 3) times A (3 × 4) times C (4 × 6) is 1 × 6."),
        (2, (7, 4), "Not yet: the right numbers the other way round. A row belongs to an output."),
        (2, (4, 9), "Not yet: the columns must match the rows of J₁, the neighbour on the right."),
        (2, (5, 7), "Not yet: the rows must match the columns of J₃, the neighbour on the left."),
        (3, (5, 8), "Not yet: there is a row for each number of y."),
        (5, (1, 3), "Not yet: there is a column for each number of x."),
        (7, (4, 2), "Right: J₄J₃J₂ is 4 × 2."),
    ]  # fmt: skip
    found = open_module("jacobian_chain/riddles").call_each(
        [("feedback", PUZZLES[number - 1], answer) for number, answer, _ in cases]
    )
    for (number, answer, text), reply in zip(cases, found, strict=True):
        assert reply["text"].replace("\u00a0", " ") == text, (number, answer)
