"""Pair merger: a sentence whose most frequent pairs become tokens, one after the other."""

from collections import Counter

import traitlets

from utils.sequences.bpe import merge, split_words, train
from utils.widgets.kit.base import BookWidget

LONGEST = 48  # bytes of the sentence
MOST = 40  # merges; no sentence of this length has as many


class Sentence(traitlets.TraitType):
    """Printable characters, at least one, in at most 48 bytes of UTF-8."""

    info_text = f"1 to {LONGEST} bytes of printable characters"

    def validate(self, obj: object, value: object) -> str:
        """Return the sentence, or raise a TraitError."""
        if not isinstance(value, str) or not value or not value.isprintable():
            self.error(obj, value)
        if len(value.encode()) > LONGEST:
            self.error(obj, value)
        return value


class PairMerger(BookWidget):
    """Which pair is merged next, and how many tokens are left?

    Attributes:
        text: the sentence.
        step: how many merges were made; learning may end earlier.
        apart: whether tokens end where words end.

    >>> demo = PairMerger(text="low low lower new", step=2)
    >>> demo.tokens[:4], demo.pairs[0]
    (['low', ' ', 'low', ' '], ((' ', 'low'), 2))
    """

    module = "pair_merger/view"
    heights = 551, 698
    summary = (
        "A sentence as a row of tokens in colours, bars for the pairs of neighbours that stand "
        "there most often, and the tokens learned so far."
    )

    text = Sentence("how much wood would a woodchuck chuck").tag(sync=True)
    step = traitlets.Int(4, min=0, max=MOST).tag(sync=True)
    apart = traitlets.Bool(True).tag(sync=True)

    def _learned(self) -> tuple[list[list[int]], list[bytes]]:
        """The ids of each word after the merges, and the bytes of all tokens."""
        learned = train(self.text, self.step, within_words=self.apart)
        words = [list(w.encode()) for w in (split_words(self.text) if self.apart else [self.text])]
        for new, pair in enumerate(learned.merges, start=256):
            words = [merge(word, pair, new) for word in words]
        return words, learned.tokens

    @property
    def tokens(self) -> list[str]:
        """The tokens that are left, in a row; a part of a character is a hexadecimal number."""
        words, tokens = self._learned()
        return [shown(tokens[index]) for word in words for index in word]

    @property
    def learned(self) -> list[str]:
        """The tokens that were learned."""
        return [shown(token) for token in self._learned()[1][256:]]

    @property
    def pairs(self) -> list[tuple[tuple[str, str], int]]:
        """The pairs of neighbours and how often they occur; the first is merged next."""
        words, tokens = self._learned()
        counts = Counter(pair for word in words for pair in zip(word, word[1:], strict=False))
        ranked = sorted(counts, key=lambda pair: (-counts[pair], pair))
        return [((shown(tokens[a]), shown(tokens[b])), counts[a, b]) for a, b in ranked]


def shown(token: bytes) -> str:
    """Return the text of a token, or its bytes in hexadecimal if it is none."""
    try:
        return token.decode()
    except UnicodeDecodeError:
        return token.hex().upper()
