"""Checks for the exercises of the page on language data, and its answer fields."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.answers import plain
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
def check_targets_of(targets_of: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 token by token, on windows with long, short and cut documents."""
    draw = torch.Generator().manual_seed(0)
    for rows, length, sizes in (
        (1, 6, [3, 3]),
        (2, 5, [4, 1, 1, 4]),
        (3, 4, [12]),
        (2, 1, [1, 1]),
    ):
        windows = torch.randint(1, 9, (rows, length), generator=draw)
        numbers = torch.arange(len(sizes)).repeat_interleave(torch.tensor(sizes))
        numbers = numbers.view(rows, length)
        wanted = torch.full_like(windows, IGNORED)
        for row in range(rows):
            for at in range(length - 1):
                if numbers[row, at] == numbers[row, at + 1]:
                    wanted[row, at] = windows[row, at + 1]
        case = f"for windows {windows.tolist()} of documents {numbers.tolist()} your answer"
        given = targets_of(windows.clone(), numbers.clone())
        expect(isinstance(given, torch.Tensor), f"{case} must be a tensor, got {given!r}")
        shape = tuple(given.shape)
        expect(shape == (rows, length), f"{case} has the shape {shape}")
        expect(bool((given[:, -1] == IGNORED).all()), f"{case} has a target at a window's end")
        border = numbers != numbers.roll(-1, 1)
        expect(bool((given[border] == IGNORED).all()), f"{case} looks across a border")
        expect(torch.equal(given.to(wanted), wanted), f"{case} is {given.tolist()}")
    right(3)


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
        given = plain(most_frequent(dict(words)))
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
