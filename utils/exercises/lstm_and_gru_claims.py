"""The claims of exercise 5 of the page on LSTM and GRU, and cells to try them on."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

from utils.sequences.gated import gru, lstm


@dataclass
class Cell:
    """Weights of an LSTM and of a GRU, and a sequence for both; states start at zero.

    Attributes:
        x: ``(1, steps, inputs)``, float64.
        lstm: the four weights of an LSTM.
        gru: the four weights of a GRU.
    """

    x: torch.Tensor
    lstm: list[torch.Tensor]
    gru: list[torch.Tensor]

    @property
    def zeros(self) -> torch.Tensor:
        """A state of zeros, ``(1, hidden)``."""
        return self.x.new_zeros(1, self.lstm[1].shape[1])

    def read_lstm(self, weights: list[torch.Tensor] | None = None) -> tuple[torch.Tensor, ...]:
        """Return what the LSTM shows, and its last two states."""
        return lstm(self.x, self.zeros, self.zeros, *(weights or self.lstm))

    def read_gru(self, weights: list[torch.Tensor] | None = None) -> torch.Tensor:
        """Return the states of the GRU."""
        return gru(self.x, self.zeros, *(weights or self.gru))[0]


def draw_cells(count: int) -> list[Cell]:
    """Return cells with small and with large weights; some keep all they are given."""
    draw = torch.Generator().manual_seed(0)
    found = []
    for index in range(count):
        steps, inputs, hidden = 3 + index % 4, 2, 2 + index % 3
        size = (0.5, 2.0, 6.0)[index % 3]

        def normal(*shape: int, size: float = size) -> torch.Tensor:
            return size * torch.randn(shape, generator=draw, dtype=torch.float64)

        x = normal(1, steps, inputs, size=1.0)
        weights = []
        for gates in (4, 3):
            rows = gates * hidden
            weights.append(
                [normal(rows, inputs), normal(rows, hidden), normal(rows), normal(rows)]
            )
        if index % 5 == 4:  # all gates open, and candidates near 1
            weights[0][2] = torch.full_like(weights[0][2], 40.0)
        found.append(Cell(x, *weights))
    return found


def _cell_states(cell: Cell) -> list[torch.Tensor]:
    """The cell state after each step."""
    steps = range(1, cell.x.shape[1] + 1)
    starts = (cell.zeros, cell.zeros)
    return [lstm(cell.x[:, :t], *starts, *cell.lstm)[2] for t in steps]


def _is_diagonal(cell: Cell) -> bool:
    def last(c: torch.Tensor) -> torch.Tensor:
        return lstm(cell.x, cell.zeros, c[None], *cell.lstm)[2][0]

    slopes = torch.autograd.functional.jacobian(last, cell.zeros[0])
    return bool((slopes - slopes.diag().diag()).abs().max() < 1e-12)


def _swapped(weights: list[torch.Tensor]) -> list[torch.Tensor]:
    W_ih, W_hh, b_ih, b_hh = weights
    return [W_ih, W_hh, b_hh, b_ih]


def _within(states: torch.Tensor, bound: float) -> bool:
    return bool(states.abs().max() <= bound)


CLAIMS: dict[str, Callable[[Cell], bool]] = {
    "entries of the hidden state of an LSTM lie between -1 and 1": lambda cell: _within(
        cell.read_lstm()[0], 1
    ),
    "entries of the cell state of an LSTM lie between -1 and 1": lambda cell: _within(
        cell.read_lstm()[2], 1
    ),
    "after t steps entries of the cell state lie between -t and t": lambda cell: all(
        _within(c, t) for t, c in enumerate(_cell_states(cell), start=1)
    ),
    "entries of the state of a GRU lie between -1 and 1": lambda cell: _within(cell.read_gru(), 1),
    "the whole derivative of the last cell state is diagonal": _is_diagonal,
    "swapping the two biases of an LSTM changes nothing": lambda cell: torch.allclose(
        cell.read_lstm(_swapped(cell.lstm))[0], cell.read_lstm()[0]
    ),
    "swapping the two biases of a GRU changes nothing": lambda cell: torch.allclose(
        cell.read_gru(_swapped(cell.gru)), cell.read_gru()
    ),
}
