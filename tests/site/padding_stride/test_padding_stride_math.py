"""The arithmetic of the padding and stride explorer, in Chromium, against torch."""

import pytest
import torch
from random_settings import CALLED, counts_by_torch, edited, options_of, with_torch

from utils.widgets.padding_stride import PaddingStride, input_values, kernel_values


def test_outputs_sizes_and_use_counts_are_those_of_torch(open_module, cases):
    legal, _ = cases
    calls = []
    for settings, x, kernel, _ in legal:
        function = CALLED[settings["transposed"]][0]
        calls += [
            (function, x.tolist(), kernel.tolist(), options_of(settings)),
            ("outputShape", settings),
            ("useCounts", settings),
        ]
    results = open_module("kit/convolution").call_each(calls)
    assert len(results) == 3 * len(legal) >= 450
    for (settings, _, _, expected), output, shape, counts in zip(
        legal, results[::3], results[1::3], results[2::3], strict=True
    ):
        assert shape == list(expected.shape), settings
        assert counts == counts_by_torch(settings).tolist(), settings
        assert output == expected.tolist(), settings


def test_the_demos_numbers_are_the_same_in_python(open_module):
    module = open_module("padding_stride/math")
    shapes = [(12, 12), (1, 1), (3, 7), (8, 2)]
    for name, ours in (("inputValues", input_values), ("kernelValues", kernel_values)):
        for shape, values in zip(
            shapes, module.call_each([(name, *shape) for shape in shapes]), strict=True
        ):
            assert values == ours(*shape).tolist()


def test_a_kernel_in_another_size_is_the_same_in_python(open_module):
    demo = PaddingStride(kernel=[[-9, 4, 0], [1, 9, -3]])
    sizes = [(5, 5), (1, 2), (4, 3), (2, 1), (3, 5)]
    before = demo.kernel
    found = open_module("padding_stride/math").call_each(
        [("resized", before, size) for size in sizes]
    )
    for size, kernel in zip(sizes, found, strict=True):
        demo.kernel = before
        demo.kernel_size = size
        assert [list(row) for row in demo.kernel] == kernel


def test_the_demos_own_kernel_stays_its_own_in_every_size(open_module):
    demo = PaddingStride()
    resize = open_module("padding_stride/math").call
    kernel = demo.kernel
    for size in ((5, 5), (1, 1), (2, 4), (3, 3)):
        demo.kernel_size = size
        kernel = resize("resized", kernel, size)
        assert kernel == kernel_values(*size).tolist()
        assert [list(row) for row in demo.kernel] == kernel
    assert kernel_values(1, 5).tolist() == [[-1, -1, 0, 1, 1]]


def test_an_edited_kernel_gives_the_output_of_torch(open_module, cases):
    chosen = list(edited(cases, 2))
    scenes = open_module("padding_stride/math").call_each(
        [("scene", settings | {"kernel": kernel.tolist()}) for settings, kernel, _ in chosen]
    )
    assert len(scenes) >= 75
    for (settings, kernel, expected), scene in zip(chosen, scenes, strict=True):
        assert scene["output"] == expected.tolist(), (settings, kernel)
        assert scene["shape"] == list(expected.shape)
        assert scene["settings"]["kernel_size"] == list(kernel.shape)


def test_the_outputs_that_an_input_cell_takes_part_in_are_those_of_torch(open_module, cases):
    legal, _ = cases
    generator = torch.Generator().manual_seed(5)
    calls, impulses = [], []
    for settings, _, kernel, _ in legal[::2]:
        cell = [
            int(torch.randint(size, (), generator=generator)) for size in settings["input_size"]
        ]
        impulse = torch.zeros(settings["input_size"], dtype=torch.float64)
        impulse[tuple(cell)] = 1
        impulses.append(with_torch(settings, impulse, torch.ones_like(kernel)))
        calls.append(("readersOf", {"settings": settings}, cell))
    found = open_module("padding_stride/math").call_each(calls)
    assert len(found) >= 75
    for output, readers in zip(impulses, found, strict=True):
        assert readers == output.nonzero().tolist()


def test_the_box_of_the_window_is_that_of_its_cells(open_module, cases):
    legal, illegal = cases
    module = open_module("padding_stride/math")
    chosen = [(settings, [int(n) // 2 for n in out.shape]) for settings, _, _, out in legal[::2]]
    boxes = module.call_each(
        [("windowBox", {"settings": settings, "trouble": ""}, at) for settings, at in chosen]
    )
    cells = module.call_each([("meetingsAt", {"settings": s}, at) for s, at in chosen])
    for box, meetings in zip(boxes, cells, strict=True):
        if not meetings:
            assert box is None
            continue
        rows, columns = zip(*[meeting["input"] for meeting in meetings], strict=True)
        assert (box["top"], box["left"]) == (min(rows), min(columns))
        assert box["height"] == max(rows) - min(rows) + 1
        assert box["width"] == max(columns) - min(columns) + 1
    misfits = [settings for settings, *_ in illegal if not settings["transposed"]]
    boxes = module.call_each(
        [("windowBox", {"settings": settings, "trouble": "No."}, [0, 0]) for settings in misfits]
    )
    for settings, box in zip(misfits, boxes, strict=True):
        spans = [
            d * (k - 1) + 1
            for d, k in zip(settings["dilation"], settings["kernel_size"], strict=True)
        ]
        rooms = [
            n + 2 * p for n, p in zip(settings["input_size"], settings["padding"], strict=True)
        ]
        assert [box["height"], box["width"]] == spans
        assert any(span > room for span, room in zip(spans, rooms, strict=True))


@pytest.mark.parametrize(
    ("changes", "is_done"),
    [
        ({"padding": 2}, True),
        ({"padding": 4, "dilation": 2}, True),
        ({"padding": 2, "input_size": (7, 12)}, True),
        ({}, False),
        ({"padding": 1}, False),
        ({"padding": (2, 1)}, False),
        ({"padding": 2, "stride": 2}, False),
        ({"padding": 1, "kernel_size": 3}, False),
        ({"padding": 2, "transposed": True}, False),
    ],
)
def test_the_task_is_done_by_a_5_by_5_kernel_that_keeps_the_size(open_module, changes, is_done):
    state = PaddingStride(**{"kernel_size": 5, **changes}).state()
    assert open_module("padding_stride/math").call("keepsTheSize", state) == is_done


def test_the_grids_never_leave_the_picture_or_touch(open_module, cases):
    sizes = []
    for settings, _, _, output in cases[0]:
        edge = [0, 0] if settings["transposed"] else settings["padding"]
        grids = [
            {"rows": n + 2 * p, "columns": m + 2 * q}
            for (n, m), (p, q) in ((settings["input_size"], edge), (output.shape, (0, 0)))
        ]
        rows, columns = settings["input_size"]
        goal = None if settings["transposed"] else {"rows": rows, "columns": columns}
        sizes += [(width, grids, goal) for width in (300, 559, 560, 760)]
    plans = open_module("padding_stride/layout").call_each([("layout", *size) for size in sizes])
    for (width, (first, output), goal), plan in zip(sizes, plans, strict=True):
        corners, grids = plan["corners"], [first, output]
        if goal:  # as the output, with the frame around it
            aside, above = (
                max(0, goal[name] - output[name]) / 2 * plan["cell"]
                for name in ("columns", "rows")
            )
            corners[1] = [corners[1][0] - aside, corners[1][1] - above]
            grids[1] = {name: max(goal[name], output[name]) for name in output}
        (left, top), (right, below) = corners
        ends = [
            (x + grid["columns"] * plan["cell"], y + grid["rows"] * plan["cell"])
            for (x, y), grid in zip(corners, grids, strict=True)
        ]
        assert left >= 0 and ends[1][0] <= width
        assert min(top, below) >= 20 and max(ends[0][1], ends[1][1]) <= plan["height"]
        foot = 22 if goal else 0  # for the note below the frame
        assert ends[1][1] + foot <= plan["height"] + 1e-9
        card = 24 * 5 + 2 * 4 + 18  # tiles, gaps, edges
        assert right - ends[0][0] >= (card if plan["isWide"] else 30) - 1e-9
        assert abs((right + ends[0][0]) / 2 - plan["middle"]) < 1e-9


@pytest.mark.parametrize(
    ("cell", "longest", "least"), [(40, 1, 17), (28, 3, 11), (13, 1, 11), (13, 2, 0), (8, 1, 0)]
)
def test_letters_are_large_enough_or_not_there(open_module, cell, longest, least):
    size = open_module("padding_stride/layout").call("letters", cell, longest)
    assert size == pytest.approx(least, abs=2) if least else size == 0
    assert size == 0 or size >= 11
    assert size * 0.62 * longest < cell


def test_a_click_on_the_input_finds_the_nearest_window(open_module, cases):
    legal, _ = cases
    calls = []
    for settings, _, _, expected in legal:
        axis = {name: value[0] for name, value in settings.items() if isinstance(value, list)}
        axis["transposed"] = settings["transposed"]
        reach = 0 if settings["transposed"] else axis["padding"]
        for cell in range(-reach, axis["input_size"] + reach):
            calls.append((axis, cell, expected.shape[0]))
    found = open_module("kit/convolution").call_each(
        [("positionNear", axis, cell) for axis, cell, _ in calls]
    )
    for (axis, cell, size), position in zip(calls, found, strict=True):
        middle = axis["dilation"] * (axis["kernel_size"] - 1) / 2
        if axis["transposed"]:
            away = [abs(cell * axis["stride"] - axis["padding"] + middle - p) for p in range(size)]
        else:
            away = [abs(p * axis["stride"] - axis["padding"] + middle - cell) for p in range(size)]
        assert away[position] == min(away), (axis, cell)
