"""Checks for the exercises of the page on CPUs and caches, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.cache import count_misses, walk
from utils.exercises.asked import exercise
from utils.exercises.cpu_and_memory_claims import CLAIMS, draw_memories
from utils.exercises.cpu_and_memory_sheets import limits_sheet, predict_sheet, walks_sheet
from utils.exercises.feedback import expect, expect_number, expect_tried, right
from utils.exercises.forbidden import expect_in_torch, expect_no_loop, expect_same_effort, watch


@exercise
def check_walks(answers: Sequence) -> None:
    """Check exercise 1: misses by rows, by columns, and the cache that makes them equal."""
    by_rows = count_misses(walk(6, 8), lines=4, width=4)
    by_columns = count_misses(walk(6, 8, "columns"), lines=4, width=4)
    enough = next(
        lines
        for lines in range(1, 49)
        if count_misses(walk(6, 8, "columns"), lines, width=4) == by_rows
    )
    for name, answer, wanted in zip(
        ("the walk by rows", "the walk by columns", "the number of lines"),
        answers,
        (by_rows, by_columns, enough),
        strict=True,
    ):
        expect_number(name, answer, wanted, within=0)
    right(1)


@exercise
def check_limits(answers: Sequence) -> None:
    """Check exercise 2: an intensity, and two speed-ups."""
    flop, numbers = 2 * 300**3, 3 * 300**2
    expect_number("the intensity", answers[0], flop / (4 * numbers))
    expect_number("the speed-up of four workers", answers[1], 1 / (0.2 + 0.8 / 4))
    expect_number("the limit", answers[2], 1 / 0.2)
    right(2)


def _misses_in_slots(addresses: Sequence[int], lines: int, width: int) -> int:
    slots, count = {}, 0
    for line in (address // width for address in addresses):
        count += slots.get(line % lines) != line
        slots[line % lines] = line
    return count


@exercise
def check_slots(misses: Callable[[list[int], int, int], int]) -> None:
    """Check exercise 3 on walks and on random reads."""
    draw = torch.Generator().manual_seed(0)
    for index in range(60):
        rows, columns, lines, width = (
            int(torch.randint(1, most, (1,), generator=draw)) for most in (9, 9, 9, 5)
        )
        addresses = walk(rows, columns, ("rows", "columns")[index % 2])
        if index % 3 == 0:
            addresses = torch.randint(40, (30,), generator=draw).tolist()
        wanted = _misses_in_slots(addresses, lines, width)
        case = f"the number of misses for {addresses}, {lines} lines of {width},"
        expect_number(case, misses(list(addresses), lines, width), wanted, within=0)
    right(3)


@exercise
def check_moving_sums(moving_sums: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 4: the sums, and that no loop makes them."""
    for length, k in ((5, 2), (9, 3), (4, 4), (6, 1), (40, 7)):
        x = torch.randn(length, generator=torch.Generator().manual_seed(length))
        case = f"for {length} numbers and k = {k} your answer"
        run = watch(moving_sums, x.clone(), k)
        given, wanted = run.result, x.unfold(0, k, 1).sum(dim=1)
        expect(isinstance(given, torch.Tensor), f"{case} must be a tensor, got {given!r}")
        expect(
            given.shape == wanted.shape,
            f"{case} has shape {tuple(given.shape)}, not {tuple(wanted.shape)}",
        )
        close = torch.allclose(given.detach().cpu().float(), wanted, atol=1e-4)
        expect(close, f"{case} has wrong sums")
        expect_no_loop(run, case)
        expect_in_torch(run, case)
    short, long = (watch(moving_sums, torch.ones(n), 3) for n in (8, 80))
    expect_same_effort(short, long, "your answer")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random reads and matrices."""
    expect_tried(claims, CLAIMS, draw_memories(150), "memory")
    right(5)


predict = predict_sheet()
walks = walks_sheet(check_walks)
limits = limits_sheet(check_limits)
