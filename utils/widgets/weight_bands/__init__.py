"""Weight bands: the matrix of a layer on a signal, its weights free or shared, full or cut."""

import torch
import traitlets

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.random import mulberry32

PLACES = 16  # of the signal and of the output
SEED = 255
SHAPE = (1.0, 3.0, 2.0)  # of the signal, where it is not 0
START = 2  # its first place before the shift
FARTHEST = PLACES - START - len(SHAPE)


def free_weights() -> torch.Tensor:
    """Return the matrix before anything is shared or cut, whole hundredths, float64 (16, 16)."""
    integers = mulberry32(SEED)
    draws = [next(integers) % 201 - 100 for _ in range(PLACES**2)]
    return torch.tensor(draws, dtype=torch.float64).reshape(PLACES, PLACES) / 100


class WeightBands(BookWidget):
    """Which weights does a layer need if a shift of its input is to shift its output?

    The layer takes 16 numbers to 16 numbers. ``share`` gives all weights on a diagonal the value
    of its first one, ``reach`` sets those further from the main diagonal to 0.

    Attributes:
        share: whether the weights on a diagonal are equal.
        reach: how far from its own place an output looks, 0 to 15.
        shift: how many places the signal has moved to the right, 0 to 11.

    >>> WeightBands(share=True, reach=2).free
    5
    """

    module = "weight_bands/view"
    summary = (
        "The 16×16 weights of a layer: free, equal along the diagonals, or cut to a band; with "
        "shared weights a shift of the signal shifts the output."
    )
    heights = 634, 659
    growth = 0.517
    phone_growth = 0.79

    share = traitlets.Bool(False).tag(sync=True)
    reach = traitlets.Int(PLACES - 1, min=0, max=PLACES - 1).tag(sync=True)
    shift = traitlets.Int(4, min=0, max=FARTHEST).tag(sync=True)

    @property
    def matrix(self) -> torch.Tensor:
        """The weights, float64 ``(16, 16)``; a row for each output."""
        W = free_weights()
        if self.share:
            diagonals = range(1 - PLACES, PLACES)
            W = sum(W.diagonal(a)[0] * torch.ones_like(W).tril(a).triu(a) for a in diagonals)
        return W.triu(-self.reach).tril(self.reach)

    @property
    def kernel(self) -> torch.Tensor:
        """The shared weights from the distance ``-reach`` to ``reach``, ``(2 reach + 1,)``."""
        W = free_weights()
        return torch.stack([W.diagonal(a)[0] for a in range(-self.reach, self.reach + 1)])

    @property
    def signal(self) -> torch.Tensor:
        """The input, ``(16,)``."""
        x = torch.zeros(PLACES, dtype=torch.float64)
        x[START + self.shift : START + self.shift + len(SHAPE)] = torch.tensor(SHAPE).double()
        return x

    @property
    def output(self) -> torch.Tensor:
        """What the layer makes of the input, ``(16,)``."""
        return self.matrix @ self.signal

    @property
    def free(self) -> int:
        """How many weights can be chosen."""
        if self.share:
            return 2 * self.reach + 1
        return PLACES * (2 * self.reach + 1) - self.reach * (self.reach + 1)

    @property
    def moves_along(self) -> bool:
        """Whether the output is that of the signal before the shift, moved as far."""
        before = self.matrix @ self.signal.roll(-self.shift)
        kept = PLACES - self.shift
        return torch.allclose(self.output[self.shift :], before[:kept])
