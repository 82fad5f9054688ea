"""A toy translation: numbers in old-fashioned words into digits, by an encoder and a decoder.

"Three hundred four and twenty" is 324: words change places, zeros must be put in, and *hundred*
says where. All sentences are padded to one length.

>>> " ".join(in_words(324)), by_dictionary(in_words(324))
('three hundred four and twenty', '342')
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from utils.repro import seeded
from utils.sequences.attention import causal_mask, padding_mask, sinusoid
from utils.sequences.transformer import Block

_NAMES = """one two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
    twenty thirty forty fifty sixty seventy eighty ninety"""
SMALL, TENS = _NAMES.split()[:19], _NAMES.split()[19:]
WORDS = ("<pad>", *SMALL, *TENS, "and", "hundred", "thousand")
PAD, START, END = 10, 11, 12  # tokens of the answer beside its digits 0 to 9
MOST = 9999
LONGEST = 4 + 1  # digits of an answer and its end
BASE = 100.0  # of the waves: a dozen places need no slow ones
TRAINED_ON = 2000  # numbers; the others are held out


def in_words(number: int) -> list[str]:
    """Return a number from 1 to 9999 in words, the ones before the tens.

    Raises:
        ValueError: if the number is outside that range.
    """
    if not 1 <= number <= MOST:
        raise ValueError(f"number must be from 1 to {MOST}, got {number}")
    words = []
    for size, name in ((1000, "thousand"), (100, "hundred")):
        count, number = divmod(number, size)
        words += [SMALL[count - 1], name] if count else []
    tens, ones = divmod(number, 10)
    if tens < 2:
        return words + ([SMALL[number - 1]] if number else [])
    return words + ([SMALL[ones - 1], "and"] if ones else []) + [TENS[tens - 2]]


def by_dictionary(words: list[str]) -> str:
    """Return the best that a dictionary can do: each word's own digits, in their order."""
    digits = {word: str(number) for number, word in enumerate(SMALL, start=1)}
    digits |= {word: str(number) for number, word in enumerate(TENS, start=2)}
    return "".join(digits.get(word, "") for word in words)


def all_by_dictionary(numbers: torch.Tensor) -> list[str]:
    """Return what the dictionary makes of numbers in words."""
    return [by_dictionary(in_words(number)) for number in numbers.tolist()]


def sources(numbers: torch.Tensor) -> torch.Tensor:
    """Return the words of numbers as indices, 0 behind the end, int64 ``(count, 7)``."""
    rows = torch.zeros(len(numbers), 7, dtype=torch.int64)  # 9999 takes seven words
    for row, number in zip(rows, numbers.tolist(), strict=True):
        words = in_words(number)
        row[: len(words)] = torch.tensor([WORDS.index(word) for word in words])
    return rows


def targets(numbers: torch.Tensor) -> torch.Tensor:
    """Return start, digits, end, and padding to one length, int64 ``(count, LONGEST + 1)``."""
    rows = torch.full((len(numbers), LONGEST + 1), PAD)
    for row, number in zip(rows, numbers.tolist(), strict=True):
        tokens = [START, *map(int, str(number)), END]
        row[: len(tokens)] = torch.tensor(tokens)
    return rows


def split_numbers(seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the numbers to learn from, ``(TRAINED_ON,)``, and all others from 1 to 9999."""
    order = 1 + torch.randperm(MOST, generator=torch.Generator().manual_seed(seed))
    return order[:TRAINED_ON], order[TRAINED_ON:]


class Translator(nn.Module):
    """An encoder that reads words, and a decoder that writes digits and looks at what was read.

    Args:
        width: numbers a token.
        heads: attentions in each block; there is one block on each side.
    """

    def __init__(self, width: int = 32, heads: int = 2) -> None:
        super().__init__()
        self.words, self.digits = nn.Embedding(len(WORDS), width), nn.Embedding(END + 1, width)
        self.encoder = Block(width, heads, ratio=2)
        self.decoder = Block(width, heads, ratio=2, cross=True)
        self.read_norm, self.norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.scores = nn.Linear(width, END + 1)

    def forward(self, source: torch.Tensor, said: torch.Tensor) -> torch.Tensor:
        """Return logits of the next token at each place, ``(batch, L, 13)``.

        Args:
            source: words, ``(batch, S)``, 0 where there is none.
            said: what was written so far, ``(batch, L)``, :data:`START` first.
        """
        memory, real = self.read(source)
        x, mask = self.placed(self.digits(said)), causal_mask(said.shape[1], device=said.device)
        x = self.decoder(x, mask, memory=memory, memory_mask=real)
        return self.scores(self.norm(x))

    def read(self, source: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the memory, ``(batch, S, width)``, and where it has words, ``(batch, 1, S)``."""
        real = padding_mask((source > 0).sum(1), source.shape[1])
        return self.read_norm(self.encoder(self.placed(self.words(source)), real)), real

    def placed(self, x: torch.Tensor) -> torch.Tensor:
        """Add to each token the waves of its place."""
        return x + sinusoid(*x.shape[1:], base=BASE, device=x.device)


def train_translator(
    numbers: torch.Tensor,
    *,
    seed: int,
    steps: int = 160,
    lr: float = 0.01,
    device: torch.device | str = "cpu",
) -> Translator:
    """Return a net that was shown the right beginning at each place, and asked what comes next.

    Args:
        numbers: to learn from; each step draws 128 of them.
        seed: of the first weights and of the order.
        steps: updates by Adam.
        lr: its first rate, which falls to 0 along a cosine.
        device: where to train.
    """
    generator, net = seeded(seed), Translator().to(device)
    read, wanted = sources(numbers).to(device), targets(numbers).to(device)
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(steps):
        rows = torch.randint(len(numbers), (128,), generator=generator).to(device)
        logits = net(read[rows], wanted[rows, :-1])
        loss = F.cross_entropy(logits.movedim(2, 1), wanted[rows, 1:], ignore_index=PAD)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return net.eval()


@torch.no_grad()
def translate(net: Translator, numbers: torch.Tensor) -> list[str]:
    """Return what a net writes for numbers in words, the likeliest token each time."""
    device = next(net.parameters()).device
    source = sources(numbers).to(device)
    said = torch.full((len(numbers), 1), START, device=device)
    for _ in range(LONGEST):
        following = net(source, said)[:, -1].argmax(1)
        said = torch.cat([said, following[:, None]], 1)
    answers = []
    for row in said[:, 1:].tolist():
        digits = row[: row.index(END)] if END in row else row
        answers.append("".join(str(token) if token < PAD else "?" for token in digits))
    return answers


def share_right(answers: list[str], numbers: torch.Tensor) -> float:
    """Return the share of answers that are right from the first to the last digit."""
    pairs = zip(answers, numbers.tolist(), strict=True)
    return sum(answer == str(number) for answer, number in pairs) / len(answers)
