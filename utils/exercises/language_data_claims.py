"""The claims of exercise 5 of the page on language data, and texts to try them on."""

import functools
import random
from collections.abc import Callable
from dataclasses import dataclass

from utils.sequences.bpe import BytePairs, train

LETTERS = "aabbc é\n"


@dataclass
class Cut:
    """Tokens that were learned from one text, and two other texts of the same letters.

    Attributes:
        tokens: the merges, at most 12.
        one: a text.
        other: a text that may follow it.
    """

    tokens: BytePairs
    one: str
    other: str

    def count(self, text: str, merges: int | None = None) -> int:
        """Return how many tokens a text takes, with all merges or with the first few."""
        if merges is None:
            return len(self.tokens.encode(text))
        return len(BytePairs(self.tokens.merges[:merges]).encode(text))


@functools.cache
def draw_cuts(count: int) -> tuple[Cut, ...]:
    """Return tokens and texts, the same at each call."""
    draw = random.Random(0)
    some = (["".join(draw.choices(LETTERS, k=40)) for _ in range(3)] for _ in range(count))
    return tuple(Cut(train(first, 12), one, other) for first, one, other in some)


def _is_text(token: bytes) -> bool:
    try:
        token.decode()
    except UnicodeDecodeError:
        return False
    return True


CLAIMS: dict[str, Callable[[Cut], bool]] = {
    "decoding what was encoded gives the text back": lambda cut: (
        cut.tokens.decode(cut.tokens.encode(cut.one)) == cut.one
    ),
    "one merge more: the text takes no more tokens than before": lambda cut: all(
        cut.count(cut.one, n + 1) <= cut.count(cut.one, n) for n in range(len(cut.tokens.merges))
    ),
    "one merge more: the text takes fewer tokens than before": lambda cut: all(
        cut.count(cut.one, n + 1) < cut.count(cut.one, n) for n in range(len(cut.tokens.merges))
    ),
    "two texts, joined: as many tokens as both apart": lambda cut: (
        cut.count(cut.one + cut.other) == cut.count(cut.one) + cut.count(cut.other)
    ),
    "each token alone can be read as text": lambda cut: all(map(_is_text, cut.tokens.tokens)),
}
