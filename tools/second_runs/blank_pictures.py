"""Figures that are made, and not drawn: drawing takes a third to a half of a page's time.

For tests of all else that a page does; the first runs of ``make pages`` draw every figure.
"""

import io

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from PIL import Image

from utils import plots, progress

_show, _png = plots.show, progress.png  # what is put back
_on = False


def blank(drawn: Axes | np.ndarray) -> bytes:
    """Close the figure as ``utils.plots.png`` does, and return a picture of one pixel."""
    axes = drawn.flat[0] if isinstance(drawn, np.ndarray) else drawn
    plt.close(axes.figure)
    pixel = io.BytesIO()
    Image.new("L", (1, 1)).save(pixel, format="png")
    return pixel.getvalue()


def png(drawn: Axes | np.ndarray) -> bytes:
    """Return a picture of one pixel, or while this is off that of the figure."""
    return blank(drawn) if _on else _png(drawn)


def show(drawn: Axes | np.ndarray, *, alt: str) -> None:
    """Show the words of a figure as ``utils.plots.show`` does, with a picture of one pixel."""
    if _on:
        display({"image/png": blank(drawn), "text/plain": f"Figure: {alt}"}, raw=True)
    else:
        _show(drawn, alt=alt)


def switch(on: bool) -> None:
    """Draw no figure that is only shown from now on; ``plots.png`` still draws, for who asks.

    A page that took the name ``show`` itself keeps a function that heeds later switches too.
    """
    global _on
    plots.show, progress.png = show, png
    _on = on
