"""The arithmetic and the words of the computational-graph stepper, in Chromium, against torch."""

import re
from types import SimpleNamespace

import pytest
import torch

from utils.widgets.graph_stepper import GRAPHS, LAST_STEP, GraphStepper

EACH = 40
FORMS = [(name, merged) for name in GRAPHS for merged in (False, True)[: 1 + (name == "neuron")]]


@pytest.fixture(scope="module")
def cases():
    """Random inputs, ties and zeros among them, with torch's numbers, for every graph."""
    generator = torch.Generator().manual_seed(5)
    found = []
    for name, merged in FORMS:
        demo = GraphStepper(graph=name, merged=merged)
        count, bound = len(demo.inputs), GRAPHS[name]["bound"]
        drawn = (torch.rand(EACH, count, generator=generator) * 2 - 1) * bound
        drawn[::10] = drawn[::10].round()  # whole numbers meet zeros and ties
        ends = torch.tensor([[bound] * count, [-bound] * count, [0] * count])
        for inputs in torch.cat([drawn, ends]).tolist():
            demo.inputs = tuple(inputs)
            names = ("graph", "merged", "inputs", "last_step", "values", "gradients")
            found.append(SimpleNamespace(**{name: getattr(demo, name) for name in names}))
    return found


def settings(demo, step=LAST_STEP):
    return GRAPHS[demo.graph], {"inputs": demo.inputs, "merged": demo.merged, "step": step}


def of_each(open_module, module, function, demos, step=LAST_STEP):
    calls = [(function, *settings(demo, step)) for demo in demos]
    return open_module(module).call_each(calls)


def test_values_and_gradients_are_those_of_torch(open_module, cases):
    assert len(cases) > 200
    states = of_each(open_module, "graph_stepper/math", "stateAt", cases)
    for demo, state in zip(cases, states, strict=True):
        assert state["at"] == state["last"] == demo.last_step
        assert state["values"] == pytest.approx(demo.values, rel=1e-12, abs=1e-14), demo
        # torch takes σ(1 − σ), which is rounded to 1e-16 where σ is close to one.
        assert state["gradients"] == pytest.approx(demo.gradients, rel=1e-12, abs=1e-14), demo


def test_every_share_is_upstream_times_local_and_shares_add_up(open_module, cases):
    for state in of_each(open_module, "graph_stepper/math", "stateAt", cases):
        sums = dict.fromkeys(state["gradients"], 0.0) | {"f": 1.0}
        for share in state["shares"]:
            assert share["downstream"] == share["upstream"] * share["local"]
            assert share["upstream"] == state["gradients"][share["from"]]
            sums[share["to"]] += share["downstream"]
        assert sums == pytest.approx(state["gradients"])


def test_a_step_at_a_time_one_node_becomes_known(open_module):
    for name, merged in FORMS:
        demo = GraphStepper(graph=name, merged=merged)
        nodes = (demo.last_step - 1) // 2
        calls = [("stateAt", *settings(demo, step)) for step in range(demo.last_step + 1)]
        states = open_module("graph_stepper/math").call_each(calls)
        inputs = len(demo.input_names)
        for step, state in enumerate(states):
            assert len(state["values"]) == inputs + min(step, nodes)
            phases = ("forward", "seed", "backward")
            wanted = "start" if not step else phases[(step > nodes) + (step > nodes + 1)]
            assert state["phase"] == wanted
            assert (state["gradients"] != {}) == (step > nodes)
            if step > nodes + 1:
                assert state["current"][0] == states[2 * nodes + 2 - step]["current"][0]
                assert {share["from"] for share in state["fresh"]} == {state["current"][0]}
        # A node has its whole gradient before it hands it on.
        final = states[-1]["gradients"]
        for state in states[nodes + 1 :]:
            assert state["gradients"][state["current"][0]] == final[state["current"][0]]


def test_the_other_form_of_the_neuron_shows_the_same_nodes(open_module):
    module = open_module("graph_stepper/math")
    for merged in (False, True):
        demo = GraphStepper(graph="neuron", merged=merged)
        steps = range(demo.last_step + 1)
        here = module.call_each([("stateAt", *settings(demo, step)) for step in steps])
        there = module.call_each([("stepInOtherForm", *settings(demo, step)) for step in steps])
        assert there == sorted(there)
        assert there[0] == 0
        demo.merged = not merged
        assert there[-1] == demo.last_step
        states = module.call_each([("stateAt", *settings(demo, step)) for step in there])
        for state, other in zip(here, states, strict=True):
            for kind in ("values", "gradients"):
                known = set(state[kind]) - {"n", "e", "d"}
                assert known <= set(other[kind])


NUMBERS = [
    (0, "0", "0"),
    (-0.0, "0", "0"),
    (-4, "−4", "−4"),
    (0.19661193, "0.1966", "0.2"),
    (-0.5, "−0.5", "−0.5"),
    (0.0049, "0.0049", "≈ 0"),
    (-0.00049, "−4.900e−4", "≈ 0"),
    (7.582e-10, "7.582e−10", "≈ 0"),
    (1318815734, "1.319e9", "1e9"),
    (28.50271, "28.5", "28.5"),
    (12.5, "12.5", "12.5"),
]


def test_numbers_are_short_and_have_a_proper_minus(open_module):
    module = open_module("graph_stepper/words")
    calls = [(name, value) for value, *_ in NUMBERS for name in ("number", "short")]
    found = module.call_each(calls)
    assert list(zip(found[::2], found[1::2], strict=True)) == [case[1:] for case in NUMBERS]
    assert module.call("written", "w0") == "w₀"


SENTENCES = [
    ("product", None, 0, "The inputs have values. Nothing is computed yet."),
    ("product", None, 1, "Forward: q = x + y = −2 + 5 = 3."),
    ("product", None, 2, "Forward: f = q · z = 3 · (−4) = −12."),
    ("product", None, 3, "Forward is done. Backward starts at the output: ∂f/∂f = 1."),
    (
        "product",
        None,
        4,
        "Back through f = q · z: q gets 1 × (−4) = −4; z gets 1 × 3 = 3.",
    ),
    ("product", None, 5, "x gets −4 × 1 = −4; y gets −4 × 1 = −4. An add distributes."),
    ("gates", None, 2, "Forward: m = max(z, w) = max(2, −1) = 2."),
    ("gates", None, 8, "z gets 2 × 1 = 2; w gets 2 × 0 = 0. A maximum routes all to z."),
    ("gates", (3, -4, -1, 2), 8, "z gets 2 × 0 = 0; w gets 2 × 1 = 2. A maximum routes all to w."),
    ("gates", (3, -4, 2, 2), 8, "w gets 2 × 0.5 = 1. A tie: each gets half, as in torch."),
    ("shared", None, 7, "x gets 1 × 3 = 3; x gets 1 × 3 = 3, in all −2 + 3 + 3 = 4. A product"),
    ("neuron", None, 5, "Forward: n = −s = −1."),
    ("neuron", None, 10, "d gets 1 × (−0.5344) = −0.5344. The slope is −1/d²."),
]


def test_every_step_has_its_sentence(open_module):
    calls = []
    for name, inputs, step, _ in SENTENCES:
        demo = GraphStepper(graph=name, inputs=inputs or GraphStepper(graph=name).inputs)
        calls.append(("sentence", *settings(demo, step)))
    told = open_module("graph_stepper/words").call_each(calls)
    for text, (*case, wanted) in zip(told, SENTENCES, strict=True):
        assert wanted in text, case


def test_no_sentence_shows_what_is_no_number(open_module, cases):
    for step in (0, 2, 7, LAST_STEP):
        for text in of_each(open_module, "graph_stepper/words", "sentence", cases[::8], step):
            assert not re.search(r"NaN|undefined|Infinity|null|−0(?![.\d])", text), text


def test_the_products_in_a_sentence_are_right(open_module, cases):
    product = re.compile(r"(\S+) × (\S+) = ([^\s.,;]+(?:\.\d[^\s.,;]*)?)")
    seen = 0
    for step in (4, 7, 12):
        for text in of_each(open_module, "graph_stepper/words", "sentence", cases[::5], step):
            for found in product.findall(text):
                plain = [part.strip("()").replace("−", "-") for part in found]
                upstream, local, downstream = (float(part) for part in plain)
                # Each number is rounded to four digits.
                assert upstream * local == pytest.approx(downstream, rel=2e-3), text
                seen += 1
    assert seen > 100


def test_a_sum_of_paths_is_told_once_and_is_torchs_gradient(open_module, cases):
    shared = [demo for demo in cases if demo.graph == "shared"]
    for demo, text in zip(
        shared, of_each(open_module, "graph_stepper/words", "sentence", shared), strict=True
    ):
        assert text.count("in all") == 1
        total = re.search(r"in all .* = (\S+?)\. A product", text)[1]
        shown = float(total.replace("−", "-"))
        assert shown == pytest.approx(demo.gradients["x"], rel=1e-3, abs=1e-12)


def test_the_torch_lines_run_and_give_the_numbers_behind_them(open_module, cases):
    for code in of_each(open_module, "graph_stepper/words", "torchCode", cases[::7]):
        names = {"torch": torch}
        exec(code, names)
        lines = [line.split("  # ") for line in code.splitlines() if "# " in line]
        assert lines[0][1].startswith("f is ")
        assert names["f"].item() == pytest.approx(float(lines[0][1][5:]), rel=1e-3)
        assert len(lines) >= 3
        for expression, comment in lines[1:]:
            shown = float(comment)
            # torch takes σ(1 − σ), rounded, where σ is close to one.
            assert eval(expression, names).item() == pytest.approx(shown, rel=1e-3, abs=1e-12)
