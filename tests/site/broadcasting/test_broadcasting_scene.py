"""What the broadcasting demo shows of two shapes, against torch."""

import itertools

import pytest
import torch
from broadcasting_pairs import by_torch

from utils.widgets.broadcasting import (
    LAST_STEP,
    OPERATIONS,
    Broadcasting,
    a_values,
    b_values,
)

VALUES = {"a": a_values, "b": b_values}
NAMES = list(OPERATIONS)

BLOCKS = """(module, cases) => cases.map((settings) => {
    const now = module.scene(settings);
    return {
        a: module.operandBlock(now, "a"),
        b: module.operandBlock(now, "b"),
        c: now.result && module.resultBlock(now),
        place: now.place,
        selected: module.selectedCell(now),
        sources: ["a", "b"].map((name) => now.place &&
            module.sourceCell(module.operandBlock(now, name), module.selectedCell(now))),
        captions: [
            ...["a", "b"].map((name) => module.operandCaption(now, name)),
            now.result && module.resultCaption(now),
        ],
    };
})"""
TABLES = """(module, cases) => cases.map((settings) => {
    const now = module.scene(settings);
    const { done, at } = now;
    return { columns: module.columns(now), come: module.progress(now), done, at };
})"""


def settings_of(pair, index=(0, 0, 0, 0), step=LAST_STEP, operation="add"):
    index = list(index)
    return dict(a_shape=pair[0], b_shape=pair[1], index=index, step=step, operation=operation)


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("broadcasting/scene").module


def ones(shape, count):
    return (1,) * (count - len(shape)) + tuple(shape)


@pytest.fixture(scope="module")
def legal(pairs):
    """Pairs with numbers in their result, each with an index and an operation."""
    generator = torch.Generator().manual_seed(4)
    found = [(pair, result) for pair, result in pairs.items() if result and 0 not in result]
    indices = torch.randint(0, 6, (len(found), 4), generator=generator).tolist()
    return [
        (pair, result, index, NAMES[at % 3])
        for at, ((pair, result), index) in enumerate(zip(found, indices, strict=True))
    ]


@pytest.fixture(scope="module")
def shown(module, legal):
    cases = [settings_of(pair, index, operation=name) for pair, _, index, name in legal]
    return list(zip(legal, module.evaluate(BLOCKS, cases), strict=True))


def sheet(tensor, leading):
    """The drawn sheet of a tensor, as rows."""
    return tensor[leading].reshape(1, -1) if tensor[leading].ndim < 2 else tensor[leading]


def table(block, what):
    rows = [[None] * block["columns"] for _ in range(block["rows"])]
    for cell in block["cells"]:
        rows[cell["row"]][cell["column"]] = cell[what]
    return rows


def test_the_blocks_hold_the_numbers_of_torch(shown):
    for (pair, result, index, operation), found in shown:
        place = tuple(min(i, n - 1) for i, n in zip(index[4 - len(result) :], result, strict=True))
        assert tuple(found["place"]) == place
        assert found["selected"] == list((0, 0, *place)[-2:])
        wide = [
            VALUES[name](shape).broadcast_to(result)
            for name, shape in zip("ab", pair, strict=True)
        ]
        for name, tensor in zip("abc", (*wide, OPERATIONS[operation](*wide)), strict=True):
            numbers = [[int(text) for text in row] for row in table(found[name], "text")]
            assert numbers == sheet(tensor, place[:-2]).tolist(), (pair, name)
            assert found[name]["sheets"] == ones(result, 4)[1]


def test_copies_are_told_from_what_lies_in_memory(shown):
    seen = set()
    for (pair, result, index, _), found in shown:
        demo = Broadcasting(a_shape=pair[0], b_shape=pair[1], index=index)
        leading = tuple(found["place"][:-2])
        for name, shape, source, cell in zip(
            "ab", pair, demo.sources, found["sources"], strict=True
        ):
            block = found[name]
            memory = torch.arange(torch.Size(shape).numel()).view(shape).broadcast_to(result)
            # Of all places that read one number, the first is where it lies itself.
            flat = memory.flatten()
            first = torch.zeros(flat.shape, dtype=torch.bool)
            for number in flat.unique():
                first[(flat == number).nonzero()[0]] = True
            own = sheet(first.view(result), leading)
            isolated = [[kind == "own" for kind in row] for row in table(block, "kind")]
            if block["behind"]:
                assert not own.any(), (pair, name)
                padded, place = ones(shape, 4), (0,) * (4 - len(result)) + tuple(found["place"])
                axes = [axis for axis in (3, 4) if padded[-axis] == 1 and place[-axis] > 0]
                assert block["behind"] == axes
            else:
                assert isolated == own.tolist(), (pair, name)
            # What is read may lie on another sheet than the one in front.
            lies_at = (0,) * (len(result) - len(source)) + source
            visible = lies_at[: len(leading)] == leading
            assert cell == (list((0, 0, *lies_at)[-2:]) if visible else None)
            seen.add((bool(block["behind"]), visible))
    assert seen >= {(False, True), (True, False)}


def test_a_block_says_along_which_sides_it_is_stretched(module, pairs):
    chosen = [(pair, result) for pair, result in pairs.items() if result is not None]
    found = module.evaluate(BLOCKS, [settings_of(pair) for pair, _ in chosen])
    emptied = 0
    for (pair, result), blocks in zip(chosen, found, strict=True):
        for name, shape in zip("ab", pair, strict=True):
            before, after = ones(shape, 4)[1:], ones(result, 4)[1:]
            sides = list(zip(before, after, strict=True))
            assert blocks[name]["stretched"] == [b == 1 < a for b, a in sides]
            assert blocks[name]["emptied"] == [b == 1 and a == 0 for b, a in sides]
            emptied += any(blocks[name]["emptied"])
            if 0 in shape:
                assert blocks[name]["cells"] == []
        if 0 in result:
            assert blocks["c"]["cells"] == [] and blocks["place"] is None
    assert emptied > 20


def test_numbers_without_a_partner_are_those_beyond_the_other_operand(module, pairs):
    illegal = [
        pair
        for pair, result in pairs.items()
        if result is None and max(map(len, pair)) <= 2 and min(map(len, pair)) > 0
    ]
    assert len(illegal) > 20
    for pair, found in zip(
        illegal, module.evaluate(BLOCKS, [settings_of(pair) for pair in illegal]), strict=True
    ):
        assert found["place"] is None and found["c"] is None
        a, b = (ones(shape, 2) for shape in pair)
        for name, own, other in (("a", a, b), ("b", b, a)):
            clash = [1 not in (x, y) and x != y for x, y in zip(own, other, strict=True)]
            for cell in found[name]["cells"]:
                at = (cell["row"], cell["column"])
                alone = any(clash[k] and at[k] >= other[k] for k in (0, 1))
                assert (cell["kind"] == "never") == alone, (pair, name, at)


def test_no_number_is_struck_out_before_its_axis_is_compared(module):
    kinds = []
    for step in range(LAST_STEP + 1):
        [found] = module.evaluate(BLOCKS, [settings_of(((3, 2), (3,)), step=step)])
        kinds.append(sum(cell["kind"] == "never" for cell in found["b"]["cells"]))
    assert kinds == [0, 0, 3, 3, 3, 3, 3]


def test_captions_give_the_shape_and_what_it_counts_as(module):
    expected = {
        0: ["a (3, 1)", "b (4,)"],
        1: ["a (3, 1)", "b (4,) → (1, 4)"],
        2: ["a (3, 1) → (3, 4)", "b (4,) → (1, 4)"],
        6: ["a (3, 1) → (3, 4)", "b (4,) → (3, 4)"],
    }
    found = module.evaluate(BLOCKS, [settings_of(((3, 1), (4,)), step=s) for s in expected])
    assert [each["captions"][:2] for each in found] == list(expected.values())
    deep = settings_of(((2, 3, 1, 1), (4, 1)), index=(1, 2, 3, 0))
    assert module.evaluate(BLOCKS, [deep])[0]["captions"] == [
        "a (2, 3, 1, 1) → (2, 3, 4, 1)",
        "b (4, 1) → (2, 3, 4, 1)",
        "c (2, 3, 4, 1), in front c[1, 2]",
    ]


def test_the_table_of_shapes_fills_up_from_the_right(module, pairs):
    chosen = list(pairs)[::3]
    cases = [settings_of(pair, step=step) for pair in chosen for step in range(LAST_STEP + 1)]
    shown = iter(module.evaluate(TABLES, cases))
    for a, b in chosen:
        axes = max(len(a), len(b))
        padded = [ones(shape, axes) for shape in (a, b)]
        for step in range(LAST_STEP + 1):
            now = next(shown)
            at = min(step, axes + 2)
            compared = max(0, min(at - 1, axes))
            assert (now["at"], now["done"]) == (at, at == axes + 2)
            assert now["come"] == [int(at >= 1), *(int(k <= compared) for k in (1, 2, 3, 4))]
            for name, shape, own in zip("ab", padded, (a, b), strict=True):
                missing = axes - len(own)
                found = [(c[name]["size"], c[name]["isAdded"]) for c in now["columns"]]
                assert found == [(size, k < missing) for k, size in enumerate(shape)]
            for k, column in enumerate(now["columns"]):
                pair = (padded[0][k], padded[1][k])
                size = by_torch((pair[0],), (pair[1],))
                assert column["fromRight"] == axes - k
                if axes - k > compared:
                    assert (column["verdict"], column["size"]) == ("", None)
                elif size is None:
                    assert (column["verdict"], column["size"]) == ("fails", None)
                else:
                    copied = "ab"[pair.index(1)] if pair[0] != pair[1] else ""
                    verdict = f"stretches {copied}" if copied else "matches"
                    assert (column["verdict"], column["size"]) == (verdict, size[0])
            assert sum(c["isCurrent"] for c in now["columns"]) == (2 <= at < axes + 2)


INDICES = """(module, cases) => cases.map(([settings, cell]) =>
    module.indexAt(module.scene(settings), cell))"""


def test_a_cell_stands_for_an_index_on_the_same_sheet(module):
    cells = list(itertools.product((-1, 0, 2, 9), (-9, 1, 9)))
    for pair, leading in (
        (((2, 3, 4), (4,)), (0, 1)),
        (((5,), ()), (0, 0, 0)),
        (((), ()), (0,) * 4),
    ):
        found = module.evaluate(
            INDICES, [[settings_of(pair, index=(0, 1, 0, 0)), cell] for cell in cells]
        )
        result = ones(by_torch(*pair), 2)[-2:]
        for (row, column), index in zip(cells, found, strict=True):
            cell = [min(max(at, 0), n - 1) for at, n in zip((row, column), result, strict=True)]
            expected = (
                [*leading, *cell[len(leading) - 2 :]] if len(leading) > 2 else [*leading, *cell]
            )
            assert index == expected[:4], (pair, row, column)
