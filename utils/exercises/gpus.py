"""Checks for the exercises of the page on GPUs, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect_number, expect_tried, right
from utils.exercises.gpus_claims import CLAIMS, draw_queues
from utils.exercises.gpus_sheets import predict_sheet, queue_sheet, warps_sheet

WARP, SECTOR = 32, 8  # threads; numbers of float32 in 32 bytes


@exercise
def check_warps(answers: Sequence) -> None:
    """Check exercise 1: warps that fit, busy cycles of 100, kilobytes in flight."""
    warps = 65536 // (64 * WARP)
    names = "the number of warps", "the number of busy cycles", "the number of kilobytes"
    wanted = warps, 100 * warps / 40, 2000e9 * 500e-9 / 1000
    for name, answer, value in zip(names, answers, wanted, strict=True):
        expect_number(name, answer, value)
    right(1)


@exercise
def check_queue(answers: Sequence) -> None:
    """Check exercise 2: a clock without a wait, the device, with waits, and two streams."""
    launch, job, count = 4, 10, 50
    names = (
        "the clock without a wait",
        "the time of the device",
        "the time with waits",
        "the time on two streams",
    )
    wanted = count * launch, launch + count * job, count * (launch + job), 6 + 10 * 9
    for name, answer, value in zip(names, answers, wanted, strict=True):
        expect_number(name, answer, value)
    right(2)


def _sectors(addresses: Sequence[int]) -> int:
    warps = (addresses[start : start + WARP] for start in range(0, len(addresses), WARP))
    return sum(len({address // SECTOR for address in warp}) for warp in warps)


@exercise
def check_sectors(sectors: Callable[[torch.Tensor], int]) -> None:
    """Check exercise 3 on strides, on offsets, on random reads and on a last warp in part."""
    draw = torch.Generator().manual_seed(0)
    cases = {
        "neighbours": torch.arange(64),
        "neighbours from 4 on": torch.arange(4, 68),
        "every second number": 2 * torch.arange(64),
        "every 32nd number": 32 * torch.arange(96),
        "one number for all": torch.full((64,), 5),
        "40 threads": torch.arange(40),
        "random places": torch.randint(200, (100,), generator=draw),
    }
    for name, addresses in cases.items():
        wanted = _sectors(addresses.tolist())
        case = f"the number of sectors for {name}"
        expect_number(case, sectors(addresses.clone()), wanted, within=0)
    right(3)


def _pipeline(copies: Sequence[float], jobs: Sequence[float]) -> float:
    copied, done = [], []
    for index, (copy, job) in enumerate(zip(copies, jobs, strict=True)):
        freed = done[index - 2] if index > 1 else 0
        copied.append(max([freed, *copied[-1:]]) + copy)
        done.append(max([copied[-1], *done[-1:]]) + job)
    return done[-1]


@exercise
def check_pipeline(pipeline: Callable[[list[int], list[int]], float]) -> None:
    """Check exercise 4 on one batch, on equal ones and on random ones."""
    draw = torch.Generator().manual_seed(0)
    cases = [([3], [2]), ([6] * 10, [9] * 10), ([9] * 4, [2] * 4), ([1, 1, 9], [9, 1, 1])]
    for length in (2, 3, 5, 8, 12):
        copies, jobs = torch.randint(1, 12, (2, length), generator=draw).tolist()
        cases.append((copies, jobs))
    for copies, jobs in cases:
        case = f"the time for copies of {copies} and jobs of {jobs}"
        expect_number(case, pipeline(list(copies), list(jobs)), _pipeline(copies, jobs))
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random queues."""
    expect_tried(claims, CLAIMS, draw_queues(150), "queue")
    right(5)


predict = predict_sheet()
warps = warps_sheet(check_warps)
queue = queue_sheet(check_queue)
