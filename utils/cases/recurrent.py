"""Cases of recurrent layers: inputs, first states and weights, in the layout of torch."""

import torch

from utils.cases.drawing import Case, draws, in_dtypes

# Sequences, steps, inputs and hidden numbers.
SHAPES = ((3, 5, 2, 4), (2, 1, 3, 2), (1, 6, 1, 1), (4, 4, 4, 4))
LENGTHS = ((2, 5, 1), (1, 1), (6,), (4, 3, 3, 1))  # true lengths of these sequences


def recurrent(
    gates: int,
    states: int = 1,
    *,
    seed: int = 0,
    dtype: torch.dtype | None = None,
    device: torch.device | str | None = None,
) -> list[Case]:
    """Return cases ``(x, *states, W_ih, W_hh, b_ih, b_hh)``, in float32 and in float64.

    A single step, a single hidden number, as many sequences as steps, and at the end a case that
    begins with states of zeros.

    Args:
        gates: blocks of hidden rows in the weights: 1 for an RNN, 3 for a GRU, 4 for an LSTM.
        states: 1, or 2 for an LSTM.
        seed: what the numbers are drawn with.
        dtype: this one alone.
        device: where the tensors are; by default the device of the page.

    >>> [tuple(part.shape) for part in recurrent(4, 2)[0]]
    [(3, 5, 2), (3, 4), (3, 4), (16, 2), (16, 4), (16,), (16,)]
    """
    draw, found = draws(seed), []
    for n, steps, inputs, hidden in SHAPES:
        rows = gates * hidden
        weights = (rows, inputs), (rows, hidden), (rows,), (rows,)
        shapes = (n, steps, inputs), *((n, hidden),) * states, *weights
        found.append(tuple(draw(*shape) for shape in shapes))
    x, *rest = found[0]
    found.append((x, *(0 * part for part in rest[:states]), *rest[states:]))
    return in_dtypes(found, dtype, device)


def ragged(gates: int, states: int = 1, **how: object) -> list[Case]:
    """Return the cases of :func:`recurrent` with true lengths, ``{"lengths": …}``, at their end.

    The longest sequence fills its rows; a batch is unsorted, and in one all end at once.
    """
    cases = recurrent(gates, states, **how)
    copies = len(cases) // (len(SHAPES) + 1)
    return [
        (*case, {"lengths": torch.tensor(LENGTHS[place // copies], device=case[0].device)})
        for place, case in enumerate(cases[: copies * len(SHAPES)])
    ]
