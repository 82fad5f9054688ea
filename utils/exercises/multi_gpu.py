"""Checks for the exercises of the page on several accelerators, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.distributed.timeline import busy_share, held_at_most, pipeline_timeline, span
from utils.exercises.asked import exercise
from utils.exercises.feedback import expect_number, expect_numbers, expect_tried, right
from utils.exercises.multi_gpu_sheets import bubble_sheet, predict_sheet, traffic_sheet

INPUTS, HIDDEN, BATCH = 1024, 4096, 64  # of exercise 2


@exercise
def check_bubble(answers: Sequence) -> None:
    """Check exercise 1: an idle share, a number of micro-batches, and what a stage holds."""
    idle = 1 - busy_share(pipeline_timeline(4, 6))
    enough = next(m for m in range(1, 99) if m + 3 >= 10 * 3)
    held = held_at_most(pipeline_timeline(4, 6, schedule="1f1b"), 1)
    expect_number("the idle share", answers[0], idle, within=0.004)
    expect_number("the number of micro-batches", answers[1], enough, within=0)
    expect_number("what the second stage holds", answers[2], held, within=0)
    right(1)


@exercise
def check_traffic(answers: Sequence) -> None:
    """Check exercise 2: numbers that are added up, and the batch where both ways are equal."""
    weights = 2 * INPUTS * HIDDEN
    names = "of data parallelism", "of tensor parallelism"
    for name, answer, value in zip(names, answers, (weights, 2 * BATCH * INPUTS), strict=False):
        expect_number(f"the numbers {name}", answer, value, within=0)
    expect_number("the batch size", answers[2], weights / (2 * INPUTS), within=0)
    right(2)


@exercise
def check_combine(combine: Callable[..., object]) -> None:
    """Check exercise 3 on equal parts, ragged ones, one worker, and one without examples."""
    for seed, sizes in enumerate(((4, 4), (4, 3), (5,), (2, 0, 1), (1, 5, 2, 9))):
        generator = torch.Generator().manual_seed(seed)
        gradients = [torch.randn(2, 3, generator=generator) for _ in sizes]
        pairs = list(zip(sizes, gradients, strict=True))
        wanted = sum(n * g.double() for n, g in pairs) / sum(sizes)
        sent = [g if n else torch.full_like(g, torch.nan) for n, g in pairs]
        name = f"the gradient of workers with {', '.join(map(str, sizes))} examples"
        expect_numbers(name, combine(sent, list(sizes)), wanted, within=1e-5)
    right(3)


@exercise
def check_row_parallel(row_parallel: Callable[..., object]) -> None:
    """Check exercise 4 on two and three workers, with parts of different sizes."""
    for seed, inputs in enumerate(((3, 3), (2, 3, 1), (4,))):
        generator = torch.Generator().manual_seed(seed)
        double = {"generator": generator, "dtype": torch.float64}
        x, W = (torch.randn(5, sum(inputs), **double), torch.randn(2, sum(inputs), **double))
        bias = torch.randn(2, **double)
        parts, weights = (list(a.split(inputs, dim=1)) for a in (x, W))
        name = f"the output of workers with {', '.join(map(str, inputs))} inputs"
        wanted = torch.nn.functional.linear(x, W, bias)
        expect_numbers(name, row_parallel(parts, weights, bias), wanted, within=1e-5)
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on time lines."""
    holds = {
        "a pipeline of one stage is busy all the time": lambda case: (
            abs(_busy(1, case[1]) - 1) < 1e-12
        ),
        "more micro-batches never make a stage wait longer": lambda case: (
            _busy(case[0], case[1] + 1) >= _busy(*case) - 1e-12
        ),
        "1f1b takes less time than gpipe": lambda case: _time(case, "1f1b") < _time(case, "gpipe"),
        "with 1f1b no stage holds more than the first": lambda case: (
            max(_held(case)) == _held(case)[0]
        ),
    }
    cases = [(p, m) for p in range(1, 6) for m in range(1, 9)]
    expect_tried(claims, holds, cases, "pipeline")
    right(5)


def _busy(stages: int, micro: int) -> float:
    return busy_share(pipeline_timeline(stages, micro))


def _time(case: tuple[int, int], schedule: str) -> float:
    return round(span(pipeline_timeline(*case, schedule=schedule)), 9)


def _held(case: tuple[int, int]) -> list[int]:
    blocks = pipeline_timeline(*case, schedule="1f1b")
    return [held_at_most(blocks, stage) for stage in range(case[0])]


predict = predict_sheet()
bubble = bubble_sheet(check_bubble)
traffic = traffic_sheet(check_traffic)
