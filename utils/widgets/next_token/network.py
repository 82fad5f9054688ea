"""The demo's transformer, stored with one byte a weight, and what it makes of a text.

``python -m tools.train_next_token`` trains it and writes ``net.json``. A matrix is kept as whole
numbers from -127 to 127 with a scale for each row; gains, shifts and biases are kept as numbers.
"""

import base64
import functools
import json
from pathlib import Path

import numpy as np
import torch

from utils.data.texts import Vocabulary, load_text
from utils.sequences.attention import causal_mask, sinusoid
from utils.sequences.writer import Writer

FILE = Path(__file__).with_name("net.json")
WIDTH, HEADS, BLOCKS, RATIO = 64, 4, 2, 2
CONTEXT = 64  # characters that it was trained to look back
LARGEST = 127  # of the whole numbers


def pack(writer: Writer) -> dict[str, dict]:
    """Return the weights of a writer as what ``net.json`` holds."""
    matrices, vectors = {}, {}
    for name, part in writer.state_dict().items():
        if part.ndim == 1:
            vectors[name] = [round(value, 4) for value in part.tolist()]
            continue
        scales = [round(value, 6) for value in (part.abs().amax(1) / LARGEST).tolist()]
        whole = (part / torch.tensor(scales)[:, None]).round().clamp(-LARGEST, LARGEST)
        codes = base64.b64encode(whole.to(torch.int8).numpy().tobytes()).decode("ascii")
        matrices[name] = {"scales": scales, "codes": codes}
    return {"matrices": matrices, "vectors": vectors}


@functools.cache
def packed() -> dict[str, dict]:
    """Return the weights as the website carries them."""
    return json.loads(FILE.read_text(encoding="ascii"))


def unpack(parts: dict[str, dict]) -> dict[str, torch.Tensor]:
    """Return what was packed as float64 tensors by name."""
    state = {
        name: torch.tensor(row, dtype=torch.float64) for name, row in parts["vectors"].items()
    }
    for name, matrix in parts["matrices"].items():
        whole = np.frombuffer(base64.b64decode(matrix["codes"]), dtype=np.int8)
        scales = torch.tensor(matrix["scales"], dtype=torch.float64)
        state[name] = torch.tensor(whole).view(len(scales), -1) * scales[:, None]
    return state


@functools.cache
def vocabulary() -> Vocabulary:
    """Return the characters that the net knows, those of the book's text in small letters."""
    return Vocabulary(load_text())


def stored_writer(dtype: torch.dtype = torch.float32) -> Writer:
    """Return the demo's transformer, ready to write; its weights are stored."""
    writer = Writer(len(vocabulary()), width=WIDTH, heads=HEADS, blocks=BLOCKS, ratio=RATIO)
    writer.to(dtype).load_state_dict(unpack(packed()))
    return writer.eval()


@torch.no_grad()
def foreseen(text: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Return logits of the next character, and where each head of each block looks.

    Args:
        text: at least one character that the net knows; the last ``CONTEXT`` of them are read.

    Returns:
        float64 logits, ``(characters,)``, and the weights of the last place,
        ``(blocks, heads, length)``.

    Raises:
        ValueError: if the text is empty or has a character that the net does not know.
    """
    if not text:
        raise ValueError("the net needs a text of at least one character")
    writer = stored_writer(torch.float64)
    ids = vocabulary().encode(text[-CONTEXT:])[None]
    x = writer.lookup(ids) + sinusoid(ids.shape[1], WIDTH, dtype=torch.float64)
    mask, looks = causal_mask(ids.shape[1]), []
    for block in writer.blocks:
        looks.append(block.attention(block.attention_norm(x), mask=mask)[1][0, :, -1])
        x = block(x, mask)
    return writer.scores(writer.norm(x))[0, -1], torch.stack(looks)
