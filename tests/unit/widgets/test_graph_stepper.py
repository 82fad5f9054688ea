"""The Python side of the computational-graph stepper."""

import math

import pytest
import torch
import traitlets

from utils.widgets.graph_stepper import GRAPHS, LAST_STEP, GraphStepper


def test_the_product_has_the_numbers_of_the_page():
    demo = GraphStepper()
    assert demo.values == {"x": -2, "y": 5, "z": -4, "q": 3, "f": -12}
    assert demo.gradients == {"x": -4, "y": -4, "z": 3, "q": -4, "f": 1}


def test_the_neuron_is_a_sigmoid_of_a_weighted_sum():
    w0, x0, w1, x1, w2 = inputs = (0.5, -1.5, 2.0, 0.3, -0.7)
    demo = GraphStepper(graph="neuron", inputs=inputs)
    f = 1 / (1 + math.exp(-(w0 * x0 + w1 * x1 + w2)))
    slope = f * (1 - f)
    assert demo.values["f"] == pytest.approx(f)
    found = [demo.gradients[name] for name in demo.input_names]
    assert found == pytest.approx([slope * part for part in (x0, w0, x1, w1, 1)])


def test_merging_four_nodes_changes_no_number():
    apart = GraphStepper(graph="neuron")
    merged = GraphStepper(graph="neuron", merged=True)
    for name in ("values", "gradients"):
        ours, theirs = getattr(merged, name), getattr(apart, name)
        assert ours == pytest.approx({node: theirs[node] for node in ours})
        assert set(theirs) - set(ours) == {"n", "e", "d"}
    assert (apart.last_step, merged.last_step) == (LAST_STEP, LAST_STEP - 6)


def test_merged_changes_nothing_for_the_other_graphs():
    for graph in set(GRAPHS) - {"neuron"}:
        assert GraphStepper(graph=graph, merged=True).values == GraphStepper(graph=graph).values


def test_max_routes_and_a_tie_is_shared():
    demo = GraphStepper(graph="gates")
    assert demo.values["f"] == -20
    assert [demo.gradients[name] for name in "xyzw"] == [-8, 6, 2, 0]
    demo.inputs = (3, -4, -1, 2)
    assert [demo.gradients[name] for name in "zw"] == [0, 2]
    demo.inputs = (3, -4, 2, 2)
    assert [demo.gradients[name] for name in "zw"] == [1, 1]


def test_two_uses_of_one_variable_are_summed():
    demo = GraphStepper(graph="shared", inputs=(1.5, -4.0))
    assert demo.gradients["x"] == pytest.approx(2 * 1.5 - 4.0)
    assert demo.gradients["y"] == 1.5


def test_a_graph_brings_its_inputs_and_inputs_have_the_last_word():
    demo = GraphStepper()
    demo.graph = "shared"
    assert (demo.inputs, demo.input_names) == ((3.0, -2.0), ("x", "y"))
    demo = GraphStepper(inputs=[1, 1], graph="shared")
    assert demo.inputs == (1.0, 1.0)


def test_a_view_may_send_graph_and_inputs_in_any_order():
    demo = GraphStepper()
    demo.set_state({"inputs": [1.0, 2.0], "graph": "shared", "step": 0})
    assert (demo.graph, demo.step) == ("shared", 0)
    demo.set_state({"inputs": [1.0, 2.0]})
    assert demo.inputs == (1.0, 2.0)


def test_inputs_are_kept_to_one_decimal_without_a_negative_zero():
    demo = GraphStepper(inputs=(0.25001, -0.04, 4.96))
    assert demo.inputs == (0.3, 0.0, 5.0)
    assert not any(math.copysign(1, number) < 0 for number in demo.inputs)


@pytest.mark.parametrize("bad", [(1, 2), (1, 2, 3, 4), (1, 2, 5.1), (1, 2, math.nan)])
def test_inputs_out_of_bounds_are_refused_with_the_names(bad):
    demo = GraphStepper()
    with pytest.raises(traitlets.TraitError, match="3 numbers from -5 to 5, for x, y, z"):
        demo.inputs = bad
    assert demo.inputs == (-2.0, 5.0, -4.0)


@pytest.mark.parametrize("bad", [None, "123", 1.0, (), ("1", 2, 3), (True, 2, 3)])
def test_inputs_that_are_no_numbers_are_refused(bad):
    with pytest.raises(traitlets.TraitError, match="inputs must be a list or tuple of numbers"):
        GraphStepper().inputs = bad


def test_the_neuron_is_kept_where_its_sigmoid_is_not_flat():
    demo = GraphStepper(graph="neuron", inputs=(3, 3, 3, 3, 3))
    assert 0 < demo.gradients["w2"] < 1e-8
    with pytest.raises(traitlets.TraitError, match="from -3 to 3"):
        demo.inputs = (4, 3, 3, 3, 3)


def test_step_and_graph_are_bounded():
    for name, bad in (("step", -1), ("step", LAST_STEP + 1), ("graph", "sum")):
        with pytest.raises(traitlets.TraitError):
            GraphStepper(**{name: bad})


def test_every_node_reads_only_what_stands_above_it():
    for graph in GRAPHS.values():
        for nodes in (graph["nodes"], graph.get("merged", graph["nodes"])):
            known = {name for name, _, _ in graph["inputs"]}
            for name, _, reads, _ in nodes:
                assert set(reads) <= known
                known.add(name)
            assert nodes[-1][0] == "f"


def test_gradients_do_not_depend_on_the_default_dtype():
    torch.set_default_dtype(torch.float32)
    demo = GraphStepper(graph="shared", inputs=(0.1, 0.2))
    assert demo.values["f"] == 0.1 * 0.1 + 0.1 * 0.2


def test_the_graphs_travel_beside_the_module_and_are_no_control():
    demo = GraphStepper()
    assert GraphStepper.controls() == ["graph", "inputs", "merged", "step"]
    assert demo.asset_values() == {"graphs": GRAPHS}
    assert repr(demo) == (
        "GraphStepper(graph='product', inputs=(-2.0, 5.0, -4.0), merged=False, step=17)"
    )
