"""The arithmetic and the words of the tangent demo, in Chromium, against torch and mpmath."""

import itertools
import math
import random
import re

import mpmath
import pytest
import torch

from utils.widgets.tangent import CORNERS, FUNCTIONS, Tangent

STEPS = [float(f"{digit}e{power}") for power in range(-16, 0) for digit in (1, 2, 5)] + [1.0]
EXACT = {
    "square": (lambda x: x * x, lambda x: 2 * x),
    "cube": (lambda x: x**3, lambda x: 3 * x * x),
    "sin": (mpmath.sin, mpmath.cos),
    "exp": (mpmath.exp, mpmath.exp),
    "log": (mpmath.log, lambda x: 1 / x),
    "abs": (abs, mpmath.sign),
    "relu": (lambda x: max(x, 0), lambda x: int(x > 0)),
}
SUMMED = ("sin", "exp", "log")  # where two libraries may differ by a bit
BASE = {"function": "cube", "x": 0.6, "step": 0.5, "difference": "forward", "dtype": "float64"}
BITS = {"float64": 2.0**-52, "float32": 2.0**-23}


@pytest.fixture(scope="module", autouse=True)
def digits():
    with mpmath.workdps(60):
        yield


@pytest.fixture(scope="module")
def states():
    """Random settings, half of them those of the sliders; the corners among them."""
    draw = random.Random(3)
    drawn = [
        {
            "function": draw.choice(list(FUNCTIONS)),
            "x": draw.choice([draw.randint(-40, 40) / 20, draw.uniform(-2, 2)]),
            "step": draw.choice([draw.choice(STEPS), 10 ** draw.uniform(-16, 0)]),
            "difference": draw.choice(["forward", "central"]),
            "dtype": draw.choice(["float64", "float32"]),
        }
        for _ in range(200)
    ]
    for state, name, x in itertools.product(drawn[:8], CORNERS, (-0.25, 0, 0.25)):
        drawn.append(state | {"function": name, "x": x, "step": 0.5 if x else state["step"]})
    return [*drawn, BASE | {"step": 1e-16}]


def called(open_module, module, function, states):
    return open_module(module).call_each([(function, state) for state in states])


def places(state):
    """Point and step as the floats of the dtype, exactly."""
    kind = getattr(torch, state["dtype"])
    return [mpmath.mpf(torch.tensor(state[name], dtype=kind).item()) for name in ("x", "step")]


def test_estimates_slopes_and_refusals_are_torchs(open_module, states):
    same = {"float64": [], "float32": []}
    measured = called(open_module, "tangent/math", "measure", states)
    for state, found in zip(states, measured, strict=True):
        demo = Tangent(**state)
        try:
            wanted = demo.estimate
        except ValueError:
            assert found == {"kind": "undefined"}, state
            continue
        if state["function"] in SUMMED:
            size = abs(FUNCTIONS[state["function"]](torch.tensor(abs(state["x"]) + 1.0)).item())
            room = 2 * (size + abs(wanted)) * BITS[state["dtype"]] / state["step"]
            assert abs(found["estimate"] - wanted) <= room, state
            same[state["dtype"]].append(found["estimate"] == wanted)
        else:
            assert found["estimate"] == wanted, state
        if found["kind"] == "corner":
            assert found["slope"] is demo.derivative is None
        else:
            assert found["slope"] == pytest.approx(demo.derivative, rel=1e-14, abs=4e-15), state
            assert found["error"] == found["estimate"] - found["slope"]
    assert min(map(len, same.values())) > 25
    # Most are even the same float. How many depends on the processor's own sine and exponential:
    # 97 % in float64 on one machine, 96 % on another; a wrong step or order leaves hardly any.
    assert all(sum(equal) > 0.9 * len(equal) for equal in same.values())


def test_values_and_slopes_are_rounded_once(open_module, states):
    given = [state | {"dtype": "float64"} for state in states]
    measured = called(open_module, "tangent/math", "measure", given)
    wrong = 0
    for state, found in zip(given, measured, strict=True):
        if state["function"] not in SUMMED or found["kind"] == "undefined":
            continue
        f, slope = EXACT[state["function"]]
        x, h = state["x"], state["step"]
        low = x - h if state["difference"] == "central" else x
        for value, at in zip(found["values"], (low, x + h), strict=True):
            wrong += value != float(f(mpmath.mpf(at)))
        wrong += found["slope"] != float(slope(mpmath.mpf(x)))
    assert wrong == 0


def test_truncation_is_the_error_of_exact_arithmetic(open_module, states):
    found = called(open_module, "tangent/math", "measure", states)
    seen = 0
    for state, measured in zip(states, found, strict=True):
        if measured["kind"] in ("undefined", "corner"):
            continue
        (x, h), (f, slope) = places(state), EXACT[state["function"]]
        low, span = (x - h, 2 * h) if state["difference"] == "central" else (x, h)
        wanted = float((f(x + h) - f(low)) / span - slope(x))
        assert measured["truncation"] == pytest.approx(wanted, rel=1e-9, abs=1e-20), state
        total = measured["truncation"] + measured["rounding"]
        assert total == pytest.approx(measured["error"], rel=1e-9, abs=1e-20)
        seen += 1
    assert seen > 150


def test_the_kind_says_what_happened(open_module, states):
    kinds = set()
    measured = called(open_module, "tangent/math", "measure", states)
    for state, found in zip(states, measured, strict=True):
        kind = found["kind"]
        kinds.add(kind)
        if kind == "undefined":
            continue
        kind_of_float = getattr(torch, state["dtype"])
        x, h = (torch.tensor(state[name], dtype=kind_of_float) for name in ("x", "step"))
        low = x - h if state["difference"] == "central" else x
        assert (kind == "corner") == (state["x"] == 0 and state["function"] in CORNERS)
        if kind in ("truncation", "rounding", "both"):
            ratio = abs(found["truncation"]) / max(abs(found["rounding"]), 1e-300)
            verdict = "truncation" if ratio > 3 else "both" if ratio >= 1 / 3 else "rounding"
            assert kind == verdict
            assert found["error"] != 0
        if kind == "lost":
            assert x + h == low
        if kind == "same":
            assert x + h != low
            assert found["values"][0] == found["values"][1]
    assert len(kinds) == 8


def test_the_sweep_is_the_demo_at_every_step_that_has_values(open_module):
    module = open_module("tangent/math")
    for function, x in (("cube", 0.6), ("log", 0.3), ("square", -1.25), ("relu", -0.3)):
        for difference in ("forward", "central"):
            state = {"function": function, "x": x, "difference": difference, "dtype": "float64"}
            demo = Tangent(**state)
            wanted = [step for step in STEPS if (function, difference) != ("log", "central")]
            wanted = wanted or [step for step in STEPS if step < x]
            found = module.call("sweep", state | {"step": 1})
            assert [point["step"] for point in found] == wanted
            for point in found:
                demo.step = point["step"]
                room = 2 * BITS["float64"] * 2 / demo.step if function in SUMMED else 1e-14
                assert point["error"] == pytest.approx(abs(demo.error), abs=room)


def test_steps_go_by_one_two_five(open_module):
    module = open_module("tangent/math")
    moves = [(1e-9, 1), (1e-9, -1), (3e-9, 1), (3e-9, -1), (1, 1), (1e-16, -1)]
    found = module.call_each([("nextStep", *move) for move in moves])
    assert found == [2e-9, 5e-10, 5e-9, 2e-9, 1, 1e-16]
    ends = [("nextStep", 1e-5, math.inf), ("nextStep", 1e-5, -math.inf)]
    assert module.call_each(ends) == [1, 1e-16]
    indices = module.call_each([("stepIndex", step) for step in [*STEPS, 1.4e-5, 1.5e-5, 1e-16]])
    assert indices == [*range(49), 33, 34, 0]


def test_the_point_stops_where_its_slider_does(open_module):
    module = open_module("tangent/view")
    cases = [(0.613, False), (-0.01, False), (7, False), (-7, False), (-1, True), (0.26, True)]
    found = module.call_each([("snapped", *case) for case in cases])
    assert found == [0.6, 0, 2, -2, 0.05, 0.25]
    assert math.copysign(1, found[1]) == 1


SENTENCES = [
    (
        {"function": "sin", "x": 1},
        "No digits right. Truncation: the curve bends between the points",
    ),
    (
        {"step": 1e-13, "function": "sin", "x": 1},
        "1 digit right. Rounding: both values begin with the same 13 digits, which cancel.",
    ),
    (
        {"step": 2e-8, "function": "sin", "x": 1},
        "8 digits right. Truncation and rounding are about equal",
    ),
    (
        {"function": "sin", "x": 1.55, "step": 5e-16},
        "f(x + h) and f(x) are rounded to the same float64.",
    ),
    (
        {"step": 1e-9, "dtype": "float32"},
        "In float32, x + h is rounded to x. The difference is 0: a larger step helps.",
    ),
    (
        {"step": 1e-9, "dtype": "float32", "difference": "central"},
        "In float32, x + h is rounded to x, and x − h as well. The difference is 0",
    ),
    ({"function": "abs", "x": 1}, "No error at all"),
    (
        {"function": "square", "x": 1.3, "step": 1, "difference": "central"},
        "14 digits right. Rounding: all that is left",
    ),
    (
        {"function": "abs", "x": 0, "difference": "central"},
        "|x| has a corner with the slopes −1 and 1. The central difference says 0, "
        "torch 0. Shaded: all sub-derivatives.",
    ),
    (
        {"function": "relu", "x": 0},
        "ReLU(x) has a corner with the slopes 0 and 1. The forward difference says 1, "
        "torch 0. Shaded: all sub-derivatives.",
    ),
    (
        {"function": "relu", "x": 0, "difference": "central"},
        "ReLU(x) has a corner with the slopes 0 and 1. The central difference says 0.5, torch 0.",
    ),
    (
        {"function": "log", "x": 0.3, "difference": "central"},
        "log has no value at x − h, which is not positive.",
    ),
    ({"function": "log", "x": 0}, "log x needs a positive x"),
]


def test_every_case_has_its_sentence(open_module):
    given = [BASE | case for case, _ in SENTENCES]
    told = called(open_module, "tangent/words", "sentence", given)
    for text, (case, wanted) in zip(told, SENTENCES, strict=True):
        assert text.startswith(wanted), case


def test_numbers_are_written_for_people(open_module):
    words = open_module("tangent/words")
    shorts = [0, 1.234e-7, -0.0312, 0.5, -12.34, 5000]
    told = words.call_each([("short", value) for value in shorts])
    assert told == ["0", "1.2 · 10⁻⁷", "−0.031", "0.50", "−12", "5.0 · 10³"]
    steps = [0.5, 0.002, 1e-4, 5e-16, 1.234567e-9]
    told = words.call_each([("stepWords", step) for step in steps])
    assert told == ["0.5", "0.002", "10⁻⁴", "5 · 10⁻¹⁶", "1.23 · 10⁻⁹"]


def test_facts_are_numbers_or_say_that_there_is_none(open_module, states):
    measured = called(open_module, "tangent/math", "measure", states)
    facts = called(open_module, "tangent/words", "facts", states)
    told = called(open_module, "tangent/words", "sentence", states)
    for state, found, shown, sentence in zip(states, measured, facts, told, strict=True):
        text = sentence + str(shown)
        assert not re.search(r"NaN|undefined|Infinity|null|−0(\.0*)?['\" ]", text), state
        assert [fact[0] for fact in shown] == [
            *("secant", "touch", "error", "truncation", "rounding")
        ]
        assert [fact[3] for fact in shown[3:]] == [
            "its part from bending: grows with h",
            "its part from rounding: grows as h shrinks",
        ]
        for (*_, value, _), name in zip(shown, ("estimate", "slope"), strict=False):
            if found.get(name) is None:
                assert value == "none"
            else:
                number = float(value.replace("−", "-"))
                assert number == pytest.approx(found[name], rel=1e-7, abs=1e-7), state


def test_the_torch_lines_run_and_give_the_numbers_behind_them(open_module, states):
    exact = [state for state in states if state["function"] not in SUMMED]
    smooth = [
        state | {"step": 10 ** -(2 + 2 * (state["x"] > 0))}
        for state in states
        if state["function"] in SUMMED
    ]
    given = exact[:120] + smooth[:120]
    codes = called(open_module, "tangent/words", "torchCode", given)
    for state, code in zip(given, codes, strict=True):
        *setting, quotient, answer = code.splitlines()
        names = {"torch": torch}
        exec("\n".join(setting), names)
        assert names["x"].dtype == getattr(torch, state["dtype"])
        for line in (quotient, answer):
            call, comment = line.split("  # ")
            result = eval(call, names).item()
            if comment == "no value":
                assert not math.isfinite(result) or not state["x"] > 0
                continue
            room = 1e-9 + 4 * BITS[state["dtype"]] / min(state["step"], 0.1)
            room = room if state["function"] in SUMMED else 1e-9
            assert float(comment) == pytest.approx(result, rel=1e-6, abs=room), code


def test_lines_and_points_are_drawn_where_they_belong(open_module, states):
    drawn = called(open_module, "tangent/scene", "curveMarks", states[:120])
    for state, marks in zip(states[:120], drawn, strict=True):
        demo = Tangent(**state)
        lines = {mark["look"]: mark["line"] for mark in marks if "line" in mark}
        lines.pop("run", None)
        assert len(lines.pop("curve")) > 60
        if len(marks) == 1:
            with pytest.raises(ValueError, match="log has no value"):
                _ = demo.error
            continue
        slopes = {name: (d - b) / (c - a) for name, ((a, b), (c, d)) in lines.items()}
        if state["function"] not in SUMMED:
            assert slopes["secant"] == pytest.approx(demo.estimate, abs=1e-9)
        if demo.derivative is not None:
            assert slopes["touch"] == pytest.approx(demo.derivative, abs=1e-9)
        left, bottom = lines["secant"][0]
        for x, y in (mark["dot"] for mark in marks if "dot" in mark):
            if state["step"] > 1e-3 and state["dtype"] == "float64":
                assert y == pytest.approx(bottom + slopes["secant"] * (x - left), abs=1e-8)


def test_a_corner_has_a_fan_between_its_slopes(open_module):
    scene = open_module("tangent/scene")
    for name, (left, right) in (("relu", (0, 1)), ("abs", (-1, 1))):
        state = BASE | {"function": name, "x": 0, "step": 0.5, "difference": "central"}
        (fan,) = [m["area"] for m in scene.call("curveMarks", state) if m["look"] == "fan"]
        # Along one line from left to right, and back along the other.
        ends = [(-12, left), (12, left), (12, right), (-12, right)]
        assert fan == [pytest.approx([x, slope * x]) for x, slope in ends]


def test_each_line_of_the_error_plot_has_its_number(open_module):
    scene = open_module("tangent/scene")
    lines = ["10⁻⁴", "10⁻⁸", "10⁻¹²", "10⁻¹⁶"]
    exact = {"function": "square", "x": 1.25, "step": 0.5, "difference": "central"}
    for state, ends in ((BASE, ["10⁻¹⁶"]), (BASE | exact, ["0"])):
        marks = [m for m in scene.call("errorMarks", state) if m["look"] == "scale"]
        bottom = min(mark["at"][1] for mark in marks)
        steps = [m["text"] for m in marks if m["at"][1] == bottom and m["text"] != "h"]
        errors = [m["text"] for m in marks if m["at"][1] != bottom]
        assert steps == lines
        # No error at all stands where the lowest number would: one of both is told.
        assert errors == ["1", *lines[:-1], *ends]


def test_the_story_goes_by_one_two_five_and_then_by_decades(open_module):
    module = open_module("tangent/math")
    step, seen = 0.5, []
    while (step := module.call("storyStep", step)) is not None:
        seen.append(step)
    assert seen[:5] == [0.2, 0.1, 0.05, 0.02, 0.01]
    assert seen[5:] == pytest.approx([10.0**-k for k in range(3, 17)], rel=1e-9)
    assert seen[-1] == 1e-16
    assert module.call("storyStep", 3e-9) == pytest.approx(1e-9)
    assert module.call("storyStep", 0.7) == 0.5


def test_green_digits_are_those_that_both_slopes_begin_with(open_module, states):
    told = called(open_module, "tangent/words", "slopeDigits", states)
    measured = called(open_module, "tangent/math", "measure", states)
    counts = set()
    for state, found, shown in zip(states, measured, told, strict=True):
        secant, places = shown["right"] + shown["wrong"], 13 if state["dtype"] == "float64" else 7
        if found["kind"] == "undefined":
            assert (shown["tangent"], secant, shown["digits"]) == ("none", "none", 0)
            continue
        text = secant.replace("−", "-").strip("\u2007")
        assert float(text) == pytest.approx(found["estimate"], abs=0.51 * 10.0**-places)
        assert len(text.partition(".")[2]) == places
        if found["kind"] == "corner":
            assert (shown["tangent"], shown["right"], shown["digits"]) == ("none", "", 0)
            continue
        tangent = shown["tangent"].replace("−", "-").strip("\u2007")
        assert float(tangent) == pytest.approx(found["slope"], abs=0.51 * 10.0**-places)
        assert shown["tangent"].startswith(shown["right"])
        assert shown["digits"] == len(re.sub(r"\D", "", shown["right"]).lstrip("0"))
        if shown["wrong"] and shown["right"]:
            assert not shown["tangent"].startswith(shown["right"] + shown["wrong"][0])
        if not shown["digits"] and found["slope"] != 0:
            assert shown["right"] == ""
        if not shown["wrong"]:
            assert secant == shown["tangent"]
        counts.add(shown["digits"])
    assert {0, 1, 5, 10, 14} <= counts


def test_sentences_have_room_on_a_phone(open_module, states):
    sentences = called(open_module, "tangent/words", "sentence", states)
    assert max(map(len, sentences)) < 125


def test_the_task_wants_a_bending_curve_and_eleven_digits(open_module):
    module = open_module("tangent/view")
    good = BASE | {"function": "sin", "x": 1, "step": 2e-6, "difference": "central"}
    cases = [
        (good, True),
        (good | {"difference": "forward"}, False),
        (good | {"x": 0, "step": 1e-8}, True),
        (good | {"x": 0, "step": 1e-8, "difference": "forward"}, False),  # all digits, by luck
        (good | {"step": 5e-6}, False),
        (good | {"step": 1e-5}, False),
        (good | {"function": "square", "step": 1}, False),
        (good | {"function": "abs", "x": 0}, False),
        (good | {"function": "abs"}, False),
        (good | {"function": "log", "x": -1}, False),
        (good | {"function": "exp", "x": 0.5, "step": 1e-12}, False),
    ]
    found = module.call_each([("isSolved", state) for state, _ in cases])
    assert found == [wanted for _, wanted in cases]


def test_steps_that_are_not_reached_are_faint_and_lines_have_their_names(open_module):
    state = BASE | {"function": "sin", "x": 1, "step": 1e-4}
    marks = open_module("tangent/scene").call("errorMarks", state)
    dots = {round(mark["dot"][0], 9): mark for mark in marks if "dot" in mark}
    assert len(dots) == 49
    for exponent, mark in dots.items():
        assert ("book-ahead" in mark["look"]) == (exponent < -4.001), exponent
        demo = Tangent(function="sin", x=1, step=10**exponent)
        if exponent > -6:
            assert 10 ** mark["dot"][1] == pytest.approx(abs(demo.error), rel=1e-3)
    assert {mark["text"] for mark in marks if "text" in mark} >= {"truncation", "rounding", "h"}
    lines = {mark["look"]: mark["line"] for mark in marks if "line" in mark}
    assert [point[0] for point in lines["now"]] == [-4, -4]
    for x, y in lines["truncation"]:
        assert 10**y == pytest.approx(math.sin(1) / 2 * 10**x, rel=0.2)
    for x, y in lines["rounding"]:
        size = math.sin(1) + math.cos(1)
        assert 10**y == pytest.approx(2.0**-53 * size / 10**x, rel=1e-6)


def test_a_step_that_can_be_seen_has_its_run_and_rise(open_module):
    scene = open_module("tangent/scene")
    for step, seen in ((0.5, True), (0.2, True), (0.1, False)):
        marks = scene.call("curveMarks", BASE | {"function": "sin", "x": 1, "step": step})
        runs = [mark["line"] for mark in marks if mark["look"] == "run"]
        assert bool(runs) == seen
        for (left, low), (right, level), (end, high) in runs:
            assert (left, low) == (1, pytest.approx(math.sin(1)))
            assert (right, level) == (pytest.approx(1 + step), low)
            assert (end, high) == (right, pytest.approx(math.sin(1 + step)))
