"""Byte-pair encoding: tokens that are learned by merging the most frequent pair, again and again.

The base vocabulary is the 256 bytes, so that any text can be written. Source: R. Sennrich,
B. Haddow and A. Birch, https://arxiv.org/abs/1508.07909; on bytes as in GPT-2.
"""

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import torch

BYTES = 256
Pair = tuple[int, int]

# Letters and digits, or other signs, each with one space before it; further white space alone.
_WORDS = re.compile(r" ?\w+| ?[^\w\s]+|\s+(?!\S)|\s+")


def split_words(text: str) -> list[str]:
    """Return the parts that tokens may not cross: words with the space before them, signs, space.

    >>> split_words("oh dear!  oh")
    ['oh', ' dear', '!', ' ', ' oh']
    """
    return _WORDS.findall(text)


def merge(ids: Sequence[int], pair: Pair, new: int) -> list[int]:
    """Return ids in which each ``pair`` has become ``new``, from left to right.

    >>> merge([7, 7, 7, 5], (7, 7), 256)
    [256, 7, 5]
    """
    merged: list[int] = []
    at = 0
    while at < len(ids):
        found = tuple(ids[at : at + 2]) == pair
        merged.append(new if found else ids[at])
        at += 2 if found else 1
    return merged


class BytePairs:
    """Learned merges, and how text becomes tokens with them and text again.

    Attributes:
        merges: the pairs in the order they were learned; pair ``n`` makes the id ``256 + n``.
        tokens: the bytes of each id.

    >>> tokens = BytePairs([(104, 101), (116, 256)])
    >>> tokens.tokens[256:], tokens.encode("the he").tolist()
    ([b'he', b'the'], [257, 32, 256])
    >>> tokens.decode([257, 32, 256])
    'the he'
    """

    def __init__(self, merges: Iterable[Pair]) -> None:
        """Take the merges; raise ``ValueError`` if one uses an id that is made later, or twice."""
        self.merges = [(int(left), int(right)) for left, right in merges]
        self.tokens = [bytes([byte]) for byte in range(BYTES)]
        for pair in self.merges:
            if not all(0 <= part < len(self.tokens) for part in pair):
                raise ValueError(
                    f"merge {len(self.tokens) - BYTES} joins {pair}, but the ids so far lie "
                    f"between 0 and {len(self.tokens) - 1}: give merges as they were learned"
                )
            self.tokens.append(self.tokens[pair[0]] + self.tokens[pair[1]])
        self._ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        if len(self._ranks) < len(self.merges):
            raise ValueError(
                "a pair is merged twice: it cannot be met again after its first merge"
            )
        self._known: dict[bytes, list[int]] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def encode(self, text: str | bytes) -> torch.Tensor:
        """Return the ids of a text, or of any bytes, int64 ``(tokens,)`` on the CPU.

        Raises:
            ValueError: if the text has half of a surrogate pair, which UTF-8 cannot write.
        """
        # Bytes that are no UTF-8 travel through the text as escapes, and come back as they were.
        if isinstance(text, bytes):
            text = text.decode("utf-8", "surrogateescape")
        parts = [word.encode("utf-8", "surrogateescape") for word in split_words(text)]
        for part in parts:
            if part not in self._known:
                self._known[part] = self._encode_word(part)
        return torch.tensor([i for part in parts for i in self._known[part]], dtype=torch.int64)

    def _encode_word(self, word: bytes) -> list[int]:
        ids = list(word)
        while pairs := set(zip(ids, ids[1:], strict=False)) & self._ranks.keys():
            first = min(pairs, key=self._ranks.__getitem__)
            ids = merge(ids, first, BYTES + self._ranks[first])
        return ids

    def decode_bytes(self, ids: Iterable[int]) -> bytes:
        """Return the bytes of ids, a 1-D tensor or a list of integers.

        Raises:
            ValueError: if an id is outside the vocabulary.
        """
        numbers = ids.tolist() if isinstance(ids, torch.Tensor) else list(ids)
        for number in numbers:
            if number not in range(len(self)):
                raise ValueError(f"ids lie between 0 and {len(self) - 1}, got {number!r}")
        return b"".join(self.tokens[number] for number in numbers)

    def decode(self, ids: Iterable[int]) -> str:
        """Return the text of ids; bytes that are no UTF-8 become the sign U+FFFD."""
        return self.decode_bytes(ids).decode("utf-8", "replace")


def train(text: str, merges: int, *, within_words: bool = True) -> BytePairs:
    """Learn merges from a text: each time the pair of neighbours that occurs most often.

    Among pairs that occur equally often the one with the smaller first id wins, then the one with
    the smaller second id. Learning ends early when no pair occurs twice. Overlapping pairs count,
    so ``aaa`` holds ``aa`` twice.

    Only words that hold the pair are counted again. The rest stays as it was, which is what makes
    this fast; the result is that of counting everything anew.

    Args:
        text: what to learn from.
        merges: how many tokens to add to the 256 bytes, at least 0.
        within_words: whether tokens end where :func:`split_words` cuts.

    Raises:
        ValueError: if ``merges`` is negative.
    """
    if merges < 0:
        raise ValueError(f"merges must be at least 0, got {merges}")
    counted = Counter(split_words(text) if within_words else [text])
    words = [list(word.encode("utf-8")) for word in counted]
    times = list(counted.values())
    counts: Counter[Pair] = Counter()
    places: dict[Pair, set[int]] = defaultdict(set)

    def enter(index: int, sign: int) -> set[Pair]:
        """Add the pairs of a word to the counts, or take them out; return them."""
        pairs = Counter(zip(words[index], words[index][1:], strict=False))
        for pair, number in pairs.items():
            counts[pair] += sign * number * times[index]
            (places[pair].add if sign > 0 else places[pair].discard)(index)
        return set(pairs)

    for index in range(len(words)):
        enter(index, 1)
    # Counts in the heap may be old: then the pair has been pushed again with its count of today.
    heap = [(-count, pair) for pair, count in counts.items()]
    heapq.heapify(heap)
    learned: list[Pair] = []
    while heap and len(learned) < merges:
        count, pair = heapq.heappop(heap)
        if -count != counts[pair]:
            continue
        if counts[pair] < 2:
            break
        changed: set[Pair] = set()
        for index in sorted(places[pair]):
            changed |= enter(index, -1)
            words[index] = merge(words[index], pair, BYTES + len(learned))
            changed |= enter(index, 1)
        learned.append(pair)
        for other in changed:
            heapq.heappush(heap, (-counts[other], other))
    return BytePairs(learned)
