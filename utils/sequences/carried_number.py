"""A task that needs a long memory: carry one number to the end, and let no other in.

At each step come a number and a mark. The mark is 1 at a single step of the first half, and 0 at
all others; what is asked for at the end is the number at the mark. What the whole sweep found lies
in ``carried_number.json``; ``python -m tools.train_carriers`` writes it.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from utils.repro import seeded
from utils.sequences.gated import gru, lstm
from utils.sequences.language_model import CELLS
from utils.sequences.rnn import rnn
from utils.train_together import fit_together

FILE = Path(__file__).with_name("carried_number.json")
LOOPS = {"rnn": rnn, "lstm": lstm, "gru": gru}
HIDDEN = {"rnn": 32, "gru": 17, "lstm": 14}  # 1,152, 1,071 and 1,008 weights of the cell
BIASES = {"open": 1.0, "wide": 3.0}  # of the gate that keeps, at the start
ARMS = (*(f"{cell}{start}" for cell in CELLS for start in ("", " open")), "lstm wide")
RATES = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
LENGTHS = (10, 20, 40)
SEEDS = (0, 1, 2)
UPDATES = 200
TRAINING = 303  # seed of the sequences that all nets learn from
JUDGES = {"validation": 101, "test": 202}  # seeds of the sequences that judge


def draw_sequences(
    count: int, steps: int, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return sequences ``(count, steps, 2)`` of numbers and marks, and targets ``(count,)``.

    The numbers are uniform between -1 and 1.

    Raises:
        ValueError: if there are fewer than two steps.
    """
    if steps < 2:
        raise ValueError(f"the mark lies in the first half: take at least 2 steps, got {steps}")
    numbers = 2 * torch.rand(count, steps, generator=generator) - 1
    at = torch.randint(steps // 2, (count,), generator=generator)
    marks = nn.functional.one_hot(at, steps).float()
    return torch.stack([numbers, marks], dim=2), (numbers * marks).sum(1)


class Carrier(nn.Module):
    """A recurrent layer, read as a loop, and one number that is read off its last state.

    Args:
        arm: one of :data:`ARMS`. An open cell keeps its state at first: the biases of the forget
            gate of an LSTM and of the update gate of a GRU add up to 1, or to 3 if it is wide,
            and an RNN begins with the identity for ``W_hh`` and no biases.

    >>> Carrier("lstm open")(torch.zeros(5, 3, 2)).shape
    torch.Size([5])
    """

    def __init__(self, arm: str) -> None:
        super().__init__()
        if arm not in ARMS:
            raise ValueError(f"there is no arm {arm!r}: take one of {', '.join(ARMS)}")
        self.kind, _, start = arm.partition(" ")
        self.cell = CELLS[self.kind](2, HIDDEN[self.kind], batch_first=True)
        self.out = nn.Linear(HIDDEN[self.kind], 1)
        if start:
            open_up(self.cell, BIASES[start])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return a number for each sequence, ``(sequences,)``."""
        zeros = x.new_zeros(len(x), HIDDEN[self.kind])
        starts = (zeros,) * (2 if self.kind == "lstm" else 1)
        # Our own loops, since vmap does not know torch's: many nets are trained in one call.
        h = LOOPS[self.kind](x, *starts, *self.cell.parameters())[1]
        return self.out(h)[:, 0]


@torch.no_grad()
def open_up(cell: nn.RNNBase, amount: float) -> None:
    """Let a layer begin by keeping its state, as :class:`Carrier` says.

    Args:
        cell: an RNN, an LSTM or a GRU with one layer.
        amount: the sum of the two biases of the gate that keeps; an RNN has none.
    """
    biases = cell.bias_ih_l0, cell.bias_hh_l0
    if isinstance(cell, nn.RNN):
        cell.weight_hh_l0.copy_(torch.eye(cell.hidden_size))
        for bias in biases:
            bias.zero_()
        return
    # i, f, g, o in an LSTM, r, z, n in a GRU: the second block is the gate that keeps.
    for bias, value in zip(biases, (amount, 0.0), strict=True):
        bias[cell.hidden_size : 2 * cell.hidden_size] = value


def train_carriers(
    arm: str,
    steps: int,
    *,
    rates: Sequence[float],
    seeds: Sequence[int],
    updates: int = UPDATES,
    device: torch.device | str = "cpu",
) -> list[Carrier]:
    """Return a net for each pair of a rate and a seed; all have seen the same fresh sequences.

    Args:
        arm: one of :data:`ARMS`.
        steps: of the sequences.
        rates: a rate of Adam for each net.
        seeds: of the first weights and of the order, one for each net.
        updates: steps of Adam, with 32 sequences each.
        device: where to train.
    """
    train = draw_sequences(32 * updates, steps, torch.Generator().manual_seed(TRAINING))
    nets, generators = [], []
    for seed in seeds:
        generators.append(seeded(seed))
        nets.append(Carrier(arm).to(device))
    fit_together(
        nets,
        tuple(part.to(device) for part in train),
        loss=F.mse_loss,
        rates=rates,
        epochs=1,
        batch_size=32,
        generators=generators,
    )
    return nets


@torch.no_grad()
def share_of_guess(net: nn.Module, steps: int, judge: str) -> float:
    """Return the squared error as a share of that of the best constant guess, which is 0.

    Args:
        net: maps sequences to numbers.
        steps: of the sequences.
        judge: which sequences, ``"validation"`` or ``"test"``.
    """
    where = next(net.parameters()).device
    x, target = draw_sequences(500, steps, torch.Generator().manual_seed(JUDGES[judge]))
    errors = (net(x.to(where)).cpu() - target).square().mean()
    return (errors / target.square().mean()).item()


def run(arm: str, steps: int) -> dict:
    """Return what each rate costs on validation sequences, the best one, and a test share a seed.

    The shares are those of :func:`share_of_guess`.
    """
    pairs = [(lr, seed) for lr in RATES for seed in SEEDS]
    rates, seeds = zip(*pairs, strict=True)
    nets = train_carriers(arm, steps, rates=rates, seeds=seeds)
    tried = [
        sum(share_of_guess(net, steps, "validation") for net in row) / len(SEEDS)
        for row in batched(nets)
    ]
    best = tried.index(min(tried))
    tests = [share_of_guess(net, steps, "test") for net in batched(nets)[best]]
    return {
        "tried": [round(share, 4) for share in tried],
        "rate": RATES[best],
        "shares": [round(share, 4) for share in tests],
    }


def batched(nets: list[Carrier]) -> list[list[Carrier]]:
    """Return the nets of each rate."""
    size = len(SEEDS)
    return [nets[start : start + size] for start in range(0, len(nets), size)]


def load_runs() -> dict[str, dict[int, dict]]:
    """Return what the sweep found: by arm and steps, ``tried``, ``rate`` and ``shares``."""
    found = json.loads(FILE.read_text(encoding="ascii"))
    return {
        arm: {int(steps): point for steps, point in points.items()}
        for arm, points in found.items()
    }
