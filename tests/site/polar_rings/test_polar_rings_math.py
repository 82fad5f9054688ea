"""The arithmetic, the picture and the words of the demo of polar rings, against torch."""

import math
import re

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.polar_rings import OFFSET, PRESETS, UNITS, PolarRings, best_line

EDGE = 3.6


@pytest.fixture(scope="module")
def cases():
    """240 random states of the demo, among them both ends and the stops of the sliders."""
    generator = torch.Generator().manual_seed(5)
    drawn = []
    for number in range(240):
        u, v, w = torch.rand(3, generator=generator, dtype=torch.float64).tolist()
        blend = (0.0, 1.0, round(u, 2), u)[number % 4]
        offset = (2 * v - 1) * OFFSET
        state = {"blend": blend, "angle": round(180 * w)}
        state["offset"] = offset if number % 3 else round(offset, 2)
        drawn.append(PolarRings(preset=list(PRESETS)[number // 4 % 4], **state))
    return drawn


def called(open_module, module, function, given):
    return open_module(module).call_each([(function, *arguments) for arguments in given])


def shown(open_module, demos):
    """The examples of each demo as the module makes them."""
    given = [(PRESETS[demo.preset], demo.blend) for demo in demos]
    return called(open_module, "polar_rings/math", "examples", given)


_EACH = """(module, tables, states, name) => states.map((state) => {
    const points = module.examples(tables[state.preset], state.blend);
    return module[name](points, state);
})"""


def found_for(open_module, function, demos):
    """What a function of the points and the line returns; the points stay in the browser."""
    states = [demo.state() for demo in demos]
    return open_module("polar_rings/math").evaluate(_EACH, PRESETS, states, function)


def as_tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def test_points_and_classes_are_those_of_torch(open_module, cases):
    assert len(cases) >= 240
    for demo, found in zip(cases, shown(open_module, cases), strict=True):
        table = as_tensor(found)
        assert_same(table[:, :2], demo.points, rtol=1e-14, atol=1e-14)
        assert_same(table[:, 2].long(), demo.labels)


def test_the_accuracy_of_a_line_and_its_wrong_points_are_those_of_torch(open_module, cases):
    found = found_for(open_module, "judged", cases)
    for demo, judged in zip(cases, found, strict=True):
        angle = as_tensor(demo.angle).deg2rad()
        sides = demo.points @ torch.stack([angle.cos(), angle.sin()]) > demo.offset
        assert judged["accuracy"] == pytest.approx(demo.accuracy, rel=1e-14)
        assert judged["count"] == sides.sum()
        given_class = torch.where(sides, judged["beyond"], 1 - judged["beyond"])
        assert judged["wrong"] == (given_class != demo.labels).nonzero()[:, 0].tolist()
        assert judged["right"] == 60 - len(judged["wrong"]) >= 30
    assert {judged["beyond"] for judged in found} == {0, 1}


def test_a_point_on_the_line_does_not_lie_beyond_it(open_module):
    points, line = [[1, 0, 0], [2, 0, 1]], {"angle": 0, "offset": 1}
    judged = open_module("polar_rings/math").call("judged", points, line)
    assert (judged["count"], judged["right"]) == (1, 2)


def test_the_best_line_is_that_of_python(open_module, cases):
    found = found_for(open_module, "bestLine", cases)
    for demo, best in zip(cases, found, strict=True):
        assert best["accuracy"] == demo.best_accuracy
        assert (best["angle"], best["offset"]) == pytest.approx(demo.best, rel=1e-12, abs=1e-12)


def test_ties_are_resolved_as_in_python(open_module):
    """On coarse grids many heights, gaps and counts are equal."""
    generator = torch.Generator().manual_seed(6)
    tables = []
    for number in range(150):
        count = 4 + number % 9
        places = torch.randint(4, (count, 2), generator=generator)
        labels = torch.arange(count) % 2
        if len(places.unique(dim=0)) > 1:
            tables.append(torch.cat([places, labels[:, None]], dim=1))
    given = [(table.tolist(),) for table in tables]
    found = called(open_module, "polar_rings/math", "bestLine", given)
    for table, best in zip(tables, found, strict=True):
        wanted = best_line(table[:, :2].double(), table[:, 2])
        assert (best["accuracy"], best["angle"], best["offset"]) == pytest.approx(wanted, abs=1e-9)


def test_points_are_spoilt_if_a_line_divides_them_at_x_and_y_alone(open_module):
    given = [(PRESETS[name], blend) for name in PRESETS for blend in (0, 0.99, 1)]
    found = called(open_module, "polar_rings/math", "isSpoilt", given)
    expected = []
    for name in PRESETS:
        best = [PolarRings(preset=name, blend=blend).best_accuracy for blend in (0, 1)]
        expected += [False, False, best[0] == 1 and best[1] < 1]
    assert found == expected
    assert sum(found) == 1


def test_the_cut_is_one_ray_that_opens(open_module):
    module = open_module("polar_rings/scene")
    for blend in (0, 0.3, 0.5, 1):
        upper, lower = (
            m["line"] for m in module.call("net", blend) if m.get("line") and m["look"] == "cut"
        )
        for ends, sign in ((upper, 1), (lower, -1)):
            wanted = [
                [0, sign * math.pi * blend],
                [(2 * blend - 1) * EDGE, sign * math.pi * blend],
            ]
            assert_same(as_tensor(ends), as_tensor(wanted), atol=1e-12)
        names = [(m["text"], m["at"]) for m in module.call("net", blend) if "text" in m]
        assert [name for name, _ in names] == (["π", "−π"] if blend else ["±π"])
        for (_, (_, up)), sign in zip(names, (1, -1), strict=False):
            assert up == pytest.approx(sign * math.pi * blend)
    rays = [m["line"] for m in module.call("net", 0) if len(m.get("line", [])) == 2]
    angles = sorted(round(math.degrees(math.atan2(y, x))) for _, (x, y) in rays)
    assert angles == [-180, *range(-135, 136, 45), 180]
    circles = [m["line"] for m in module.call("net", 1) if len(m.get("line", [])) > 2]
    assert [len({round(r, 9) for r, _ in line}) for line in circles] == [1, 1, 1]


def test_the_handles_stand_on_the_line_and_on_the_arrow(open_module, cases):
    given = [(demo.state(), demo.offset, 2) for demo in cases]
    places = as_tensor(called(open_module, "polar_rings/scene", "at", given))
    angles = as_tensor([demo.angle for demo in cases]).deg2rad()
    heights = places[:, 0] * angles.cos() + places[:, 1] * angles.sin()
    assert_same(heights, as_tensor([demo.offset for demo in cases]), atol=1e-12)
    assert_same(places.norm(dim=1), (heights.square() + 4).sqrt(), atol=1e-12)


def test_the_arrow_points_the_way_in_which_heights_grow(open_module, cases):
    given = [(demo.state(), demo.blend) for demo in cases[:20]]
    for demo, marks in zip(
        cases, called(open_module, "polar_rings/scene", "marks", given), strict=False
    ):
        ((start, end),) = [m["arrow"] for m in marks if "arrow" in m]
        angle = math.radians(demo.angle)
        assert start == [0, 0]
        assert end == pytest.approx([3.1 * math.cos(angle), 3.1 * math.sin(angle)])


def test_the_axes_change_their_names(open_module):
    names = open_module("polar_rings/scene").call_each(
        [("axisNames", blend) for blend in (0, 0.01, 0.99, 1)]
    )
    assert names == [["x", "y"], *2 * [["x → r", "y → θ"]], ["r", "θ"]]


def numbers(text):
    return [float(part.replace("−", "-")) for part in re.findall(r"−?\d+(?:\.\d+)?", text)]


def test_the_facts_are_torchs_numbers(open_module, cases):
    some = cases[::9] + cases[1::9]
    points = shown(open_module, some)
    best = found_for(open_module, "bestLine", some)
    given = list(zip(points, [demo.state() for demo in some], best, strict=True))
    rows = called(open_module, "polar_rings/words", "facts", given)
    for demo, (yours, other) in zip(some, rows, strict=True):
        for row, share, line in (
            (yours, demo.accuracy, (demo.angle, demo.offset)),
            (other, demo.best_accuracy, demo.best),
        ):
            assert numbers(row[2]) == pytest.approx([share], abs=0.00501)
            assert numbers(row[3]) == pytest.approx([60 * share, 60, *line], abs=0.00501)
        assert not re.search(r"NaN|undefined|Infinity|−0\.00", str((yours, other)))


HERE = "The points are at (x, y)."
THERE = "The points are at (r, θ)."
FIT = {"preset": "two rings"}
SENTENCES = [
    (
        FIT | {"angle": 90, "offset": 3.5},
        f"{HERE} All of them lie on one side of the line: it tells no class from the other.",
    ),
    (
        FIT | {"blend": 1, "angle": 0, "offset": 1.8},
        f"{THERE} Your line divides the classes: a straight line is enough.",
    ),
    (
        FIT | {"angle": 24, "offset": -1.4},
        f"{HERE} None of the lines tried gets more right than yours, and it is not enough.",
    ),
    (FIT, f"{HERE} No line tried gets all points right. The best gets 11 more than yours."),
    (
        FIT | {"blend": 0.95},
        "The points are 95 % of the way from (x, y) to (r, θ). A straight line is enough here: "
        "turn and shift yours until no point is wrong.",
    ),
    (
        FIT | {"blend": 0.125},
        "The points are 12.5 % of the way from (x, y) to (r, θ). No line tried gets all points "
        "right. The best gets 11 more than yours.",
    ),
]


def test_every_case_has_its_sentence(open_module):
    demos = [PolarRings(**state) for state, _ in SENTENCES]
    points = shown(open_module, demos)
    best = found_for(open_module, "bestLine", demos)
    given = [
        (table, demo.state(), line, demo.blend)
        for table, demo, line in zip(points, demos, best, strict=True)
    ]
    told = called(open_module, "polar_rings/words", "sentence", given)
    assert told == [wanted for _, wanted in SENTENCES]


def test_the_torch_lines_run_and_give_the_number_behind_them(open_module, cases):
    given = [(PRESETS[demo.preset], demo.state()) for demo in cases[::2]]
    codes = called(open_module, "polar_rings/words", "torchCode", given)
    for demo, code in zip(cases[::2], codes, strict=True):
        names = {"torch": torch}
        given, result = code.rsplit("\n", 1)
        exec(given, names)
        call, comment = result.split("  # ")
        assert eval(call, names).item() == pytest.approx(demo.accuracy, rel=1e-14)
        assert float(comment) == pytest.approx(demo.accuracy, abs=0.00051)
        assert_same(names["points"], demo.points, atol=1e-8)
        assert max(map(len, code.splitlines())) <= 100
    assert f"/ {UNITS}" in codes[0]
