"""The net of the demo, as plain numbers, and what it answers.

``python -m tools.train_attention`` trains it and writes ``net.json``.
"""

import functools
import json
import math
from pathlib import Path

import torch

from utils.sequences.attention import attend, attention_weights, causal_mask, sinusoid
from utils.sequences.reversal import BASE, LENGTH, LETTERS, WIDTH

FILE = Path(__file__).with_name("net.json")
# The name in the file, the name in the state of the net, and the numbers in a row.
PARTS = {
    "letters": ("letters.weight", WIDTH),
    "query": ("query.weight", WIDTH),
    "key": ("key.weight", WIDTH),
    "value": ("value.weight", WIDTH),
    "out": ("out.weight", WIDTH),
    "bias": ("out.bias", len(LETTERS)),
}

Parts = dict[str, torch.Tensor]


@functools.cache
def packed() -> dict[str, list[list[float]]]:
    """Return the weights of the net, rows of numbers by name."""
    return json.loads(FILE.read_text(encoding="ascii"))


def unpacked() -> Parts:
    """Return the weights as float64 tensors, one ``(rows, columns)`` a name."""
    return {name: torch.tensor(rows, dtype=torch.float64) for name, rows in packed().items()}


def look_up(
    parts: Parts, word: torch.Tensor, *, sharpness: float, positions: bool, causal: bool
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the weights, ``(LENGTH, LENGTH)``, and the logits, ``(LENGTH, letters)``.

    Args:
        parts: as :func:`unpacked` gives them.
        word: indices of letters, int64 ``(LENGTH,)``.
        sharpness: what the divided scores are multiplied by.
        positions: whether the waves of the places are added.
        causal: whether a place sees no later letter.
    """
    x = parts["letters"][word]
    if positions:
        x = x + sinusoid(LENGTH, WIDTH, base=BASE, dtype=torch.float64)
    Q, K, V = (x @ parts[name].T for name in ("query", "key", "value"))
    options = {
        "mask": causal_mask(LENGTH) if causal else None,
        "scale": sharpness / math.sqrt(WIDTH),
    }
    logits = attend(Q, K, V, **options) @ parts["out"].T + parts["bias"]
    return attention_weights(Q, K, **options), logits


def answer_of(parts: Parts, word: torch.Tensor) -> torch.Tensor:
    """Return the letters that the whole net names, int64 ``(LENGTH,)``."""
    return look_up(parts, word, sharpness=1.0, positions=True, causal=False)[1].argmax(1)
