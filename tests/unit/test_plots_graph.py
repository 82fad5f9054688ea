"""Figures of computational graphs: numbers stand at their edges."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex

from utils.plots import COLOURS, new_axes
from utils.plots_graph import plot_graph

PLACES = {"x": (0.0, 0.0), "f": (2.0, 1.0)}


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def test_a_value_stands_above_its_edge_and_a_gradient_below():
    [(value, gradient)] = plot_graph(PLACES, [("x", "f", -2.0, 0.123456)], digits=3)
    assert (value.get_text(), gradient.get_text()) == ("−2", "(0.123)")
    assert to_hex(value.get_color()).upper() == COLOURS[2]
    assert to_hex(gradient.get_color()).upper() == COLOURS[1]
    (x, high), (same, low) = value.get_position(), gradient.get_position()
    assert x == same == pytest.approx(0.88)
    assert high > 0.44 > low
    assert (value.get_va(), gradient.get_va()) == ("bottom", "top")


def test_nodes_stand_in_their_places_and_inside_the_picture():
    ax = new_axes()
    plot_graph(PLACES, [("x", "f", 1.0, 1.0)], ax=ax)
    seen = {text.get_text(): text.get_position() for text in ax.texts}
    assert {name: seen[name] for name in PLACES} == PLACES
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    assert left < 0 < 2 < right
    assert low < 0 < 1 < high


def test_an_arrow_leads_from_the_first_node_to_the_second():
    ax = new_axes()
    plot_graph(PLACES, [("x", "f", 1.0, 1.0)], ax=ax)
    arrow = next(text for text in ax.texts if getattr(text, "arrow_patch", None))
    assert arrow.xyann == PLACES["x"]
    assert arrow.xy == PLACES["f"]
    assert arrow.arrowprops["arrowstyle"] == "->"


def test_two_edges_between_the_same_nodes_are_bent_apart():
    flat = {"x": (0.0, 0.0), "f": (2.0, 0.0)}
    ax = new_axes()
    first, second = plot_graph(flat, [("x", "f", 3.0, 3.0)] * 2, ax=ax)
    upper, lower = first[0].get_position()[1], second[0].get_position()[1]
    assert upper - lower == pytest.approx(0.7)
    bends = [t.arrowprops["connectionstyle"] for t in ax.texts if getattr(t, "arrow_patch", None)]
    assert bends == ["arc3,rad=-0.35", "arc3,rad=0.35"]  # the first one goes over the top


def test_numbers_of_a_steep_arc_stand_on_its_side():
    upright = {"x": (0.0, 0.0), "f": (0.0, 2.0)}
    first, second = plot_graph(upright, [("x", "f", 3.0, 3.0)] * 2)
    # On the way up, left of the straight line is a smaller x.
    assert first[0].get_position()[0] == pytest.approx(-0.35)
    assert second[0].get_position()[0] == pytest.approx(0.35)


def test_an_edge_without_a_place_is_named():
    with pytest.raises(ValueError, match="the edge x → g needs places for g"):
        plot_graph(PLACES, [("x", "g", 1.0, 1.0)])
