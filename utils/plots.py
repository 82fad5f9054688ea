"""Figures in one style: each function draws on an Axes and returns it."""

import io
from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

# Okabe and Ito's palette: told apart by readers with any kind of colour vision.
# Source: https://jfly.uni-koeln.de/color/
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
MARKERS = ("o", "s", "^", "D", "v", "P")

# A figure keeps its own white ground: it reads the same in light mode, in dark mode (where the
# website sets it on a card) and in print.
STYLE = {
    "axes.axisbelow": True,
    "axes.edgecolor": "#57606a",
    "axes.grid": True,
    "axes.prop_cycle": plt.cycler(color=COLOURS),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.use": True,
    "figure.facecolor": "white",
    "font.size": 11,
    "grid.color": "#d8dee4",
    "legend.frameon": False,
    "lines.linewidth": 2,
    "savefig.facecolor": "white",
}

CSS_DPI = 96  # pixels that a browser reckons to an inch
SHOWN_DPI = 1.5 * CSS_DPI  # sharp text on fine screens, light on the line


def new_axes(
    rows: int = 1, columns: int = 1, *, size: tuple[float, float] | None = None
) -> Axes | np.ndarray:
    """Return one Axes, or an array of them, on a new figure in the book's style.

    Args:
        rows: number of Axes from top to bottom, at least 1.
        columns: number of Axes from left to right, at least 1.
        size: width and height of the whole figure in inches.
    """
    if rows < 1 or columns < 1:
        raise ValueError(f"rows and columns must be at least 1, got {rows} and {columns}")
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(
            rows, columns, figsize=size or (min(3.4 * columns + 1.2, 9), 3.2 * rows)
        )
    return axes


def png(drawn: Axes | np.ndarray) -> bytes:
    """Return the figure of one or several Axes as PNG bytes, and close it."""
    figure = _figure(drawn)
    drawing, buffer = io.BytesIO(), io.BytesIO()
    with plt.rc_context(STYLE):
        figure.savefig(drawing, format="png", dpi=SHOWN_DPI, pil_kwargs={"compress_level": 0})
    plt.close(figure)
    # 256 colours look the same in a figure and take a third of the bytes on a page. To squeeze
    # out the last twentieth of them (`optimize`) takes five times as long as to write the file.
    with Image.open(drawing) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        small.save(buffer, format="png")
    return buffer.getvalue()


def show(drawn: Axes | np.ndarray, *, alt: str) -> None:
    """Show a figure in a notebook together with what it shows in words.

    The words become the output's plain text: stored notebooks keep them
    instead of the picture, and the website makes them its alternative text.
    Where nothing can show a picture, in plain Python, the words are printed.

    Args:
        drawn: any Axes of the figure, or an array of them.
        alt: what a reader who cannot see the figure has to know.

    Raises:
        ValueError: if ``alt`` says less than two words.
    """
    if not isinstance(alt, str) or len(alt.split()) < 2:
        raise ValueError(f"alt must describe the figure in words, got {alt!r}")
    from IPython import get_ipython
    from IPython.display import display

    words = f"Figure: {alt}"
    if get_ipython() is None:  # display would print the bytes of the picture
        plt.close(_figure(drawn))
        print(words)
        return
    width = _figure(drawn).get_figwidth() * CSS_DPI
    display(
        {"image/png": png(drawn), "text/plain": words},
        metadata={"image/png": {"width": width}},
        raw=True,
    )


def _figure(drawn: Axes | np.ndarray) -> Figure:
    axes = drawn.flat[0] if isinstance(drawn, np.ndarray) else drawn
    return axes.figure


def plot_image(
    image: torch.Tensor, *, title: str = "", signed: bool = False, ax: Axes | None = None
) -> Axes:
    """Draw an image without axes and return the Axes.

    Args:
        image: ``(height, width)``, ``(1, height, width)`` or ``(3, height, width)``.
        title: text above the image.
        signed: colour values around zero (orange below, purple above) instead of
            from dark to light.
        ax: where to draw; a new one by default.

    Raises:
        ValueError: if ``image`` has another shape, no pixel, or a value that is not finite.
    """
    if image.ndim == 3 and image.shape[0] == 1:
        image = image[0]
    if image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[0] != 3):
        raise ValueError(
            "image must be (height, width), (1, height, width) or (3, height, width), "
            f"got {tuple(image.shape)}"
        )
    if not image.numel():
        raise ValueError(f"image is empty, of shape {tuple(image.shape)}: it has no pixel to draw")
    if not image.isfinite().all():
        raise ValueError("image holds NaN or infinity: look at the values before drawing them")
    ax = new_axes(size=(2.6, 2.6)) if ax is None else ax
    pixels = image.detach().cpu().float().numpy()
    if signed:
        limit = abs(pixels).max() or 1.0
        ax.imshow(pixels, cmap="PuOr", vmin=-limit, vmax=limit)
    elif pixels.ndim == 3:
        ax.imshow(pixels.transpose(1, 2, 0).clip(0, 1))
    else:
        ax.imshow(pixels, cmap="gray")
    ax.set_axis_off()
    ax.set_title(title)
    return ax


def plot_images(
    images: Sequence[torch.Tensor] | torch.Tensor,
    titles: Sequence[str] = (),
    *,
    columns: int = 10,
    size: float = 0.9,
    signed: bool = False,
) -> np.ndarray:
    """Draw images in a grid, row by row; return the array of Axes.

    Args:
        images: as :func:`plot_image` takes each of them.
        titles: one text an image, or none.
        columns: images a row.
        size: width of an image in inches.
        signed: as in :func:`plot_image`.

    Raises:
        ValueError: if there is no image, the titles are not as many, or ``columns`` or
            ``size`` is not positive.
    """
    if not len(images):
        raise ValueError("images is empty: there is nothing to draw")
    if columns < 1 or not size > 0:
        raise ValueError(f"columns and size must be positive, got {columns} and {size}")
    if titles and len(titles) != len(images):
        raise ValueError(f"titles must be one an image: {len(titles)} for {len(images)} images")
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    height = size + (0.25 if titles else 0.05)
    axes = np.atleast_1d(new_axes(rows, columns, size=(size * columns, height * rows)))
    for index, ax in enumerate(axes.flat):
        if index < len(images):
            title = titles[index] if titles else ""
            plot_image(images[index], title=title, signed=signed, ax=ax)
            ax.title.set_fontsize(9)
        else:
            ax.set_axis_off()
    return axes


def plot_cells(
    numbers: torch.Tensor, picked: torch.Tensor, *, title: str = "", ax: Axes | None = None
) -> Axes:
    """Draw a table of numbers with the picked cells coloured and bold; return the Axes.

    Args:
        numbers: ``(rows, columns)`` of integers.
        picked: Boolean, of the same shape.
        title: text above the table, as code.
        ax: where to draw; a new one by default.

    Raises:
        ValueError: if the two shapes differ or are not those of a table.
    """
    if numbers.ndim != 2 or numbers.shape != picked.shape:
        raise ValueError(
            "numbers and picked must be tables of one shape, "
            f"got {tuple(numbers.shape)} and {tuple(picked.shape)}"
        )
    ax = new_axes(size=(4, 2)) if ax is None else ax
    ax.imshow(picked.cpu().numpy(), cmap="Oranges", vmin=0, vmax=2)
    for row, column in np.ndindex(*numbers.shape):
        weight = "bold" if picked[row, column] else "normal"
        style = {"ha": "center", "va": "center", "fontweight": weight, "fontsize": 8}
        ax.text(column, row, str(numbers[row, column].item()), **style)
    ax.set_title(title, fontsize=9, family="monospace")
    ax.set_axis_off()
    return ax


def plot_table(
    values: torch.Tensor,
    *,
    row_names: Sequence[str],
    column_names: Sequence[str],
    limits: tuple[float, float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a matrix as coloured cells with the number in each; return the Axes.

    Args:
        values: ``(rows, columns)`` of integers or floats.
        row_names: one label a row.
        column_names: one label a column.
        limits: values of the lightest and the darkest colour; by default the
            smallest and the largest one.
        ax: where to draw; a new one by default.

    Raises:
        ValueError: if the names do not fit the shape of ``values``, or it has no cell.
    """
    if values.shape != (len(row_names), len(column_names)):
        raise ValueError(
            f"values has shape {tuple(values.shape)}, but there are {len(row_names)} row names "
            f"and {len(column_names)} column names"
        )
    if not values.numel():
        raise ValueError(
            f"values is empty, of shape {tuple(values.shape)}: it has no cell to draw"
        )
    ax = new_axes(size=(5.4, 4.8)) if ax is None else ax
    cells = values.detach().cpu().numpy()
    low, high = (cells.min(), cells.max()) if limits is None else limits
    ax.imshow(cells, cmap="Blues", vmin=low, vmax=high)
    ax.set_xticks(range(len(column_names)), column_names)
    ax.set_yticks(range(len(row_names)), row_names)
    ax.grid(False)
    middle = (float(low) + float(high)) / 2
    for row, column in np.ndindex(*cells.shape):
        number = cells[row, column]
        text = f"{number:.2f}" if cells.dtype.kind == "f" else f"{number}"
        colour = "white" if number > middle else "#1b1f24"
        ax.text(column, row, text, ha="center", va="center", color=colour, fontsize=9)
    return ax
