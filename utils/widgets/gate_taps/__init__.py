"""Gate taps: one LSTM cell as a belt, and a tap that lets numbers onto it."""

import torch
import traitlets
from torch import nn

from utils.widgets.kit.base import BookWidget

CANDIDATES = (0.8, -0.6, 0.5, 0.7, -0.9, 0.4, 0.6, -0.5)  # g at each step
STEPS = len(CANDIDATES)


class GateTaps(BookWidget):
    """What does the cell still hold of the marked number at the end?

    The gates are sigmoids of these numbers.

    Attributes:
        keep: of the forget gate, at all steps.
        idle: of the input gate, where there is no mark.
        marked: of the input gate, at the mark.
        show: of the output gate, at all steps.
        mark: the step that is marked, 1 to 4.
        at: how many steps have been run, 0 to 8.

    >>> demo = GateTaps(keep=6, idle=-6, marked=6)
    >>> [round(c, 1) for c in demo.cells]
    [0.0, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8]
    """

    module = "gate_taps/view"
    heights = 596, 698
    summary = (
        "A belt through eight steps of an LSTM cell. At each step a tap lets a part of a number "
        "in; a green bar shows what the belt has of the marked number, two more what all others "
        "have added and taken, and its width how much of a change reaches the end."
    )

    keep = traitlets.Float(1.0, min=-6.0, max=6.0).tag(sync=True)
    idle = traitlets.Float(-0.5, min=-6.0, max=6.0).tag(sync=True)
    marked = traitlets.Float(1.0, min=-6.0, max=6.0).tag(sync=True)
    show = traitlets.Float(6.0, min=-6.0, max=6.0).tag(sync=True)
    mark = traitlets.Int(1, min=1, max=STEPS // 2).tag(sync=True)
    at = traitlets.Int(STEPS, min=0, max=STEPS).tag(sync=True)

    def _read(self) -> tuple[torch.Tensor, list[torch.Tensor], list[torch.Tensor]]:
        """Return the inputs, the shown states and the cell states of ``nn.LSTM``."""
        layer = nn.LSTM(2, 1).double()
        with torch.no_grad():
            for part in layer.parameters():
                part.zero_()
            layer.weight_ih_l0[0, 1] = self.marked - self.idle
            layer.weight_ih_l0[2, 0] = 1
            biases = self.idle, self.keep, 0, self.show
            layer.bias_ih_l0.copy_(torch.tensor(biases, dtype=torch.float64))
        numbers = torch.tensor(CANDIDATES, dtype=torch.float64).atanh()
        marks = (torch.arange(1, STEPS + 1) == self.mark).double()
        x = torch.stack([numbers, marks], dim=1).requires_grad_()
        h = torch.zeros(1, 1, dtype=torch.float64)
        c = torch.zeros(1, 1, dtype=torch.float64, requires_grad=True)
        shown, cells = [], [c]
        for x_t in x:
            h, c = layer(x_t[None], (h, c))[1]
            shown.append(h)
            cells.append(c)
        return x, shown, cells

    @property
    def cells(self) -> list[float]:
        """What the belt holds, from before the first step to after the last."""
        return [c.item() for c in self._read()[2]]

    @property
    def shown(self) -> list[float]:
        """What the cell shows after each step."""
        return [h.item() for h in self._read()[1]]

    @property
    def of_mark(self) -> list[float]:
        """What the belt holds of the marked candidate, after each step."""
        x, _, cells = self._read()
        g = CANDIDATES[self.mark - 1]
        slopes = [torch.autograd.grad(c, x, retain_graph=True)[0] for c in cells[1:]]
        # Contents are linear in the candidates, and a slope of x is one of g times that of tanh.
        return [g * by_x[self.mark - 1, 0].item() / (1 - g**2) for by_x in slopes]

    @property
    def gradients(self) -> list[float]:
        """The slope of the last content by each content, from the first one to the last."""
        cells = self._read()[2]
        return [g.item() for g in torch.autograd.grad(cells[-1], cells)]

    @property
    def shares(self) -> list[float]:
        """The slope of the last content by each candidate g."""
        x, _, cells = self._read()
        by_input = torch.autograd.grad(cells[-1], x)[0][:, 0]
        slopes = 1 - torch.tensor(CANDIDATES, dtype=torch.float64) ** 2  # of tanh
        return (by_input / slopes).tolist()
