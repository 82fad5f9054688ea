"""Character models with three cells and equally many weights: how well they foresee a text.

What the whole sweep found lies in ``cell_runs.json``; ``python -m tools.train_characters`` writes
it. Each point is trained with its own learning rate, which a part of the training text has chosen.
"""

import json
from pathlib import Path

import torch

from utils.data.texts import Vocabulary, load_text, split_by_place
from utils.repro import seeded
from utils.sequences.language_model import CELLS, CharacterModel, mean_loss, train_language_model

FILE = Path(__file__).with_name("cell_runs.json")
WEIGHTS = 27_500  # nn.RNN with 128 hidden numbers has 27,498
WIDTH = 32
RATES = (0.01, 0.02, 0.04, 0.08)
EPOCHS = (2, 8)
SEEDS = (0, 1, 2)


def parts(device: torch.device | str = "cpu") -> tuple[Vocabulary, tuple[torch.Tensor, ...]]:
    """Return the vocabulary of *Alice* and three parts: most of it, a tenth of that, a tenth.

    The middle part chooses learning rates, the last one is what a model is judged by.
    """
    text = load_text("alice")
    vocabulary = Vocabulary(text)
    train, held_out = split_by_place(vocabulary.encode(text).to(device))
    return vocabulary, (*split_by_place(train), held_out)


def hidden_for(cell: str, weights: int, *, characters: int, width: int = WIDTH) -> int:
    """Return the most hidden numbers with which a character model has at most ``weights`` weights.

    Args:
        cell: ``"rnn"``, ``"lstm"`` or ``"gru"``.
        weights: the budget, biases included.
        characters: size of the vocabulary.
        width: numbers that stand for a character.

    Raises:
        ValueError: if there is no such cell, or not even one hidden number fits.

    >>> [hidden_for(cell, 27_500, characters=42) for cell in CELLS]
    [128, 61, 72]
    """
    if cell not in CELLS:
        raise ValueError(f"cell must be one of {', '.join(CELLS)}, got {cell!r}")
    gates = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    hidden = 0
    while _weights(gates, hidden + 1, characters, width) <= weights:
        hidden += 1
    if not hidden:
        raise ValueError(f"{weights} weights are too few for a model of {characters} characters")
    return hidden


def _weights(gates: int, hidden: int, characters: int, width: int) -> int:
    cell = gates * hidden * (hidden + width + 2)
    return cell + characters * width + characters * (hidden + 1)


def train_characters(
    cell: str,
    train: torch.Tensor,
    *,
    characters: int,
    epochs: int,
    lr: float,
    seed: int,
) -> CharacterModel:
    """Return a trained model with about :data:`WEIGHTS` weights, on the device of ``train``.

    Args:
        cell: ``"rnn"``, ``"lstm"`` or ``"gru"``.
        train: ids, int64 ``(characters,)``.
        characters: size of the vocabulary.
        epochs: passes over the text.
        lr: the rate of the first step.
        seed: of the first weights and of the order.
    """
    generator = seeded(seed)
    hidden = hidden_for(cell, WEIGHTS, characters=characters)
    model = CharacterModel(characters, hidden=hidden, width=WIDTH, cell=cell).to(train.device)
    how = {"epochs": epochs, "length": 24, "batch": 128, "lr": lr, "generator": generator}
    train_language_model(model, train, **how)
    return model


def run(cell: str, *, epochs: int) -> dict:
    """Return the rate that the middle part chooses, and a held-out loss in nats for each seed.

    The first seed chooses; then all that is not held out is learned from.
    """
    vocabulary, (train, validation, held_out) = parts()
    how = {"characters": len(vocabulary), "epochs": epochs}
    tried = [
        mean_loss(train_characters(cell, train, lr=lr, seed=SEEDS[0], **how), validation)
        for lr in RATES
    ]
    lr = RATES[tried.index(min(tried))]
    whole = torch.cat([train, validation])
    losses = [
        mean_loss(train_characters(cell, whole, lr=lr, seed=seed, **how), held_out)
        for seed in SEEDS
    ]
    return {
        "tried": [round(loss, 4) for loss in tried],
        "rate": lr,
        "losses": [round(loss, 4) for loss in losses],
    }


def load_runs() -> dict[str, dict[int, dict]]:
    """Return what the sweep found: by cell and epochs, ``tried``, ``rate`` and ``losses``."""
    found = json.loads(FILE.read_text(encoding="ascii"))
    return {
        cell: {int(epochs): point for epochs, point in points.items()}
        for cell, points in found.items()
    }
