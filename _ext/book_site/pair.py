"""The pair on the landing page: a convolution by hand and by torch, run and compared."""

import contextlib
import html
import inspect
import io
import re
from collections.abc import Callable

import torch
import torch.nn.functional as F

from utils.checks import agree
from utils.widgets.image_kernel import kernel_preset
from utils.widgets.kit.photographs import grey_levels

SIDE = 48  # pixels of a photograph: thousands of windows, and a build hardly waits for them
KERNELS = {"cat": "Sobel x", "coffee": "Gaussian blur", "camera": "Laplacian"}
SHOWN = slice(20, 23), slice(8, 11)  # of the first output


def by_hand(image, kernel):
    """Slide the window, add the products."""
    side = image.shape[0] - 2
    out = torch.empty(side, side).to(image)
    for i in range(side):
        for j in range(side):
            window = image[i : i + 3, j : j + 3]
            out[i, j] = (window * kernel).sum()
    return out


def with_torch(image, kernel):
    """Do the same in one call."""
    weight = kernel[None, None]
    return F.conv2d(image[None], weight)[0]


def cases() -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Return photographs, (48, 48) grey levels from 0 to 255, and for each a 3×3 kernel."""
    return [
        (grey_levels(photo, SIDE).double(), torch.tensor(kernel_preset(name, 3)[0]).double())
        for photo, name in KERNELS.items()
    ]


def rows(output: torch.Tensor) -> str:
    """Return the shown part of an output as lines of whole numbers.

    >>> print(rows(torch.arange(2304.0).reshape(48, 48)))
     968  969  970
    1016 1017 1018
    1064 1065 1066
    """
    table = [[f"{value:.0f}" for value in row] for row in output[SHOWN].tolist()]
    width = max(len(word) for row in table for word in row)
    return "\n".join(" ".join(word.rjust(width) for word in row) for row in table)


def comparison(ours: Callable, theirs: Callable) -> tuple[str, int, float]:
    """Return what ``agree`` says of two functions, how many numbers they gave, the largest gap.

    Raises:
        AssertionError: if the two differ; then there is no landing page.
    """
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        agree(ours, theirs, cases(), name="torch.nn.functional.conv2d")
    pairs = [(ours(*case), theirs(*case)) for case in cases()]
    gap = max((mine - other).abs().max().item() for mine, other in pairs)
    return said.getvalue().strip(), sum(mine.numel() for mine, _ in pairs), gap


def names_that_break(line: str) -> str:
    """Return a line as HTML whose dotted names may go on in the next row.

    >>> names_that_break("F.relu agrees: 3 < 4.")
    'F.<wbr>relu agrees: 3 &lt; 4.'
    """
    return re.sub(r"\.(?=\w)", ".<wbr>", html.escape(line))


def pair_html(highlight: Callable[[str, str], str]) -> str:
    """Return the three columns: the code of both, as it stands above, and what came out.

    Args:
        highlight: makes HTML of code in a named language.
    """
    line, count, gap = comparison(by_hand, with_torch)
    columns = "".join(
        f"<div><h3>{title}</h3>{highlight(inspect.getsource(function), 'python')}"
        f'<pre class="book-numbers">{rows(function(*cases()[0]))}</pre></div>'
        for title, function in (("By hand", by_hand), ("With torch", with_torch))
    )
    return (
        f'<div class="book-pair">{columns}<div class="book-equal"><h3>✓ equal</h3>'
        f"<p>{names_that_break(line)}.</p><p>{count:,} outputs from {len(KERNELS)} photographs, "
        f"largest difference {gap:.2g}. Nine of them stand under the code.</p></div></div>"
    )
