"""The arithmetic and the words of the index explorer, in Chromium, against torch."""

import itertools
import re

import numpy as np
import pytest
import torch

from utils.widgets.index_explorer import FARTHEST, SIZES, IndexExplorer

X = torch.arange(48).view(SIZES)


def draw_entry(generator):
    """An integer, or a slice in which about every third part is left out."""

    def integer(low, high):
        return int(torch.randint(low, high + 1, (), generator=generator))

    if integer(0, 3) == 0:
        return integer(-FARTHEST, FARTHEST)
    ends = [None if integer(0, 2) == 0 else integer(-FARTHEST, FARTHEST) for _ in range(2)]
    step = None if integer(0, 2) == 0 else integer(-1, 5)
    return [*ends, step]


def indexed(entries):
    """The view by torch, or the error with which torch refuses."""
    index = tuple(slice(*entry) if isinstance(entry, list) else entry for entry in entries)
    try:
        return X[index]
    except (ValueError, IndexError) as error:
        return error


@pytest.fixture(scope="module")
def cases():
    """At least 600 settings that torch accepts and 200 that it refuses."""
    generator = torch.Generator().manual_seed(11)
    legal, illegal = [], []
    while len(legal) < 600 or len(illegal) < 200:
        entries = [draw_entry(generator), draw_entry(generator)]
        view = indexed(entries)
        (legal if isinstance(view, torch.Tensor) else illegal).append((entries, view))
    views = [view for _, view in legal]
    # The draw meets what is easily done wrong.
    assert sum(view.numel() == 0 for view in views) > 100
    assert {view.ndim for view in views} == {0, 1, 2}
    parts = [
        part
        for entries, _ in legal
        for entry in entries
        if isinstance(entry, list)
        for part in entry[:2]
    ]
    assert {-FARTHEST, FARTHEST, None} <= set(parts)
    return legal, illegal


def each(open_module, module, function, cases):
    return open_module(module).call_each([(function, entries) for entries, *_ in cases])


def test_shape_strides_and_offset_are_those_of_torch(open_module, cases):
    legal, _ = cases
    found = each(open_module, "index_explorer/math", "viewOf", legal)
    for (entries, view), ours in zip(legal, found, strict=True):
        assert ours["shape"] == list(view.shape), entries
        assert ours["strides"] == list(view.stride()), entries
        assert ours["offset"] == view.storage_offset(), entries


def test_the_picked_cells_are_the_numbers_of_the_view_in_its_order(open_module, cases):
    legal, _ = cases
    found = each(open_module, "index_explorer/math", "cellsOf", legal)
    for (entries, view), cells in zip(legal, found, strict=True):
        assert [int(X[row, column]) for row, column in cells] == view.flatten().tolist(), entries


def test_a_place_in_memory_is_that_of_the_number(open_module, cases):
    legal, _ = cases
    some = [(entries, view) for entries, view in legal if view.numel()]
    calls, wanted = [], []
    for entries, view in some:
        size = [n for entry, n in zip(entries, table(entries, view), strict=True)]
        for cell in {(0, 0), (size[0] - 1, size[1] - 1), (size[0] // 2, size[1] // 2)}:
            index = [
                at for at, entry in zip(cell, entries, strict=True) if isinstance(entry, list)
            ]
            notes = {"strides": list(view.stride()), "offset": view.storage_offset()}
            calls.append((notes, index, entries, cell))
            wanted.append(int(view[tuple(index)]))
    module = open_module("index_explorer/math")
    assert module.call_each([("placeOf", notes, index) for notes, index, *_ in calls]) == wanted
    indices = module.call_each([("indexOf", entries, cell) for *_, entries, cell in calls])
    assert indices == [index for _, index, *_ in calls]
    sizes = each(open_module, "index_explorer/math", "tableOf", some)
    assert sizes == [table(entries, view) for entries, view in some]


def table(entries, view):
    """The sizes of both axes, 1 for one that an integer took away."""
    sizes = iter(view.shape)
    return [next(sizes) if isinstance(entry, list) else 1 for entry in entries]


def test_a_problem_is_told_exactly_where_torch_refuses(open_module, cases):
    legal, illegal = cases
    found = each(open_module, "index_explorer/words", "problem", legal + illegal)
    for (entries, view), sentence in zip(legal + illegal, found, strict=True):
        assert (sentence == "") == isinstance(view, torch.Tensor), (entries, sentence)
        assert not re.search(r"NaN|undefined|null|-\d", sentence), (entries, sentence)


def test_the_expression_is_pythons_and_the_same_in_both_languages(open_module, cases):
    legal, illegal = cases
    found = each(open_module, "index_explorer/words", "expression", legal + illegal)
    for (entries, view), text in zip(legal + illegal, found, strict=True):
        assert text == IndexExplorer(rows=entries[0], columns=entries[1]).expression
        if isinstance(view, torch.Tensor):
            again = eval(text, {"x": X})
            assert (again.shape, again.tolist()) == (view.shape, view.tolist())
        else:
            with pytest.raises(type(view)):
                eval(text, {"x": X})


def test_the_torch_lines_run_and_give_what_they_name(open_module, cases):
    legal, illegal = cases
    chosen = legal[::5] + illegal[::5]
    words = open_module("index_explorer/words")
    codes, briefs = (
        words.call_each([("torchCode", entries, memory) for entries, _ in chosen])
        for memory in (True, False)
    )
    for (entries, view), code, brief in zip(chosen, codes, briefs, strict=True):
        assert brief.splitlines() == code.splitlines()[:2]
        lines = [line.split("  # ") for line in code.splitlines()]
        names = {"torch": torch}
        exec(lines[0][0], names)
        if isinstance(view, Exception):
            with pytest.raises(type(view)):
                exec(lines[1][0], names)
            assert lines[1][1] == f"raises {type(view).__name__}", entries
            continue
        exec(lines[1][0], names)
        assert lines[1][1] == f"has shape {tuple(names['y'].shape)}"
        for call, result in lines[2:]:
            assert str(eval(call, names)) == result, entries
        assert len(lines) == 4


def test_the_notes_are_written_as_python_writes_them(open_module, cases):
    legal, _ = cases
    found = each(open_module, "index_explorer/words", "notes", legal)
    for (_, view), told in zip(legal, found, strict=True):
        assert told == [
            ["shape", str(tuple(view.shape))],
            ["strides", str(view.stride())],
            ["offset", str(view.storage_offset())],
        ]


def test_the_sentence_on_a_place_adds_up(open_module, cases):
    legal, _ = cases
    calls = []
    for entries, view in legal:
        if view.numel():
            calls.append((entries, view, [n - 1 for n in table(entries, view)]))
    sentences = open_module("index_explorer/words").call_each(
        [("placeSentence", entries, cell) for entries, _, cell in calls]
    )
    for (entries, view, _), sentence in zip(calls, sentences, strict=True):
        name, cell, sum_, place = re.fullmatch(
            r"(y\S*(?: \d+\])?) is (x\[\d, \d\])\. "
            r"It lies at place (.+?)(?: = (\d+)|, the offset)\.",
            sentence,
        ).groups()
        wanted = int(view.flatten()[-1])
        names = {"x": X, "y": view}
        assert eval(name, names) == eval(cell, names) == wanted, entries
        assert eval(sum_.replace("·", "*")) == wanted == int(place or wanted)


def test_the_note_on_the_place_is_a_sum_that_adds_up(open_module, cases):
    legal, _ = cases
    some = [(entries, view) for entries, view in legal if view.numel()]
    last = [[n - 1 for n in table(entries, view)] for entries, view in some]
    found = open_module("index_explorer/words").call_each(
        [("placeNote", entries, cell) for (entries, _), cell in zip(some, last, strict=True)]
    )
    for (entries, view), (name, text) in zip(some, found, strict=True):
        wanted = int(view.flatten()[-1])
        sum_, _, place = text.rpartition(" = ")
        assert eval(name.removeprefix("place of "), {"y": view}) == int(place) == wanted, entries
        assert eval((sum_ or place).replace("·", "*")) == wanted, entries


def test_what_is_typed_is_read_as_python_reads_it(open_module, cases):
    words = open_module("index_explorer/words")
    entries = [entry for pair, _ in cases[0] + cases[1] for entry in pair]
    texts = words.call_each([("entryText", entry) for entry in entries])
    again = words.call_each([("parseEntry", text) for text in texts])
    spaced = [("parseEntry", f" {text} ".replace(":", " : ")) for text in texts]
    assert again == words.call_each(spaced) == entries
    read = {
        "\u22122": -2,
        "1:": [1, None, None],
        "::": [None, None, None],
        ":-3": [None, -3, None],
    }
    wrong = ["", "-", "1 2", "1.5", "13", ":-13", "::99", "1:2:3:4", "a", "1,2", "1-2", "--1"]
    found = words.call_each([("parseEntry", text) for text in [*read, *wrong]])
    assert found == [*read.values(), *[None] * len(wrong)]


def test_play_walks_the_view_in_reading_order(open_module):
    sizes = [(2, 3), (1, 4), (3, 1), (1, 1)]
    calls = [
        ((rows, columns), cell) for rows, columns in sizes for cell in np.ndindex(rows, columns)
    ]
    found = open_module("index_explorer/math").call_each([("nextCell", *call) for call in calls])
    for (size, cell), after in zip(calls, found, strict=True):
        cells = list(np.ndindex(*size))
        here = cells.index(cell)
        assert after == (list(cells[here + 1]) if here + 1 < len(cells) else None), (size, cell)


def test_the_line_of_memory_is_named_by_the_strides_that_are_walked(open_module, cases):
    legal, _ = cases
    views = [{"shape": list(view.shape), "strides": list(view.stride())} for _, view in legal]
    names = open_module("index_explorer/words").call_each(
        [("stripName", view, 48) for view in views]
    )
    for (entries, view), name in zip(legal, names, strict=True):
        told = {
            int(axis): int(step) for step, axis in re.findall(r"\+(\d+) along axis (\d)", name)
        }
        walked = {
            axis: step
            for axis, (size, step) in enumerate(zip(view.shape, view.stride(), strict=True))
            if size > 1 and view.numel()
        }
        assert told == walked, entries


def test_numbers_under_the_line_keep_apart_and_the_picked_ones_come_first(open_module):
    strip = open_module("index_explorer/strip")
    starts = list(range(0, 48, 8))
    for picked, size in (([10, 11, 12, 18, 19, 20], 12.3), ([1, 9, 17], 7), ([], 16)):
        found = strip.call("numbered", picked, starts, size)
        gaps = [(b - a) * size for a, b in itertools.pairwise(sorted(found))]
        assert min(gaps) >= 17
        assert found[:1] == (picked or starts)[:1]
        left = [place for place in picked if place not in found]
        assert all(min(abs(place - other) for other in found) * size < 17 for place in left)


def test_the_parts_of_the_picture_keep_apart_and_the_table_stays(open_module):
    layout = open_module("index_explorer/layout")
    sizes = [(r, c) for r in (0, 1, 2, 6) for c in (0, 1, 3, 8)]
    for width in (306, 338, 500, 590, 766):
        found = layout.call_each([("layout", width, False, size) for size in sizes])
        assert len({str((one["table"], one["height"])) for one in found}) == 1
        for (rows, columns), one in zip(sizes, found, strict=True):
            x, y = one["table"], one["view"]
            right, bottom = x["x"] + 8 * x["cell"], x["y"] + 6 * x["cell"]
            assert right <= width and y["x"] + columns * y["cell"] <= width
            assert y["y"] + rows * y["cell"] <= one["height"]
            assert (y["y"] if one["isNarrow"] else y["x"]) - 22 >= (
                bottom if one["isNarrow"] else right
            )
            if rows and columns:
                assert y["cell"] >= 17, (width, rows, columns)
        plan = layout.call("layout", width, True, [6, 8])
        assert plan["strip"]["y"] >= plan["table"]["y"] + 6 * plan["table"]["cell"]


def test_what_is_picked_is_told_in_words(open_module, cases):
    legal, _ = cases
    sentences = each(open_module, "index_explorer/words", "pickSentence", legal)
    for (entries, view), sentence in zip(legal, sentences, strict=True):
        assert sentence.startswith(f"{view.numel()} of 48 numbers: "), entries
        assert ("gone" in sentence) == (view.ndim < 2)
        for axis, entry in enumerate(entries):
            if not isinstance(entry, list):
                continue
            start, stop, _ = entry
            size = SIZES[axis]
            length = len(range(size)[slice(*entry)])
            remark = re.search(
                rf"On axis {axis} the slice is (cut to fit)?(?: and )?(empty)?", sentence
            )
            far = [
                at is not None and not 0 <= (at + size if at < 0 else at) <= size
                for at in (start, stop)
            ]
            assert (remark is not None) == (any(far) or length == 0), (entries, sentence)
            if remark:
                assert (remark[1] is not None, remark[2] is not None) == (any(far), length == 0)


SENTENCES = [
    ([[1, 5, 2], [None, None, 3]], "6 of 48 numbers: rows 1 and 3; columns 0, 3 and 6."),
    ([[1, 3, None], [2, 5, None]], "6 of 48 numbers: rows 1 and 2; columns 2 to 4."),
    (
        [-2, [None, None, 2]],
        "4 of 48 numbers: row 4; columns 0, 2, 4 and 6. "
        "Axis 0 is gone, because one integer picks one place.",
    ),
    (
        [2, 3],
        "1 of 48 numbers: row 2; column 3. "
        "Both axes are gone: what is left is one number, a tensor without axes.",
    ),
    (
        [[4, 2, None], [None, 12, None]],
        "0 of 48 numbers: no rows; columns 0 to 7. On axis 0 the slice is empty: nothing lies "
        "from 4 up to 2. On axis 1 the slice is cut to fit: it picks from 0 up to 8.",
    ),
    (
        [[7, 9, None], 0],
        "0 of 48 numbers: no rows; column 0. Axis 1 is gone, because one integer picks one place. "
        "On axis 0 the slice is cut to fit and empty: nothing lies from 6 up to 6.",
    ),
]


@pytest.mark.parametrize(("entries", "sentence"), SENTENCES)
def test_a_pick_has_its_sentence(open_module, entries, sentence):
    assert open_module("index_explorer/words").call("pickSentence", entries) == sentence


PROBLEMS = [
    (
        [[5, 1, -1], [None, None, None]],
        "A step of −1 on axis 0 goes backwards. NumPy allows it, as a view with a negative "
        "stride; torch refuses it, because its strides are never negative. Take a positive step, "
        "or x.flip(0), which copies.",
    ),
    (
        [0, [None, None, 0]],
        "A step of 0 on axis 1 would never arrive: NumPy and torch refuse it. Take 1 or more.",
    ),
    (
        [-7, 0],
        "There is no row −7: axis 0 goes from 0 to 5, or from −6 to −1 counted from the end. A "
        "slice would be cut to fit; one integer is an error.",
    ),
]


@pytest.mark.parametrize(("entries", "sentence"), PROBLEMS)
def test_a_problem_names_the_numbers_and_what_helps(open_module, entries, sentence):
    assert open_module("index_explorer/words").call("problem", entries) == sentence


def test_what_the_sentence_says_on_numpy_and_flip_is_so():
    array = X.numpy()[5:1:-1]
    assert array.base is not None and array.strides[0] < 0
    assert array.tolist() == X.flip(0)[:4].tolist()
    flipped = X.flip(0)
    assert flipped.untyped_storage().data_ptr() != X.untyped_storage().data_ptr()


def test_moving_and_resizing_stay_on_the_axis(open_module, cases):
    legal, illegal = cases
    entries = [(entries[axis], SIZES[axis]) for entries, _ in legal + illegal for axis in (0, 1)][
        ::4
    ]
    module = open_module("index_explorer/math")
    for name, by in itertools.product(("moved", "resized"), (-99, -1, 1, 2, 99)):
        results = module.call_each([(name, entry, size, by) for entry, size in entries])
        for (entry, size), after in zip(entries, results, strict=True):
            if not isinstance(entry, list):
                wanted = range(-size, size) if name == "moved" else [entry]
                assert after in wanted, (entry, by)
                continue
            places = range(size)[slice(*after)]
            assert len(places) and after[0] >= 0 and after[1] <= size, (entry, name, by, after)


MOVES = [
    ("moved", [1, 3, None], 1, [2, 4, None]),
    ("moved", [1, 5, 2], 1, [2, 6, 2]),
    ("moved", [1, 5, 2], 9, [2, 6, 2]),
    ("moved", [-2, None, None], -1, [3, 5, None]),
    ("moved", [None, None, None], 1, [0, 6, None]),
    ("moved", [9, 12, None], -1, [5, 6, None]),
    ("moved", [5, 1, -1], -1, [4, 5, None]),
    ("moved", -1, -1, 4),
    ("moved", 5, 1, 5),
    ("moved", 11, -1, 5),
    ("moved", -11, 1, 0),
    ("resized", [1, 3, None], 1, [1, 4, None]),
    ("resized", [1, 3, None], -9, [1, 2, None]),
    ("resized", [-4, None, 2], 1, [2, 6, 2]),
    ("resized", 3, 1, 3),
]


@pytest.mark.parametrize(("name", "entry", "by", "after"), MOVES)
def test_a_block_moves_and_grows_place_by_place(open_module, name, entry, by, after):
    assert open_module("index_explorer/math").call(name, entry, 6, by) == after


def test_slice_and_integer_are_exchanged_where_they_are(open_module):
    entries = [
        [2, 5, None],
        [None, None, None],
        [-1, None, None],
        [9, None, None],
        [0, 1, 0],
        3,
        -1,
        9,
    ]
    found = open_module("index_explorer/math").call_each(
        [("exchanged", entry, 6) for entry in entries]
    )
    assert found == [2, 0, 5, 5, 0, [3, 4, None], [5, 6, None], [0, 1, None]]


def test_a_drag_picks_the_block_between_its_ends(open_module):
    calls = [("between", *ends, 6) for ends in ((1, 3), (3, 1), (2, 2), (-4, 2), (5, 99))]
    assert open_module("index_explorer/math").call_each(calls) == [
        [1, 4, None],
        [1, 4, None],
        [2, 3, None],
        [0, 3, None],
        [5, 6, None],
    ]


def test_the_arcs_are_as_long_as_the_strides(open_module, cases):
    legal, _ = cases
    some = [(entries, view) for entries, view in legal if view.numel()]
    rows = [view.reshape(table(entries, view)).tolist() for entries, view in some]
    found = open_module("index_explorer/strip").call_each([("jumps", lines) for lines in rows])
    for (entries, view), arcs in zip(some, found, strict=True):
        sizes = table(entries, view)
        strides = iter(view.stride())
        down, along = (next(strides) if isinstance(entry, list) else 0 for entry in entries)
        assert len(arcs["down"]) == sizes[0] - 1
        assert len(arcs["along"]) == sizes[0] * (sizes[1] - 1)
        assert all(to - start == down for start, to in arcs["down"]), entries
        assert all(to - start == along for start, to in arcs["along"]), entries
