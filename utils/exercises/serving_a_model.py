"""Checks for the exercises of the page on serving a model, and its answer fields."""

import base64
import math
import random
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect_number, expect_numbers, expect_tried, right
from utils.exercises.serving_a_model_sheets import passes_sheet, predict_sheet, sizes_sheet
from utils.serving.abuse import bomb, picture

FIXED, EACH = 4, 1  # milliseconds of a pass, and of each picture in it


@exercise
def check_sizes(answers: Sequence) -> None:
    """Check exercise 1: bytes of rows, signs of base64, bytes of floats."""
    names = "the bytes of the rows", "the signs of base64", "the million bytes of floats"
    wanted = 8 * (8 + 1), 4 * math.ceil(140 / 3), 1000 * 1000 * 3 * 4 / 1e6
    for name, answer, value in zip(names, answers, wanted, strict=True):
        expect_number(name, answer, value, within=0)
    right(1)


@exercise
def check_passes(answers: Sequence) -> None:
    """Check exercise 2: throughput one by one, in batches, and at most."""
    names = "the answers one by one", "the answers in batches", "the number not passed"
    wanted = *(1000 * n / (FIXED + EACH * n) for n in (1, 16)), 1000 / EACH
    for name, answer, value in zip(names, answers, wanted, strict=True):
        expect_number(name, answer, value, within=1e-6)
    right(2)


@exercise
def check_unfiltered(unfiltered: Callable[[list[int]], object]) -> None:
    """Check exercise 3 on rows that stay below 256 and rows that wrap around."""
    draw = random.Random(0)
    rows = [[10, 2, 3], [200, 100], [7], [0] * 5]
    rows += [[draw.randrange(256) for _ in range(draw.randint(1, 12))] for _ in range(8)]
    for row in rows:
        wanted = (torch.tensor(row).cumsum(0) % 256).double()
        name = f"the row {row} unfiltered"
        expect_numbers(name, unfiltered(list(row)), wanted, within=0)
    right(3)


def _sizes(arrivals: Sequence[float], seconds: float, most: int) -> list[int]:
    left, free, sizes = sorted(arrivals), 0.0, []
    while left:
        start = max(free, left[0])
        size = min(most, sum(arrival <= start for arrival in left))
        left, free = left[size:], start + seconds
        sizes.append(size)
    return sizes


@exercise
def check_batch_sizes(batch_sizes: Callable[..., object]) -> None:
    """Check exercise 4 on crowds, gaps and a batch that is full."""
    draw = random.Random(1)
    cases = [([0, 1, 2, 3], 5, 8), ([0, 0, 0], 1, 2), ([0, 10, 20], 1, 4), ([3], 1, 1)]
    cases += [([0, 5, 5, 10], 5, 8)]
    for _ in range(8):
        arrivals = sorted(draw.randrange(40) for _ in range(draw.randint(1, 15)))
        cases.append((arrivals, draw.randint(1, 9), draw.randint(1, 6)))
    for arrivals, seconds, most in cases:
        wanted = torch.tensor(_sizes(arrivals, seconds, most), dtype=torch.float64)
        name = f"the batches of arrivals {arrivals}, {seconds} a pass, {most} at most,"
        expect_numbers(name, batch_sizes(list(arrivals), seconds, most), wanted, within=0)
    right(4)


class Draw(NamedTuple):
    """Two files, and the times of a forward pass: fixed, for each picture, pictures."""

    first: bytes
    second: bytes
    fixed: float
    each: float
    pictures: int


def _draws() -> list[Draw]:
    draw = random.Random(2)
    pixels = picture(side=40), picture(side=8), bomb(300)
    draws = [Draw(pixels[i], pixels[j], 1.0, 1.0, 2) for i in range(3) for j in range(3)]
    for _ in range(30):
        files = (draw.randbytes(draw.randint(1, 40)) for _ in range(2))
        draws.append(Draw(*files, draw.uniform(1, 9), draw.uniform(0.1, 9), draw.randint(2, 64)))
    return draws


def _area(file: bytes) -> int:
    """Return the pixels that a PNG file announces; other bytes announce none."""
    if not file.startswith(b"\x89PNG"):
        return 0
    return int.from_bytes(file[16:20], "big") * int.from_bytes(file[20:24], "big")


def _smaller_is_smaller(drawn: Draw) -> bool:
    small, large = sorted((drawn.first, drawn.second), key=len)
    return not _area(small) or not _area(large) or _area(small) <= _area(large)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on files and passes."""
    encode = base64.b64encode
    holds = {
        "of two PNG files the one with fewer bytes has no more pixels": _smaller_is_smaller,
        "two files joined give their two texts in base64 joined": lambda d: (
            encode(d.first + d.second) == encode(d.first) + encode(d.second)
        ),
        "base64 makes a file at least a third longer": lambda d: (
            3 * len(encode(d.first)) >= 4 * len(d.first)
        ),
        "a batch of n takes less time than n passes": lambda d: (
            d.fixed + d.each * d.pictures < d.pictures * (d.fixed + d.each)
        ),
        "in a batch an answer comes sooner than alone": lambda d: (
            d.fixed + d.each * d.pictures < d.fixed + d.each
        ),
    }
    expect_tried(claims, holds, _draws(), "pair of files or passes")
    right(5)


predict = predict_sheet()
sizes = sizes_sheet(check_sizes)
passes = passes_sheet(check_passes)
