"""Checks for the exercises of the page on language data, and its answer fields."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.exercises.language_data_claims import CLAIMS, draw_cuts
from utils.exercises.language_data_sheets import measures_sheet, merges_sheet, predict_sheet
from utils.sequences.bpe import train

IGNORED = -100  # what F.cross_entropy leaves out


@exercise
def check_merges(answers: Sequence) -> None:
    """Check exercise 1 by learning the merges."""
    text = "aabaabaab"
    for index, merges in enumerate((2, 3)):
        learned = train(text, merges)
        name = f"the number of tokens after {merges} merges"
        expect_number(name, answers[index], len(learned.encode(text)), within=0)
    right(1)


@exercise
def check_measures(answers: Sequence) -> None:
    """Check exercise 2: bits a character, and the gradient of a table."""
    expect_number("the number of bits", answers[0], torch.tensor(64.0).log2() / 3)
    table = torch.zeros(10, 4, requires_grad=True)
    F.embedding(torch.tensor([3, 3, 7, 3]), table).sum().backward()
    expect_number("the number of rows", answers[1], table.grad.any(1).sum(), within=0)
    expect_number("the gradient of row 3", answers[2], table.grad[3, 0], within=0)
    right(2)


@exercise
def check_mean_loss(mean_loss: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 against ``F.cross_entropy`` with targets that it ignores."""
    draw = torch.Generator().manual_seed(0)
    for lengths in ([3, 5, 2], [4], [1, 6], [2, 2]):
        rows, steps = len(lengths), max(lengths) + 1
        logits = torch.randn(rows, steps, 7, generator=draw)
        targets = torch.randint(7, (rows, steps), generator=draw)
        real = torch.arange(steps) < torch.tensor(lengths)[:, None]
        every = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none")
        every = every.view(rows, steps)
        wanted = F.cross_entropy(logits.flatten(0, 1), targets.where(real, IGNORED).flatten())
        case = f"for lengths {lengths} your answer"
        given = mean_loss(logits.clone(), targets.clone(), torch.tensor(lengths))
        is_one = isinstance(given, (int, float)) or getattr(given, "numel", lambda: 0)() == 1
        expect(is_one, f"{case} must be one number, got {given!r}")
        mistakes = {
            "counts the padding as well": every.mean(),
            "divides by all places": (every * real).sum() / real.numel(),
            "gives each row the same weight": ((every * real).sum(1) / real.sum(1)).mean(),
        }
        for words, number in mistakes.items():
            is_it = _near(given, number) and not _near(number, wanted)
            expect(not is_it, f"{case} {words}")
        expect(_near(given, wanted), f"{case} is not the mean over real tokens")
    right(3)


def _near(one: torch.Tensor | float, other: torch.Tensor) -> bool:
    return abs(float(one) - float(other)) < 1e-5


@exercise
def check_most_frequent(most_frequent: Callable[..., tuple[int, int]]) -> None:
    """Check exercise 4 against counting pair by pair, on random words."""
    draw = random.Random(0)
    tables = [{(1, 2, 2, 2): 1, (1, 2): 1}, {(1, 2): 2, (3, 1, 1): 3}, {(5, 5): 1, (4, 9): 1}]
    for _ in range(40):
        words = (tuple(draw.choices(range(4), k=draw.randint(1, 6))) for _ in range(5))
        tables.append({word: draw.randint(1, 3) for word in words})
    for words in tables:
        counts = Counter()
        for word, times in words.items():
            for at in range(len(word) - 1):
                counts[word[at : at + 2]] += times
        if not counts:
            continue
        most = max(counts.values())
        best = sorted(pair for pair, count in counts.items() if count == most)
        case = f"for {words} your answer"
        given = most_frequent(dict(words))
        is_pair = isinstance(given, (tuple, list)) and len(given) == 2
        expect(is_pair, f"{case} must be a pair of ids, got {given!r}")
        expect(tuple(given) in counts, f"{case} is no pair of neighbours: {given!r}")
        seen = counts[tuple(given)]
        expect(seen == most, f"{case} occurs {seen} times, and {best[0]} {most} times")
        expect(tuple(given) == best[0], f"{case} is no smaller than {best[0]}, which ties with it")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random texts."""
    expect_tried(claims, CLAIMS, draw_cuts(40), "text")
    right(5)


predict = predict_sheet()
merges = merges_sheet(check_merges)
measures = measures_sheet(check_measures)
