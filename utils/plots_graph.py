"""Figures of small computational graphs, with a value and a gradient on each edge."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.text import Text

from utils.plots import COLOURS, new_axes

_, ORANGE, GREEN = COLOURS[:3]
Edge = tuple[str, str, float, float]  # from, to, value forwards, gradient backwards
CIRCLE = {"boxstyle": "circle", "facecolor": "white", "edgecolor": "#57606a"}
ALONG = 0.44  # where on an edge its numbers stand, as a share of its length


def plot_graph(
    places: Mapping[str, tuple[float, float]],
    edges: Sequence[Edge],
    *,
    digits: int = 4,
    ax: Axes | None = None,
) -> list[tuple[Text, Text]]:
    """Draw nodes as circles, and on each edge its value in green and its gradient in orange.

    A value stands above its edge, a gradient below it in brackets. Two edges between the same
    nodes are bent apart.

    Args:
        places: where the middle of each node lies, by the name that is written in it.
        edges: from, to, value, gradient.
        digits: significant digits of the numbers.
        ax: where to draw; a new one by default.

    Returns:
        For each edge the texts of its value and of its gradient.

    Raises:
        ValueError: if an edge names a node that has no place.
    """
    for start, end, *_ in edges:
        missing = [name for name in (start, end) if name not in places]
        if missing:
            raise ValueError(f"the edge {start} → {end} needs places for {', '.join(missing)}")
    ax = new_axes(size=(7, 3)) if ax is None else ax
    pairs, texts = [(start, end) for start, end, *_ in edges], []
    for number, (start, end, value, gradient) in enumerate(edges):
        (a, b), (c, d) = places[start], places[end]
        twins = [place for place, pair in enumerate(pairs) if pair == (start, end)]
        bend = 0.0 if len(twins) == 1 else 0.35 - 0.7 * twins.index(number) / (len(twins) - 1)
        arrow = {"arrowstyle": "->", "color": "#57606a", "shrinkA": 13, "shrinkB": 13}
        arrow["connectionstyle"] = f"arc3,rad={-bend}"
        ax.annotate("", (c, d), (a, b), arrowprops=arrow)
        # An arc's middle lies half its bend, times its length, to the left of the straight line.
        across = a + ALONG * (c - a) - bend / 2 * (d - b)
        up = b + ALONG * (d - b) + bend / 2 * (c - a)
        above = ax.text(across, up + 0.09, f"{value:.{digits}g}".replace("-", "−"), color=GREEN)
        words = f"({gradient:.{digits}g})".replace("-", "−")
        below = ax.text(across, up - 0.09, words, color=ORANGE)
        above.set(ha="center", va="bottom", fontweight="bold")
        below.set(ha="center", va="top", fontweight="bold")
        texts.append((above, below))
    for name, (a, b) in places.items():
        ax.text(a, b, name, ha="center", va="center", bbox=CIRCLE)
    xs, ys = zip(*places.values(), strict=True)
    # Equal units, so that arcs are bent as far as their numbers. Fixed limits would be overruled.
    ax.update_datalim([(min(xs) - 0.4, min(ys) - 0.7), (max(xs) + 0.4, max(ys) + 0.7)])
    ax.margins(0)
    ax.set_aspect("equal", adjustable="datalim")
    ax.set_axis_off()
    return texts
