"""The arithmetic and the words of the Jacobian dominoes, in Chromium, against torch."""

import itertools
import re

import pytest
import torch

from utils.widgets.jacobian_chain import PRESETS, JacobianChain

NO_VALUE = re.compile(r"NaN|undefined|null|Infinity|\[object|-0")
EDGES = [(1,) * 3, (1,) * 5, (64,) * 5, (64, 1, 64), (1, 64, 1), (8, 64, 1, 4), (2, 10, 1, 1)]


def state(sizes, places=(), joins=()):
    return {"sizes": list(sizes), "places": list(places), "joins": list(joins)}


@pytest.fixture(scope="module")
def cases():
    """Settings of all lengths: many that fit, many shuffled, with each number of joins."""
    generator = torch.Generator().manual_seed(5)

    def shuffled(count):
        return (torch.randperm(count, generator=generator) + 1).tolist()

    found = [(sizes, (), ()) for sizes in EDGES]
    found += [(p["sizes"], p["places"], ()) for p in PRESETS.values()]
    for number in range(200):
        kind, made = divmod(number, 4)
        most = (65, 65, 3, 3, 2)[kind % 5]
        sizes = torch.randint(1, most, (3 + number % 3,), generator=generator).tolist()
        count = len(sizes) - 1
        places = shuffled(count) if kind % 2 else ()
        found.append((tuple(sizes), places, shuffled(3)[:made]))
    return [state(*case) for case in found]


@pytest.fixture(scope="module")
def demos(cases):
    """The Python side in the state of every case."""
    return [JacobianChain(**case) for case in cases]


def asked(open_module, part, function, cases):
    return open_module(f"jacobian_chain/{part}").call_each([(function, case) for case in cases])


def test_the_cases_are_of_all_kinds(demos):
    kinds = {(len(demo.sizes), demo.fits, len(demo.paid)) for demo in demos}
    for length in (3, 4, 5):
        assert {(length, True, made) for made in range(length - 1)} < kinds
        assert (length, False, 0) in kinds


def test_dominoes_lie_and_fit_as_in_python(open_module, cases, demos):
    module = open_module("jacobian_chain/math")
    given = [(case["sizes"], case["places"]) for case in cases]
    for name, wanted in (
        ("lying", [list(demo.lying) for demo in demos]),
        ("dominoes", [list(map(list, demo.dominoes)) for demo in demos]),
        ("fits", [demo.fits for demo in demos]),
    ):
        assert module.call_each([(name, *case) for case in given]) == wanted
    touching = module.call_each([("touching", *case) for case in given])
    for demo, gaps in zip(demos, touching, strict=True):
        rows = [*(shape[0] for shape in demo.dominoes), demo.sizes[0]]
        columns = [demo.sizes[-1], *(shape[1] for shape in demo.dominoes)]
        assert [(gap["left"], gap["right"]) for gap in gaps] == list(
            zip(columns, rows, strict=True)
        )


def test_products_cost_what_torch_counts(open_module, cases, demos):
    made = asked(open_module, "math", "made", cases)
    for demo, products in zip(demos, made, strict=True):
        assert [product["count"] for product in products] == list(demo.paid)
        shapes = [torch.empty(shape, device="meta") for shape in demo.dominoes]
        for product in products:
            first, last = product["span"]
            rows, inner, columns = product["sides"]
            assert product["count"] == rows * inner * columns
            whole = torch.linalg.multi_dot(shapes[first : last + 1])
            assert whole.shape == (rows, columns)
            cut = product["right"][0]
            assert shapes[cut].shape[0] == shapes[cut - 1].shape[1] == inner
            assert (product["left"], product["right"]) == ([first, cut - 1], [cut, last])


def test_the_bills_are_those_of_torch_in_the_same_brackets(open_module, cases, demos):
    module = open_module("jacobian_chain/words")
    all_bills = asked(open_module, "math", "bills", cases)
    fewest = asked(
        open_module, "math", "fewest", [c for c, d in zip(cases, demos, strict=True) if d.fits]
    )
    assert fewest == [demo.fewest for demo in demos if demo.fits]
    for demo, bills in zip(demos, all_bills, strict=True):
        texts = module.call_each([("bracketText", bill["tree"], demo.lying) for bill in bills])
        assert dict(zip(texts, [b["count"] for b in bills], strict=True)) == demo.bills
        count = len(demo.lying)
        sides = module.call_each([("sideOf", bill, count) for bill in bills])
        wanted = ["input", *[""] * (len(bills) - 2), "loss"] if count > 2 else [""]
        assert sides == (wanted if bills else [])
        # What is open can be reached by closing the gaps that are left, in some order.
        left = [gap for gap in range(1, count) if gap not in demo.joins]
        reached = set()
        for order in itertools.permutations(left):
            now = JacobianChain(sizes=demo.sizes, places=demo.places)
            now.joins = (*(gap for gap in demo.joins if gap < count), *order)
            reached.add(sum(now.paid))
        if not bills:
            continue
        assert {bill["count"] for bill in bills if bill["isOpen"]} == reached
        paid = [bill["paid"] for bill in bills]
        assert paid == [sum(demo.paid) if bill["isOpen"] else 0 for bill in bills]


def test_play_tells_both_sides_and_then_ends(open_module):
    module = open_module("jacobian_chain/math")
    for count, sides in ((2, [[1]]), (3, [[2, 1], [1, 2]]), (4, [[3, 2, 1], [1, 2, 3]])):
        now, seen = state((2,) * (count + 1)), []
        while (joins := module.call("nextJoins", now)) is not None:
            seen.append(joins)
            now["joins"] = joins
        assert seen == [side[: at + 1] for side in sides for at in range(count - 1)]
    assert module.call("nextJoins", state(**PRESETS["shuffled"])) is None
    # What a reader has begun goes on from the loss side.
    assert module.call("nextJoins", state((2,) * 5, (), [2])) == [2, 1]
    assert module.call("nextJoins", state((2,) * 5, (), [3, 1])) == [3, 1, 2]
    assert module.call("nextJoins", state((2,) * 5, (), [3, 1, 2])) is None


def test_the_sentence_says_what_is_seen(open_module, cases, demos):
    kinds = set()
    sentences = asked(open_module, "words", "sentence", cases)
    for demo, text in zip(demos, sentences, strict=True):
        assert not NO_VALUE.search(text) and text.endswith(".")
        count, total = len(demo.lying), sum(demo.paid)
        if not demo.fits:
            kinds.add("misfit")
            assert text.endswith("Drag dominoes until all numbers meet.")
            rows = [*(shape[0] for shape in demo.dominoes), demo.sizes[0]]
            columns = [demo.sizes[-1], *(shape[1] for shape in demo.dominoes)]
            apart = next(pair for pair in zip(columns, rows, strict=True) if pair[0] != pair[1])
            assert tuple(map(int, re.findall(r"\d+", text))) == apart
        elif len(demo.paid) == count - 1:
            kinds.add("done")
            plural = "s"[: total > 1]
            assert text.startswith(f"{total:,} multiplication{plural} in all")
            assert ("no other brackets take fewer" in text) == (total == demo.fewest)
            if total > demo.fewest:
                ratio = float(re.search(r"all, ([\d.]+) times", text)[1])
                assert ratio == pytest.approx(total / demo.fewest, rel=0.05)
        elif demo.paid:
            kinds.add("some")
            plural = "s"[: demo.paid[-1] > 1]
            assert f"= {demo.paid[-1]:,} multiplication{plural}." in text
            inner = re.search(r"(\d+) · (\d+) · (\d+) = .* The (\d+) in its middle", text)
            assert inner[2] == inner[4]
        else:
            natural = tuple(range(count, 0, -1))
            kinds.add("other order" if demo.lying != natural else "start")
            assert ("shapes do not notice" in text) == (demo.lying != natural)
    assert kinds == {"misfit", "done", "some", "start", "other order"}


def test_the_torch_code_runs_and_prints_the_counts(open_module, cases, demos, capsys):
    refused = 0
    for demo, code in zip(demos, asked(open_module, "words", "torchCode", cases), strict=True):
        assert not NO_VALUE.search(code)
        names = {"torch": torch}
        if "# raises" in code:
            refused += 1
            with pytest.raises(RuntimeError, match="cannot be multiplied"):
                exec(code, names)
            continue
        exec(code, names)
        printed = capsys.readouterr().out.split()
        assert re.findall(r"2\)  # (\d+)", code) == printed
        if not demo.fits:
            assert "the ends do not meet" in code
            continue
        own, best = map(int, printed)
        assert best == demo.fewest
        torch.testing.assert_close(names["product"], names["best"], rtol=1e-3, atol=1e-2)
        assert own in demo.bills.values()
        if len(demo.paid) == len(demo.lying) - 1:
            assert own == sum(demo.paid)
    assert refused > 20


def test_the_board_is_told_in_words(open_module, cases, demos):
    for demo, text in zip(demos, asked(open_module, "words", "boardLabel", cases), strict=True):
        assert re.findall(r"(\d+) × (\d+)", text) == [
            (str(rows), str(columns)) for rows, columns in demo.dominoes
        ]
        assert f"{len(demo.paid)} of {len(demo.lying) - 1} products made" in text
        assert ("J" in text) == demo.fits
