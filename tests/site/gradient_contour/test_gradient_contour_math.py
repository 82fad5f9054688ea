"""The arithmetic and the words of the gradient on a contour map, in Chromium, against torch."""

import re

import numpy as np
import pytest
import torch

from utils.checks import assert_same
from utils.widgets.gradient_contour import BOUND, FUNCTIONS, GradientContour

MATH, WORDS, SCENE = (f"gradient_contour/{part}" for part in ("math", "words", "scene"))
EACH = 50
EDGE = 2.95
NO_NUMBER = re.compile(r"NaN|undefined|Infinity|null|[-−]0\.0+(?!\d)")


@pytest.fixture(scope="module")
def cases():
    """(name, point, angle): points anywhere and on the demo's own grid, for every surface."""
    generator = torch.Generator().manual_seed(5)
    drawn = torch.rand(len(FUNCTIONS), EACH, 3, generator=generator, dtype=torch.float64)
    found = []
    for name, rows in zip(FUNCTIONS, drawn.tolist(), strict=True):
        for index, (x, y, turn) in enumerate(rows):
            point = [2 * BOUND * x - BOUND, 2 * BOUND * y - BOUND]
            if index % 2:
                point = [round(20 * value) / 20 for value in point]
            found.append((name, point, 360 * turn))
    return found


def called(open_module, module, function, given):
    return open_module(module).call_each([(function, *arguments) for arguments in given])


def states(cases):
    return [({"function": name, "point": p, "angle": angle},) for name, p, angle in cases]


@pytest.fixture(scope="module")
def demos(cases):
    """The Python side in every case."""
    return [GradientContour(function=name, point=p, angle=angle) for name, p, angle in cases]


def test_heights_gradients_and_slopes_are_those_of_torch(open_module, cases, demos):
    assert len(cases) >= 250
    at = [(name, point) for name, point, _ in cases]
    heights = called(open_module, MATH, "height", at)
    gradients = called(open_module, MATH, "gradient", at)
    lengths = called(open_module, MATH, "steepness", at)
    angles = called(open_module, MATH, "steepest", at)
    slopes = called(open_module, MATH, "slope", cases)
    for demo, height, gradient, length, angle, slope in zip(
        demos, heights, gradients, lengths, angles, slopes, strict=True
    ):
        assert height == pytest.approx(demo.height, abs=1e-12)
        assert_same(torch.tensor(gradient, dtype=torch.float64), demo.gradient, atol=1e-12)
        assert length == pytest.approx(demo.gradient.norm().item(), abs=1e-12)
        assert slope == pytest.approx(demo.slope, abs=1e-12)
        if demo.steepest is None:
            assert angle is None
        else:
            assert angle == pytest.approx(demo.steepest, abs=1e-9)


def test_python_and_the_view_know_the_same_surfaces(open_module):
    assert open_module(MATH).call("surfaces") == list(FUNCTIONS)
    options = open_module(WORDS).call("options")
    assert options == [[name, name] for name in FUNCTIONS]


def test_stationary_points_are_all_there_and_of_their_kind(open_module):
    kinds = {(1, 1): "a minimum", (-1, -1): "a maximum", (-1, 1): "a saddle point"}
    module = open_module(MATH)
    for name, f in FUNCTIONS.items():
        listed = module.call("stationaryPoints", name)
        for x, y, kind in listed:
            p = torch.tensor([x, y], dtype=torch.float64)
            assert torch.func.grad(f)(p).norm() < 1e-12
            signs = (
                torch.linalg.eigvalsh(torch.func.jacrev(torch.func.grad(f))(p))
                .sign()
                .int()
                .tolist()
            )
            assert kinds[tuple(signs)] == kind
            assert module.call("gradient", name, [x, y]) == [0, 0]
            assert module.call("steepest", name, [x, y]) is None
            assert module.call("kindOf", name, [x, y]) == kind
        # On the grid that a drag can reach there are no others.
        steps = torch.arange(-40, 41, dtype=torch.float64) / 20
        grid = torch.cartesian_prod(steps, steps)
        lengths = torch.func.vmap(torch.func.grad(f))(grid).norm(dim=1)
        found = {tuple(place) for place in grid[lengths < 1e-9].round(decimals=6).tolist()}
        assert found == {(x, y) for x, y, _ in listed}


def relations(name, point):
    top = GradientContour(function=name, point=point).steepest
    return [(name, point, (top + turn) % 360) for turn in (0, 180, 90, 270, 1, 89.9)]


def test_the_relation_of_u_to_the_gradient_is_named(open_module, cases):
    given = [case for name, point, _ in cases[::5] for case in relations(name, point)]
    found = called(open_module, MATH, "relation", given)
    wanted = ["ascent", "descent", "level", "level", "between", "between"]
    assert found == wanted * (len(given) // 6)
    assert open_module(MATH).call("relation", "saddle", [0, 0], 30) == "none"


def inside(point, lines):
    """Whether a point lies inside an odd number of closed lines."""
    x, y = point
    crossed = 0
    for line in lines:
        for (x1, y1), (x2, y2) in zip(line, line[1:], strict=False):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossed += 1
    return crossed % 2 == 1


def test_regions_are_closed_and_hold_what_lies_above_their_height(open_module):
    module = open_module(MATH)
    generator = torch.Generator().manual_seed(3)
    places = 2 * EDGE * torch.rand(40, 2, generator=generator, dtype=torch.float64) - EDGE
    for name, f in FUNCTIONS.items():
        heights = module.call("heightsOf", name)
        found = module.call("regions", name)
        assert len(found) == len(heights)
        decided = 0
        for index in range(0, len(heights), len(heights) // 4):
            height, lines = heights[index], found[index]
            for line in lines:
                assert line[0] == line[-1]
                assert np.abs(line).max() <= 3.1 + 1e-6
            for place in places:
                above = (f(place) - height).item()
                if abs(above) > 0.05:
                    decided += 1
                    assert inside(place.tolist(), lines) == (above > 0), (name, height, place)
        assert decided > 100


def test_the_lower_the_greener(open_module):
    for count in (2, 9, 31):
        greens = open_module(SCENE).call("greens", count)
        assert greens == sorted(greens, reverse=True) and len(set(greens)) == count
        assert (greens[0], greens[-1]) == (58, 5)
    for name in FUNCTIONS:
        ground = open_module(SCENE).call("groundOf", name)
        heights = open_module(MATH).call("heightsOf", name)
        greens = open_module(SCENE).call("greens", len(heights) + 1)
        assert [region["green"] for region in ground] == greens[1:]
        assert [region["lines"] for region in ground] == open_module(MATH).call("regions", name)


def test_the_cut_is_the_ground_along_u_and_its_tangent_has_the_slope(open_module, cases, demos):
    found = called(open_module, SCENE, "cutMarks", states(cases[::6]))
    for demo, marks in zip(demos[::6], found, strict=True):
        area, tangent, arrow, dot, _ = marks
        first, *ground, last = np.array(area["area"])
        assert area["look"] == "ground" and dot == {"dot": [0, 0], "look": "here"}
        assert first[0] == -1.2 and last[0] == 1.2 and first[1] == last[1] < -10
        f, point = FUNCTIONS[demo.function], torch.tensor(demo.point, dtype=torch.float64)
        for along, rise in np.array(ground):
            wanted = f(point + along * demo.u).item() - demo.height
            assert rise == pytest.approx(wanted, abs=1e-12)
        assert np.allclose(np.array(ground)[:, 0], np.linspace(-1.2, 1.2, 49))
        assert tangent["look"] == "tangent" and arrow["look"] == "u"
        ends = [[along, along * demo.slope] for along in (-1.2, 1.2)]
        assert np.allclose(tangent["line"], ends)
        assert np.allclose(arrow["arrow"], [[0, 0], [0.8, 0.8 * demo.slope]])


def test_a_place_is_caught_by_the_nearest_stationary_point(open_module):
    module = open_module(MATH)
    for place, within, wanted in (
        ([0.93, 0.05], 0.12, [1, 0]),
        ([0.93, 0.05], 0.05, [0.93, 0.05]),
        ([1.05, 0.55], 0.6, [1, 0]),
        ([0.6, 0.4], 1, [1, 0]),  # (0, 1) is near enough, too
        ([0.4, 0.7], 1, [0, 1]),  # and here (1, 0)
    ):
        assert module.call("caught", "waves", place, within) == wanted
    assert module.call("caught", "bowl", [0.5, 0], 0.12) == [0.5, 0]


def test_contour_lines_lie_at_their_heights(open_module):
    module = open_module(MATH)
    for name, f in FUNCTIONS.items():
        heights = module.call("heightsOf", name)
        step = module.call("stepOf", name)
        assert len(heights) >= 8
        assert np.allclose(np.array(heights) / step, np.round(np.array(heights) / step))
        assert np.allclose(np.diff(heights), step)
        for height, lines in zip(heights, module.call("linesAt", name, heights), strict=True):
            assert lines, (name, height)
            points = torch.tensor(sum(lines, []), dtype=torch.float64)
            assert points.abs().max() <= EDGE + 1e-9
            # Straight pieces across cells of 0.05 are off by the curvature of f at most.
            assert (f(points.T) - height).abs().max() < 5e-3, (name, height)


def test_the_thick_line_passes_through_the_point_at_right_angles_to_the_gradient(
    open_module, cases, demos
):
    found = called(open_module, SCENE, "mapMarks", states(cases[::7]))
    for (name, point, _), demo, marks in zip(cases[::7], demos[::7], found, strict=True):
        if demo.gradient.norm() < 0.2:
            continue  # so close to a stationary point the line is shorter than a cell
        p = np.array(point)
        pieces = [
            piece
            for mark in marks
            if mark["look"] == "here"
            for piece in zip(np.array(mark["line"][:-1]), np.array(mark["line"][1:]), strict=True)
            if np.linalg.norm(piece[1] - piece[0]) > 0.01  # others just cut the corner of a cell
        ]
        distance, way = min(((gap(p, *piece), piece[1] - piece[0]) for piece in pieces), key=first)
        assert distance < 0.01, (name, point)
        cosine = way @ demo.gradient.numpy() / np.linalg.norm(way) / demo.gradient.norm().item()
        assert abs(cosine) < 0.15, (name, point)


def first(pair):
    return pair[0]


def gap(p, start, end):
    way = end - start
    share = np.clip((p - start) @ way / (way @ way), 0, 1)
    return float(np.linalg.norm(start + share * way - p))


def room(point, way):
    """How far it is along a unit vector to 0.1 before the edge of the map."""
    sides = (EDGE - 0.1 - np.sign(way) * np.array(point)) / np.maximum(np.abs(way), 1e-12)
    return sides.min()


def reach(demo):
    """How long u is drawn."""
    return min(1.6, room(demo.point, demo.u.numpy()))


def test_the_arrows_point_along_the_gradient_and_along_u(open_module, cases, demos):
    found = called(open_module, SCENE, "mapMarks", states(cases[::7]))
    for demo, marks in zip(demos[::7], found, strict=True):
        arrows = {mark["look"]: np.array(mark["arrow"]) for mark in marks if "arrow" in mark}
        gradient, u = demo.gradient.numpy(), demo.u.numpy()
        assert np.allclose(arrows["u"], [demo.point, demo.point + reach(demo) * u])
        if demo.steepest is None:
            assert list(arrows) == ["u"]
            continue
        start, tip = arrows["gradient"]
        length = np.linalg.norm(gradient)
        assert np.allclose(start, demo.point)
        most = min(1.8, room(demo.point, gradient / length))
        drawn = np.clip(0.8 * length, 0.5, most)
        assert np.allclose(tip - start, drawn * gradient / length)
        assert np.abs(tip).max() < EDGE
        foot = next(np.array(mark["line"]) for mark in marks if mark["look"] == "foot")
        assert abs((foot[1] - foot[0]) @ u) < 1e-9


def test_the_handle_of_u_stands_at_the_end_of_its_arrow(open_module, cases, demos):
    found = called(open_module, SCENE, "endOf", states(cases))
    for demo, end in zip(demos, found, strict=True):
        assert np.allclose(end, np.array(demo.point) + reach(demo) * demo.u.numpy())
        assert np.abs(end).max() < EDGE - 0.09
    assert sum(reach(demo) == 1.6 for demo in demos) > len(demos) / 2


def test_the_slope_is_written_in_the_cut_and_under_the_curve(open_module, cases, demos):
    given = states(cases[::5])
    cuts = called(open_module, SCENE, "cutMarks", given)
    curves = called(open_module, SCENE, "slopeMarks", given)
    for demo, cut, curve in zip(demos[::5], cuts, curves, strict=True):
        (beside,) = [mark for mark in cut if "text" in mark]
        assert beside["look"] == "u"
        rise = float(beside["text"].removeprefix("slope ").replace("−", "-"))
        assert rise == pytest.approx(demo.slope, abs=0.0051)
        (under,) = [mark for mark in curve if "text" in mark and mark["look"] == "u"]
        assert f"slope {under['text']}" == beside["text"]
        # On the side of the axis where the curve is not.
        assert (
            under["at"] == [np.clip(demo.angle, 24, 336), 0] and under["away"][1] * demo.slope <= 0
        )
        (name,) = [mark for mark in curve if mark.get("text") == "angle of u"]
        assert abs(name["at"][0] - demo.angle) > 110 or name["at"][0] == 360


def test_the_curve_is_the_slope_by_the_angle(open_module, cases, demos):
    found = called(open_module, SCENE, "slopeMarks", states(cases[::6]))
    for demo, marks in zip(demos[::6], found, strict=True):
        curve = np.array(next(mark["line"] for mark in marks if mark["look"] == "curve"))
        gradient = demo.gradient.numpy()
        radians = np.deg2rad(curve[:, 0])
        wanted = gradient[0] * np.cos(radians) + gradient[1] * np.sin(radians)
        assert np.allclose(curve[:, 1], wanted)
        assert curve[0, 0] == 0 and curve[-1, 0] == 360
        dots = np.array([mark["dot"] for mark in marks if "dot" in mark])
        length = np.linalg.norm(gradient)
        assert np.allclose(sorted(dots[:, 1]), [-length, 0, 0, length])


def numbers(text):
    return [float(part.replace("−", "-")) for part in re.findall(r"−?\d+\.\d+", text)]


def test_facts_and_sentence_give_torchs_numbers(open_module, cases, demos):
    given = states(cases)
    facts = called(open_module, WORDS, "facts", given)
    told = called(open_module, WORDS, "sentence", given)
    for demo, shown, words in zip(demos, facts, told, strict=True):
        length = demo.gradient.norm().item()
        wanted = [demo.height, *demo.gradient.tolist(), length, demo.slope]
        values = [value for _, _, text, _ in shown for value in numbers(text)]
        assert values == pytest.approx(wanted, abs=0.00501)
        assert not NO_NUMBER.search(words + str(shown)), words
        if "rises" in words or "falls" in words:
            assert numbers(words) == pytest.approx([abs(demo.slope)], abs=0.00501)
            assert ("rises" in words) == (demo.slope > 0)


SENTENCES = [
    ("bowl", [1, 0], 0, "u points along the gradient, the direction of steepest ascent: "
     "f rises by 1.00 a unit."),
    ("bowl", [1, 0], 180, "u points against the gradient, the direction of steepest descent: "
     "f falls by 1.00 a unit."),
    ("bowl", [1, 0], 270, "u is at right angles to the gradient: it follows the contour line, "
     "and f is level."),
    ("bowl", [1, 0], 300, "u is 60° away from the gradient: that way, f rises by 0.50 a unit."),
    ("bowl", [1, 0], 240, "u is 120° away from the gradient: that way, f falls by 0.50 a unit."),
    ("bowl", [0.05, 0], 88, "u is 88° away from the gradient: that way, f hardly changes."),
    ("waves", [0, -1], 10, "The gradient is zero: (0.00, −1.00) is a stationary point, "
     "a saddle point. Every direction starts level, so there is no arrow to draw."),
    ("waves", [1, 0], 0, "The gradient is zero: (1.00, 0.00) is a stationary point, "
     "a maximum. Every direction starts level, so there is no arrow to draw."),
]  # fmt: skip


def test_every_case_has_its_sentence(open_module):
    told = called(open_module, WORDS, "sentence", states([case[:3] for case in SENTENCES]))
    assert told == [case[3] for case in SENTENCES]


def only(result):
    """The gradient comes in a tuple of one."""
    return result[0] if isinstance(result, tuple) else result


def test_the_torch_lines_run_and_give_the_numbers_behind_them(open_module, cases):
    flat = [(name, [0, 0] if name != "valley" else [1, 0], 12.5) for name in FUNCTIONS]
    for code in called(open_module, WORDS, "torchCode", states(cases[::4] + flat)):
        names = {"torch": torch}
        compared = 0
        for line in code.splitlines():
            call, _, comment = line.partition("  # ")
            target, _, source = call.rpartition(" = ")
            if not comment:
                exec(call, names)
                continue
            result = names[target.strip("(,)")] = only(eval(source, names))
            wanted = [float(part) for part in comment.split(", ")]
            given = torch.atleast_1d(result.detach()).tolist()
            assert given == pytest.approx(wanted, abs=6e-4), code
            compared += 1
        assert compared == 4
        assert not NO_NUMBER.search(code), code


def test_the_formula_on_the_map_is_the_function(open_module):
    module = open_module(WORDS)
    signs = {"²": "**2", "−": "-", " sin(": "*sin(", " cos(": "*cos(", "πx": "pi*x", "πy": "pi*y"}
    names = {"sin": np.sin, "cos": np.cos, "pi": np.pi, "x": 0.7, "y": -1.3}
    point = torch.tensor([0.7, -1.3], dtype=torch.float64)
    for name, f in FUNCTIONS.items():
        head, _, text = module.call("formula", name).partition(" = ")
        for sign, python in signs.items():
            text = text.replace(sign, python)
        assert head == "f"
        assert eval(text, names) == pytest.approx(f(point).item()), text


def test_the_legend_names_the_step_between_two_lines(open_module):
    for name in FUNCTIONS:
        step = open_module(MATH).call("stepOf", name)
        words = open_module(WORDS).call("legend", name)
        assert f"Each contour line is {step:g} higher" in words
        assert words.endswith("the greener, the lower.")
