"""Figures that are made, and not drawn: drawing takes a third to a half of a page's time.

For tests of all else that a page does; ``make pages`` and ``make book`` draw every figure.
"""

import io

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from PIL import Image

from utils import plots, progress


def blank(drawn: Axes | np.ndarray) -> bytes:
    """Close the figure as ``utils.plots.png`` does, and return a picture of one pixel."""
    axes = drawn.flat[0] if isinstance(drawn, np.ndarray) else drawn
    plt.close(axes.figure)
    pixel = io.BytesIO()
    Image.new("L", (1, 1)).save(pixel, format="png")
    return pixel.getvalue()


def show(drawn: Axes | np.ndarray, *, alt: str) -> None:
    """Show the words of a figure as ``utils.plots.show`` does, with a picture of one pixel."""
    display({"image/png": blank(drawn), "text/plain": f"Figure: {alt}"}, raw=True)


def switch_on() -> None:
    """Draw no figure that is only shown from now on; ``plots.png`` still draws, for who asks."""
    plots.show, progress.png = show, blank
