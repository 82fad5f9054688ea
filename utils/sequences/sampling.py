"""Writing a text with a language model: one character after the other, with a temperature."""

import torch
from torch import nn

from utils.data.texts import Vocabulary


def with_temperature(logits: torch.Tensor, temperature: float) -> torch.Tensor:
    """Return ``softmax(logits / temperature)`` over the last axis; 0 is its limit.

    At 0 the largest logit gets everything; largest ones that tie share it.

    Args:
        logits: ``(…, classes)``.
        temperature: at least 0, and finite.

    Raises:
        ValueError: if the temperature is negative, infinite or NaN.

    >>> with_temperature(torch.tensor([0.0, 2.0, 2.0]), 0).tolist()
    [0.0, 0.5, 0.5]
    """
    if not 0 <= temperature < float("inf"):
        raise ValueError(f"temperature must be at least 0 and finite, got {temperature}")
    if temperature == 0:
        top = (logits == logits.amax(-1, keepdim=True)).to(logits.dtype)
        return top / top.sum(-1, keepdim=True)
    # In float64, for float32 would round a very small temperature to 0.
    below = (logits - logits.amax(-1, keepdim=True)).double()
    return (below / temperature).softmax(-1).to(logits.dtype)


@torch.no_grad()
def sample(
    model: nn.Module,
    vocabulary: Vocabulary,
    prompt: str,
    length: int,
    *,
    temperature: float = 1.0,
    generator: torch.Generator,
) -> str:
    """Return a prompt and what a model writes after it.

    Args:
        model: maps ids ``(1, steps)`` and a state to logits and a state.
        vocabulary: of the model.
        prompt: at least one character; the model reads it first.
        length: characters to write.
        temperature: see :func:`with_temperature`.
        generator: on the CPU, where the characters are drawn.

    Raises:
        ValueError: if the prompt is empty or has a character that the vocabulary lacks.
    """
    if not prompt:
        raise ValueError("the model needs a prompt of at least one character")
    where = next(model.parameters()).device
    ids, state = vocabulary.encode(prompt).to(where)[None], None
    written = []
    for _ in range(length):
        logits, state = model(ids, state)
        shares = with_temperature(logits[0, -1].cpu().double(), temperature)
        written.append(torch.multinomial(shares, 1, generator=generator))
        ids = written[-1].to(where)[None]
    return prompt + vocabulary.decode(torch.cat(written) if written else [])
