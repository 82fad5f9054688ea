"""A character model with any recurrent cell of torch: training, and how well it foresees."""

import math
from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import nn

from utils.data.texts import streams, windows
from utils.memory import keep_freed_memory

CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
State = torch.Tensor | tuple[torch.Tensor, torch.Tensor] | None


class CharacterModel(nn.Module):
    """Look up a vector for each character, read these with a cell, score what comes next.

    Attributes:
        lookup: ``nn.Embedding``, a vector of ``width`` numbers for each character.
        cell: the recurrent layer, which carries the state.
        scores: ``nn.Linear`` from a state to a logit for each character.

    >>> model = CharacterModel(5, hidden=4, width=3)
    >>> logits, state = model(torch.tensor([[0, 1, 2]]))
    >>> logits.shape, state.shape
    (torch.Size([1, 3, 5]), torch.Size([1, 1, 4]))
    """

    def __init__(
        self, vocabulary_size: int, *, hidden: int = 128, width: int = 32, cell: str = "rnn"
    ) -> None:
        """Make a model with one recurrent layer.

        Args:
            vocabulary_size: how many characters there are.
            hidden: numbers in the state.
            width: numbers that stand for a character.
            cell: ``"rnn"``, ``"lstm"`` or ``"gru"``.

        Raises:
            ValueError: if there is no such cell.
        """
        super().__init__()
        if cell not in CELLS:
            raise ValueError(f"cell must be one of {', '.join(CELLS)}, got {cell!r}")
        self.lookup = nn.Embedding(vocabulary_size, width)
        self.cell = CELLS[cell](width, hidden, batch_first=True)
        self.scores = nn.Linear(hidden, vocabulary_size)

    def forward(self, ids: torch.Tensor, state: State = None) -> tuple[torch.Tensor, State]:
        """Read ids ``(rows, steps)``; return logits ``(rows, steps, vocabulary)`` and the state.

        Args:
            ids: int64; ``logits[n, t]`` scores what follows ``ids[n, t]``.
            state: what the cell of torch takes and returns; zeros by default.
        """
        states, state = self.cell(self.lookup(ids), state)
        return self.scores(states), state


def detached(state: State) -> State:
    """Return a state that gradients do not pass: the numbers go on, the graph ends."""
    if isinstance(state, tuple):
        return tuple(part.detach() for part in state)
    return None if state is None else state.detach()


def train_language_model(
    model: nn.Module,
    ids: torch.Tensor,
    *,
    epochs: int,
    length: int = 32,
    batch: int = 64,
    lr: float = 0.02,
    max_norm: float = 1.0,
    carry: bool = False,
    generator: torch.Generator,
) -> list[float]:
    """Train by Adam with clipped gradients and a rate that falls to zero in a straight line.

    Args:
        model: maps ids and a state to logits and a state, as :class:`CharacterModel` does.
        ids: the training text, int64 ``(characters,)``, on the model's device.
        epochs: passes over the text.
        length: characters in a window, which is as far as gradients go back.
        batch: windows in a step.
        lr: the rate of the first step.
        max_norm: how long the gradient of all weights may be; longer ones are shortened.
        carry: whether a window starts with the state that the one before has left. Windows are
            then read in the order of the text, else in a random one and from a state of zeros.
        generator: on the CPU, for the order.

    Returns:
        The loss of each step, in nats a character.

    Raises:
        FloatingPointError: if a loss or a gradient is infinite or NaN.
    """
    keep_freed_memory()
    optimizer = torch.optim.Adam(model.parameters(), lr)
    passes = [_passing(ids, length, batch, carry, generator) for _ in range(epochs)]
    passes = [list(one) for one in passes]
    left, total, losses = sum(map(len, passes)), sum(map(len, passes)), []
    model.train()
    for one in passes:
        state = None
        for inputs, targets in one:
            optimizer.param_groups[0]["lr"] = lr * left / total
            left -= 1
            logits, after = model(inputs, state)
            state = detached(after) if carry else None
            loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
            optimizer.zero_grad()
            loss.backward()
            norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm)
            losses.append(loss.item())
            if not math.isfinite(losses[-1]) or not math.isfinite(norm.item()):
                raise FloatingPointError(
                    f"step {len(losses)}: loss {losses[-1]}, length of the gradient "
                    f"{norm.item()}: lower the learning rate"
                )
            optimizer.step()
    return losses


def _passing(
    ids: torch.Tensor, length: int, batch: int, carry: bool, generator: torch.Generator
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    return streams(ids, length, batch) if carry else windows(ids, length, batch, generator)


@torch.no_grad()
def losses_by_place(
    model: nn.Module, ids: torch.Tensor, *, length: int = 64, batch: int = 16, carry: bool = True
) -> torch.Tensor:
    """Return the mean cross-entropy in nats at each place of a window, float64 ``(length,)``.

    Args:
        model: as in :func:`train_language_model`.
        ids: a text that it was not trained on, int64 ``(characters,)``, on its device.
        length: characters in a window.
        batch: parts of the text that are read side by side.
        carry: whether the state goes on from window to window, or begins with zeros each time.
    """
    was_training = model.training
    model.eval()
    state, parts = None, []
    for inputs, targets in streams(ids, length, batch):
        logits, state = model(inputs, state if carry else None)
        parts.append(F.cross_entropy(logits.movedim(2, 1), targets, reduction="none"))
    model.train(was_training)
    return torch.cat(parts).cpu().double().mean(0)


def mean_loss(model: nn.Module, ids: torch.Tensor, **how: object) -> float:
    """Return the mean cross-entropy in nats a character; arguments as :func:`losses_by_place`."""
    return losses_by_place(model, ids, **how).mean().item()


@torch.no_grad()
def loss_of_later_halves(
    model: nn.Module, ids: torch.Tensor, *, length: int = 64
) -> tuple[float, slice]:
    """Return a mean cross-entropy in nats of characters with half a window or more before them.

    Windows overlap by half, and the later half of each is judged. So a model that begins each
    window anew can be compared with one that sees its full context at each character.

    Args:
        model: as in :func:`train_language_model`.
        ids: a text that it was not trained on, int64 ``(characters,)``, on its device.
        length: characters in a window, an even number.

    Returns:
        The mean, and which characters of ``ids`` were judged.
    """
    half = length // 2
    if length % 2 or len(ids) <= length:
        raise ValueError(f"length must be even and below the {len(ids)} characters, got {length}")
    was_training = model.training
    model.eval()
    windows = ids.unfold(0, length + 1, half)
    logits = model(windows[:, :-1])[0][:, half:]
    model.train(was_training)
    loss = F.cross_entropy(logits.movedim(2, 1), windows[:, half + 1 :])
    return loss.item(), slice(half + 1, half * (len(windows) + 1) + 1)


def perplexity(nats: float) -> float:
    """Return among how many equally likely characters a guess would be as hard.

    >>> round(perplexity(math.log(42)), 9)
    42.0
    """
    return math.exp(nats)


def bits(nats: float) -> float:
    """Return a cross-entropy in bits: a fair coin takes one.

    >>> bits(math.log(8))
    3.0
    """
    return nats / math.log(2)
