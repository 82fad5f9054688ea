"""Text as numbers: the book's text, its characters as ids, and windows of them for training.

What a window is to be continued with is the same text, one place later:

>>> inputs, targets = next(streams(torch.arange(9), length=4, batch=2))
>>> inputs.tolist(), targets.tolist()
([[0, 1, 2, 3], [4, 5, 6, 7]], [[1, 2, 3, 4], [5, 6, 7, 8]])
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import torch

from utils.data.registry import CHECKOUT, texts


def load_text(name: str = "alice", *, lower: bool = True) -> str:
    """Return a whole text, with line feeds as in the book it was taken from.

    Args:
        name: one of ``registry.texts()``.
        lower: whether to turn capitals into small letters, so that there are fewer characters.

    Raises:
        ValueError: if there is no such text.
    """
    if name not in texts():
        raise ValueError(f"no text {name!r}: choose one of {', '.join(texts())}")
    # An installed wheel carries the file beside this module; a checkout has it in data/texts/.
    beside = Path(__file__).with_name(f"{name}.txt")
    path = beside if beside.is_file() else CHECKOUT / "data" / "texts" / beside.name
    text = path.read_text(encoding="utf-8")
    return text.lower() if lower else text


class Vocabulary:
    """Characters and their ids, 0, 1, 2, … in the order of their code points.

    Attributes:
        characters: the characters, each at the place of its id.

    >>> vocabulary = Vocabulary("abracadabra")
    >>> len(vocabulary), vocabulary.encode("cab").tolist()
    (5, [2, 0, 1])
    >>> vocabulary.decode([3, 0, 1])
    'dab'
    """

    def __init__(self, text: str) -> None:
        """Take each character that ``text`` has; raise ``ValueError`` if it has none."""
        if not text:
            raise ValueError("a vocabulary needs a text with at least one character")
        self.characters = tuple(sorted(set(text)))
        self._ids = {character: number for number, character in enumerate(self.characters)}

    def __len__(self) -> int:
        return len(self.characters)

    def encode(self, text: str) -> torch.Tensor:
        """Return the ids of a text, int64 ``(characters,)`` on the CPU.

        Raises:
            ValueError: if the text has a character that the vocabulary lacks.
        """
        unknown = sorted(set(text) - set(self.characters))
        if unknown:
            raise ValueError(
                f"the vocabulary has no {', '.join(map(repr, unknown))}: it knows "
                f"{''.join(self.characters)!r} (were capitals made small?)"
            )
        return torch.tensor([self._ids[character] for character in text], dtype=torch.int64)

    def decode(self, ids: Iterable[int]) -> str:
        """Return the text of ids, a 1-D tensor or a list of integers.

        Raises:
            ValueError: if an id is outside the vocabulary.
        """
        numbers = ids.tolist() if isinstance(ids, torch.Tensor) else list(ids)
        for number in numbers:
            if number not in range(len(self)):
                raise ValueError(f"ids lie between 0 and {len(self) - 1}, got {number!r}")
        return "".join(self.characters[number] for number in numbers)


def split_by_place(ids: torch.Tensor, share: float = 0.1) -> tuple[torch.Tensor, torch.Tensor]:
    """Return all but the last part of a text, and that part: sentences next to each other stay.

    Args:
        ids: ``(characters,)``.
        share: of the characters, how many are held out, between 0 and 1 (neither of them).

    Raises:
        ValueError: if one of the parts would be empty.
    """
    cut = len(ids) - round(len(ids) * share)
    if not 0 < cut < len(ids):
        raise ValueError(f"a share of {share} of {len(ids)} characters leaves one part empty")
    return ids[:cut], ids[cut:]


def windows(
    ids: torch.Tensor, length: int, batch: int, generator: torch.Generator
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield one pass over a text in windows that do not overlap, in a random order.

    The first window begins at a random place below ``length``, so that another pass cuts the
    text elsewhere. Windows that fill no batch are left out.

    Args:
        ids: ``(characters,)``, on any device.
        length: characters in a window.
        batch: windows in a batch.
        generator: on the CPU, for the first place and the order.

    Yields:
        Inputs and targets, both ``(batch, length)``: ``targets[n, t]`` follows ``inputs[n, t]``.

    Raises:
        ValueError: if ``length`` or ``batch`` is below 1, or the text too short for one batch.
    """
    _check(ids, length, batch, spare=length)
    first = int(torch.randint(length, (), generator=generator))
    count = (len(ids) - 1 - first) // length
    order = torch.randperm(count, generator=generator).to(ids.device)
    used = ids[first : first + count * length + 1]
    inputs, targets = (part.view(count, length) for part in (used[:-1], used[1:]))
    chosen = (order[start : start + batch] for start in range(0, count - batch + 1, batch))
    return ((inputs[rows], targets[rows]) for rows in chosen)


def streams(
    ids: torch.Tensor, length: int, batch: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield one pass over a text so that each row goes on where it stopped in the batch before.

    The text is cut into ``batch`` long rows, and each yields its windows from left to right; what
    is left over at their ends is left out. So a state can be carried from batch to batch.

    Args:
        ids: ``(characters,)``, on any device.
        length: characters in a window.
        batch: rows that are read side by side.

    Yields:
        Inputs and targets, both ``(batch, length)``, as in :func:`windows`.

    Raises:
        ValueError: if ``length`` or ``batch`` is below 1, or the text too short for one batch.
    """
    _check(ids, length, batch)
    steps = (len(ids) - 1) // (batch * length)
    long = batch * steps * length
    rows = ids[:long].view(batch, -1), ids[1 : long + 1].view(batch, -1)
    return zip(*(part.split(length, dim=1) for part in rows), strict=True)


def _check(ids: torch.Tensor, length: int, batch: int, spare: int = 1) -> None:
    """Refuse what fills no batch; ``spare`` characters may be lost at the start."""
    if ids.ndim != 1:
        raise ValueError(f"ids must be a row of numbers, got shape {tuple(ids.shape)}")
    if length < 1 or batch < 1:
        raise ValueError(f"length and batch must be at least 1, got {length} and {batch}")
    needed = batch * length + spare
    if len(ids) < needed:
        raise ValueError(
            f"{batch} windows of {length} characters need a text of {needed}, got {len(ids)}: "
            "take fewer or shorter windows"
        )
