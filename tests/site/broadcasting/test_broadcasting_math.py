"""The arithmetic and the words of the broadcasting stepper, in Chromium, against torch."""

import functools
import itertools
import re

import pytest
import torch

from utils.widgets.broadcasting import LAST_STEP, Broadcasting, a_values, b_values

NO_VALUE = re.compile(r"NaN|undefined|null|Infinity|\[object")


def draw_size(generator, most):
    return int(torch.randint(0, most + 1, (), generator=generator))


def draw_fitting(generator):
    """Two shapes that broadcast: parts of one shape, with axes left out or made 1."""
    whole = [draw_size(generator, 6) for _ in range(draw_size(generator, 4))]
    pair = []
    for _ in range(2):
        shape = [1 if torch.rand((), generator=generator) < 0.35 else size for size in whole]
        pair.append(tuple(shape[draw_size(generator, len(shape)) :]))
    return tuple(pair)


def draw_any(generator):
    axes = [draw_size(generator, 4) for _ in range(2)]
    return tuple(tuple(draw_size(generator, 6) for _ in range(count)) for count in axes)


@functools.cache
def by_torch(a, b):
    try:
        return tuple(torch.broadcast_shapes(a, b))
    except RuntimeError:
        return None


@pytest.fixture(scope="module")
def pairs():
    """At least 500 pairs that fit and 300 that do not, with the shape that torch gives."""
    generator = torch.Generator().manual_seed(3)
    fitting = [draw_fitting(generator) for _ in range(700)]
    others = [draw_any(generator) for _ in range(700)]
    small = itertools.product([(), (0,), (1,), (2,), (0, 1), (1, 0), (2, 1)], repeat=2)
    found = {pair: by_torch(*pair) for pair in [*fitting, *others, *small]}
    results = list(found.values())
    legal = [shape for shape in results if shape is not None]
    assert len(legal) >= 500 and len(results) - len(legal) >= 300
    assert sum(0 in shape for shape in legal) > 100
    assert sum(0 not in shape and len(shape) > 2 for shape in legal) > 50
    assert found[(), ()] == ()
    return found


def test_result_shapes_are_those_of_torch(open_module, pairs):
    shapes = open_module("broadcasting/math").call_each(
        [("broadcastShape", *pair) for pair in pairs]
    )
    for (pair, expected), shape in zip(pairs.items(), shapes, strict=True):
        assert shape == (None if expected is None else list(expected)), pair


SOURCES = """(cases) => cases.map(([shape, result]) => {
    const count = result.reduce((product, size) => product * size, 1);
    return Array.from({ length: count }, (_, flat) => {
        const place = [];
        for (const size of [...result].reverse()) {
            place.unshift(flat % size);
            flat = Math.floor(flat / size);
        }
        return module.flatIndex(shape, module.sourceIndex(shape, place));
    });
})"""


def test_every_result_number_reads_the_number_that_torch_reads(open_module, pairs):
    wanted = [
        (shape, result) for pair, result in pairs.items() if result is not None for shape in pair
    ]
    found = open_module("broadcasting/math").page.evaluate(SOURCES, wanted)
    assert len(found) >= 1000
    for (shape, result), places in zip(wanted, found, strict=True):
        own = torch.arange(torch.Size(shape).numel()).view(shape)
        assert places == own.broadcast_to(result).flatten().tolist(), (shape, result)


def test_the_demos_numbers_are_the_same_in_python(open_module):
    found = open_module("broadcasting/math").call_each(
        [("valueAt", name, flat) for name in "ab" for flat in range(40)]
    )
    assert found == a_values((40,)).tolist() + b_values((40,)).tolist()


GRIDS = """(cases) => cases.map((settings) => {
    const now = module.scene(settings);
    const read = ({ rows, columns, look }) => Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (_, column) => look(row, column)));
    return {
        a: read(module.operandGrid(now, "a")),
        b: read(module.operandGrid(now, "b")),
        c: now.result && read(module.resultGrid(now)),
        place: now.place,
        slice: module.sliceSentence(now),
    };
})"""

TABLES = """(cases) => cases.map((settings) => {
    const now = module.scene(settings);
    return {
        columns: module.columns(now),
        extents: ["a", "b"].map((name) => module.extent(now, name)),
    };
})"""


def settings_of(pair, index=(0, 0, 0, 0), step=LAST_STEP):
    return {"a_shape": pair[0], "b_shape": pair[1], "index": index, "step": step}


def test_grids_show_the_slice_and_tell_copies_from_memory(open_module, pairs):
    generator = torch.Generator().manual_seed(4)
    legal = [(pair, result) for pair, result in pairs.items() if result and 0 not in result]
    indices = [torch.randint(0, 6, (4,), generator=generator).tolist() for _ in legal]
    cases = [settings_of(pair, at) for (pair, _), at in zip(legal, indices, strict=True)]
    page = open_module("broadcasting/scene").page
    for (pair, result), at, shown in zip(legal, indices, page.evaluate(GRIDS, cases), strict=True):
        demo = Broadcasting(a_shape=pair[0], b_shape=pair[1], index=at)
        leading = tuple(min(i, n - 1) for i, n in zip(at[4 - len(result) :], result, strict=True))
        assert tuple(shown["place"]) == leading
        leading = leading[:-2]
        for name, values, source in zip(
            "ab", (a_values(pair[0]), b_values(pair[1])), demo.sources, strict=True
        ):
            wide = values.broadcast_to(result)[leading]
            # Of all places that read one number, the first is where it lies itself.
            flat = torch.arange(values.numel()).view(values.shape).broadcast_to(result)
            first = torch.zeros(result, dtype=torch.bool).flatten()
            for number in range(values.numel()):
                first[(flat.flatten() == number).nonzero()[0]] = True
            first = first.view(result)[leading]
            rows = wide.reshape(1, -1) if wide.ndim < 2 else wide
            table = shown[name]
            assert [[cell["text"] for cell in row] for row in table] == rows.tolist()
            kinds = [[cell["kind"] == "plain" for cell in row] for row in table]
            assert kinds == first.reshape(rows.shape).tolist(), (pair, name)
            marked = [cell["text"] for row in table for cell in row if cell["share"]]
            # What is read may lie in another slice than the one that is shown.
            lies_at = (0,) * (len(result) - len(source)) + source
            visible = lies_at[: len(leading)] == leading
            assert marked == ([values[source].item()] if visible else []), (pair, name)
        total = (a_values(pair[0]) + b_values(pair[1]))[leading]
        assert [[c["text"] for c in row] for row in shown["c"]] == total.view(rows.shape).tolist()
        assert (shown["slice"] == "") == (len(result) < 3)
        assert [int(n) for n in re.findall(r"place (\d)", shown["slice"])] == list(leading)


def test_numbers_without_a_partner_are_those_beyond_the_other_operand(open_module, pairs):
    illegal = [
        pair
        for pair, result in pairs.items()
        if result is None and max(map(len, pair)) <= 2 and min(map(len, pair)) > 0
    ]
    assert len(illegal) > 50
    page = open_module("broadcasting/scene").page
    for pair, shown in zip(
        illegal, page.evaluate(GRIDS, [settings_of(pair) for pair in illegal]), strict=True
    ):
        assert shown["place"] is None and shown["c"] is None
        a, b = ((1,) * (2 - len(shape)) + shape for shape in pair)
        for name, own, other in (("a", a, b), ("b", b, a)):
            clash = [1 not in (x, y) and x != y for x, y in zip(own, other, strict=True)]
            for r, row in enumerate(shown[name]):
                for c, cell in enumerate(row):
                    alone = any(
                        clash[k] and at >= other[k] for k, at in enumerate((r, c)) if clash[k]
                    )
                    assert (cell["kind"] == "never") == alone, (pair, name, r, c)


def test_the_table_of_shapes_fills_up_from_the_right(open_module, pairs):
    chosen = list(pairs)[::2]
    cases = [settings_of(pair, step=step) for pair in chosen for step in range(LAST_STEP + 1)]
    shown = iter(open_module("broadcasting/scene").page.evaluate(TABLES, cases))
    for a, b in chosen:
        axes = max(len(a), len(b))
        padded = [(1,) * (axes - len(shape)) + shape for shape in (a, b)]
        for step in range(LAST_STEP + 1):
            now = next(shown)
            at = min(step, axes + 2)
            for name, shape, own in zip("ab", padded, (a, b), strict=True):
                missing = axes - len(own)
                texts = [column[name]["text"] for column in now["columns"]]
                kept = ["" if at == 0 and k < missing else str(n) for k, n in enumerate(shape)]
                assert texts == kept
                assert [c[name]["isAdded"] for c in now["columns"]] == [
                    k < missing for k in range(axes)
                ]
            compared = max(0, min(at - 1, axes))
            for k, column in enumerate(now["columns"]):
                known = axes - k <= compared
                verdict = by_torch((padded[0][k],), (padded[1][k],))
                assert column["head"] == f"−{axes - k}"
                assert column["fits"] == ((verdict is not None) if known else None)
                size = "none" if verdict is None else str(verdict[0])
                assert column["size"] == (size if known else "")
                assert column["verdict"][:1] == (
                    ("✗" if verdict is None else "✓") if known else ""
                )
            assert sum(c["isCurrent"] for c in now["columns"]) == (2 <= at < axes + 2)
            if at == axes + 2 and by_torch(a, b) is not None:
                assert now["extents"] == [list(by_torch(a, b))] * 2
            if at == 0:
                assert now["extents"] == [list(a), list(b)]


def test_each_step_is_told_and_the_last_sentence_gives_the_verdict_of_torch(open_module, pairs):
    calls = [("stepSentence", min(s, max(map(len, p)) + 2), *p) for p in pairs for s in range(7)]
    told = open_module("broadcasting/words").call_each(calls)
    for (_, step, a, b), sentence in zip(calls, told, strict=True):
        assert sentence.endswith(".") and not NO_VALUE.search(sentence), (a, b, step)
        axes = max(len(a), len(b))
        if step == axes + 2:
            result = by_torch(a, b)
            if result is None:
                assert sentence.startswith("There is no result: ")
            else:
                assert f"The result has shape {result}" in sentence
                assert ("no numbers" in sentence) == (0 in result)
        elif step >= 2:
            sizes = [((1,) * axes + shape)[-(step - 1)] for shape in (a, b)]
            fits = by_torch(*[(size,) for size in sizes]) is not None
            assert sentence.startswith(f"Axis −{step - 1}: ")
            assert ("do not fit" in sentence) != fits
            numbers = set(map(int, re.findall(r"\d+", sentence.split(":")[1])))
            assert set(sizes) <= numbers


SENTENCES = [
    (
        (0, (3, 1), (4,)),
        "Write the shapes in two lines so that they end together. a has 2 axes, b has 1 axis. "
        "Axes are counted from the right, −1 being the last.",
    ),
    (
        (1, (3, 1), (4,)),
        "The shape of b is 1 axis shorter, so a 1 is put in front: (4,) counts as (1, 4).",
    ),
    (
        (1, (), (2, 3)),
        "The shape of a is 2 axes shorter, so 2 ones are put in front: () counts as (1, 1).",
    ),
    ((1, (2, 3), (1, 3)), "Both shapes have 2 axes, so nothing is put in front."),
    ((1, (), ()), "Neither shape has an axis, so nothing is put in front."),
    ((2, (3, 4), (4,)), "Axis −1: both sizes are 4. They fit."),
    (
        (2, (3, 1), (4,)),
        "Axis −1: 1 and 4 fit, since one of them is 1. It is as if a stood there 4 times.",
    ),
    (
        (2, (3, 0), (1,)),
        "Axis −1: 0 and 1 fit, since one of them is 1. It is as if b were not there at all.",
    ),
    ((2, (3, 2), (3,)), "Axis −1: 2 and 3 differ and neither is 1. They do not fit."),
    (
        (4, (3, 1), (4,)),
        "Everything fits. The result has shape (3, 4), on each axis the size that is not 1, or 1 "
        "if both are.",
    ),
    ((2, (), ()), "Everything fits. The result has shape ()."),
    (
        (4, (5, 2), (4, 3)),
        "There is no result: 2 and 3 on axis −1, 5 and 4 on axis −2. The sizes of an axis must "
        "agree, or one of them must be 1.",
    ),
]


@pytest.mark.parametrize(("arguments", "sentence"), SENTENCES)
def test_the_rules_are_told_in_words(open_module, arguments, sentence):
    assert open_module("broadcasting/words").call("stepSentence", *arguments) == sentence


def test_the_sum_that_is_spelled_out_is_true_in_torch(open_module, pairs):
    generator = torch.Generator().manual_seed(5)
    calls = []
    for pair, result in pairs.items():
        if result is not None and 0 not in result:
            place = [int(torch.randint(0, size, (), generator=generator)) for size in result]
            calls.append(("cellSentence", place, *pair))
    assert len(calls) >= 300
    told = open_module("broadcasting/words").call_each(calls)
    for (_, place, a, b), sentence in zip(calls, told, strict=True):
        numbers = {"a": a_values(a), "b": b_values(b), "c": a_values(a) + b_values(b)}
        sides = [eval(side, dict(numbers)) for side in sentence.split(" = ")]
        assert len(sides) == 4 and len({int(side) for side in sides}) == 1, sentence
        assert sentence.startswith(f"c{place if place else ''} = ")


def test_the_torch_lines_run_and_give_what_their_comments_say(open_module, pairs):
    chosen = list(pairs.items())[::3]
    codes = open_module("broadcasting/words").call_each(
        [("torchCode", *pair) for pair, _ in chosen]
    )
    for ((a, b), result), code in zip(chosen, codes, strict=True):
        shapes, first, second, total = code.split("\n")
        names = {"torch": torch}
        exec(f"{first}\n{second}", names)
        assert (names["a"] == a_values(a)).all() and names["a"].shape == a
        assert (names["b"] == b_values(b)).all() and names["b"].shape == b
        for line in (shapes, total):
            if result is None:
                assert line.endswith("  # raises RuntimeError")
                with pytest.raises(RuntimeError):
                    exec(line, names)
        if result is not None:
            assert shapes.endswith(f"  # {eval(shapes, names)!r}")
            exec(total, names)
            assert total.endswith(f"  # has shape {tuple(names['c'].shape)}")


TYPED = [
    ("3, 1", [3, 1]),
    ("(3, 1)", [3, 1]),
    (" [3,1] ", [3, 1]),
    ("3 1", [3, 1]),
    ("3 × 1", [3, 1]),
    ("3x1X2", [3, 1, 2]),
    ("(4,)", [4]),
    ("4", [4]),
    ("4 ,", [4]),
    ("", []),
    ("()", []),
    ("( )", []),
    ("0, 6, 0, 6", [0, 6, 0, 6]),
    ("+2", [2]),
]
REFUSED = [
    ("3, x", "“x” is not a whole number: write sizes such as 3, 1"),
    ("2.5", "“2.5” is not a whole number: write sizes such as 3, 1"),
    ("(3, 1", "“(3” is not a whole number: write sizes such as 3, 1"),
    ("7", "7 is not from 0 to 6: write sizes such as 3, 1"),
    ("-1, 2", "-1 is not from 0 to 6: write sizes such as 3, 1"),
    ("−1", "−1 is not from 0 to 6: write sizes such as 3, 1"),
    ("3,,1", "a number is missing beside a comma: write sizes such as 3, 1"),
    (",", "a number is missing beside a comma: write sizes such as 3, 1"),
    ("1, 1, 1, 1, 1", "5 axes are too many: at most 4 fit"),
]


def test_a_shape_is_read_as_readers_write_it(open_module):
    module = open_module("broadcasting/words")
    found = module.call_each([("parseShape", text) for text, _ in TYPED + REFUSED])
    for (text, shape), result in zip(TYPED, found, strict=False):
        assert result == {"shape": shape, "trouble": ""}, text
    for (text, trouble), result in zip(REFUSED, found[len(TYPED) :], strict=True):
        assert result == {"shape": None, "trouble": trouble}, text


def test_what_the_demo_writes_it_can_read(open_module, pairs):
    shapes = sorted({shape for pair in pairs for shape in pair})
    module = open_module("broadcasting/words")
    for name in ("shapeText", "typedText"):
        texts = module.call_each([(name, shape) for shape in shapes])
        read = module.call_each([("parseShape", text) for text in texts])
        assert [result["shape"] for result in read] == [list(shape) for shape in shapes]
        if name == "shapeText":
            assert texts == list(map(str, shapes))
